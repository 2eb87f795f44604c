"""Writes a certificate: gathers what is true on the day of issue and says it in the language of the course."""

from collections.abc import Sequence
from datetime import UTC, date
from math import ceil
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton
from babel.lists import format_list

from lms.accounts.queries import get_person
from lms.attendance.hours.queries import Hours
from lms.certificates.designs.content import CertificateData, Signatory
from lms.certificates.designs.folder import Design
from lms.certificates.issuing.document import Document
from lms.certificates.issuing.queries import count_meetings
from lms.core.i18n import _, current_language, n_, speaking
from lms.courses.models import UnitKind
from lms.courses.queries import OutlineModule, get_course, get_release, list_outline
from lms.institutions.directory.queries import get_institution
from lms.institutions.programmes.queries import get_programme, list_signatories
from lms.learning.models import Cohort, Completion, Modality
from lms.learning.queries import get_cohort, get_enrolment
from lms.web.formats import decimal, duration, medium_date
from lms.web.links import absolute_url, short_address

MOST_SIGNATORIES = 2
DAY_MONTH = {"es": "es", "en": "en_GB"}
"""Locales in which a day without its year reads like the product's other dates."""


def draft(
    completion: Completion, design: Design, *, hours: Hours, folio: str, code: str, issued_on: date
) -> Document:
    """Return the document of a completion, with its closed hours, under this folio and code."""
    enrolment, programme = get_enrolment(completion.enrolment_id), get_programme(completion.programme_id)
    person = get_person(completion.person_id)
    language = get_release(completion.release_id).language
    with speaking(language):
        printed = _printed(completion, hours=hours, folio=folio, code=code, issued_on=issued_on)
    return Document(
        printed=printed,
        words=dict(design.metadata.words(printed.language)),
        public_name=person.public_name,
        institution=get_institution(completion.institution_id).name,
        hours=completion.hours,
        enrolled_on=enrolment.enrolled_at.astimezone(ZoneInfo(programme.timezone)).date(),
        completed_on=completion.completed_on,
        issued_on=issued_on,
        credited_minutes=hours.minutes,
        meeting_minutes=hours.meeting_minutes,
        online_minutes=hours.online_minutes,
    )


def _printed(
    completion: Completion, *, hours: Hours, folio: str, code: str, issued_on: date
) -> CertificateData:
    release, programme = get_release(completion.release_id), get_programme(completion.programme_id)
    cohort = get_cohort(get_enrolment(completion.enrolment_id).cohort_id)
    outline = list_outline(release.id)
    signers = list_signatories(programme.id)[:MOST_SIGNATORIES]
    return CertificateData(
        holder_name=get_person(completion.person_id).name,
        course_title=release.title,
        document_title=_("Constancia de acreditación"),
        hours=_hours(completion.hours),
        dates=period(cohort.starts_on, completion.completed_on),
        conditions=_conditions(outline, cohort),
        credited=_credited(hours) if hours.prints else "",
        modules=tuple(module.title for module in outline if not _is_evaluation(module)),
        issuer_name=programme.issuer_name,
        issuer_unit=programme.issuer_unit,
        folio=folio,
        code=code,
        verify_url=absolute_url("verification.show", code=code),
        verify_label=short_address("/v"),
        issued_on=_day(issued_on),
        signatories=tuple(Signatory(each.name, each.post) for each in signers),
        language=f"{release.language.partition('-')[0]}-{programme.country}",
        wall=get_course(completion.course_id).slug,
    )


def _hours(hours: float) -> str:
    written = decimal(hours, 0 if hours.is_integer() else 1, language=current_language())
    return str(n_("%(hours)s hora de formación", "%(hours)s horas de formación", ceil(hours), hours=written))


def _credited(hours: Hours) -> str:
    """Return the credited hours and where they come from, to the same minute as every page and file."""
    sources = {
        _("%(time)s en sesiones", time=duration(hours.meeting_minutes)): hours.meeting_minutes,
        _("%(time)s en línea", time=duration(hours.online_minutes)): hours.online_minutes,
    }
    total = str(_("Acreditó %(time)s", time=duration(hours.minutes)))
    said = [str(text) for text, minutes in sources.items() if minutes]
    return f"{total}: {format_list(said, locale=current_language())}" if said else total


def period(first: date, last: date) -> str:
    """Return the days from the first to the last as a clause: month and year once when they are the same."""
    if first == last:
        return str(_("el %(day)s", day=_day(last)))
    if (first.year, first.month) == (last.year, last.month):
        start = str(first.day)
    elif first.year == last.year:
        start = format_skeleton("MMMMd", first, locale=DAY_MONTH[current_language()])
    else:
        start = _day(first)
    return str(_("del %(first)s al %(last)s", first=start, last=_day(last)))


def _conditions(outline: Sequence[OutlineModule], cohort: Cohort) -> str:
    """Return what else was fulfilled: a final evaluation, and the meetings that were planned."""
    things = [_("evaluación final")] if any(map(_is_evaluation, outline)) else []
    if meetings := count_meetings(cohort.id):
        things.append(_meetings(meetings, cohort.modality))
    if not things:
        return ""
    return str(_("con %(things)s", things=format_list(things, locale=current_language())))


def _meetings(count: int, modality: Modality) -> str:
    match modality:
        case Modality.ON_SITE:
            return str(n_("una sesión presencial", "%(num)s sesiones presenciales", count))
        case Modality.ONLINE:
            return str(n_("una sesión en línea", "%(num)s sesiones en línea", count))
        case Modality.BLENDED:
            return str(n_("una sesión", "%(num)s sesiones", count))


def _is_evaluation(module: OutlineModule) -> bool:
    """Say whether a module only examines: it is no station of the transcript but a condition that was met."""
    return bool(module.units) and all(unit.kind is UnitKind.QUIZ for unit in module.units)


def _day(day: date) -> str:
    return medium_date(day, language=current_language(), timezone=UTC)

"""Writes a document: gathers what is true on the day of issue and says it in the language of the course."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date
from math import ceil
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton
from babel.lists import format_list

from lms.accounts.models import Person
from lms.attendance.hours.queries import Hours
from lms.attendance.hours.words import SOURCES, exact
from lms.certificates.designs.content import CertificateData, HoursLine, Issuer, Signatory
from lms.certificates.designs.folder import Design
from lms.certificates.issuing.document import Document
from lms.certificates.issuing.policies import Terms
from lms.certificates.issuing.queries import count_meetings
from lms.certificates.issuing.rules import Kind, Validity
from lms.core.i18n import _, current_language, n_, speaking
from lms.courses.models import Release, UnitKind
from lms.courses.queries import OutlineModule, get_course, get_release, list_outline
from lms.institutions.directory.models import Institution
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.queries import get_programme, list_issuers, list_signatories
from lms.learning.models import Cohort, Completion, Enrolment, Modality
from lms.web.formats import decimal, duration, medium_date
from lms.web.links import absolute_url, short_address

MOST_SIGNATORIES = 2
DAY_MONTH = {"es": "es", "en": "en_GB"}
"""Locales in which a day without its year reads like the product's other dates."""


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What the documents of one kind in a cohort have in common, read once for all of them."""

    kind: Kind
    terms: Terms
    design: Design
    cohort: Cohort
    programme: Programme
    release: Release
    wall: str
    outline: Sequence[OutlineModule]
    meetings: int
    issuers: tuple[Issuer, ...]
    signatories: tuple[Signatory, ...]

    @property
    def zone(self) -> ZoneInfo:
        """Return the programme's clock."""
        return ZoneInfo(self.programme.timezone)


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Whose document it is, with what they did."""

    enrolment: Enrolment
    person: Person
    institution: Institution
    completion: Completion | None
    hours: Hours

    def ended_on(self, frame: Frame, issued_on: date) -> date:
        """Return the day of the completion; without one the last day of the cohort, or the day of issue before it."""
        return self.completion.completed_on if self.completion else min(frame.cohort.ends_on, issued_on)


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """What is given to a document when it is issued."""

    folio: str
    code: str
    issued_on: date
    validity: Validity = field(default_factory=Validity)
    renews: str = ""
    """Folio of the document that this one renews."""


def frame_of(cohort: Cohort, kind: Kind, terms: Terms, design: Design) -> Frame:
    """Return what all documents of a kind in a cohort have in common."""
    programme, release = get_programme(cohort.programme_id), get_release(cohort.release_id)
    signers = list_signatories(programme.id)[:MOST_SIGNATORIES]
    return Frame(
        kind=kind,
        terms=terms,
        design=design,
        cohort=cohort,
        programme=programme,
        release=release,
        wall=get_course(cohort.course_id).slug,
        outline=list_outline(release.id),
        meetings=count_meetings(cohort.id),
        issuers=tuple(
            Issuer(name=each.name, unit=each.unit, logo=each.logo) for each in list_issuers(programme)
        ),
        signatories=tuple(Signatory(each.name, each.post) for each in signers),
    )


def draft(frame: Frame, holder: Holder, stamp: Stamp) -> Document:
    """Return the document of a person, with their hours, under this folio and code."""
    with speaking(frame.release.language):
        printed = _printed(frame, holder, stamp)
    hours = holder.hours
    return Document(
        printed=printed,
        words=dict(frame.design.metadata.words(printed.language, printed.kind)),
        public_name=holder.person.public_name,
        institution=holder.institution.name,
        hours=hours.minutes / 60 if frame.kind is Kind.CONSTANCIA else _course_hours(frame, holder),
        enrolled_on=holder.enrolment.enrolled_at.astimezone(frame.zone).date(),
        completed_on=holder.ended_on(frame, stamp.issued_on),
        issued_on=stamp.issued_on,
        credited_minutes=hours.minutes,
        meeting_minutes=hours.meeting_minutes,
        online_minutes=hours.online_minutes,
    )


def _printed(frame: Frame, holder: Holder, stamp: Stamp) -> CertificateData:
    hours, prints = holder.hours, prints_hours(frame, holder)
    took_part = frame.kind is Kind.CONSTANCIA
    programme, valid_until = frame.programme, stamp.validity.until
    return CertificateData(
        kind=frame.kind.value,
        holder_name=holder.person.name,
        course_title=frame.release.title,
        document_title=frame.terms.title or title_of(frame.kind),
        hours=_credited(hours) if took_part else _hours(_course_hours(frame, holder)),
        dates=period(frame.cohort.starts_on, holder.ended_on(frame, stamp.issued_on)),
        conditions="" if took_part else _conditions(frame),
        credited=_credited_sentence(hours) if prints and not took_part else "",
        modules=tuple(module.title for module in frame.outline if not _is_evaluation(module)),
        issuer_name=programme.issuer_name,
        issuer_unit=programme.issuer_unit,
        issuers=frame.issuers,
        folio=stamp.folio,
        code=stamp.code,
        verify_url=absolute_url("verification.show", code=stamp.code),
        verify_label=short_address("/v"),
        issued_on=_day(stamp.issued_on),
        signatories=frame.signatories,
        language=f"{frame.release.language.partition('-')[0]}-{programme.country}",
        wall=frame.wall,
        hours_lines=_lines(hours) if prints else (),
        hours_total=duration(hours.minutes) if prints else "",
        valid_until=_day(valid_until) if valid_until else "",
        legal_note=legal_note(frame.kind),
        edition=str(_("Renueva el documento con folio %(folio)s", folio=stamp.renews))
        if stamp.renews
        else "",
    )


def _course_hours(frame: Frame, holder: Holder) -> float:
    return holder.completion.hours if holder.completion else frame.release.hours


def prints_hours(frame: Frame, holder: Holder) -> bool:
    """Say whether the document has the breakdown: where the programme says so, and where hours are what it states."""
    asks = frame.kind is Kind.CONSTANCIA and frame.terms.rule.asked_seconds is not None
    return (holder.hours.prints or asks) and holder.hours.minutes > 0


def title_of(kind: Kind) -> str:
    """Return what a kind is called on paper."""
    if kind is Kind.CERTIFICADO:
        return str(_("Certificado de acreditación"))
    return str(_("Constancia de participación"))


def legal_note(kind: Kind) -> str:
    """Return what no document of ours authorises."""
    if kind is Kind.CERTIFICADO:
        return str(
            _(
                "Acredita formación; no la calidad de perito, ni autoriza a entrevistar víctimas o a ejercer "
                "funciones de autoridad."
            )
        )
    return str(
        _(
            "Hace constar la participación, no la aprobación; no autoriza a entrevistar víctimas ni a ejercer "
            "funciones de autoridad."
        )
    )


def edition_words(version: int, issued_on: date) -> str:
    """Return what a corrected document says of itself, in the language that is being spoken."""
    return str(_("Versión %(version)s, sustituye a la del %(day)s", version=version, day=_day(issued_on)))


def _hours(hours: float) -> str:
    written = decimal(hours, 0 if hours.is_integer() else 1, language=current_language())
    return str(n_("%(hours)s hora de formación", "%(hours)s horas de formación", ceil(hours), hours=written))


def _credited_sentence(hours: Hours) -> str:
    """Return the credited hours and where they come from, to the same minute as every page and file."""
    sources = {
        _("%(time)s en sesiones", time=duration(hours.meeting_minutes)): hours.meeting_minutes,
        _("%(time)s en línea", time=duration(hours.online_minutes)): hours.online_minutes,
    }
    total = str(_("Acreditó %(time)s", time=duration(hours.minutes)))
    said = [str(text) for text, minutes in sources.items() if minutes]
    return f"{total}: {format_list(said, locale=current_language())}" if said else total


def _credited(hours: Hours) -> str:
    """Return the hours of somebody who took part; nothing when none were credited."""
    return str(_("con %(time)s acreditadas", time=duration(hours.minutes))) if hours.minutes else ""


def _lines(hours: Hours) -> tuple[HoursLine, ...]:
    """Return what was credited, line by line, in the words of the page about hours."""
    return tuple(
        HoursLine(
            day=_day(line.claim.day),
            what=line.claim.title,
            source=str(SOURCES[line.claim.source]),
            time=exact(line.seconds),
        )
        for line in hours.ledger.lines
        if line.seconds
    )


def period(first: date, last: date) -> str:
    """Return the days from the first to the last as a clause: month and year once when they are the same."""
    if first >= last:
        return str(_("el %(day)s", day=_day(last)))
    if (first.year, first.month) == (last.year, last.month):
        start = str(first.day)
    elif first.year == last.year:
        start = format_skeleton("MMMMd", first, locale=DAY_MONTH[current_language()])
    else:
        start = _day(first)
    return str(_("del %(first)s al %(last)s", first=start, last=_day(last)))


def _conditions(frame: Frame) -> str:
    """Return what else was fulfilled: a final evaluation, and the meetings that were planned."""
    things = [_("evaluación final")] if any(map(_is_evaluation, frame.outline)) else []
    if frame.meetings:
        things.append(_meetings(frame.meetings, frame.cohort.modality))
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

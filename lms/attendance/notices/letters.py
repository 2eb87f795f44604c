"""What each notice says, in the language of whoever reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date
from uuid import UUID

from lms.accounts.models import Person
from lms.attendance.ics import CalendarMethod, invitation_of
from lms.attendance.notices.call_letters import say_call
from lms.attendance.notices.calls import CallPart
from lms.attendance.notices.links import sign_stop
from lms.attendance.notices.queries import Addressee, Edition
from lms.attendance.notices.rules import NoticeKind, fill_in
from lms.attendance.queries import LocalMeeting
from lms.attendance.words import directions
from lms.core.clock import now
from lms.core.i18n import _, current_language, n_, speaking
from lms.courses.queries import get_release
from lms.web.formats import long_date
from lms.web.links import absolute_url

MOST_NAMES = 60
"""Names in one letter to a focal point; the page of the cohort has the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a notice is about."""

    edition: Edition
    kind: NoticeKind
    extra: str
    enrolment_id: UUID | None = None
    local: LocalMeeting | None = None
    left: int = 0
    """Lessons that the person lacks."""
    people: Sequence[Addressee] = ()
    """Who has not started, for whoever answers for them."""
    call: CallPart | None = None
    """The call as whoever answers for an institution sees it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A notice as one person reads it."""

    subject: str
    text: str
    calendar: str = ""
    stop_url: str = ""


def letter_to(person: Person, about: Subject) -> Letter:
    """Return a notice for a person, with the way to have no more of them."""
    with speaking(person.language):
        course = get_release(about.edition.cohort.release_id).title
        subject, body = _said(about, course)
        stop_url = absolute_url("notices_stop.stop", token=sign_stop(person.id))
        extra = fill_in(about.extra, _values(person, about, course))
        text = "\n\n".join(
            part
            for part in (
                _("Buen día, %(name)s:", name=person.given_names),
                body,
                extra,
                _("Si ya no quiere recibir estos recordatorios:\n%(address)s", address=stop_url),
            )
            if part
        )
        calendar = ""
        if about.local:
            calendar = invitation_of(about.local, person, CalendarMethod.REQUEST, now=now())
    return Letter(subject=subject, text=f"{text}\n", calendar=calendar, stop_url=stop_url)


def _said(about: Subject, course: str) -> tuple[str, str]:
    if about.call:
        return say_call(about.kind, about.call)
    address = _course_address(about)
    ends_on = _day(about.edition.cohort.ends_on)
    match about.kind:
        case NoticeKind.MEETING_SOON:
            return _meeting(about)
        case NoticeKind.NOT_STARTED:
            return _("Todavía no empieza: %(course)s", course=course), _(
                "Su lugar en «%(course)s» está listo y todavía no lo abre. Puede hacerlo hasta el %(day)s.\n\n"
                "Empezar:\n%(address)s",
                course=course, day=ends_on, address=address,
            )  # fmt: skip
        case NoticeKind.ALMOST_DONE:
            left = n_("Le falta %(num)s lección", "Le faltan %(num)s lecciones", about.left)
            return _("Le falta poco: %(course)s", course=course), _(
                "%(left)s para terminar «%(course)s». Puede hacerlo hasta el %(day)s.\n\nSeguir:\n%(address)s",
                left=left, course=course, day=ends_on, address=address,
            )  # fmt: skip
        case NoticeKind.DEADLINE:
            return _("Se acerca el cierre: %(course)s", course=course), _(
                "«%(course)s» cierra el %(day)s y todavía no está completo.\n\nVer lo que falta:\n%(address)s",
                course=course, day=ends_on, address=address,
            )  # fmt: skip
        case _:
            return _focal_points(about, course)


def _meeting(about: Subject) -> tuple[str, str]:
    local = about.local
    if local is None:
        return "", ""
    day = long_date(local.day, language=current_language(), timezone=local.zone)
    city = f" ({local.foreign_city})" if local.foreign_city else ""
    return _("Recordatorio: %(title)s", title=local.meeting.title), _(
        "Le recordamos la sesión «%(title)s»:\n\n%(day)s, de %(starts)s a %(ends)s%(city)s\n%(venue)s\n\n"
        "Todas sus sesiones:\n%(address)s",
        title=local.meeting.title, day=day, starts=local.starts, ends=local.ends, city=city,
        venue=directions(local), address=absolute_url("attendance.my_meetings"),
    )  # fmt: skip


def _focal_points(about: Subject, course: str) -> tuple[str, str]:
    names = [f"· {each.person.name}" for each in about.people[:MOST_NAMES]]
    return _("Quienes todavía no empiezan: %(course)s", course=course), _(
        "Estas personas de su institución tienen un lugar en «%(course)s» y todavía no lo abren:\n\n%(names)s\n\n"
        "Puede animarlas a empezar. La lista completa:\n%(address)s",
        course=course, names="\n".join(names),
        address=absolute_url("cohorts.cohort_page", cohort_id=about.edition.cohort.id),
    )  # fmt: skip


def _values(person: Person, about: Subject, course: str) -> dict[str, str]:
    return {
        "nombre": person.given_names,
        "curso": course,
        "cohorte": about.edition.cohort.name,
        "cierre": _day(about.edition.cohort.ends_on),
    }


def _course_address(about: Subject) -> str:
    if about.enrolment_id is None:
        return absolute_url("learning.home")
    return absolute_url("learning.course", enrolment_id=about.enrolment_id)


def _day(day: date) -> str:
    return long_date(day, language=current_language(), timezone=UTC)

"""E-mails about meetings that changed or do not take place."""

from collections.abc import Callable
from uuid import UUID

from lms.accounts.models import Person
from lms.attendance import devices
from lms.attendance.ics import CalendarMethod, invitation_of
from lms.attendance.messages import ForgetBrowsers, TellMeetingCalledOff, TellMeetingChanged
from lms.attendance.queries import LocalMeeting, find_local_meeting, list_addressees
from lms.attendance.words import directions
from lms.core.clock import now
from lms.core.i18n import _, current_language, speaking
from lms.core.jobs.orders import Progress
from lms.core.mail import Message
from lms.core.outbox import post
from lms.web.formats import long_date
from lms.web.links import absolute_url

DAY = 24 * 60 * 60
Letter = Callable[[Person, LocalMeeting], tuple[str, str]]
"""Returns subject and text for a person, in the language of the moment."""


def forget_browsers(_order: ForgetBrowsers, _progress: Progress) -> None:
    """Forget the digests of browsers whose time is over."""
    devices.forget_browsers(now=now())


def tell_changed(order: TellMeetingChanged, _progress: Progress) -> None:
    """Write to the cohort where and when a meeting is now; not if it was called off meanwhile."""
    local = find_local_meeting(UUID(order.meeting_id))
    if local and not local.is_cancelled:
        key = f"meeting-changed-{local.id}-{order.revision}"
        _write_to_cohort(local, _changed, CalendarMethod.REQUEST, key=key)


def tell_called_off(order: TellMeetingCalledOff, _progress: Progress) -> None:
    """Write to the cohort that a meeting does not take place."""
    local = find_local_meeting(UUID(order.meeting_id))
    if local:
        _write_to_cohort(local, _called_off, CalendarMethod.CANCEL, key=f"meeting-called-off-{local.id}")


def _write_to_cohort(local: LocalMeeting, letter: Letter, method: CalendarMethod, *, key: str) -> None:
    moment = now()
    for person in list_addressees(local.cohort.id):
        with speaking(person.language):
            subject, text = letter(person, local)
            calendar = invitation_of(local, person, method, now=moment)
        message = Message(
            to=person.email or "", subject=subject, text=text, key=f"{key}-{person.id}", calendar=calendar
        )
        post(message, now=moment)


def _changed(person: Person, local: LocalMeeting) -> tuple[str, str]:
    text = _(
        "Buen día, %(name)s:\n\nCambió una sesión de %(cohort)s. Ahora es así:\n\n%(title)s\n%(time)s\n%(venue)s\n\n"
        "Todas sus sesiones:\n%(address)s\n",
        name=person.given_names, cohort=local.cohort.name, title=local.meeting.title, time=_time(local),
        venue=directions(local), address=absolute_url("attendance.my_meetings"),
    )  # fmt: skip
    return _("Cambió una sesión: %(title)s", title=local.meeting.title), text


def _called_off(person: Person, local: LocalMeeting) -> tuple[str, str]:
    text = _(
        "Buen día, %(name)s:\n\nSe canceló una sesión de %(cohort)s:\n\n%(title)s\n%(time)s\n\n"
        "No cuenta para su asistencia. Las demás sesiones siguen igual:\n%(address)s\n",
        name=person.given_names, cohort=local.cohort.name, title=local.meeting.title, time=_time(local),
        address=absolute_url("attendance.my_meetings"),
    )  # fmt: skip
    return _("Se canceló una sesión: %(title)s", title=local.meeting.title), text


def _time(local: LocalMeeting) -> str:
    day = long_date(local.day, language=current_language(), timezone=local.zone)
    values = {"day": day, "starts": local.starts, "ends": local.ends, "city": local.foreign_city}
    if local.foreign_city:
        return str(_("%(day)s, de %(starts)s a %(ends)s (hora de %(city)s)", **values))
    return str(_("%(day)s, de %(starts)s a %(ends)s", **values))

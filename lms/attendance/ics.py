"""Meetings as calendars read them (RFC 5545, and RFC 5546 for invitations), on the clocks of their place."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from enum import StrEnum
from urllib.parse import urlsplit

from icalendar import Calendar, Event, vCalAddress, vText

from lms.accounts.models import Person
from lms.attendance.queries import LocalMeeting
from lms.core.context import current_settings
from lms.core.i18n import _
from lms.web.links import absolute_url


class CalendarMethod(StrEnum):
    """What a calendar is to do with what it is given (RFC 5546)."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    """Keep the meeting in the agenda of whoever is invited, or change it there."""
    CANCEL = "CANCEL"


def calendar_of(meetings: Iterable[LocalMeeting], *, name: str, now: datetime) -> bytes:
    """Return a calendar to subscribe to, with every meeting; cancelled ones say so."""
    calendar = _calendar(CalendarMethod.PUBLISH)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for local in meetings:
        calendar.add_component(_event(local, now))
    return _written(calendar)


def invitation_of(local: LocalMeeting, person: Person, method: CalendarMethod, *, now: datetime) -> str:
    """Return the invitation of one person to a meeting, or its cancellation, for the body of a letter."""
    calendar, event = _calendar(method), _event(local, now)
    organiser = vCalAddress(f"mailto:{parseaddr(current_settings().mail_from)[1]}")
    organiser.params["CN"] = vText(local.cohort.name)
    event.add("organizer", organiser)
    invited = vCalAddress(f"mailto:{person.email}")
    invited.params["CN"] = vText(person.name)
    invited.params["ROLE"] = vText("REQ-PARTICIPANT")
    invited.params["RSVP"] = vText("FALSE")
    event.add("attendee", invited)
    calendar.add_component(event)
    return _written(calendar).decode()


def _calendar(method: CalendarMethod) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Ruta//Sesiones//ES")
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    return calendar


def _event(local: LocalMeeting, now: datetime) -> Event:
    meeting, event = local.meeting, Event()
    host = urlsplit(current_settings().public_url).hostname or "localhost"
    event.add("uid", f"{meeting.id}@{host}")
    event.add("dtstamp", now.astimezone(UTC))
    # A later letter about the same meeting must outrank an earlier one: minutes grow, and fit a small integer.
    event.add("sequence", int(now.timestamp()) // 60)
    event.add("dtstart", meeting.starts_at.astimezone(local.zone))
    event.add("dtend", meeting.ends_at.astimezone(local.zone))
    event.add("summary", meeting.title)
    if local.where:
        event.add("location", local.where)
    address = absolute_url("attendance.my_meetings")
    text = _("Sesión de %(cohort)s. Detalles: %(address)s", cohort=local.cohort.name, address=address)
    joining = _("Entrar a la sesión: %(address)s", address=local.link) if local.link else ""
    event.add("description", "\n".join(filter(None, (joining, text))))
    event.add("url", address)
    event.add("status", "CANCELLED" if local.is_cancelled else "CONFIRMED")
    return event


def _written(calendar: Calendar) -> bytes:
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written

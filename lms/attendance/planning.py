"""From the form of a meeting to what the service takes."""

from datetime import date
from zoneinfo import ZoneInfo

from lms.attendance import rules
from lms.attendance.errors import EndRefused, TimeSkipped
from lms.attendance.forms import MeetingForm
from lms.attendance.rules import PlaceKind
from lms.attendance.service import MeetingValues


def values_on(form: MeetingForm, day: date) -> MeetingValues:
    """Return what was typed as a meeting of one day, once the form is valid; raises EndRefused and TimeSkipped."""
    timezone = str(form.timezone.data)
    _day, starts, ends = form.wall_times()
    starts_at, ends_at = rules.span(day, starts, ends, ZoneInfo(timezone))
    place = PlaceKind(form.place.data or PlaceKind.ON_SITE)
    is_online = place is PlaceKind.ONLINE
    return MeetingValues(
        title=str(form.title.data),
        starts_at=starts_at,
        ends_at=ends_at,
        timezone=timezone,
        place=place,
        # The cohort's venue stands in the form beforehand: nobody goes there for a meeting that is online.
        venue="" if is_online else form.venue.data or "",
        room="" if is_online else form.room.data or "",
        link="" if place is PlaceKind.ON_SITE else form.link.data or "",
        records_exit=form.records_exit.data,
        facilitator=form.facilitator.data or "",
        opens_minutes_before=int(form.opens_minutes_before.data or 0),
        late_after_minutes=int(form.late_after_minutes.data or 0),
        is_mandatory=form.is_mandatory.data,
    )


def read_values(form: MeetingForm) -> MeetingValues | None:
    """Return what was typed on its own day; None with the refusal beside its field."""
    try:
        return values_on(form, form.wall_times()[0])
    except EndRefused as refusal:
        form.refuse("ends", refusal.message)
    except TimeSkipped as refusal:
        form.refuse("starts", refusal.message)
    return None

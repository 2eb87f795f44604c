"""Calendars join the application."""

from lms.attendance.calendars.merges import PERSON_ROWS
from lms.attendance.calendars.messages import CalendarAddressChanged
from lms.attendance.calendars.privacy import CALENDARS
from lms.attendance.calendars.views import bp
from lms.plugins.hooks import hookimpl
from lms.plugins.people import PersonRows
from lms.plugins.slices import Slice


@hookimpl
def register_slice() -> Slice:
    """Declare the calendar of each person."""
    return Slice(
        name="calendars", blueprints=(bp,), events=(CalendarAddressChanged,), personal_data=(CALENDARS,)
    )


@hookimpl
def register_person_merges() -> list[PersonRows]:
    """Say how calendars follow."""
    return PERSON_ROWS

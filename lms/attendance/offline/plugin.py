"""Lists without a line join the application."""

from lms.attendance.offline.messages import RosterTaken
from lms.attendance.offline.rules import METHOD
from lms.attendance.offline.views import bp
from lms.core.i18n import _l
from lms.plugins.attendance import AttendanceMethod
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import Slice


@hookimpl
def register_slice() -> Slice:
    """Declare the page that a phone keeps."""
    return Slice(name="offline", blueprints=(bp,), events=(RosterTaken,))


@hookimpl
def register_attendance_methods() -> list[AttendanceMethod]:
    """Return the list on a phone."""
    return [
        AttendanceMethod(
            name=METHOD,
            label=_l("en un teléfono sin señal"),
            icon="smartphone",
            endpoint="offline.index",
            action=_l("Llevar la lista sin señal"),
            order=40,
        )
    ]

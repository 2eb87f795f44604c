"""Groups and rooms join the application."""

from lms.attendance.permissions import AttendancePermission
from lms.attendance.rooms.merges import PERSON_ROWS
from lms.attendance.rooms.messages import GroupChanged, GroupRemoved, GroupsMade, RoomRemoved, RoomsOpened
from lms.attendance.rooms.privacy import GROUPS, SIGHTINGS
from lms.attendance.rooms.views import groups, rooms
from lms.core.i18n import _l
from lms.plugins.home import CohortTab
from lms.plugins.hooks import hookimpl
from lms.plugins.people import PersonRows
from lms.plugins.slices import Slice


@hookimpl
def register_slice() -> Slice:
    """Declare the pages of groups and rooms."""
    return Slice(
        name="rooms",
        blueprints=(groups.bp, rooms.bp),
        events=(GroupsMade, GroupChanged, GroupRemoved, RoomsOpened, RoomRemoved),
        personal_data=(GROUPS, SIGHTINGS),
    )


@hookimpl
def register_cohort_tabs() -> list[CohortTab]:
    """Return the groups of a cohort."""
    return [
        CohortTab(
            name="groups",
            label=_l("Grupos"),
            endpoint="groups.index",
            permission=AttendancePermission.KEEP_REGISTER,
            order=37,
        )
    ]


@hookimpl
def register_person_merges() -> list[PersonRows]:
    """Say how groups and sightings follow."""
    return PERSON_ROWS

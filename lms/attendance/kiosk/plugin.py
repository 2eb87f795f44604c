"""The tablet at the door joins the application."""

from lms.attendance.kiosk.criteria import ConfirmedPerson
from lms.attendance.kiosk.merges import PERSON_ROWS
from lms.attendance.kiosk.messages import (
    KioskClosed,
    KioskOpened,
    KioskUnlocked,
    WalkInArrived,
    WalkInDecided,
)
from lms.attendance.kiosk.privacy import WALK_INS
from lms.attendance.kiosk.service import METHOD, WALK_IN
from lms.attendance.kiosk.views import door, staff
from lms.attendance.permissions import AttendancePermission
from lms.core.i18n import _l
from lms.plugins.attendance import AttendanceMethod
from lms.plugins.criteria import CompletionCriterion
from lms.plugins.home import CohortTab
from lms.plugins.hooks import hookimpl
from lms.plugins.people import PersonRows
from lms.plugins.slices import Slice


@hookimpl
def register_slice() -> Slice:
    """Declare the pages of the door."""
    return Slice(
        name="kiosk",
        blueprints=(door.bp, staff.bp),
        events=(KioskOpened, KioskClosed, KioskUnlocked, WalkInArrived, WalkInDecided),
        personal_data=(WALK_INS,),
    )


@hookimpl
def register_attendance_methods() -> list[AttendanceMethod]:
    """Return the tablet, and the entry of people who were on no list."""
    return [
        AttendanceMethod(
            name=METHOD,
            label=_l("en la tableta de la puerta"),
            icon="monitor-smartphone",
            endpoint="kiosk_staff.start",
            action=_l("Tableta en la puerta"),
            ends_with_meeting=True,
            order=30,
        ),
        AttendanceMethod(
            name=WALK_IN, label=_l("en la puerta, sin estar en la lista"), icon="user-plus", order=35
        ),
    ]


@hookimpl
def register_cohort_tabs() -> list[CohortTab]:
    """Return who is to be confirmed."""
    return [
        CohortTab(
            name="walk-ins",
            label=_l("Personas por confirmar"),
            endpoint="kiosk_staff.walk_ins",
            permission=AttendancePermission.KEEP_REGISTER,
            group="people",
            order=35,
        )
    ]


@hookimpl
def register_completion_criteria() -> list[CompletionCriterion]:
    """Return that whoever wrote their name at the door was confirmed."""
    return [ConfirmedPerson()]


@hookimpl
def register_person_merges() -> list[PersonRows]:
    """Say how people to be confirmed follow."""
    return PERSON_ROWS

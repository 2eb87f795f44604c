"""Attendance joins the application."""

from lms.attendance.criteria import AttendedShare
from lms.attendance.jobs import tell_called_off, tell_changed
from lms.attendance.messages import (
    AttendanceCorrected,
    AttendanceRecorded,
    MeetingCalledOff,
    MeetingChanged,
    MeetingPlanned,
    TellMeetingCalledOff,
    TellMeetingChanged,
)
from lms.attendance.panels import NextMeeting
from lms.attendance.permissions import AttendancePermission
from lms.attendance.privacy import ATTENDANCE
from lms.attendance.views import bp
from lms.core.actors import Role
from lms.core.i18n import _l
from lms.plugins.criteria import CompletionCriterion
from lms.plugins.home import CohortTab, HomePanel
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import NavItem, Slice

STAFF = ((Role.TRAINER, 20), (Role.REVIEWER, 50), (Role.FOCAL_POINT, 40), (Role.ADMINISTRATOR, 35))
"""In whose header the meetings of every cohort stand, and where in it; past the fourth place it is the menu."""
READS = frozenset({AttendancePermission.READ_REGISTER})
KEEPS = READS | {AttendancePermission.KEEP_REGISTER}


@hookimpl
def register_slice() -> Slice:
    """Declare meetings, the check-in and the register."""
    return Slice(
        name="attendance",
        blueprints=(bp,),
        permissions=AttendancePermission,
        grants={
            Role.TRAINEE: frozenset({AttendancePermission.CHECK_IN}),
            Role.TRAINER: KEEPS,
            Role.FOCAL_POINT: READS,
            Role.REVIEWER: READS,
            Role.ADMINISTRATOR: KEEPS,
        },
        nav=(
            NavItem(
                label=_l("Sesiones"),
                phone_label=_l("Asistencia"),
                menu_label=_l("Mis sesiones"),
                endpoint="attendance.my_meetings",
                icon="calendar",
                permission=AttendancePermission.CHECK_IN,
                audience=Role.TRAINEE,
                order=20,
                on_phone_bar=True,
            ),
            *(_agenda_for(audience, order) for audience, order in STAFF),
        ),
        events=(MeetingPlanned, MeetingChanged, MeetingCalledOff, AttendanceRecorded, AttendanceCorrected),
        jobs={TellMeetingChanged: tell_changed, TellMeetingCalledOff: tell_called_off},
        personal_data=(ATTENDANCE,),
    )


@hookimpl
def register_completion_criteria() -> list[CompletionCriterion]:
    """Return the condition on attended meetings."""
    return [AttendedShare()]


@hookimpl
def register_home_panels() -> list[HomePanel]:
    """Return the next meeting, for the home of whoever studies."""
    return [NextMeeting()]


@hookimpl
def register_cohort_tabs() -> list[CohortTab]:
    """Return the meetings and the register of a cohort."""
    return [
        CohortTab(
            name="meetings",
            label=_l("Sesiones"),
            endpoint="attendance.meetings",
            permission=AttendancePermission.READ_REGISTER,
            order=20,
        ),
        CohortTab(
            name="register",
            label=_l("Asistencia"),
            endpoint="attendance.register",
            permission=AttendancePermission.READ_REGISTER,
            order=30,
        ),
    ]


def _agenda_for(audience: Role, order: int) -> NavItem:
    return NavItem(
        label=_l("Sesiones"),
        endpoint="attendance.staff_meetings",
        icon="calendar",
        permission=AttendancePermission.READ_REGISTER,
        audience=audience,
        order=order,
    )

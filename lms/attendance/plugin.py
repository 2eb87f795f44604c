"""Attendance joins the application."""

from lms.attendance.commitments import MeetingsHeld
from lms.attendance.criteria import AttendedShare
from lms.attendance.jobs import DAY, forget_browsers, tell_called_off, tell_changed
from lms.attendance.merges import PERSON_ROWS, fold_after_undoing
from lms.attendance.messages import (
    AttendanceCorrected,
    AttendanceRecorded,
    ForgetBrowsers,
    MeetingCalledOff,
    MeetingChanged,
    MeetingPlanned,
    OddityReviewed,
    PresenceMeasured,
    StatesSet,
    TellMeetingCalledOff,
    TellMeetingChanged,
)
from lms.attendance.panels import NextMeeting
from lms.attendance.permissions import AttendancePermission
from lms.attendance.privacy import ATTENDANCE, OBSERVATIONS
from lms.attendance.reviewing import review_after_share
from lms.attendance.rules import Method
from lms.attendance.states import seed_states
from lms.attendance.views import bp
from lms.core.actors import Role
from lms.core.i18n import _l
from lms.core.jobs.orders import Handlers, Schedule
from lms.institutions.merging.messages import MergeUndone
from lms.institutions.programmes.messages import ProgrammeChanged, ProgrammeCreated
from lms.plugins.attendance import AttendanceMethod
from lms.plugins.commitments import CommitmentCounter
from lms.plugins.criteria import CompletionCriterion
from lms.plugins.home import CohortTab, HomePanel
from lms.plugins.hooks import hookimpl
from lms.plugins.people import PersonRows
from lms.plugins.slices import NavItem, Slice

STAFF = ((Role.TRAINER, 20), (Role.REVIEWER, 50), (Role.FOCAL_POINT, 40), (Role.ADMINISTRATOR, 35))
"""In whose header the meetings of every cohort stand, and where in it; past the fourth place it is the menu."""
EVENTS = (
    MeetingPlanned,
    MeetingChanged,
    MeetingCalledOff,
    AttendanceRecorded,
    AttendanceCorrected,
    PresenceMeasured,
    StatesSet,
    OddityReviewed,
)
JOBS: Handlers = {
    TellMeetingChanged: tell_changed,
    TellMeetingCalledOff: tell_called_off,
    ForgetBrowsers: forget_browsers,
}
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
            Role.ADMINISTRATOR: KEEPS | {AttendancePermission.SET_STATES},
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
        events=EVENTS,
        subscribers={
            ProgrammeCreated: (seed_states,),
            ProgrammeChanged: (review_after_share,),
            MergeUndone: (fold_after_undoing,),
        },
        jobs=JOBS,
        schedules=(Schedule(order=ForgetBrowsers(), every_seconds=DAY),),
        personal_data=(ATTENDANCE, OBSERVATIONS),
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
def register_attendance_methods() -> list[AttendanceMethod]:
    """Return the code on the screen, scanned or typed, and the roll call."""
    return [
        AttendanceMethod(
            name=Method.QR.value,
            label=_l("con el código QR"),
            icon="presentation",
            endpoint="attendance.projection",
            action=_l("Proyectar el código"),
            ends_with_meeting=True,
            order=10,
        ),
        AttendanceMethod(name=Method.CODE.value, label=_l("con el código escrito"), icon="qr-code", order=15),
        AttendanceMethod(
            name=Method.ROLL_CALL.value,
            label=_l("en la lista"),
            icon="list-checks",
            endpoint="attendance.roll_call",
            action=_l("Pasar lista"),
            order=20,
        ),
    ]


@hookimpl
def register_commitment_counters() -> list[CommitmentCounter]:
    """Return what agreements may count of meetings."""
    return [MeetingsHeld()]


@hookimpl
def register_cohort_tabs() -> list[CohortTab]:
    """Return the meetings and the register of a cohort."""
    return [
        CohortTab(
            name="meetings",
            label=_l("Sesiones"),
            endpoint="attendance.meetings",
            permission=AttendancePermission.READ_REGISTER,
            group="attendance",
            order=20,
        ),
        CohortTab(
            name="register",
            label=_l("Asistencia"),
            endpoint="attendance.register",
            permission=AttendancePermission.READ_REGISTER,
            group="attendance",
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


@hookimpl
def register_person_merges() -> list[PersonRows]:
    """Say how marks follow."""
    return PERSON_ROWS

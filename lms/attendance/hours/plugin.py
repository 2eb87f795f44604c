"""Hours join the application."""

from lms.attendance.hours.columns import CreditedTime
from lms.attendance.hours.criteria import CreditedHours
from lms.attendance.hours.jobs import review_hours
from lms.attendance.hours.merges import PERSON_ROWS
from lms.attendance.hours.messages import HoursClosed, HoursPolicySet, ReviewHours
from lms.attendance.hours.privacy import HOURS
from lms.attendance.hours.service import close_on_completion, note_states
from lms.attendance.hours.views import own, policy, staff
from lms.attendance.messages import StatesSet
from lms.attendance.permissions import AttendancePermission
from lms.core.i18n import _l
from lms.learning.messages import EnrolmentCompleted
from lms.plugins.attendance import RegisterColumn
from lms.plugins.criteria import CompletionCriterion
from lms.plugins.home import CohortTab
from lms.plugins.hooks import hookimpl
from lms.plugins.people import PersonRows
from lms.plugins.slices import Slice


@hookimpl
def register_slice() -> Slice:
    """Declare the ledger of hours and the policies it follows."""
    return Slice(
        name="hours",
        blueprints=(own.bp, staff.bp, policy.bp),
        events=(HoursPolicySet, HoursClosed),
        subscribers={EnrolmentCompleted: (close_on_completion,), StatesSet: (note_states,)},
        jobs={ReviewHours: review_hours},
        personal_data=(HOURS,),
    )


@hookimpl
def register_completion_criteria() -> list[CompletionCriterion]:
    """Return the condition on credited hours."""
    return [CreditedHours()]


@hookimpl
def register_register_columns() -> list[RegisterColumn]:
    """Return the credited time, beside the register."""
    return [CreditedTime()]


@hookimpl
def register_cohort_tabs() -> list[CohortTab]:
    """Return the hours of a cohort."""
    return [
        CohortTab(
            name="hours",
            label=_l("Horas"),
            endpoint="hours_staff.cohort_hours",
            permission=AttendancePermission.READ_REGISTER,
            group="attendance",
            order=35,
        )
    ]


@hookimpl
def register_person_merges() -> list[PersonRows]:
    """Say how closed hours follow."""
    return PERSON_ROWS

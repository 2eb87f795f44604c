"""Learning joins the application."""

from lms.core.actors import Role
from lms.learning.criteria import UnitsFinished
from lms.learning.jobs import tell_enrolled
from lms.learning.messages import (
    CohortChanged,
    CohortCreated,
    CourseStarted,
    EnrolmentCompleted,
    EnrolmentWithdrawn,
    PersonEnrolled,
    TellEnrolled,
    TrackChanged,
    UnitFinished,
)
from lms.learning.permissions import LearningPermission
from lms.learning.privacy import COMPLETIONS, ENROLMENTS, PROGRESS
from lms.plugins.criteria import CompletionCriterion
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import Slice

READS = frozenset({LearningPermission.READ_COHORTS})
MANAGES = READS | {LearningPermission.MANAGE_COHORTS}


@hookimpl
def register_slice() -> Slice:
    """Declare cohorts, enrolments and the pages on which people study."""
    return Slice(
        name="learning",
        permissions=LearningPermission,
        grants={
            Role.TRAINEE: frozenset({LearningPermission.STUDY}),
            Role.TRAINER: MANAGES,
            Role.FOCAL_POINT: READS,
            Role.REVIEWER: READS,
            Role.ADMINISTRATOR: MANAGES,
        },
        events=(
            CohortCreated, CohortChanged, PersonEnrolled, EnrolmentWithdrawn, TrackChanged, CourseStarted,
            UnitFinished, EnrolmentCompleted,
        ),
        jobs={TellEnrolled: tell_enrolled},
        personal_data=(ENROLMENTS, PROGRESS, COMPLETIONS),
    )  # fmt: skip


@hookimpl
def register_completion_criteria() -> list[CompletionCriterion]:
    """Return the condition on lessons."""
    return [UnitsFinished()]

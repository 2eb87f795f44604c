"""Grading by people joins the application."""

from lms.assessments.attempts.messages import QuizSentForReview, QuizSubmitted
from lms.assessments.grading.following import follow_cohort, follow_person
from lms.assessments.grading.jobs import regrade
from lms.assessments.grading.merges import PERSON_ROWS
from lms.assessments.grading.messages import (
    AnswerMarked,
    AttemptRegraded,
    GradeChanged,
    MarksDiffered,
    RegradeBatch,
    RegradeOrdered,
    SecondMarkersSet,
)
from lms.assessments.grading.panels import WaitingAnswers
from lms.assessments.grading.permissions import GradingPermission
from lms.assessments.grading.privacy import MARKS, PHRASES, REGRADES
from lms.assessments.grading.regrading import follow_submission
from lms.assessments.grading.views import files, queue, queue_files, regrades
from lms.core.actors import Role
from lms.core.i18n import _l
from lms.learning.messages import CohortMoved, EnrolmentMoved
from lms.plugins.home import CohortTab, HomePanel, ReleaseAction
from lms.plugins.hooks import hookimpl
from lms.plugins.people import PersonRows
from lms.plugins.slices import NavItem, Slice

GRADES = frozenset({GradingPermission.GRADE})


@hookimpl
def register_slice() -> Slice:
    """Declare the pages on which people grade."""
    return Slice(
        name="grading",
        blueprints=(queue.bp, files.bp, queue_files.bp, regrades.bp),
        permissions=GradingPermission,
        grants={
            Role.TRAINER: GRADES,
            Role.ADMINISTRATOR: GRADES | {GradingPermission.SETTLE, GradingPermission.REGRADE},
        },
        nav=tuple(
            NavItem(
                label=_l("Por calificar"),
                endpoint="grading.index",
                icon="list-checks",
                permission=GradingPermission.GRADE,
                audience=role,
                order=55,
            )
            for role in (Role.TRAINER, Role.ADMINISTRATOR)
        ),
        events=(
            GradeChanged, AnswerMarked, MarksDiffered, SecondMarkersSet, RegradeOrdered, AttemptRegraded,
        ),
        subscribers={
            QuizSubmitted: (follow_submission,),
            QuizSentForReview: (follow_submission,),
            CohortMoved: (follow_cohort,),
            EnrolmentMoved: (follow_person,),
        },
        jobs={RegradeBatch: regrade},
        personal_data=(MARKS, PHRASES, REGRADES),
    )  # fmt: skip


@hookimpl
def register_home_panels() -> list[HomePanel]:
    """Return what waits, above the cohorts."""
    return [WaitingAnswers()]


@hookimpl
def register_cohort_tabs() -> list[CohortTab]:
    """Return the queue of a cohort."""
    return [
        CohortTab(
            name="grading",
            label=_l("Por calificar"),
            endpoint="grading.cohort_page",
            permission=GradingPermission.GRADE,
            group="assessments",
            order=21,
        )
    ]


@hookimpl
def register_release_actions() -> list[ReleaseAction]:
    """Return the correction of results, on the page of a release."""
    return [
        ReleaseAction(
            name="regrade",
            label=_l("Recalificar una pregunta"),
            icon="scale",
            endpoint="regrades.index",
            permission=GradingPermission.REGRADE,
        )
    ]


@hookimpl
def register_person_merges() -> list[PersonRows]:
    """Say how phrases follow."""
    return PERSON_ROWS

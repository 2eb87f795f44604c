"""Attempts join the application."""

from lms.assessments.attempts.criteria import PlansApproved, QuizzesPassed, SurveysAnswered
from lms.assessments.attempts.jobs import forget_file, submit_expired
from lms.assessments.attempts.merges import PERSON_ROWS
from lms.assessments.attempts.messages import (
    AnswerGraded,
    AttemptExpired,
    AttemptStarted,
    ExtraAttemptGiven,
    ExtraTimeGiven,
    ForgetFile,
    QuizGraded,
    QuizSentForReview,
    QuizSubmitted,
    SubmitExpired,
)
from lms.assessments.attempts.models import AnswerFile
from lms.assessments.attempts.permissions import AttemptPermission
from lms.assessments.attempts.privacy import ATTEMPTS, EXTRA_TIME
from lms.assessments.attempts.service import follow_cohort, follow_person
from lms.assessments.attempts.views import cohorts, files, taking
from lms.core.actors import Role
from lms.core.i18n import _l
from lms.core.storage import KeptFiles
from lms.learning.messages import CohortMoved, EnrolmentMoved
from lms.plugins.criteria import CompletionCriterion
from lms.plugins.home import CohortTab
from lms.plugins.hooks import hookimpl
from lms.plugins.people import PersonRows
from lms.plugins.slices import Slice

READS = frozenset({AttemptPermission.READ})
GIVES = READS | {AttemptPermission.GIVE, AttemptPermission.TIME}


@hookimpl
def register_slice() -> Slice:
    """Declare the pages on which quizzes are answered."""
    return Slice(
        name="attempts",
        blueprints=(taking.bp, files.bp, cohorts.bp),
        permissions=AttemptPermission,
        grants={
            Role.TRAINEE: frozenset({AttemptPermission.TAKE}),
            Role.TRAINER: GIVES,
            Role.FOCAL_POINT: READS,
            Role.REVIEWER: READS,
            Role.ADMINISTRATOR: GIVES,
        },
        events=(
            AttemptStarted,
            QuizSubmitted,
            QuizSentForReview,
            AnswerGraded,
            QuizGraded,
            ExtraAttemptGiven,
            AttemptExpired,
            ExtraTimeGiven,
        ),
        jobs={SubmitExpired: submit_expired, ForgetFile: forget_file},
        subscribers={CohortMoved: (follow_cohort,), EnrolmentMoved: (follow_person,)},
        personal_data=(ATTEMPTS, EXTRA_TIME),
        kept_files=(KeptFiles(name="attempts.answers", columns=(AnswerFile.digest,)),),
    )


@hookimpl
def register_completion_criteria() -> list[CompletionCriterion]:
    """Return the conditions on quizzes, surveys and plans."""
    return [QuizzesPassed(), SurveysAnswered(), PlansApproved()]


@hookimpl
def register_cohort_tabs() -> list[CohortTab]:
    """Return the page of a cohort's quizzes."""
    return [
        CohortTab(
            name="quizzes",
            label=_l("Evaluaciones"),
            endpoint="cohort_quizzes.cohort_page",
            permission=AttemptPermission.READ,
            group="assessments",
            order=20,
        )
    ]


@hookimpl
def register_person_merges() -> list[PersonRows]:
    """Say how attempts follow."""
    return PERSON_ROWS

"""Attempts join the application."""

from lms.assessments.attempts.criteria import QuizzesPassed
from lms.assessments.attempts.messages import AttemptStarted, ExtraAttemptGiven, QuizSubmitted
from lms.assessments.attempts.permissions import AttemptPermission
from lms.assessments.attempts.privacy import ATTEMPTS
from lms.assessments.attempts.views import bp
from lms.core.actors import Role
from lms.plugins.criteria import CompletionCriterion
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import Slice


@hookimpl
def register_slice() -> Slice:
    """Declare the pages on which quizzes are answered."""
    return Slice(
        name="attempts",
        blueprints=(bp,),
        permissions=AttemptPermission,
        grants={Role.TRAINEE: frozenset({AttemptPermission.TAKE})},
        events=(AttemptStarted, QuizSubmitted, ExtraAttemptGiven),
        personal_data=(ATTEMPTS,),
    )


@hookimpl
def register_completion_criteria() -> list[CompletionCriterion]:
    """Return the condition on quizzes."""
    return [QuizzesPassed()]

"""Attempts at quizzes, for tests and demonstrations of results."""

from lms.assessments.analysis.models import PatternReview
from lms.assessments.analysis.replies import Matter, Rule
from lms.assessments.analysis.service import put_aside
from lms.assessments.attempts import service
from lms.assessments.attempts.models import Attempt
from lms.assessments.attempts.queries import QuizUnit, get_quiz
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.courses.models import UnitKind
from lms.learning.models import Enrolment
from lms.learning.queries import get_cohort
from lms.plugins.questions import Config
from lms.testing.factories.learning import units_of


def quizzes_of(enrolment: Enrolment) -> list[QuizUnit]:
    """Return the quizzes of the course that an enrolment studies, in order."""
    return [get_quiz(unit.id) for unit in units_of(enrolment) if unit.kind is UnitKind.QUIZ]


def right_keys(config: Config) -> list[str]:
    """Return the keys of the right options of a question with options."""
    return [option["key"] for option in config["options"] if option["is_right"]]


def wrong_keys(config: Config) -> list[str]:
    """Return the key of one option that earns nothing."""
    return [option["key"] for option in config["options"] if not option["is_right"]][:1]


def make_attempt(enrolment: Enrolment, quiz: QuizUnit | None = None) -> Attempt:
    """Begin an attempt, or return the open one; at the first quiz of the course unless told."""
    return service.start_attempt(enrolment, quiz or quizzes_of(enrolment)[0], actor=SYSTEM, now=now())


def make_result(enrolment: Enrolment, quiz: QuizUnit | None = None, *, wrong: int = 0) -> Attempt:
    """Answer every question of an attempt, the first ``wrong`` ones wrongly, and submit it."""
    attempt = make_attempt(enrolment, quiz)
    questions = get_quiz(attempt.unit_id).questions
    for number, question_id in enumerate(attempt.question_ids):
        config = questions[question_id]
        keys = wrong_keys(config) if number < wrong else right_keys(config)
        service.save_answer(attempt, question_id, keys, now=now())
    service.submit(attempt, actor=SYSTEM, now=now())
    return attempt


def make_seen_pattern(enrolment: Enrolment, attempt: Attempt) -> PatternReview:
    """Put aside that somebody hurried through an attempt."""
    matter, cohort = Matter(Rule.HURRY, (enrolment.id,)), get_cohort(enrolment.cohort_id)
    return put_aside(cohort, attempt.unit_id, matter, note="Conversamos.", actor=SYSTEM, now=now())


def pass_quizzes(enrolment: Enrolment) -> None:
    """Pass every quiz of the course at the first attempt."""
    for quiz in quizzes_of(enrolment):
        make_result(enrolment, quiz)

"""Reads for the analysis: the first results of people, question by question, each revision apart."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from sqlalchemy import Select, select

from lms.accounts.queries import is_real_person
from lms.assessments.analysis.models import PatternReview
from lms.assessments.analysis.replies import Matter, Rule
from lms.assessments.analysis.rules import Row
from lms.assessments.attempts.models import Answer, Attempt
from lms.assessments.question_types.revisions import revision_of
from lms.core.actors import Actor, Permission
from lms.core.context import registry
from lms.core.db import db
from lms.courses.compiler.codec import question_to_json
from lms.courses.compiler.course import Quiz
from lms.courses.models import Release, ReleasedModule, Unit, UnitKind
from lms.courses.queries import get_unit, quiz_of
from lms.learning.models import Enrolment
from lms.learning.queries import visible_enrolments
from lms.plugins.questions import Config, QuestionType


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """A scored question as one release asks it."""

    config: Config
    """Key included: never hand it to a template that a learner reads."""
    revision: str
    """The same wherever the question says and asks the same; another after any change."""

    @property
    def options(self) -> Mapping[str, bool]:
        """Return the keys of its options and whether each is right; nothing for what is not answered by choosing."""
        return {each["key"]: each["is_right"] for each in self.config["options"]} if self._is_choice else {}

    @property
    def _is_choice(self) -> bool:
        return self.config["type"] in {"single", "multiple", "true-false"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuiz:
    """A quiz of a release with the questions that it scores."""

    unit_id: UUID
    module_id: UUID
    release_id: UUID
    quiz: Quiz
    questions: Mapping[str, AskedQuestion]
    """By id, in the order of the source."""


@lru_cache(maxsize=64)
def get_asked_quiz(unit_id: UUID) -> AskedQuiz:
    """Return a quiz in the language in which it was written; raises NotFound for another kind of unit."""
    unit = get_unit(unit_id)
    quiz, types = quiz_of(unit), _types()
    configs = [question_to_json(question) for question in quiz.questions]
    is_measured = not (quiz.is_survey or quiz.is_plan)  # nobody is right or wrong in an opinion or a plan
    scored = [config for config in configs if is_measured and types[config["type"]].is_scored]
    return AskedQuiz(
        unit_id=unit.id,
        module_id=unit.module_id,
        release_id=unit.release_id,
        quiz=quiz,
        questions={config["id"]: _asked(config) for config in scored},
    )


def list_quizzes(release_id: UUID) -> list[AskedQuiz]:
    """Return the quizzes of a release that score something, in order."""
    statement = select(Unit.id).where(Unit.release_id == release_id, Unit.kind == UnitKind.QUIZ)
    found = [get_asked_quiz(unit_id) for unit_id in db.session.scalars(statement.order_by(Unit.position))]
    return [each for each in found if each.questions]


def list_rows(
    actor: Actor, permission: Permission, quizzes: Sequence[AskedQuiz], *, cohort_id: UUID | None = None
) -> dict[UUID, list[Row]]:
    """Return the first results at each quiz that the permission reaches, by the id of the quiz's unit.

    Without a cohort those at the same quiz of the course's other releases count too, as far as their questions are
    of the same revision. An attempt that waits for a grade does not count yet.
    """
    twins = {twin: quiz for quiz in quizzes for twin in twins_of(quiz)}
    counted = visible_enrolments(actor, permission).where(is_real_person(Enrolment.person_id))
    reached = counted.with_only_columns(Enrolment.id)
    if cohort_id is not None:
        reached = reached.where(Enrolment.cohort_id == cohort_id)
    rows: dict[UUID, list[Row]] = {quiz.unit_id: [] for quiz in quizzes}
    answers = _answers(twins, reached)
    for attempt_id, unit_id, asked in db.session.execute(_attempts(twins, reached)):
        quiz = twins[unit_id]
        shared = shared_questions(quiz, get_asked_quiz(unit_id), asked)
        if shared:
            rows[quiz.unit_id].append(_row(shared, answers.get(attempt_id, {})))
    return rows


def _row(shared: Iterable[str], answers: Mapping[str, tuple[Sequence[str], float]]) -> Row:
    return Row(
        scores={key: answers[key][1] if key in answers else 0.0 for key in shared},
        chosen={key: tuple(answers[key][0]) if key in answers else () for key in shared},
    )


def shared_questions(quiz: AskedQuiz, twin: AskedQuiz, asked: Iterable[str]) -> list[str]:
    """Return the questions of an attempt at a twin that are the same in the quiz."""
    return [
        key
        for key in asked
        if key in quiz.questions
        and key in twin.questions
        and quiz.questions[key].revision == twin.questions[key].revision
    ]


def twins_of(quiz: AskedQuiz) -> list[UUID]:
    """Return the units of all releases of the course that stand where the quiz stands, itself among them."""
    course = select(Release.course_id).where(Release.id == quiz.release_id).scalar_subquery()
    module = select(ReleasedModule.slug).where(ReleasedModule.id == quiz.module_id).scalar_subquery()
    statement = (
        select(Unit.id)
        .join(ReleasedModule, ReleasedModule.id == Unit.module_id)
        .join(Release, Release.id == Unit.release_id)
        .where(
            Release.course_id == course,
            ReleasedModule.slug == module,
            Unit.slug == quiz.quiz.slug,
            Unit.kind == UnitKind.QUIZ,
        )
    )
    return list(db.session.scalars(statement))


def list_reviews(unit_id: UUID, enrolment_ids: Iterable[UUID]) -> dict[Matter, PatternReview]:
    """Return what was said of the patterns at a quiz in which these people are the first, or the only one."""
    mine = PatternReview.enrolment_id.in_(list(enrolment_ids))
    rows = db.session.scalars(select(PatternReview).where(PatternReview.unit_id == unit_id, mine))
    return {_matter(row): row for row in rows}


def find_review(unit_id: UUID, matter: Matter) -> PatternReview | None:
    """Return what was said of one pattern at a quiz."""
    return list_reviews(unit_id, matter.enrolment_ids[:1]).get(matter)


def _matter(row: PatternReview) -> Matter:
    people = (row.enrolment_id, row.other_id)
    return Matter(Rule(row.rule), people if row.rule == Rule.COINCIDENCE else people[:1])


def _attempts(units: Iterable[UUID], reached: Select[UUID]) -> Select[UUID, UUID, list[str]]:
    return (
        select(Attempt.id, Attempt.unit_id, Attempt.question_ids)
        .where(
            Attempt.unit_id.in_(list(units)),
            Attempt.number == 1,
            Attempt.earned.is_not(None),
            Attempt.enrolment_id.in_(reached),
        )
        .order_by(Attempt.id)
    )


def _answers(
    units: Iterable[UUID], reached: Select[UUID]
) -> dict[UUID, dict[str, tuple[Sequence[str], float]]]:
    tried = _attempts(units, reached).with_only_columns(Attempt.id).order_by(None)
    found: dict[UUID, dict[str, tuple[Sequence[str], float]]] = {}
    statement = select(Answer.attempt_id, Answer.question_id, Answer.chosen, Answer.earned)
    for attempt_id, key, chosen, earned in db.session.execute(statement.where(Answer.attempt_id.in_(tried))):
        found.setdefault(attempt_id, {})[key] = (chosen, float(earned or 0))
    return found


def _asked(config: Config) -> AskedQuestion:
    return AskedQuestion(config=config, revision=revision_of(config))


def _types() -> Mapping[str, QuestionType]:
    return registry("question_types")

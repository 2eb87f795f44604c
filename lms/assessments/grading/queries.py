"""Reads for whoever grades: what waits, in which order, and phrases for comments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select

from lms.accounts.models import Person
from lms.assessments.attempts.models import Answer, AnswerGrade, Attempt
from lms.assessments.attempts.queries import QuizUnit, get_quiz
from lms.assessments.grading.models import DoubleMarking, Mark, Phrase
from lms.assessments.grading.permissions import GradingPermission
from lms.core.actors import Actor
from lms.core.context import registry
from lms.core.db import db
from lms.courses.models import Unit, UnitKind
from lms.learning.models import Cohort, Enrolment, EnrolmentState
from lms.learning.queries import enrolment_condition

MINE, FIRST, SECOND, THIRD, GRADED = "", "first", "second", "third", "graded"
"""What a queue shows: what the actor can do, or answers in one state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody wants to see of the queue."""

    cohort_id: UUID | None = None
    unit_id: UUID | None = None
    question_id: str = ""
    state: str = MINE
    is_newest_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """An answer in the queue; without the name of whoever wrote it while it has no grade."""

    answer_id: UUID
    question_id: str
    quiz: str
    cohort: str
    sent_at: datetime
    marks: int
    is_double: bool
    earned: Fraction | None
    name: str

    @property
    def state(self) -> str:
        """Return where it stands."""
        if self.earned is not None:
            return GRADED
        return (FIRST, SECOND, THIRD)[min(self.marks, 2)] if self.is_double else FIRST


def graded_questions(quiz: QuizUnit) -> list[str]:
    """Return the ids of the questions of a quiz that a person grades; a survey and a plan have none."""
    if quiz.quiz.is_survey or quiz.quiz.is_plan:
        return []
    types = registry("question_types")
    return [key for key, config in quiz.questions.items() if types[config["type"]].needs_grader]


def list_graded_quizzes(actor: Actor, cohort_id: UUID | None = None) -> list[QuizUnit]:
    """Return the quizzes with such questions that were handed in where the actor grades, by title."""
    asking = _asking()
    if not asking:
        return []
    reached = _reached(actor)
    if cohort_id is not None:
        reached = and_(reached, Enrolment.cohort_id == cohort_id)
    units = db.session.execute(
        select(Unit.id, Unit.title)
        .join(Attempt, Attempt.unit_id == Unit.id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(reached, Attempt.submitted_at.is_not(None), Unit.id.in_(asking))
        .order_by(Unit.title, Unit.id)
        .distinct()
    ).all()
    return [get_quiz(unit_id) for unit_id, _title in units]


def _asking() -> list[UUID]:
    """Return the quizzes with such questions that anybody handed in; most courses have none, and a million attempts."""
    handed_in = exists().where(Attempt.unit_id == Unit.id, Attempt.submitted_at.is_not(None))
    units = db.session.scalars(select(Unit.id).where(Unit.kind == UnitKind.QUIZ, handed_in)).all()
    return [unit_id for unit_id in units if graded_questions(get_quiz(unit_id))]


def queue(actor: Actor, quizzes: Sequence[QuizUnit], wanted: Wanted) -> Select[*tuple[Any, ...]]:
    """Return the select of the answers that these quizzes have for whoever grades."""
    marks = _marks()
    statement: Any = (
        select(
            Answer.id, Answer.question_id, Unit.title, Cohort.name, Attempt.submitted_at, marks,
            _is_double(), Answer.earned, Person,
        )
        .join(Attempt, Attempt.id == Answer.attempt_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Unit, Unit.id == Attempt.unit_id)
        .where(_reached(actor), Attempt.submitted_at.is_not(None), _asks(quizzes, wanted))
        .where(_in_state(actor, wanted.state, marks))
    )  # fmt: skip
    if wanted.cohort_id is not None:
        statement = statement.where(Enrolment.cohort_id == wanted.cohort_id)
    when = Attempt.submitted_at.desc() if wanted.is_newest_first else Attempt.submitted_at
    return statement.order_by(when, Answer.id)  # type: ignore[no-any-return]  # a select built in steps


def read_row(row: Any) -> QueueRow:
    """Return a row of the queue as a value: the name is there once the answer has its grade."""
    return QueueRow(
        answer_id=row[0], question_id=row[1], quiz=row[2], cohort=row[3], sent_at=row[4], marks=row[5],
        is_double=bool(row[6]), earned=row[7], name=row[8].name if row[7] is not None else "",
    )  # fmt: skip


def neighbours(
    actor: Actor, quizzes: Sequence[QuizUnit], wanted: Wanted, answer_id: UUID
) -> tuple[UUID | None, UUID | None]:
    """Return the answers before and after one in the same queue; of one that left it, none and the first."""
    statement = queue(actor, quizzes, wanted).with_only_columns(Answer.id).limit(1000)
    ids = [row[0] for row in db.session.execute(statement)]
    if answer_id not in ids:
        return None, next(iter(ids), None)
    at = ids.index(answer_id)
    return (ids[at - 1] if at else None), (ids[at + 1] if at + 1 < len(ids) else None)


def count_waiting(actor: Actor) -> int:
    """Return how many answers the actor can grade now."""
    waiting = queue(actor, list_graded_quizzes(actor), Wanted()).order_by(None)
    return (
        db.session.scalar(select(func.count()).select_from(waiting.with_only_columns(Answer.id).subquery()))
        or 0
    )


def list_marks(answer_id: UUID) -> Sequence[Mark]:
    """Return what markers said of an answer, the first one first."""
    return db.session.scalars(select(Mark).where(Mark.answer_id == answer_id).order_by(Mark.place)).all()


def find_double(cohort_id: UUID, unit_id: UUID) -> DoubleMarking | None:
    """Return whether a quiz of a cohort has two markers."""
    return db.session.scalar(
        select(DoubleMarking).where(DoubleMarking.cohort_id == cohort_id, DoubleMarking.unit_id == unit_id)
    )


def list_double(cohort_id: UUID) -> set[UUID]:
    """Return the quizzes of a cohort that have two markers."""
    return set(db.session.scalars(select(DoubleMarking.unit_id).where(DoubleMarking.cohort_id == cohort_id)))


def list_phrases(person_id: UUID | None, cohort_id: UUID) -> Sequence[Phrase]:
    """Return the phrases that a person may use in a cohort: their own and those that are shared there."""
    mine = and_(Phrase.person_id == person_id, Phrase.cohort_id.is_(None))
    return db.session.scalars(
        select(Phrase).where(or_(mine, Phrase.cohort_id == cohort_id)).order_by(Phrase.created_at)
    ).all()


def find_phrase(person_id: UUID | None, phrase_id: UUID) -> Phrase | None:
    """Return a phrase that the person wrote."""
    return db.session.scalar(select(Phrase).where(Phrase.id == phrase_id, Phrase.person_id == person_id))


def _reached(actor: Actor) -> ColumnElement[bool]:
    return and_(
        enrolment_condition(actor, GradingPermission.GRADE),
        Enrolment.state == EnrolmentState.ACTIVE,
        Enrolment.person_id != actor.person_id if actor.person_id else Enrolment.id.is_not(None),
    )


def _asks(quizzes: Sequence[QuizUnit], wanted: Wanted) -> ColumnElement[bool]:
    ways: list[ColumnElement[bool]] = [false()]
    for quiz in quizzes:
        if wanted.unit_id in {None, quiz.id}:
            ids = [each for each in graded_questions(quiz) if wanted.question_id in {"", each}]
            ways.append(and_(Attempt.unit_id == quiz.id, Answer.question_id.in_(ids)))
    return or_(*ways)


def _in_state(actor: Actor, state: str, marks: ColumnElement[int]) -> ColumnElement[bool]:
    if state == GRADED:
        return exists().where(AnswerGrade.answer_id == Answer.id)
    waiting, double = Answer.earned.is_(None), _is_double()
    mine = exists().where(Mark.answer_id == Answer.id, Mark.marked_by == actor.person_id)
    first = or_(~double, marks == 0)
    second = and_(double, marks == 1, ~mine)
    third = and_(double, marks == 2)
    may_settle = and_(third, ~mine) if actor.can(GradingPermission.SETTLE) else false()
    chosen = {FIRST: first, SECOND: second, THIRD: third}.get(state, or_(first, second, may_settle))
    return and_(waiting, Attempt.earned.is_(None), chosen)


def _is_double() -> ColumnElement[bool]:
    return exists().where(
        DoubleMarking.cohort_id == Enrolment.cohort_id, DoubleMarking.unit_id == Attempt.unit_id
    )


def _marks() -> Any:
    return select(func.count(Mark.id)).where(Mark.answer_id == Answer.id).correlate(Answer).scalar_subquery()

"""Reads about attempts and quizzes. A release never changes, so its quizzes are kept in the process."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Select, and_, bindparam, case, func, or_, select

from lms.accounts.models import Person
from lms.assessments.attempts import timing
from lms.assessments.attempts.models import Answer, Attempt, ExtraAttempt, ExtraTime
from lms.assessments.attempts.rules import Standing, follow_up_days, pass_mark
from lms.assessments.attempts.timing import Allowance
from lms.core.actors import Actor, Permission
from lms.core.db import db
from lms.core.i18n import current_language
from lms.core.places import places_of
from lms.courses.compiler.codec import question_to_json
from lms.courses.compiler.course import Quiz
from lms.courses.compiler.quiz_terms import Moment
from lms.courses.models import Release, Unit, UnitKind
from lms.courses.queries import get_unit
from lms.courses.rules import terms_for
from lms.courses.translated import read_quiz
from lms.institutions.programmes.models import Programme
from lms.learning.models import Cohort, Completion, Enrolment, EnrolmentState, UnitProgress
from lms.learning.queries import visible_enrolments
from lms.plugins.questions import Config


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizUnit:
    """A quiz of a release with its questions, keys included: never hand one to a template."""

    id: UUID
    release_id: UUID
    quiz: Quiz
    questions: Mapping[str, Config]
    """By id, in the order of the source, as the release holds them."""


def get_quiz(unit_id: UUID) -> QuizUnit:
    """Return a quiz in the language of the page, read from the database once per process; NotFound for a lesson.

    Its ids and keys are the same in every language. What is not translated is marked with its own.
    """
    return _quiz(unit_id, current_language())


@lru_cache(maxsize=128)
def _quiz(unit_id: UUID, language: str) -> QuizUnit:
    unit = get_unit(unit_id)
    quiz = read_quiz(unit, language, page=language)
    questions = {question.id: question_to_json(question) for question in quiz.questions}
    return QuizUnit(id=unit.id, release_id=unit.release_id, quiz=quiz, questions=questions)


def pass_mark_of(quiz: QuizUnit, release: Release, programme: Programme) -> Fraction:
    """Return the share that passes this quiz of the release in the programme today.

    What the course sets for the place of the programme comes before the programme's own mark.
    """
    if quiz.quiz.is_survey or quiz.quiz.is_measure:
        return Fraction(0)
    local = terms_for(release.places, places_of(programme.country, programme.territory)).pass_mark
    common = programme.pass_mark if local is None else local
    return pass_mark(quiz=quiz.quiz.pass_mark, course=release.pass_mark, programme=common)


def list_attempts(enrolment_id: UUID, unit_id: UUID) -> Sequence[Attempt]:
    """Return a person's attempts at a quiz, the first one first."""
    return db.session.scalars(
        select(Attempt)
        .where(Attempt.enrolment_id == enrolment_id, Attempt.unit_id == unit_id)
        .order_by(Attempt.number)
    ).all()


def find_counting_attempt(attempt_id: UUID) -> Attempt | None:
    """Return an attempt whose person takes part; None for one that is gone or whose person withdrew."""
    return db.session.scalar(
        select(Attempt)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(Attempt.id == attempt_id, Enrolment.state == EnrolmentState.ACTIVE)
    )


def count_extra(enrolment_id: UUID, unit_id: UUID) -> int:
    """Return how many attempts a person was given on top of the author's."""
    statement = select(func.count(ExtraAttempt.id)).where(
        ExtraAttempt.enrolment_id == enrolment_id, ExtraAttempt.unit_id == unit_id
    )
    return db.session.scalar(statement) or 0


def standing_of(attempts: Sequence[Attempt], quiz: QuizUnit, extra: int) -> Standing:
    """Return where a person stands after these attempts at the quiz."""
    return Standing(
        limit=quiz.quiz.attempts + extra,
        started=len(attempts),
        has_open=any(attempt.submitted_at is None for attempt in attempts),
        is_passed=any(attempt.is_passed for attempt in attempts),
        is_in_review=any(attempt.is_in_review for attempt in attempts),
    )


def next_start_of(attempts: Sequence[Attempt], quiz: QuizUnit) -> datetime | None:
    """Return from when the next attempt may begin; None for at any time."""
    last = attempts[-1].submitted_at if attempts else None
    return timing.next_start(last, quiz.quiz.wait_hours)


def find_extra_time(enrolment_id: UUID) -> ExtraTime | None:
    """Return what a person was given on top of the author's limits."""
    return db.session.scalar(select(ExtraTime).where(ExtraTime.enrolment_id == enrolment_id))


def list_extra_times(people: Mapping[UUID, str]) -> list[tuple[str, ExtraTime]]:
    """Return who of some people, named by enrolment, has more time, and how much, in their order."""
    given = select(ExtraTime).where(ExtraTime.enrolment_id.in_(people))
    rows = {row.enrolment_id: row for row in db.session.scalars(given)}
    return [(name, rows[key]) for key, name in people.items() if key in rows]


def has_limits(release_id: UUID) -> bool:
    """Say whether any quiz of a release has a time limit."""
    quizzes = db.session.scalars(
        select(Unit.id).where(Unit.release_id == release_id, Unit.kind == UnitKind.QUIZ)
    )
    return any(get_quiz(each).quiz.limit_minutes is not None for each in quizzes)


def end_of(enrolment: Enrolment, quiz: QuizUnit, started_at: datetime) -> datetime | None:
    """Return until when the answers of an attempt count that begins at an instant; None without a limit."""
    if quiz.quiz.limit_minutes is None:
        return None
    extra = find_extra_time(enrolment.id)
    allowance = Allowance(percent=extra.percent, minutes=extra.minutes) if extra else Allowance()
    ends_on, timezone = db.session.execute(
        select(Cohort.ends_on, Programme.timezone)
        .join(Programme, Programme.id == Cohort.programme_id)
        .where(Cohort.id == enrolment.cohort_id)
    ).one()
    completed_on = find_completion_day(enrolment.id) if quiz.quiz.is_follow_up else None
    last = follow_up_days(completed_on).last if completed_on else ends_on
    return timing.ends_at(started_at, quiz.quiz.limit_minutes, allowance, timing.closes_at(last, timezone))


def find_completion_day(enrolment_id: UUID) -> date | None:
    """Return the day on which an enrolment was completed, for the programme; None when it was not."""
    return db.session.scalar(select(Completion.completed_on).where(Completion.enrolment_id == enrolment_id))


def find_answer(attempt_id: UUID, question_id: str) -> Answer | None:
    """Return what was answered to a question so far."""
    return db.session.scalar(
        select(Answer).where(Answer.attempt_id == attempt_id, Answer.question_id == question_id)
    )


def answers_of(attempt_id: UUID) -> dict[str, Answer]:
    """Return the answers of an attempt by question."""
    rows = db.session.scalars(select(Answer).where(Answer.attempt_id == attempt_id))
    return {row.question_id: row for row in rows}


class Asked(StrEnum):
    """What a page of questions asks of a person, which decides by which word it is done."""

    QUIZ = "quiz"
    """It is passed."""
    SURVEY = "survey"
    """It is answered."""
    PLAN = "plan"
    """It is approved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizCount:
    """One quiz of an enrolment's course: how often it was tried and whether it is passed."""

    unit_id: UUID
    asked: Asked
    title: str
    limit: int
    started: int
    has_open: bool
    is_passed: bool
    ends_on: date
    timezone: str

    @property
    def is_used_up(self) -> bool:
        """Say whether nothing but one more attempt can help."""
        return not (self.is_passed or self.has_open) and self.started >= self.limit


def count_quizzes(enrolment_ids: Collection[UUID], asked: Asked | None = None) -> dict[UUID, list[QuizCount]]:
    """Return every quiz, survey and plan of each enrolment's course that must be done, in order, in one query.

    With ``asked`` only those of one sort. What only measures is none of them. Learning's progress says what is done:
    it is where the fact was written when it happened.
    """
    found: dict[UUID, list[QuizCount]] = {key: [] for key in enrolment_ids}
    for row in db.session.execute(_quizzes(), {"enrolment_ids": list(enrolment_ids)}):
        enrolment_id, unit_id, title, allowed, extra, started, opened, finished_at, *rest = row
        ends_on, timezone, is_survey, is_plan = rest
        found[enrolment_id].append(
            QuizCount(
                unit_id=unit_id,
                asked=Asked.SURVEY if is_survey else Asked.PLAN if is_plan else Asked.QUIZ,
                title=title,
                limit=(allowed or 0) + (extra or 0),
                started=started or 0,
                has_open=bool(opened),
                is_passed=finished_at is not None,
                ends_on=ends_on,
                timezone=timezone,
            )
        )
    if asked is None:
        return found
    return {key: [each for each in quizzes if each.asked is asked] for key, quizzes in found.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizTotal:
    """One quiz of a cohort: how many people began it and how many passed."""

    title: str
    started: int
    passed: int


def total_quizzes(counts: Iterable[Sequence[QuizCount]]) -> list[QuizTotal]:
    """Return the totals of each quiz over people of one cohort, in the course's order."""
    by_unit: dict[UUID, list[QuizCount]] = {}
    for quizzes in counts:
        for quiz in quizzes:
            by_unit.setdefault(quiz.unit_id, []).append(quiz)
    return [
        QuizTotal(
            title=rows[0].title,
            started=sum(row.started > 0 for row in rows),
            passed=sum(row.is_passed for row in rows),
        )
        for rows in by_unit.values()
    ]


def list_people(actor: Actor, permission: Permission, cohort_id: UUID) -> dict[UUID, str]:
    """Return the names of the people who take part in a cohort and whom the permission reaches, by enrolment."""
    people = (
        visible_enrolments(actor, permission)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.cohort_id == cohort_id, Enrolment.state == EnrolmentState.ACTIVE)
        .order_by(Person.first_surname, Person.second_surname, Person.given_names, Enrolment.id)
        .with_only_columns(Enrolment.id, Person)
    )
    return {row[0]: row[1].name for row in db.session.execute(people)}


# Also inside the subqueries, which would otherwise count what everybody else did.
_THEIRS: BindParameter[Any] = bindparam("enrolment_ids", expanding=True)


@lru_cache(maxsize=1)
def _quizzes() -> Select[*tuple[Any, ...]]:
    tries = _tries().subquery()
    extra = _extras().subquery()
    moment = Unit.body["moment"].as_string()
    return (
        select(
            Enrolment.id,
            Unit.id,
            Unit.title,
            Unit.body["attempts"].as_integer(),
            extra.c.given,
            tries.c.started,
            tries.c.opened,
            UnitProgress.finished_at,
            Cohort.ends_on,
            Programme.timezone,
            Unit.body["is_survey"].as_boolean(),
            Unit.body["is_plan"].as_boolean(),
        )
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Programme, Programme.id == Cohort.programme_id)
        .join(Unit, and_(Unit.release_id == Cohort.release_id, Unit.kind == UnitKind.QUIZ))
        .where(Enrolment.id.in_(_THEIRS))
        .where(or_(moment.is_(None), moment.not_in([Moment.INITIAL, Moment.FOLLOW_UP])))
        .outerjoin(tries, and_(tries.c.enrolment_id == Enrolment.id, tries.c.unit_id == Unit.id))
        .outerjoin(extra, and_(extra.c.enrolment_id == Enrolment.id, extra.c.unit_id == Unit.id))
        .outerjoin(
            UnitProgress, and_(UnitProgress.enrolment_id == Enrolment.id, UnitProgress.unit_id == Unit.id)
        )
        .order_by(Enrolment.id, Unit.position)
    )


def _tries() -> Select[UUID, UUID, int, int]:
    # Without a result it is open or waits for a grade: in neither case is it used up.
    opened = func.sum(case((Attempt.is_passed.is_(None), 1), else_=0))
    return (
        select(
            Attempt.enrolment_id,
            Attempt.unit_id,
            func.count(Attempt.id).label("started"),
            opened.label("opened"),
        )
        .where(Attempt.enrolment_id.in_(_THEIRS))
        .group_by(Attempt.enrolment_id, Attempt.unit_id)
    )


def _extras() -> Select[UUID, UUID, int]:
    return (
        select(ExtraAttempt.enrolment_id, ExtraAttempt.unit_id, func.count(ExtraAttempt.id).label("given"))
        .where(ExtraAttempt.enrolment_id.in_(_THEIRS))
        .group_by(ExtraAttempt.enrolment_id, ExtraAttempt.unit_id)
    )

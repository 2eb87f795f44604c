"""Keeping one answer, the most frequent thing there is: one read, one write, whatever the browser sends twice.

The attempt's row is locked while it is read, so an answer that arrives while the attempt is handed in is either
graded or refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, bindparam, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from lms.assessments.attempts import queries, rules, timing
from lms.assessments.attempts.errors import AnswerFixed, AttemptSubmitted
from lms.assessments.attempts.models import Answer, Attempt
from lms.assessments.attempts.timing import Delivery
from lms.core.context import registry
from lms.core.db import Base, db
from lms.core.errors import NotFound
from lms.core.ids import new_id
from lms.courses.compiler.quiz_terms import ReviewTime
from lms.institutions.programmes.models import Programme
from lms.learning.models import Cohort, Completion, Enrolment, EnrolmentState
from lms.learning.rules import is_open
from lms.plugins.questions import Config, QuestionType


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What must be known of an attempt to keep an answer of it."""

    attempt_id: UUID
    unit_id: UUID
    question_ids: Sequence[str]
    started_at: datetime
    ends_at: datetime | None
    submitted_at: datetime | None
    starts_on: date
    ends_on: date
    timezone: str
    completed_on: date | None

    def question(self, number: int) -> str:
        """Return the id of the question with this number, from 1; raises NotFound."""
        if not 1 <= number <= len(self.question_ids):
            raise NotFound
        return self.question_ids[number - 1]

    def is_open(self, now: datetime) -> bool:
        """Say whether the quiz takes answers."""
        day = now.astimezone(ZoneInfo(self.timezone)).date()
        return rules.takes_answers(
            queries.get_quiz(self.unit_id).quiz,
            is_running=is_open(self.starts_on, self.ends_on, day),
            completed_on=self.completed_on,
            day=day,
        )


def get_own_slip(attempt_id: UUID, person_id: UUID | None) -> Slip:
    """Return the slip of the person's own attempt while their enrolment counts; raises NotFound."""
    return _read(_OWN_SLIP, {"attempt_id": attempt_id, "person_id": person_id})


def get_slip(attempt_id: UUID) -> Slip:
    """Return the slip of an attempt; raises NotFound."""
    return _read(_SLIP, {"attempt_id": attempt_id})


def keep_answer(
    slip: Slip, question_id: str, values: Sequence[str], delivery: Delivery, *, now: datetime
) -> datetime:
    """Keep what was answered to a question and return when; a replay or an older answer changes nothing.

    A file is kept by ``files`` alone: nothing else that a form sends changes which one is the answer.
    Raises AttemptSubmitted, QuizClosed, TimeOver, AnswerFixed, and NotFound for a question that was not asked.
    """
    kind, config = question_of(slip, question_id, now)
    if kind.file_rule(config) is not None:
        answer = queries.find_answer(slip.attempt_id, question_id)
        return answer.saved_at if answer else now
    return write_answer(slip, config, kind.clean(config, values), delivery, now=now)


def question_of(slip: Slip, question_id: str, now: datetime) -> tuple[QuestionType, Config]:
    """Return a question that may be answered now; raises AttemptSubmitted, QuizClosed and NotFound."""
    if slip.submitted_at is not None:
        raise AttemptSubmitted
    rules.check_open(is_open=slip.is_open(now))
    if question_id not in slip.question_ids:
        raise NotFound
    config = queries.get_quiz(slip.unit_id).questions[question_id]
    kind: QuestionType = registry("question_types")[config["type"]]
    return kind, config


def write_answer(
    slip: Slip, config: Config, chosen: Sequence[str], delivery: Delivery, *, now: datetime
) -> datetime:
    """Write a clean answer and return when it was kept; raises TimeOver and AnswerFixed."""
    question_id, quiz = config["id"], queries.get_quiz(slip.unit_id)
    given = timing.given_at(now, slip.started_at, delivery)
    late = timing.is_late(slip.ends_at, given, now)
    if quiz.quiz.review[ReviewTime.DURING]:
        _check_fixed(slip, question_id, chosen)
    row = {
        "id": new_id(), "attempt_id": slip.attempt_id, "question_id": question_id, "chosen": list(chosen),
        "saved_at": now, "given_at": given, "is_late": late, "source": delivery.source, "turn": delivery.turn,
    }  # fmt: skip
    return db.session.execute(_upsert(db.engine.dialect.name), row).scalar() or now


# Made once, and of tables instead of entities: making them took longer than the database does.
_ATTEMPT, _ENROLMENT, _COHORT, _PROGRAMME, _COMPLETION, _ANSWER = (
    Base.metadata.tables[each.__tablename__].c
    for each in (Attempt, Enrolment, Cohort, Programme, Completion, Answer)
)
_SLIP: Final = (
    select(
        _ATTEMPT.id,
        _ATTEMPT.unit_id,
        _ATTEMPT.question_ids,
        _ATTEMPT.started_at,
        _ATTEMPT.ends_at,
        _ATTEMPT.submitted_at,
        _COHORT.starts_on,
        _COHORT.ends_on,
        _PROGRAMME.timezone,
        _COMPLETION.completed_on,
    )
    .select_from(Base.metadata.tables[Attempt.__tablename__])
    .join(Base.metadata.tables[Enrolment.__tablename__], _ENROLMENT.id == _ATTEMPT.enrolment_id)
    .join(Base.metadata.tables[Cohort.__tablename__], _COHORT.id == _ENROLMENT.cohort_id)
    .join(Base.metadata.tables[Programme.__tablename__], _PROGRAMME.id == _COHORT.programme_id)
    .outerjoin(Base.metadata.tables[Completion.__tablename__], _COMPLETION.enrolment_id == _ENROLMENT.id)
    .where(_ATTEMPT.id == bindparam("attempt_id"), _ENROLMENT.state == EnrolmentState.ACTIVE)
    .with_for_update(of=Base.metadata.tables[Attempt.__tablename__])
)
_OWN_SLIP: Final = _SLIP.where(_ENROLMENT.person_id == bindparam("person_id"))


def _read(statement: Select[*tuple[Any, ...]], values: dict[str, Any]) -> Slip:
    row = db.session.execute(statement, values).one_or_none()
    if row is None:
        raise NotFound
    return Slip(
        attempt_id=row[0], unit_id=row[1], question_ids=row[2], started_at=row[3], ends_at=row[4],
        submitted_at=row[5], starts_on=row[6], ends_on=row[7], timezone=row[8],
        completed_on=row[9],
    )  # fmt: skip


@lru_cache
def _upsert(dialect: str) -> Any:
    """Write an answer unless a newer one is there; give back when the row was saved, nothing for an older one.

    Of one page the turn says which is newer, whatever the network did on the way. Of two pages, the moment at
    which each was given. A form without script is as new as its arrival.
    """
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    statement = insert(Base.metadata.tables[Answer.__tablename__])
    new = statement.excluded
    is_same = _ANSWER.source == new.source
    known = func.coalesce(_ANSWER.given_at, _ANSWER.saved_at)
    is_newer = or_(
        new.source == "", and_(is_same, _ANSWER.turn < new.turn), and_(~is_same, known <= new.given_at)
    )
    kept = ("chosen", "saved_at", "given_at", "is_late", "source", "turn")
    return statement.on_conflict_do_update(
        index_elements=[_ANSWER.attempt_id, _ANSWER.question_id],
        set_={name: new[name] for name in kept},
        where=is_newer,
    ).returning(_ANSWER.saved_at)


def _check_fixed(slip: Slip, question_id: str, chosen: Sequence[str]) -> None:
    """Refuse to change an answer that was judged as it was given."""
    answer = queries.find_answer(slip.attempt_id, question_id)
    if answer is not None and answer.chosen and list(chosen) != answer.chosen:
        raise AnswerFixed

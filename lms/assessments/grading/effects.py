"""Whose result a correction changes: of attempts at hand, and of all that were handed in, in one pass."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, select

from lms.accounts.models import Person
from lms.assessments.attempts.models import Answer, Attempt
from lms.assessments.grading.corrections import Correction
from lms.core.db import db
from lms.courses.models import Unit
from lms.learning.models import Cohort, Enrolment, EnrolmentState
from lms.web.paging import PER_PAGE, Page

CHUNK: Final = 1000
"""Answers that are in memory at once."""
NOTHING: Final = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a correction makes of one attempt."""

    attempt: Attempt
    answer: Answer | None
    person: Person
    before: Fraction
    after: Fraction

    @property
    def passes_now(self) -> bool:
        """Say whether the attempt passes with it and did not before."""
        each = self.attempt
        gained = self.after - self.before
        return not each.is_passed and _reaches(each.earned, gained, each.pass_mark * each.possible)


class Judge:
    """What answers earn under a correction: people answer alike, so each different answer is judged once."""

    def __init__(self, correction: Correction) -> None:
        """Judge by a correction."""
        self._correction = correction
        self._known: dict[tuple[str, ...], Fraction] = {}

    def earned(self, chosen: Sequence[str]) -> Fraction:
        """Return the share of the point that an answer earns."""
        key = tuple(chosen)
        if key not in self._known:
            self._known[key] = self._correction.earned(chosen)
        return self._known[key]


@dataclass(slots=True)
class Preview:
    """What a correction would do to the results in scope."""

    raised: int = 0
    lowered: int = 0
    passing: int = 0
    changed: list[UUID] = field(default_factory=list)
    """The attempts whose result changes, in order."""


def preview(unit_id: UUID, question_id: str, correction: Correction, scope: ColumnElement[bool]) -> Preview:
    """Return what a correction would do to all attempts in scope; of those that stay as they are nothing is kept."""
    judge, found = Judge(correction), Preview()
    asked_in_vain = case((Answer.id.is_(None), Attempt.question_ids))  # long, and whoever answered was asked
    columns = (
        Attempt.id, asked_in_vain, Answer.chosen, Answer.earned, Attempt.is_passed, Attempt.earned,
        Attempt.pass_mark, Attempt.possible,
    )  # fmt: skip
    mine = and_(Answer.attempt_id == Attempt.id, Answer.question_id == question_id)
    rows = handed_in(unit_id, scope).outerjoin(Answer, mine).with_only_columns(*columns)
    for row in db.session.execute(rows.execution_options(yield_per=CHUNK)):
        attempt_id, asked, chosen, earned, is_passed, total, mark, possible = row
        if asked is not None and question_id not in asked:
            continue
        gained = judge.earned(chosen or []) - (earned or NOTHING)
        if gained:
            found.changed.append(attempt_id)
            found.raised += gained > 0
            found.lowered += gained < 0
            found.passing += not is_passed and _reaches(total, gained, mark * possible)
    return found


def page_of_effects(found: Preview, question_id: str, correction: Correction, number: int) -> Page[Effect]:
    """Return a page of what a preview found, with the people; a number past the end gives the last page."""
    total = len(found.changed)
    number = min(number, max(1, -(-total // PER_PAGE)))
    ids = found.changed[(number - 1) * PER_PAGE : number * PER_PAGE]
    rows = db.session.execute(_with_people(ids)).all()
    return Page(rows=effects_of(rows, question_id, Judge(correction)), number=number, total=total)


def handed_in(unit_id: UUID, scope: ColumnElement[bool]) -> Select[Any]:
    """Return the select of the attempts at a quiz that count in their cohort, each with its person."""
    counts = and_(Enrolment.state == EnrolmentState.ACTIVE, Unit.release_id == Cohort.release_id)
    statement: Any = (
        select(Attempt, Person)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Unit, Unit.id == Attempt.unit_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Attempt.unit_id == unit_id, Attempt.submitted_at.is_not(None), counts, scope)
        .order_by(Attempt.id)
    )
    return statement  # type: ignore[no-any-return]  # a select built in steps


def effects_of(rows: Sequence[Any], question_id: str, judge: Judge) -> list[Effect]:
    """Return what a correction makes of attempts that come with their people; not those that it leaves as they are."""
    asked = [row for row in rows if question_id in row[0].question_ids]
    ids = [row[0].id for row in asked]
    mine = select(Answer).where(Answer.question_id == question_id, Answer.attempt_id.in_(ids))
    answers = {answer.attempt_id: answer for answer in db.session.scalars(mine)}
    found = [_effect(row[0], row[1], answers.get(row[0].id), judge) for row in asked]
    return [each for each in found if each.after != each.before]


def _with_people(ids: Iterable[UUID]) -> Select[Any]:
    statement: Any = (
        select(Attempt, Person)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Attempt.id.in_(ids))
        .order_by(Attempt.id)
    )
    return statement  # type: ignore[no-any-return]  # a select built in steps


def _effect(attempt: Attempt, person: Person, answer: Answer | None, judge: Judge) -> Effect:
    before = answer.earned if answer and answer.earned is not None else NOTHING
    after = judge.earned(answer.chosen if answer else [])
    return Effect(attempt=attempt, answer=answer, person=person, before=before, after=after)


def _reaches(earned: Fraction | None, gained: Fraction, needed: Fraction) -> bool:
    """Say whether the points suffice; an attempt that waits for a person has no result."""
    return earned is not None and earned + gained >= needed

"""Reads about plans."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from lms.accounts.models import Person
from lms.assessments.attempts import queries as attempts
from lms.assessments.attempts.models import Attempt
from lms.assessments.plans.models import Plan, PlanState
from lms.assessments.plans.permissions import PlanPermission
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.folding import like, words
from lms.courses.models import Release, Unit
from lms.institutions.directory.models import Institution
from lms.learning.models import Cohort, Enrolment, EnrolmentState
from lms.learning.queries import enrolment_condition

_ORDER: Final = (Plan.state.desc(), Plan.sent_at, Plan.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class SentPlan:
    """A plan with the attempt that holds its texts and whose it is."""

    plan: Plan
    attempt: Attempt
    enrolment: Enrolment
    person: Person
    course: str
    title: str
    """Of the page of the course that asks for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPart:
    """A question of a plan with what was written."""

    id: str
    stem_html: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """A plan in a list."""

    id: UUID
    name: str
    institution: str
    cohort: str
    title: str
    state: PlanState
    sent_at: datetime


def get_current(plan_id: UUID) -> SentPlan:
    """Return a plan that still counts: its person takes part, and the cohort studies the release that asks for it.

    Raises NotFound.
    """
    row = db.session.execute(_sent().where(Plan.id == plan_id, _counts())).one_or_none()
    if row is None:
        raise NotFound
    return _read(row)


def find_reached(actor: Actor, plan_id: UUID) -> SentPlan | None:
    """Return a plan that the actor may read."""
    reached = enrolment_condition(actor, PlanPermission.READ)
    row = db.session.execute(_sent().where(Plan.id == plan_id, reached)).one_or_none()
    return _read(row) if row else None


def list_sendings(enrolment_id: UUID, unit_id: UUID) -> Sequence[Plan]:
    """Return how often a person sent a plan, the first time first."""
    return db.session.scalars(
        select(Plan)
        .join(Attempt, Attempt.id == Plan.attempt_id)
        .where(Attempt.enrolment_id == enrolment_id, Attempt.unit_id == unit_id)
        .order_by(Attempt.number)
    ).all()


def list_with_address(states: Sequence[PlanState]) -> Sequence[Plan]:
    """Return the plans in some states whose superior's address is still kept."""
    return db.session.scalars(
        select(Plan).where(Plan.state.in_(states), Plan.superior_email != "").order_by(Plan.id)
    ).all()


def parts_of(attempt: Attempt) -> list[PlanPart]:
    """Return what a plan asks and what was written, in order."""
    questions = attempts.get_quiz(attempt.unit_id).questions
    answers = attempts.answers_of(attempt.id)
    return [
        PlanPart(
            id=each,
            stem_html=questions[each]["stem_html"],
            text=next(iter(answers[each].chosen), "") if each in answers else "",
        )
        for each in attempt.question_ids
    ]


def plan_ids(actor: Actor, *, text: str = "", state: str = "") -> Select[UUID]:
    """Return the select of the plans that the actor may read, in the order of the list; ``rows_of`` reads them."""
    later, its = aliased(Plan), aliased(Attempt)
    is_newest = ~exists().where(
        its.id == later.attempt_id,
        its.enrolment_id == Attempt.enrolment_id,
        its.unit_id == Attempt.unit_id,
        its.number > Attempt.number,
    )
    statement = (
        select(Plan.id)
        .join(Attempt, Attempt.id == Plan.attempt_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Unit, Unit.id == Attempt.unit_id)
        .where(enrolment_condition(actor, PlanPermission.READ), _counts(), is_newest)
    )
    if state:
        statement = statement.where(Plan.state == state)
    if text:
        statement = statement.join(Person, Person.id == Enrolment.person_id)
    for word in words(text):
        pattern = like(word)
        statement = statement.where(
            or_(Person.search_text.like(pattern, escape="\\"), Cohort.search_text.like(pattern, escape="\\"))
        )
    return statement.order_by(*_ORDER)


def rows_of(ids: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Return the select of a list of plans: those that wait longest come first."""
    shown = ids.subquery()
    rows = select(Plan.id, Person, Institution.name, Cohort.name, Unit.title, Plan.state, Plan.sent_at)
    statement: Select[*tuple[Any, ...]] = (
        _joined(rows)
        .join(shown, shown.c.id == Plan.id)
        .join(Institution, Institution.id == Enrolment.institution_id)
    )
    return statement.order_by(*_ORDER)


def read_row(row: Any) -> PlanRow:
    """Return a row of ``rows_of`` as a value."""
    return PlanRow(
        id=row[0],
        name=row[1].name,
        institution=row[2],
        cohort=row[3],
        title=row[4],
        state=row[5],
        sent_at=row[6],
    )


def count_waiting(actor: Actor) -> int:
    """Return how many plans that the actor may read wait for an answer."""
    waiting = plan_ids(actor, state=PlanState.SENT).order_by(None).subquery()
    return db.session.scalar(select(func.count()).select_from(waiting)) or 0


def _sent() -> Any:
    return _joined(select(Plan, Attempt, Enrolment, Person, Release.title, Unit.title))


def _joined(statement: Any) -> Any:
    return (
        statement.select_from(Plan)
        .join(Attempt, Attempt.id == Plan.attempt_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Unit, Unit.id == Attempt.unit_id)
        .join(Release, Release.id == Unit.release_id)
    )


def _counts() -> ColumnElement[bool]:
    return and_(Enrolment.state == EnrolmentState.ACTIVE, Unit.release_id == Cohort.release_id)


def _read(row: Any) -> SentPlan:
    return SentPlan(plan=row[0], attempt=row[1], enrolment=row[2], person=row[3], course=row[4], title=row[5])

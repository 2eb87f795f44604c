"""Who was enrolled, started, completed and got a certificate: each person once, at the institution of the fact."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, extract, false, func, or_, select, true

from lms.certificates.issuing.models import Certificate
from lms.core.actors import Reach
from lms.core.db import db
from lms.courses.models import Unit
from lms.institutions.directory.models import Institution
from lms.institutions.directory.queries import subtree_condition
from lms.learning.models import Cohort, Completion, Enrolment, EnrolmentState, UnitProgress
from lms.plugins.reports import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The people of one institution and sector, counted at each station."""

    institution_id: UUID
    path: str
    sector: str | None
    enrolled: int
    started: int
    halfway: int
    completed: int
    completed_before: int
    """Completed thirty days before the end of the period."""
    certified: int


def count_groups(question: Question, zone: ZoneInfo) -> list[Group]:
    """Return the groups of a question, before any suppression, in one query."""
    people = _people(question, zone)
    month_before = question.period.last - timedelta(days=30)
    columns = [
        func.count().label("enrolled"),
        _sum(people.c.started),
        _sum(people.c.halfway),
        _sum(people.c.completed_on.is_not(None)),
        _sum(people.c.completed_on <= month_before),
        _sum(people.c.certified),
    ]
    rows = db.session.execute(
        select(people.c.institution_id, people.c.path, people.c.sector, *columns)
        .where(people.c.turn == 1)
        .group_by(people.c.institution_id, people.c.path, people.c.sector)
    ).all()
    return [
        Group(
            institution_id=row[0],
            path=row[1],
            sector=row[2],
            enrolled=row[3],
            started=row[4],
            halfway=row[5],
            completed=row[6],
            completed_before=row[7],
            certified=row[8],
        )
        for row in rows
    ]


def count_months(question: Question, zone: ZoneInfo) -> dict[tuple[str | None, int, int], int]:
    """Return how many people completed, by sector, year and month."""
    people = _people(question, zone)
    year, month = extract("year", people.c.completed_on), extract("month", people.c.completed_on)
    rows = db.session.execute(
        select(people.c.sector, year, month, func.count())
        .where(people.c.turn == 1, people.c.completed_on.is_not(None))
        .group_by(people.c.sector, year, month)
    ).all()
    return {(row[0], int(row[1]), int(row[2])): row[3] for row in rows}


def _people(question: Question, zone: ZoneInfo) -> Subquery:
    """Return one row per enrolment of the period; ``turn`` 1 is the one that counts for its person.

    A person in two cohorts counts once: by the enrolment that is complete, else by the latest.
    """
    last = question.period.last
    is_complete = and_(Completion.enrolment_id == Enrolment.id, Completion.completed_on <= last)
    is_certified = and_(Certificate.enrolment_id == Enrolment.id, Certificate.revoked_at.is_(None))
    turn = func.row_number().over(
        partition_by=Enrolment.person_id,
        order_by=(Completion.completed_on.is_(None), Enrolment.enrolled_at.desc(), Enrolment.id),
    )
    return (
        select(
            Enrolment.institution_id,
            Institution.path,
            Enrolment.sector,
            Enrolment.started_at.is_not(None).label("started"),
            _is_halfway().label("halfway"),
            Completion.completed_on,
            (and_(Completion.id.is_not(None), Certificate.id.is_not(None))).label("certified"),
            turn.label("turn"),
        )
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Institution, Institution.id == Enrolment.institution_id)
        .outerjoin(Completion, is_complete)
        .outerjoin(Certificate, is_certified)
        .where(*_conditions(question, zone))
        .subquery()
    )


def _conditions(question: Question, zone: ZoneInfo) -> list[Any]:
    first, after = day_bounds(question.period.first, question.period.last, zone)
    conditions: list[Any] = [
        Cohort.programme_id == question.programme_id,
        Enrolment.state == EnrolmentState.ACTIVE,
        Enrolment.enrolled_at >= first,
        Enrolment.enrolled_at < after,
        in_reach(question.reach),
    ]
    if question.sector:
        conditions += [Enrolment.sector == question.sector]
    return conditions


def in_reach(reach: Reach) -> ColumnElement[bool]:
    """Return the condition that an enrolment counts for somebody with this reach."""
    if reach.everywhere:
        return true()
    inside: list[Any] = [Cohort.programme_id.in_(reach.programmes)] if reach.programmes else []
    if reach.institutions:
        inside.append(subtree_condition(reach.institutions))
    return or_(*inside) if inside else false()


def day_bounds(first: date, last: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the instants at which the first day begins and the last day is over, in the programme's zone."""
    start = datetime.combine(first, time.min, zone)
    return start, datetime.combine(last + timedelta(days=1), time.min, zone)


def _is_halfway() -> ColumnElement[bool]:
    """Return whether at least half of the release's units are finished."""
    finished = (
        select(func.count())
        .where(UnitProgress.enrolment_id == Enrolment.id, UnitProgress.finished_at.is_not(None))
        .correlate(Enrolment)
        .scalar_subquery()
    )
    is_halfway: ColumnElement[bool] = finished * 2 >= _unit_count()
    return is_halfway


def _unit_count() -> Any:
    from_release: Select[Any] = (
        select(func.count()).where(Unit.release_id == Cohort.release_id).correlate(Cohort)
    )
    return from_release.scalar_subquery()


def _sum(condition: Any) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

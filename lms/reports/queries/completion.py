"""Who was enrolled, started, completed and got a certificate: each person once, at the institution of the fact.

Whole months, quarters, years and all time are read from the figures that ``lms.reports.tallies`` keeps; other months,
and programmes never counted, are counted from the facts. Both follow one definition, and a test holds them
to the same answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select, text

from lms.certificates.issuing.models import Certificate
from lms.certificates.issuing.rules import Kind
from lms.core.calendar import today
from lms.core.db import db
from lms.institutions.directory.models import Institution
from lms.institutions.directory.queries import subtree_condition
from lms.learning.models import Cohort, Completion, Enrolment
from lms.plugins.reports import Question
from lms.reports.tallies.models import OF_A_MONTH, Tally
from lms.reports.tallies.queries import counts_in, is_counted, is_halfway
from lms.reports.tallies.rules import Basis, period_named

STATIONS = ("enrolled", "started", "halfway", "completed", "certified")


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
    """Completed before the month of the period's last day began."""
    certified: int


def count_groups(question: Question, zone: ZoneInfo) -> list[Group]:
    """Return the groups of a question, before any suppression, in one query or two."""
    period = _kept_period(question)
    if period is None:
        return count_from_facts(question, zone)
    return [_group(row) for row in _read_kept(question, period) if row.enrolled]


def count_from_facts(question: Question, zone: ZoneInfo) -> list[Group]:
    """Return the same groups from the facts, whether or not figures are kept."""
    return [_group(row) for row in _count_people(question, zone)]


def count_months(question: Question, zone: ZoneInfo) -> dict[tuple[str | None, int, int], int]:
    """Return how many people completed, by sector, year and month."""
    period = _kept_period(question)
    if period is None:
        people = _people(question, zone)
        month = _month_of(people.c.completed_on)
        statement = select(people.c.sector, month, func.count()).where(
            people.c.turn == 1, people.c.completed_on.is_not(None), *_seen(question, people.c)
        )
        rows = db.session.execute(statement.group_by(people.c.sector, month)).all()
        return _by_month(rows)
    return count_kept_months(question, period)


def count_kept_months(question: Question, period: str) -> dict[tuple[str | None, int, int], int]:
    """Return the same of a period whose figures are kept."""
    completed = func.sum(Tally.completed)
    statement = select(Tally.sector, Tally.month, completed).where(
        Tally.programme_id == question.programme_id,
        Tally.basis == Basis.THEN.value,
        Tally.period == period,
        text(
            OF_A_MONTH
        ),  # in these very words: the database finds the index that holds no other rows by them
        *_seen(question, Tally),
    )
    return _by_month(db.session.execute(statement.group_by(Tally.sector, Tally.month)).all())


def _by_month(rows: Sequence[Any]) -> dict[tuple[str | None, int, int], int]:
    return {(row[0] or None, int(row[1][:4]), int(row[1][5:])): row[2] for row in rows if row[2]}


def _kept_period(question: Question) -> str | None:
    """Return the name of the period whose kept figures answer a question; None when the facts must be counted.

    A period that is not over holds no fact of the days to come: until today it is the whole period.
    """
    first, last = question.period.first, question.period.last
    name = period_named(first, last, until=today())
    return name if name and is_counted(question.programme_id) else None


def _read_kept(question: Question, period: str) -> Sequence[Any]:
    """Return the kept figures of a period by institution and sector, with what completed in its last month."""
    month = f"{question.period.last:%Y-%m}"
    recent = case((Tally.month == month, Tally.completed), else_=0)
    total = [func.sum(case((Tally.month == "", column), else_=0)) for column in _kept_columns()]
    columns = (Tally.institution_id, Institution.path, Tally.sector, *total, func.sum(recent))
    statement = _kept(question, period, columns).where(Tally.month.in_(("", month)))
    return _named(statement.group_by(Tally.institution_id, Institution.path, Tally.sector))


def _kept(question: Question, period: str, columns: Sequence[Any]) -> Select[Any]:
    return (
        select(*columns)
        .join(Institution, Institution.id == Tally.institution_id)
        .where(
            Tally.programme_id == question.programme_id,
            Tally.basis == Basis.THEN.value,
            Tally.period == period,
            *_seen(question, Tally),
        )
    )


def _kept_columns() -> list[Any]:
    return [getattr(Tally, name) for name in STATIONS]


def _count_people(question: Question, zone: ZoneInfo) -> Sequence[Any]:
    people = _people(question, zone)
    is_recent = people.c.completed_on >= question.period.last.replace(day=1)
    columns = (
        people.c.institution_id, people.c.path, people.c.sector, func.count(), _sum(people.c.started),
        _sum(people.c.halfway), _sum(people.c.completed_on.is_not(None)), _sum(people.c.certified),
        _sum(is_recent),
    )  # fmt: skip
    statement = select(*columns).where(people.c.turn == 1, *_seen(question, people.c))
    return _named(statement.group_by(people.c.institution_id, people.c.path, people.c.sector))


def _named(statement: Select[Any]) -> Sequence[Any]:
    names = ("institution_id", "path", "sector", *STATIONS, "recent")
    columns = [column.label(name) for column, name in zip(statement.selected_columns, names, strict=True)]
    return db.session.execute(statement.with_only_columns(*columns)).all()


def _group(row: Any) -> Group:
    return Group(
        institution_id=row.institution_id,
        path=row.path,
        sector=row.sector or None,
        completed_before=row.completed - row.recent,
        **{name: getattr(row, name) for name in STATIONS},
    )


def _people(question: Question, zone: ZoneInfo) -> Subquery:
    """Return one row per enrolment of the period; ``turn`` 1 is the one that counts for its person.

    A person in two cohorts counts once: by the enrolment that is complete, else by the latest, and that is decided
    among all of theirs, before anybody's reach or filter takes some of them out of sight.
    """
    is_complete = and_(
        Completion.enrolment_id == Enrolment.id, Completion.completed_on <= question.period.last
    )
    is_done = Completion.id.is_not(None)
    turn = func.row_number().over(
        partition_by=Enrolment.person_id,
        order_by=(Completion.completed_on.is_(None), Enrolment.enrolled_at.desc(), Enrolment.id.desc()),
    )
    return (
        select(
            Enrolment.institution_id,
            Institution.path,
            func.coalesce(Enrolment.sector, "").label("sector"),
            or_(Enrolment.started_at.is_not(None), is_done).label("started"),
            or_(is_halfway(), is_done).label("halfway"),
            Completion.completed_on,
            and_(is_done, _is_certified()).label("certified"),
            turn.label("turn"),
        )
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Institution, Institution.id == Enrolment.institution_id)
        .outerjoin(Completion, is_complete)
        .where(*counts_in(question.programme_id), *_enrolled_in(question, zone))
        .subquery()
    )


def _is_certified() -> ColumnElement[bool]:
    """Return whether an enrolment has a certificate of having passed that stands."""
    return (
        select(Certificate.id)
        .where(
            Certificate.enrolment_id == Enrolment.id,
            Certificate.kind == Kind.CERTIFICADO,
            Certificate.revoked_at.is_(None),
        )
        .correlate(Enrolment)
        .exists()
    )


def _seen(question: Question, columns: Any) -> list[ColumnElement[bool]]:
    """Return the conditions that leave what the asker may see and asked for."""
    conditions: list[ColumnElement[bool]] = []
    if not question.sees_whole_programme:
        inside = select(Institution.id).where(subtree_condition(question.reach.institutions))
        conditions.append(columns.institution_id.in_(inside))
    if question.sector:
        conditions.append(columns.sector == question.sector)
    return conditions


def _enrolled_in(question: Question, zone: ZoneInfo) -> list[ColumnElement[bool]]:
    """Return the conditions that an enrolment began in the period; all time has no first day."""
    first, last = question.period.first, question.period.last
    beginning, after = day_bounds(last if first == date.min else first, last, zone)
    begins = [] if first == date.min else [Enrolment.enrolled_at >= beginning]
    return [*begins, Enrolment.enrolled_at < after]


def day_bounds(first: date, last: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the instants at which the first day begins and the last day is over, in the programme's zone."""
    start = datetime.combine(first, time.min, zone)
    return start, datetime.combine(last + timedelta(days=1), time.min, zone)


def _month_of(column: Any) -> ColumnElement[str]:
    """Return the month of a day as ``2026-11``, in either dialect."""
    is_sqlite = db.engine.dialect.name == "sqlite"
    month = func.strftime("%Y-%m", column) if is_sqlite else func.to_char(column, "YYYY-MM")
    result: ColumnElement[str] = month
    return result


def _sum(condition: Any) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

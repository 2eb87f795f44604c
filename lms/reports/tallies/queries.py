"""Facts that the figures are made of, and the figures kept."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from lms.accounts.models import RoleAssignment
from lms.certificates.issuing.models import Certificate
from lms.certificates.issuing.rules import Kind
from lms.core.actors import Role, ScopeKind
from lms.core.db import db
from lms.courses.models import Unit
from lms.institutions.directory.models import Affiliation, Institution
from lms.institutions.programmes.models import Programme
from lms.learning.models import Cohort, Completion, Enrolment, EnrolmentState, UnitProgress
from lms.reports.tallies.models import CountedProgramme, Standing, Tally
from lms.reports.tallies.rules import Counted, Key, Measures, Place, Study

STAFF = (Role.TRAINER, Role.REVIEWER, Role.ADMINISTRATOR)
MEASURES: tuple[ColumnElement[int], ...] = tuple(getattr(Tally, name) for name in Measures._fields)
CHUNK = 500
"""People read at once: the list of ids travels in the statement."""


def studies_of(programme: Programme, people: Collection[UUID], *, today: date) -> dict[UUID, list[Study]]:
    """Return what each of these people studies in a programme, in one query; those without anything are left out."""
    zone = ZoneInfo(programme.timezone)
    found: dict[UUID, list[Study]] = {}
    rows = db.session.execute(_facts(today).where(*counts_in(programme.id), Enrolment.person_id.in_(people)))
    for row in rows.all():
        found.setdefault(row.person_id, []).append(_study(row, zone))
    return found


def counts_in(programme_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions under which an enrolment counts: it is active, and of no staff of its cohort.

    Who teaches or manages a cohort often opens the course in it; so do those who review or administer the
    programme. Somebody who got such a role after they studied still counts.
    """
    earlier = RoleAssignment.given_at <= Enrolment.enrolled_at
    covers = or_(
        and_(RoleAssignment.kind == ScopeKind.COHORT, RoleAssignment.scope_id == Enrolment.cohort_id),
        and_(RoleAssignment.kind == ScopeKind.PROGRAMME, RoleAssignment.scope_id == programme_id, earlier),
        and_(RoleAssignment.kind == ScopeKind.EVERYWHERE, earlier),
    )
    is_staff = (
        select(RoleAssignment.id)
        .where(RoleAssignment.person_id == Enrolment.person_id, RoleAssignment.role.in_(STAFF), covers)
        .correlate(Enrolment)
        .exists()
    )
    return Cohort.programme_id == programme_id, Enrolment.state == EnrolmentState.ACTIVE, ~is_staff


def _facts(today: date) -> Select[Any]:
    current, body = aliased(Affiliation), aliased(Institution)
    is_certified = (
        select(Certificate.id)
        .where(
            Certificate.enrolment_id == Enrolment.id,
            Certificate.kind == Kind.CERTIFICADO,
            Certificate.revoked_at.is_(None),
        )
        .correlate(Enrolment)
        .exists()
    )
    holds = and_(current.starts_on <= today, or_(current.ends_on.is_(None), current.ends_on >= today))
    statement: Select[Any] = (
        select(
            Enrolment.id, Enrolment.person_id, Enrolment.institution_id, Enrolment.sector,
            Enrolment.enrolled_at, Enrolment.started_at, Completion.completed_on, Completion.hours,
            is_certified.label("is_certified"), is_halfway().label("is_halfway"),
            body.id.label("now_id"), func.coalesce(current.sector, body.sector).label("now_sector"),
        )
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .outerjoin(Completion, Completion.enrolment_id == Enrolment.id)
        .outerjoin(current, and_(current.person_id == Enrolment.person_id, holds))
        .outerjoin(body, body.id == current.institution_id)
    )  # fmt: skip
    return statement


def is_halfway() -> ColumnElement[bool]:
    """Return whether at least half of the units of an enrolment's release are finished."""
    finished = (
        select(func.count())
        .where(UnitProgress.enrolment_id == Enrolment.id, UnitProgress.finished_at.is_not(None))
        .correlate(Enrolment)
        .scalar_subquery()
    )
    units = (
        select(func.count()).where(Unit.release_id == Cohort.release_id).correlate(Cohort).scalar_subquery()
    )
    result: ColumnElement[bool] = finished * 2 >= units
    return result


def _study(row: Any, zone: ZoneInfo) -> Study:
    then = Place(row.institution_id, row.sector or "")
    return Study(
        enrolment_id=row.id,
        then=then,
        now=Place(row.now_id, row.now_sector or row.sector or "") if row.now_id else then,
        enrolled_at=row.enrolled_at,
        enrolled_on=row.enrolled_at.astimezone(zone).date(),
        is_started=row.started_at is not None,
        is_halfway=bool(row.is_halfway),
        completed_on=row.completed_on,
        is_certified=bool(row.is_certified),
        minutes=round((row.hours or 0) * 60),
    )


def list_programmes_of(person_id: UUID) -> list[UUID]:
    """Return the counted programmes in which a person studies, or in which they were counted."""
    studied = (
        select(Cohort.programme_id)
        .join(Enrolment, Enrolment.cohort_id == Cohort.id)
        .where(Enrolment.person_id == person_id)
    )
    counted = select(Standing.programme_id).where(Standing.person_id == person_id)
    statement = select(CountedProgramme.programme_id).where(
        CountedProgramme.programme_id.in_(studied.union(counted))
    )
    return list(db.session.scalars(statement.order_by(CountedProgramme.programme_id)))


def list_people(programme_id: UUID) -> Iterator[list[UUID]]:
    """Return everybody who studies in a programme or was counted in it, in parts, by id."""
    last = UUID(int=0)
    studied = select(Enrolment.person_id).join(Cohort, Cohort.id == Enrolment.cohort_id)
    counted = select(Standing.person_id).where(Standing.programme_id == programme_id)
    while True:
        both = studied.where(Cohort.programme_id == programme_id, Enrolment.person_id > last).union(
            counted.where(Standing.person_id > last)
        )
        people = list(db.session.scalars(both.order_by("person_id").limit(CHUNK)))
        if not people:
            return
        yield people
        last = people[-1]


def list_people_of(cohort_id: UUID) -> list[UUID]:
    """Return everybody who is or was in a cohort."""
    return list(db.session.scalars(select(Enrolment.person_id).where(Enrolment.cohort_id == cohort_id)))


def list_people_moving(first: date, last: date) -> list[UUID]:
    """Return the people with an affiliation that begins, or is over, between two days, both counted."""
    statement = select(Affiliation.person_id).where(
        or_(Affiliation.starts_on.between(first, last), Affiliation.ends_on.between(first, last))
    )
    return list(db.session.scalars(statement.distinct()))


def find_standings(programme_id: UUID, people: Collection[UUID]) -> dict[UUID, Standing]:
    """Return what these people were counted as, locked until the transaction ends, in the order of their ids."""
    statement = (
        select(Standing)
        .where(Standing.programme_id == programme_id, Standing.person_id.in_(people))
        .order_by(Standing.person_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {each.person_id: each for each in db.session.scalars(statement)}


def is_counted(programme_id: UUID) -> bool:
    """Say whether the figures of a programme are kept."""
    return db.session.get(CountedProgramme, programme_id) is not None


def read_counted(standing: Standing) -> Counted:
    """Return what a person was counted as."""
    rows = standing.counted["rows"]
    return {Key(row[0], row[1], row[2], UUID(row[3]), row[4]): Measures(*row[5:]) for row in rows}


def tallies_of(programme_id: UUID) -> dict[Key, Measures]:
    """Return every figure of a programme that is not zero."""
    rows = db.session.execute(
        select(Tally.basis, Tally.period, Tally.month, Tally.institution_id, Tally.sector, *MEASURES).where(
            Tally.programme_id == programme_id
        )
    )
    found = {Key(*row[:5]): Measures(*row[5:]) for row in rows}
    return {key: measures for key, measures in found.items() if any(measures)}


def totals(rows: Iterable[Counted]) -> dict[Key, Measures]:
    """Return the sum of what people add."""
    sums: dict[Key, list[int]] = {}
    for counted in rows:
        for key, measures in counted.items():
            known = sums.setdefault(key, [0] * len(measures))
            for place, value in enumerate(measures):
                known[place] += value
    return {key: Measures._make(values) for key, values in sums.items()}

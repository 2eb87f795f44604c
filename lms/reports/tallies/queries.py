"""Facts that the figures are made of, and the figures kept."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, ColumnElement, Date, Select, Uuid, and_, bindparam, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from lms.accounts.models import Person, RoleAssignment
from lms.accounts.queries import is_real_person
from lms.attendance.hours.models import HoursLedger
from lms.attendance.models import Attendance
from lms.attendance.presence import presences
from lms.certificates.issuing.models import Certificate
from lms.certificates.issuing.rules import Kind
from lms.core.actors import Role, ScopeKind
from lms.core.db import db
from lms.courses.models import Unit
from lms.institutions.directory.models import Affiliation, Institution
from lms.institutions.programmes.models import Programme
from lms.learning.models import Cohort, Completion, Enrolment, EnrolmentState, UnitProgress
from lms.reports.tallies.facts import Told, told_of
from lms.reports.tallies.ledgers import PROGRESS, Ledger
from lms.reports.tallies.models import CountedProgramme, Span, SpanState, Standing
from lms.reports.tallies.outcomes import Outcome
from lms.reports.tallies.rules import Amounts, Counted, Key, Place, Study

STAFF = (Role.TRAINER, Role.REVIEWER, Role.ADMINISTRATOR)
CHUNK = 500
"""People read at once: the list of ids travels in the statement."""
ROWS = 5_000
"""Figures read at once."""
_PEOPLE: BindParameter[Any] = bindparam("people", expanding=True)
_PROGRAMME: BindParameter[Any] = bindparam("programme_id", type_=Uuid())
_TODAY: BindParameter[Any] = bindparam("today", type_=Date())


def studies_of(programme: Programme, people: Collection[UUID], *, today: date) -> dict[UUID, list[Study]]:
    """Return what each of these people studies in a programme; those without anything are left out.

    It takes two queries, and one more where somebody answered a survey.
    """
    zone = ZoneInfo(programme.timezone)
    found: dict[UUID, list[Study]] = {}
    asked = {"programme_id": programme.id, "today": today, "people": list(people)}
    rows = db.session.execute(_facts_of_people(), asked).all()
    told = told_of({row.person_id for row in rows}) if rows else {}
    for row in rows:
        found.setdefault(row.person_id, []).append(_study(row, zone, told.get(row.id, Told())))
    return found


@lru_cache(maxsize=1)
def _facts_of_people() -> Select[Any]:
    """Return the facts of what these people study in a programme; made once, as every check-in asks for it."""
    seconds = presences(func.sum(Attendance.seconds)).scalar_subquery()
    return (
        _facts(_TODAY)
        .add_columns(seconds.label("seconds"))
        .where(*counts_in(_PROGRAMME), Enrolment.person_id.in_(_PEOPLE))
    )


def stream_enrolments(programme: Programme, *, today: date) -> Iterator[Any]:
    """Give every enrolment of a programme with its facts and names, by person, and whether it counts."""
    ours, *conditions = counts_in(programme.id)
    statement = (
        _facts(today)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Institution, Institution.id == Enrolment.institution_id)
        .add_columns(
            Person.given_names, Person.first_surname, Person.second_surname,
            Institution.name.label("institution_name"), Cohort.name.label("cohort_name"),
            and_(*conditions).label("is_counted"),
        )
        .where(ours)
        .order_by(Enrolment.person_id, Enrolment.enrolled_at, Enrolment.id)
    )  # fmt: skip
    for people in list_people(programme.id):
        yield from db.session.execute(statement.where(Enrolment.person_id.in_(people)))


def count_enrolments(programme_id: UUID) -> int:
    """Return how many rows the list of enrolments of a programme has."""
    statement = select(func.count()).select_from(Enrolment).join(Cohort, Cohort.id == Enrolment.cohort_id)
    return db.session.scalar(statement.where(Cohort.programme_id == programme_id)) or 0


def counts_in(
    programme_id: UUID | ColumnElement[UUID] | InstrumentedAttribute[UUID],
) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions under which an enrolment counts: it is active, and of no staff and no test person.

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
        .correlate(Enrolment, Cohort)
        .exists()
    )
    return (
        Cohort.programme_id == programme_id,
        Enrolment.state == EnrolmentState.ACTIVE,
        ~is_staff,
        is_real_person(Enrolment.person_id),
    )


def _facts(today: date | ColumnElement[date]) -> Select[Any]:
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
    columns: Sequence[Any] = (
        Enrolment.id, Enrolment.person_id, Enrolment.institution_id, Enrolment.sector,
        Enrolment.enrolled_at, Enrolment.started_at, Completion.completed_on, Completion.hours,
        is_certified.label("is_certified"), is_halfway().label("is_halfway"),
        body.id.label("now_id"), func.coalesce(current.sector, body.sector).label("now_sector"),
        HoursLedger.minutes.label("credited"),
    )  # fmt: skip
    return (
        select(*columns)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .outerjoin(Completion, Completion.enrolment_id == Enrolment.id)
        .outerjoin(HoursLedger, HoursLedger.enrolment_id == Enrolment.id)
        .outerjoin(current, and_(current.person_id == Enrolment.person_id, holds))
        .outerjoin(body, body.id == current.institution_id)
    )


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


def _study(row: Any, zone: ZoneInfo, told: Told) -> Study:
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
        outcome=Outcome(
            seconds=None if row.seconds is None else int(row.seconds),
            credited=row.credited,
            **told._asdict(),
        ),
    )


def list_programmes_of(people: Collection[UUID]) -> list[tuple[Programme, list[UUID]]]:
    """Return who of these people studies in each counted programme, or was counted in it, by their ids."""
    everybody, found = sorted(people), dict[UUID, tuple[Programme, list[UUID]]]()
    for first in range(0, len(everybody), CHUNK):
        asked = {"people": everybody[first : first + CHUNK]}
        for programme, person_id in db.session.execute(_programmes_of(), asked):
            found.setdefault(programme.id, (programme, []))[1].append(person_id)
    return [found[programme_id] for programme_id in sorted(found)]


@lru_cache(maxsize=1)
def _programmes_of() -> Select[Programme, UUID]:
    studied = (
        select(Cohort.programme_id, Enrolment.person_id)
        .join(Enrolment, Enrolment.cohort_id == Cohort.id)
        .where(Enrolment.person_id.in_(_PEOPLE))
    )
    counted = select(Standing.programme_id, Standing.person_id).where(Standing.person_id.in_(_PEOPLE))
    both = studied.union(counted).subquery()
    return (
        select(Programme, both.c.person_id)
        .join(both, both.c.programme_id == Programme.id)
        .join(CountedProgramme, CountedProgramme.programme_id == Programme.id)
        .order_by(Programme.id, both.c.person_id)
    )


def list_people(programme_id: UUID) -> Iterator[list[UUID]]:
    """Return everybody who studies in a programme or was counted in it, in parts, by id.

    Each list is read along its index for as far as a part goes: sorting a million people for each would not end.
    """
    is_ours = (
        select(Cohort.id)
        .where(Cohort.id == Enrolment.cohort_id, Cohort.programme_id == programme_id)
        .correlate(Enrolment)
        .exists()
    )
    lists = (
        (Enrolment.person_id, is_ours),
        (Standing.person_id, Standing.programme_id == programme_id),
    )
    last = UUID(int=0)
    while True:
        found: set[UUID] = set()
        for person_id, condition in lists:
            statement = select(person_id).where(condition, person_id > last).distinct()
            found.update(db.session.scalars(statement.order_by(person_id).limit(CHUNK)))
        if not found:
            return
        people = sorted(found)[:CHUNK]
        yield people
        last = people[-1]


def list_cohorts_of(programme_id: UUID) -> list[UUID]:
    """Return every cohort of a programme."""
    return list(db.session.scalars(select(Cohort.id).where(Cohort.programme_id == programme_id)))


def list_people_of(cohort_id: UUID) -> list[UUID]:
    """Return everybody who is or was in a cohort."""
    return list(db.session.scalars(select(Enrolment.person_id).where(Enrolment.cohort_id == cohort_id)))


def people_of(enrolments: Collection[UUID]) -> dict[UUID, UUID]:
    """Return whose each of these enrolments is."""
    statement = select(Enrolment.id, Enrolment.person_id).where(Enrolment.id.in_(enrolments))
    return {row[0]: row[1] for row in db.session.execute(statement)}


def list_people_at(meeting_id: UUID) -> list[UUID]:
    """Return everybody with a mark at a meeting."""
    return list(
        db.session.scalars(
            select(Enrolment.person_id)
            .join(Attendance, Attendance.enrolment_id == Enrolment.id)
            .where(Attendance.meeting_id == meeting_id)
        )
    )


def list_people_by_place(institution_id: UUID) -> list[UUID]:
    """Return everybody who at an institution has its sector, and none of their own."""
    statement = select(Affiliation.person_id).where(
        Affiliation.institution_id == institution_id, Affiliation.sector.is_(None)
    )
    return list(db.session.scalars(statement.distinct()))


def list_people_moving(first: date, last: date) -> list[UUID]:
    """Return the people with an affiliation that begins, or is over, between two days, both counted."""
    statement = select(Affiliation.person_id).where(
        or_(Affiliation.starts_on.between(first, last), Affiliation.ends_on.between(first, last))
    )
    return list(db.session.scalars(statement.distinct()))


def find_standings(programme_id: UUID, people: Collection[UUID]) -> dict[UUID, Standing]:
    """Return what these people were counted as, locked until the transaction ends, in the order of their ids."""
    asked = {"programme_id": programme_id, "people": list(people)}
    return {each.person_id: each for each in db.session.scalars(_standings_of(), asked)}


@lru_cache(maxsize=1)
def _standings_of() -> Select[Standing]:
    return (
        select(Standing)
        .where(Standing.programme_id == _PROGRAMME, Standing.person_id.in_(_PEOPLE))
        .order_by(Standing.person_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def is_counted(programme_id: UUID) -> bool:
    """Say whether the figures of a programme are kept."""
    return db.session.get(CountedProgramme, programme_id) is not None


def read_counted(standing: Standing, ledger: Ledger = PROGRESS) -> Counted:
    """Return what a person was counted as."""
    rows = standing.counted.get(ledger.name, ())
    return {Key(row[0], row[1], row[2], UUID(row[3]), row[4]): ledger.amounts._make(row[5:]) for row in rows}


def tallies_of(
    programme_id: UUID, institutions: Collection[UUID] | None = None, ledger: Ledger = PROGRESS
) -> dict[Key, Amounts]:
    """Return every figure of a programme that is not zero, or those of some institutions."""
    inside = institutions.__contains__ if institutions is not None else bool
    return {
        key: amounts for key, amounts in stream_tallies(programme_id, ledger) if inside(key.institution_id)
    }


def stream_tallies(programme_id: UUID, ledger: Ledger = PROGRESS) -> Iterator[tuple[Key, Amounts]]:
    """Give every figure of a programme that is not zero, a part at a time: there may be millions."""
    columns = ledger.table.__table__.c
    statement = select(*(columns[name] for name in (*Key._fields, *ledger.fields)))
    ours = statement.where(columns.programme_id == programme_id)
    for row in db.session.execute(ours.execution_options(yield_per=ROWS)):
        amounts = ledger.amounts._make(row[len(Key._fields) :])
        if any(amounts):
            yield Key._make(row[: len(Key._fields)]), amounts


def list_spans(programme_id: UUID) -> Sequence[Span]:
    """Return the spans of a programme, those that are counted or leave too, by their first month."""
    return db.session.scalars(select(Span).where(Span.programme_id == programme_id).order_by(Span.name)).all()


def kept_spans(programme_id: UUID) -> list[Span]:
    """Return the spans that may be asked for: everybody in them has been counted."""
    return [each for each in list_spans(programme_id) if each.state is SpanState.KEPT]


def names_counted(programme_id: UUID) -> list[str]:
    """Return the names of the spans in which people count, those that are still being counted too."""
    return list(db.session.scalars(_names_counted(), {"programme_id": programme_id}))


@lru_cache(maxsize=1)
def _names_counted() -> Select[str]:
    is_in = Span.state != SpanState.LEAVING
    return select(Span.name).where(Span.programme_id == _PROGRAMME, is_in).order_by(Span.name)

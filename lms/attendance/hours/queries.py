"""Reads about hours: the policies of a programme, and what each person has under the one that holds."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from lms.accounts.models import Person
from lms.attendance.credits import Weighed, states_of
from lms.attendance.hours.facts import FACTS, Facts, facts_of, facts_with
from lms.attendance.hours.models import HoursLedger, HoursPolicy
from lms.attendance.hours.records import from_json
from lms.attendance.hours.rules import Ledger, Outlook, Policy, Source, ledger_of, outlook_of
from lms.attendance.models import AttendanceState, Meeting
from lms.attendance.permissions import AttendancePermission
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.types import Json
from lms.courses.models import Release
from lms.institutions.directory.models import Institution
from lms.institutions.programmes.models import Programme
from lms.learning.models import Cohort, Enrolment, EnrolmentState
from lms.learning.queries import enrolment_condition

USUAL = Policy()
"""What counts in a programme that wrote nothing down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """What an enrolment has, and where it stands against what is asked for."""

    ledger: Ledger
    policy: Policy
    version: int
    """Version of the programme's policy; 0 before it wrote any."""
    outlook: Outlook | None
    closed_at: datetime | None = None
    """When the lines were frozen with the completion; null while they follow what is recorded."""
    prints: bool = False
    """Whether the certificate prints them."""

    @property
    def minutes(self) -> int:
        """Return the credited minutes: the number that every page, file and certificate says."""
        return self.ledger.minutes()

    @property
    def meeting_minutes(self) -> int:
        """Return how many of them are verified at sessions."""
        return self.ledger.minutes(Source.MEETING)

    @property
    def online_minutes(self) -> int:
        """Return how many of them were studied alone."""
        return self.ledger.minutes(Source.UNIT)


def list_policies(programme_id: UUID) -> Sequence[tuple[HoursPolicy, Person | None]]:
    """Return every version of a programme's policy with who wrote it, the one that holds first."""
    rows = db.session.execute(
        select(HoursPolicy, Person)
        .outerjoin(Person, Person.id == HoursPolicy.set_by)
        .where(HoursPolicy.programme_id == programme_id)
        .order_by(HoursPolicy.version.desc())
    ).all()
    return [(row[0], row[1]) for row in rows]


def find_policy(programme_id: UUID) -> HoursPolicy | None:
    """Return the version of a programme's policy that holds; None before it wrote any."""
    return policies_of([programme_id]).get(programme_id)


def asked_of(enrolment_ids: Collection[UUID]) -> list[UUID]:
    """Return those of the enrolments whose programme asks for hours, or asked when theirs were closed, in one query."""
    last = aliased(HoursPolicy)
    newest = select(func.max(last.version)).where(last.programme_id == Cohort.programme_id).scalar_subquery()
    return list(
        db.session.scalars(
            select(Enrolment.id)
            .join(Cohort, Cohort.id == Enrolment.cohort_id)
            .outerjoin(
                HoursPolicy,
                and_(HoursPolicy.programme_id == Cohort.programme_id, HoursPolicy.version == newest),
            )
            .outerjoin(HoursLedger, HoursLedger.enrolment_id == Enrolment.id)
            .where(
                Enrolment.id.in_(enrolment_ids),
                or_(HoursPolicy.asked_seconds.is_not(None), HoursLedger.asked_seconds.is_not(None)),
            )
        )
    )


def policies_of(programme_ids: Collection[UUID]) -> dict[UUID, HoursPolicy]:
    """Return the version that holds by programme, in one query."""
    last = (
        select(HoursPolicy.programme_id, func.max(HoursPolicy.version).label("version"))
        .where(HoursPolicy.programme_id.in_(programme_ids))
        .group_by(HoursPolicy.programme_id)
        .subquery()
    )
    is_last = and_(HoursPolicy.programme_id == last.c.programme_id, HoursPolicy.version == last.c.version)
    return {row.programme_id: row for row in db.session.scalars(select(HoursPolicy).join(last, is_last))}


def snapshot_of(programme_id: UUID) -> Json:
    """Return what a programme's states are called and worth now, as a version of its policy keeps them."""
    return {state.code: _snapshot(state) for state in states_of(programme_id)}


def _snapshot(state: AttendanceState) -> Json:
    kept: Json = {"label": state.label, "role": state.role.value, "credit": str(state.credit)}
    return {**kept, "earlier": state.earlier} if state.earlier else kept


def ledgers_of(enrolment_ids: Collection[UUID]) -> dict[UUID, HoursLedger]:
    """Return the closed hours by enrolment, in one query."""
    rows = db.session.scalars(select(HoursLedger).where(HoursLedger.enrolment_id.in_(enrolment_ids)))
    return {row.enrolment_id: row for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """A policy with what it is said with."""

    version: int
    """0 before the programme wrote any."""
    policy: Policy
    states: Json
    prints: bool
    set_at: datetime | None = None


def rules_of(programme_id: UUID) -> Rules:
    """Return what holds in a programme now."""
    written = find_policy(programme_id)
    if written is None:
        return Rules(version=0, policy=USUAL, states=snapshot_of(programme_id), prints=False)
    return Rules(
        version=written.version,
        policy=written.policy,
        states=written.states,
        prints=written.prints_hours,
        set_at=written.set_at,
    )


def hours_of(enrolment_ids: Collection[UUID], now: datetime) -> dict[UUID, Hours]:
    """Return the hours of each enrolment, in seven queries, and one more where sessions share their time.

    Hours that were closed with a completion are given as they stood then.
    """
    facts = facts_of(enrolment_ids, now)
    policies = policies_of({each.programme_id for each in facts.values()})
    closed = ledgers_of(enrolment_ids)
    return {
        key: _hours(each, policies.get(each.programme_id), closed.get(key)) for key, each in facts.items()
    }


def minutes_with(
    enrolment_ids: Collection[UUID],
    meetings: Sequence[Meeting],
    marks: Mapping[tuple[UUID, UUID], tuple[Weighed, int]],
    now: datetime,
) -> dict[UUID, int]:
    """Return the credited minutes of people of one cohort whose meetings and marks are at hand, in two queries.

    It is one more where sessions share their time. They are those that ``hours_of`` gives.
    """
    last = aliased(HoursPolicy)
    newest = select(func.max(last.version)).where(last.programme_id == Cohort.programme_id).scalar_subquery()
    holds = and_(HoursPolicy.programme_id == Cohort.programme_id, HoursPolicy.version == newest)
    rows = db.session.execute(
        select(*FACTS, HoursPolicy, HoursLedger)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Release, Release.id == Cohort.release_id)
        .join(Programme, Programme.id == Cohort.programme_id)
        .outerjoin(HoursPolicy, holds)
        .outerjoin(HoursLedger, HoursLedger.enrolment_id == Enrolment.id)
        .where(Enrolment.id.in_(enrolment_ids))
    ).all()
    still_open = [row for row in rows if row[-1] is None]
    facts = facts_with(still_open, meetings, marks, now) if still_open else {}
    found = {row[0]: from_json(row[-1].lines).minutes() for row in rows if row[-1]}
    for row in still_open:
        policy = row[-2].policy if row[-2] else USUAL
        ledger = ledger_of(facts[row[0]].claims, policy, course_seconds=facts[row[0]].course_seconds)
        found[row[0]] = ledger.minutes()
    return found


def _hours(facts: Facts, written: HoursPolicy | None, closed: HoursLedger | None) -> Hours:
    policy, version = (written.policy, written.version) if written else (USUAL, 0)
    if closed:
        return _closed_hours(closed, policy)
    return Hours(
        ledger=ledger_of(facts.claims, policy, course_seconds=facts.course_seconds),
        policy=policy,
        version=version,
        outlook=outlook_of(facts.claims, facts.ahead, policy, course_seconds=facts.course_seconds),
        prints=bool(written and written.prints_hours),
    )


def _closed_hours(closed: HoursLedger, policy: Policy) -> Hours:
    """Return hours that were closed; whoever completed the course had what was asked for then."""
    ledger = from_json(closed.lines)
    has, asked = ledger.seconds(), closed.asked_seconds
    return Hours(
        ledger=ledger,
        policy=policy,
        version=closed.version,
        outlook=None if asked is None else Outlook(credited=has, reachable=has, asked=min(asked, has)),
        closed_at=closed.closed_at,
        prints=closed.prints_hours,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What another policy would do to the people of a programme whose hours are not closed."""

    people: int
    more: int
    """How many would have more hours."""
    less: int
    reach: int
    """How many would have the hours that are asked for."""
    reached: int
    """How many have those that are asked for now."""
    closed: int
    """How many keep what they have, because they completed the course."""
    gain: tuple[str, ...] = ()
    """Who would have the hours that are asked for and has them not, by name."""
    lose: tuple[str, ...] = ()
    """Who has them and would not, by name."""

    @property
    def changed(self) -> int:
        """Return for how many people the hours would be others."""
        return self.more + self.less


def effect_of(programme_id: UUID, policy: Policy, now: datetime) -> Effect:
    """Return what a policy would change, before anybody writes it; the same number of queries for any programme."""
    rows = db.session.execute(
        select(Enrolment.id, Person)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Cohort.programme_id == programme_id, Enrolment.state == EnrolmentState.ACTIVE)
        .order_by(Person.search_text, Person.id)
    ).all()
    names = {row[0]: row[1].name for row in rows}
    closed = ledgers_of(names)
    written = find_policy(programme_id)
    before = written.policy if written else USUAL
    facts = facts_of(names, now)
    seconds = {
        key: (_seconds(facts[key], before), _seconds(facts[key], policy))
        for key in names
        if key not in closed
    }
    pairs = list(seconds.values())
    asked = before.asked_seconds or 0, policy.asked_seconds or 0
    stands = {key: (pair[0] >= asked[0], pair[1] >= asked[1]) for key, pair in seconds.items()}
    return Effect(
        people=len(pairs),
        more=sum(after > now_ for now_, after in pairs),
        less=sum(after < now_ for now_, after in pairs),
        reach=sum(will for _has, will in stands.values()),
        reached=sum(has for has, _will in stands.values()),
        closed=len(closed),
        gain=tuple(names[key] for key, (has, will) in stands.items() if will and not has),
        lose=tuple(names[key] for key, (has, will) in stands.items() if has and not will),
    )


def _seconds(facts: Facts, policy: Policy) -> int:
    return ledger_of(facts.claims, policy, course_seconds=facts.course_seconds).seconds()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnHours:
    """A course of somebody's own with its hours."""

    enrolment_id: UUID
    cohort: Cohort
    programme: Programme
    hours: Hours


def list_own(person_id: UUID, now: datetime) -> list[OwnHours]:
    """Return the hours of everything that a person studies, the newest course first."""
    rows = db.session.execute(
        select(Enrolment.id, Cohort, Programme)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Programme, Programme.id == Cohort.programme_id)
        .where(Enrolment.person_id == person_id, Enrolment.state == EnrolmentState.ACTIVE)
        .order_by(Cohort.starts_on.desc(), Cohort.name)
    ).all()
    hours = hours_of([row[0] for row in rows], now)
    return [
        OwnHours(enrolment_id=row[0], cohort=row[1], programme=row[2], hours=hours[row[0]]) for row in rows
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonHours:
    """Somebody of a cohort with their hours."""

    enrolment_id: UUID
    name: str
    search_text: str
    institution_id: UUID
    institution: str
    hours: Hours


def list_people(actor: Actor, cohort: Cohort, now: datetime) -> list[PersonHours]:
    """Return the people of a cohort whom the actor sees, by name, with their hours, in a constant number of queries."""
    rows: Sequence[Any] = db.session.execute(
        select(Enrolment.id, Person, Institution)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Institution, Institution.id == Enrolment.institution_id)
        .where(
            Enrolment.cohort_id == cohort.id,
            Enrolment.state == EnrolmentState.ACTIVE,
            enrolment_condition(actor, AttendancePermission.READ_REGISTER),
        )
        .order_by(Person.search_text, Person.id)
    ).all()
    hours = hours_of([row[0] for row in rows], now)
    return [
        PersonHours(
            enrolment_id=row[0],
            name=row[1].name,
            search_text=row[1].search_text,
            institution_id=row[2].id,
            institution=row[2].label,
            hours=hours[row[0]],
        )
        for row in rows
    ]

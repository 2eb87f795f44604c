"""Whom to call: people in courses that go on, who have not started, are late or wait for one last thing."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select

from lms.accounts.models import Person
from lms.accounts.queries import is_real_person
from lms.core.actors import Actor, Permission
from lms.core.db import db
from lms.institutions.directory.models import Institution
from lms.learning.models import Cohort, Completion, Enrolment, EnrolmentState
from lms.learning.queries import enrolment_condition
from lms.reports.tallies.queries import is_halfway

DAYS_LEFT = 14
"""People before the middle of a course that ends in so many days, or fewer, are at risk: a rule of ours."""


class Reason(StrEnum):
    """Why somebody should be called; nobody has two."""

    NEVER_STARTED = "never-started"
    AT_RISK = "at-risk"
    WAITING = "waiting"
    """At least halfway, and something is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Somebody to call."""

    enrolment_id: UUID
    name: str
    email: str
    institution: str
    cohort: str
    ends_on: date


def calls(actor: Actor, permission: Permission, reason: Reason, today: date) -> Select[*tuple[Any, ...]]:
    """Return whom to call within the reach of a permission: those whose course ends first come first."""
    return (
        select(Enrolment.id, Person, Institution.name, Cohort.name, Cohort.ends_on)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Institution, Institution.id == Enrolment.institution_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(*_studying(actor, permission, today), _has(reason, today))
        .order_by(Cohort.ends_on, Institution.search_text, Person.search_text, Enrolment.id)
    )


def call_of(row: Any) -> Call:
    """Return a row of the list as values."""
    person: Person = row[1]
    return Call(
        enrolment_id=row[0], name=person.name, email=person.email or "", institution=row[2], cohort=row[3],
        ends_on=row[4],
    )  # fmt: skip


def count_calls(actor: Actor, permission: Permission, today: date) -> dict[Reason, int]:
    """Return how many people each list has, in one query."""
    columns = [func.count().filter(_has(reason, today)) for reason in Reason]
    statement = (
        select(*columns)
        .select_from(Enrolment)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(*_studying(actor, permission, today))
    )
    return dict(zip(Reason, db.session.execute(statement).one(), strict=True))


def _studying(actor: Actor, permission: Permission, today: date) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of an enrolment in a course that goes on and is not complete, of no test person."""
    is_complete = (
        select(Completion.id).where(Completion.enrolment_id == Enrolment.id).correlate(Enrolment).exists()
    )
    return (
        enrolment_condition(actor, permission),
        Enrolment.state == EnrolmentState.ACTIVE,
        Cohort.starts_on <= today,
        Cohort.ends_on >= today,
        ~is_complete,
        is_real_person(Enrolment.person_id),
    )


def _has(reason: Reason, today: date) -> ColumnElement[bool]:
    match reason:
        case Reason.NEVER_STARTED:
            return Enrolment.started_at.is_(None)
        case Reason.AT_RISK:
            ends_soon = Cohort.ends_on <= today + timedelta(days=DAYS_LEFT)
            return and_(Enrolment.started_at.is_not(None), ~is_halfway(), ends_soon)
        case _:
            return and_(Enrolment.started_at.is_not(None), is_halfway())

"""Whom to call: people in courses that go on, who have not started, are late or wait for one last thing."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, select

from lms.accounts.models import Person
from lms.core.actors import Actor, Permission
from lms.core.db import db
from lms.institutions.directory.models import Institution
from lms.learning.models import Cohort, Completion, Enrolment
from lms.learning.queries import enrolment_condition
from lms.reports.tallies.queries import counts_in, is_halfway

DAYS_LEFT = 14
"""People before the middle of a course that ends in so many days, or fewer, are at risk: a rule of ours."""


class Reason(StrEnum):
    """Why somebody should be called; nobody has two."""

    NEVER_STARTED = "never-started"
    AT_RISK = "at-risk"
    WAITING = "waiting"
    """At least halfway, and something is missing."""


ORDER: Final = (Cohort.ends_on, Institution.search_text, Person.search_text, Enrolment.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Somebody to call."""

    enrolment_id: UUID
    name: str
    email: str
    institution: str
    cohort: str
    ends_on: date


def calls(actor: Actor, permission: Permission, reason: Reason, today: date) -> Select[UUID]:
    """Return whose enrolments to call within the reach of a permission: those whose course ends first come first.

    ``rows_of`` makes the rows of those that are shown.
    """
    return (
        select(Enrolment.id)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Institution, Institution.id == Enrolment.institution_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(*_studying(actor, permission, today), _why(today) == reason)
        .order_by(*ORDER)
    )


def rows_of(ids: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Return what ``call_of`` reads of some of those enrolments, in the same order."""
    shown = ids.subquery()
    return (
        select(Enrolment.id, Person, Institution.name, Cohort.name, Cohort.ends_on)
        .join(shown, shown.c.id == Enrolment.id)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Institution, Institution.id == Enrolment.institution_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .order_by(*ORDER)
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
    why = _why(today)
    statement = (
        select(why, func.count())
        .select_from(Enrolment)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(*_studying(actor, permission, today))
        .group_by(why)
    )
    found = {row[0]: row[1] for row in db.session.execute(statement)}
    return {reason: found.get(reason.value, 0) for reason in Reason}


def _studying(actor: Actor, permission: Permission, today: date) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of an enrolment in a course that goes on, not complete, of somebody whom figures count."""
    is_complete = (
        select(Completion.id).where(Completion.enrolment_id == Enrolment.id).correlate(Enrolment).exists()
    )
    goes_on = select(Cohort.id).where(Cohort.starts_on <= today, Cohort.ends_on >= today)
    return (
        # Few of all cohorts go on: these are found first, and their people after them.
        Enrolment.cohort_id.in_(goes_on),
        enrolment_condition(actor, permission),
        *counts_in(Cohort.programme_id),
        ~is_complete,
    )


def _why(today: date) -> ColumnElement[str | None]:
    """Return the reason why an enrolment is on a list; null for who is on none."""
    ends_soon = Cohort.ends_on <= today + timedelta(days=DAYS_LEFT)
    return case(
        (Enrolment.started_at.is_(None), Reason.NEVER_STARTED.value),
        (is_halfway(), Reason.WAITING.value),
        (ends_soon, Reason.AT_RISK.value),
    )

"""Reads about what happened."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import Select, select

from lms.accounts.models import Person
from lms.core.actors import Role
from lms.core.audit import AuditEntry
from lms.core.events import Event
from lms.core.text import Text
from lms.core.types import Json
from lms.institutions.people.labels import ROLE_NAMES


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of the audit trail, in words."""

    at: datetime
    code: str
    sentence: str
    actor: str
    """Name of who did it; empty when the system did."""
    subject_id: UUID
    is_sealed: bool


def events_by_code() -> dict[str, type[Event]]:
    """Return every kind of event that the slices declare."""
    slices = current_app.extensions["lms_slices"]
    return {event.code: event for part in slices for event in part.events}


def entries(code: str = "", person_id: UUID | None = None) -> Select[*tuple[Any, ...]]:
    """Return the trail, newest first, of one kind or by one person when asked."""
    statement = select(AuditEntry, Person).outerjoin(Person, Person.id == AuditEntry.actor_id)
    if code:
        statement = statement.where(AuditEntry.code == code)
    if person_id:
        statement = statement.where(AuditEntry.actor_id == person_id)
    return statement.order_by(AuditEntry.at.desc(), AuditEntry.id.desc())


def entry_ids(code: str = "") -> Select[int]:
    """Return the ids of the trail, newest first, of one kind when asked; ``with_actors`` makes the rows.

    The trail is written in the order of its numbers; those of one kind stand in an index by their moment.
    """
    ids = select(AuditEntry.id)
    if not code:
        return ids.order_by(AuditEntry.id.desc())
    return ids.where(AuditEntry.code == code).order_by(AuditEntry.at.desc(), AuditEntry.id.desc())


def with_actors(ids: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Return some entries, newest first, each with who did it."""
    shown = ids.subquery()
    return (
        select(AuditEntry, Person)
        .join(shown, shown.c.id == AuditEntry.id)
        .outerjoin(Person, Person.id == AuditEntry.actor_id)
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
    )


def fact_of(entry: AuditEntry, person: Person | None) -> Fact:
    """Return an entry in words; a kind whose plugin is gone shows its code."""
    kind = events_by_code().get(entry.code)
    return Fact(
        at=entry.at,
        code=entry.code,
        sentence=_say(kind.sentence, _readable(entry.data)) if kind else entry.code,
        actor=person.name if person else "",
        subject_id=entry.subject_id,
        is_sealed=entry.seal is not None,
    )


def _readable(values: Json) -> Json:
    """Return the values with the names that people know instead of codes."""
    shown = dict(values)
    if shown.get("role") in set(Role):
        shown["role"] = str(ROLE_NAMES[Role(shown["role"])])
    return {
        name: ", ".join(map(str, value)) if isinstance(value, list) else value
        for name, value in shown.items()
    }


def _say(sentence: Text, values: Json) -> str:
    try:
        return sentence % values if values else str(sentence)
    except (KeyError, TypeError, ValueError):
        return str(sentence)

"""Reads about people."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from lms.accounts.models import Person, PersonAddress, RoleAssignment, SignInSession
from lms.core.actors import Actor, Assignment, Permission, Role, ScopeKind
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.folding import like, words


def find_person_by_email(email: str) -> Person | None:
    """Return who has this address, in any case: as their own, or since two records became one."""
    address = email.strip().lower()
    own = db.session.scalar(select(Person).where(Person.email == address))
    return own or db.session.scalar(
        select(Person)
        .join(PersonAddress, PersonAddress.person_id == Person.id)
        .where(PersonAddress.email == address)
    )


def list_addresses(person: Person) -> list[str]:
    """Return every address that reaches a person, the one they enter with first."""
    others = db.session.scalars(
        select(PersonAddress.email).where(PersonAddress.person_id == person.id).order_by(PersonAddress.email)
    )
    return [each for each in (person.email, *others) if each]


def get_person(person_id: UUID) -> Person:
    """Return a person; raises NotFound."""
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound
    return person


def is_real_person(person_id: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    """Return the condition that the person of a column counts in figures: their record tries nothing out."""
    record = aliased(Person)
    # Such records are few and indexed by themselves: the list is made once, not looked up for each row.
    return person_id.not_in(select(record.id).where(record.is_test))


def test_people_among(person_ids: Collection[UUID]) -> set[UUID]:
    """Return which of these people only try things out."""
    return set(db.session.scalars(select(Person.id).where(Person.id.in_(person_ids), Person.is_test)))


def find_session(key_digest: str, now: datetime) -> tuple[SignInSession, Person] | None:
    """Return the living session of a key with its active person."""
    row = db.session.execute(_living_session(), {"digest": key_digest, "now": now}).one_or_none()
    return (row[0], row[1]) if row else None


@cache
def _living_session() -> Select[SignInSession, Person]:
    """Return the select of one session: every page asks it, so it is written once."""
    return (
        select(SignInSession, Person)
        .join(Person, Person.id == SignInSession.person_id)
        .where(
            SignInSession.key_digest == bindparam("digest"),
            SignInSession.revoked_at.is_(None),
            SignInSession.expires_at > bindparam("now"),
            Person.is_active,
        )
    )


def list_sessions(person_id: UUID, now: datetime) -> Sequence[SignInSession]:
    """Return a person's living sessions, newest first."""
    return db.session.scalars(
        select(SignInSession)
        .where(
            SignInSession.person_id == person_id,
            SignInSession.revoked_at.is_(None),
            SignInSession.expires_at > now,
        )
        .order_by(SignInSession.created_at.desc())
    ).all()


def list_assignments(person_id: UUID) -> list[Assignment]:
    """Return the roles a person holds."""
    rows = db.session.execute(_assignments(), {"person_id": person_id})
    return [Assignment(role, kind, scope_id) for role, kind, scope_id in rows]


@cache
def _assignments() -> Select[Role, ScopeKind, UUID | None]:
    """Return the select of one person's roles: every page asks it, so it is written once."""
    return select(RoleAssignment.role, RoleAssignment.kind, RoleAssignment.scope_id).where(
        RoleAssignment.person_id == bindparam("person_id")
    )


def list_roles(person_id: UUID) -> Sequence[RoleAssignment]:
    """Return the rows of a person's roles."""
    return db.session.scalars(
        select(RoleAssignment).where(RoleAssignment.person_id == person_id).order_by(RoleAssignment.given_at)
    ).all()


def list_people_with_role(
    kind: ScopeKind, scope_ids: Iterable[UUID]
) -> Sequence[tuple[RoleAssignment, Person]]:
    """Return who holds which role in these scopes."""
    rows = db.session.execute(
        select(RoleAssignment, Person)
        .join(Person, Person.id == RoleAssignment.person_id)
        .where(RoleAssignment.kind == kind, RoleAssignment.scope_id.in_(list(scope_ids)))
        .order_by(Person.search_text)
    ).all()
    return [(row[0], row[1]) for row in rows]


def visible_to(actor: Actor, permission: Permission) -> Select[Any]:
    """Return the people that a permission lets the actor administer: all, or none."""
    statement = select(Person).where(Person.merged_into_id.is_(None))
    return statement if actor.reach(permission).everywhere else statement.where(Person.id == actor.person_id)


def search_people(statement: Select[Any], text: str) -> Select[Any]:
    """Narrow people to those whose name or address holds every word."""
    for word in words(text):
        statement = statement.where(or_(Person.search_text.like(like(word), escape="\\")))
    return statement.order_by(Person.search_text)

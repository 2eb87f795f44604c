"""Reads about people and their roles, for whoever administers them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, not_, select
from sqlalchemy.orm import aliased

from lms.accounts.models import Person, RoleAssignment
from lms.accounts.queries import list_roles
from lms.core.actors import Actor, Assignment, Role, ScopeKind
from lms.core.context import registry
from lms.core.db import db
from lms.core.folding import fold
from lms.core.text import Text
from lms.institutions.directory.models import Affiliation
from lms.institutions.directory.permissions import DirectoryPermission
from lms.institutions.directory.queries import works_below
from lms.institutions.people.labels import EVERYWHERE
from lms.institutions.people.rules import ROLE_SCOPES

MANAGE_ROLES = DirectoryPermission.MANAGE_ROLES


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRole:
    """A role as the person's page shows it."""

    id: UUID
    role: Role
    kind: ScopeKind
    place: Text
    can_take: bool
    """Whether the actor who looks may take it away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A choice of where a role holds."""

    assignment: Assignment
    key: str
    """``kind:id``, as the form sends it."""
    label: Text
    group: Text


def holds_roles(person_id: UUID) -> bool:
    """Say whether a person holds any role besides being a trainee."""
    return bool(people_with_roles([person_id]))


def people_with_roles(person_ids: Collection[UUID]) -> set[UUID]:
    """Return which of these people hold a role."""
    statement = select(RoleAssignment.person_id).where(RoleAssignment.person_id.in_(person_ids))
    return set(db.session.scalars(statement))


def find_role(person_id: UUID, role_id: UUID) -> RoleAssignment | None:
    """Return one role of this person."""
    return db.session.scalar(
        select(RoleAssignment).where(RoleAssignment.id == role_id, RoleAssignment.person_id == person_id)
    )


def list_held_roles(person: Person, actor: Actor) -> list[HeldRole]:
    """Return a person's roles, and which of them the actor may take."""
    return [
        HeldRole(
            id=row.id,
            role=row.role,
            kind=row.kind,
            place=name_of_place(row.kind, row.scope_id),
            can_take=may_decide(actor, Assignment(row.role, row.kind, row.scope_id)),
        )
        for row in list_roles(person.id)
    ]


def name_of_place(kind: ScopeKind, scope_id: UUID | None) -> Text:
    """Return how people call a place; an em dash when it is gone."""
    if kind is ScopeKind.EVERYWHERE:
        return EVERYWHERE
    provider = registry("scope_providers").get(kind.value)
    return str(provider.name_of(scope_id) or "—") if provider and scope_id else "—"


def may_decide(actor: Actor, assignment: Assignment) -> bool:
    """Say whether the actor may give or take this role in this place."""
    reach = actor.reach(MANAGE_ROLES)
    if reach.everywhere:
        return True
    provider = registry("scope_providers").get(assignment.kind.value)
    if not reach or not provider:
        return False
    return assignment.scope_id in {place_id for place_id, _label in provider.options(actor)}


def list_places(actor: Actor, role: Role) -> list[Place]:
    """Return where the actor may give a role, in the order of the kinds of place that the role takes."""
    places: list[Place] = []
    reach = actor.reach(MANAGE_ROLES)
    for kind in ROLE_SCOPES.get(role, ()):
        provider = registry("scope_providers").get(kind.value)
        if kind is ScopeKind.EVERYWHERE and reach.everywhere:
            places.append(
                Place(assignment=Assignment(role, kind), key=kind.value, label=EVERYWHERE, group=EVERYWHERE)
            )
        elif provider and reach:
            places += [
                Place(
                    assignment=Assignment(role, kind, place_id),
                    key=f"{kind.value}:{place_id}",
                    label=label,
                    group=provider.label,
                )
                for place_id, label in provider.options(actor)
            ]
    return places


def find_namesake(name: str, institution_id: UUID) -> Person | None:
    """Return a person without address who has this name and works here now."""
    wanted = fold(name)
    rows = db.session.scalars(
        select(Person)
        .join(Affiliation, Affiliation.person_id == Person.id)
        .where(
            Affiliation.institution_id == institution_id,
            Affiliation.ends_on.is_(None),
            Person.email.is_(None),
            Person.search_text == wanted,
            Person.merged_into_id.is_(None),
        )
    )
    return next(iter(rows), None)


def in_institution(statement: Select[Any], institution_id: UUID) -> Select[Any]:
    """Narrow people to those who work in an institution or below it now."""
    there = select(Affiliation.person_id).where(Affiliation.ends_on.is_(None), works_below(institution_id))
    return statement.where(Person.id.in_(there))


def in_state(statement: Select[Any], state: str) -> Select[Any]:
    """Narrow people by their account: one of ``waiting closed roles nowhere provisional test``, or all of them."""
    open_one = exists().where(Affiliation.person_id == Person.id, Affiliation.ends_on.is_(None))
    conditions = {
        "waiting": and_(Person.password_hash.is_(None), Person.is_active),
        "closed": _among(lambda record: not_(record.is_active)),
        "roles": Person.id.in_(select(RoleAssignment.person_id)),
        "provisional": _among(lambda record: and_(record.is_provisional)),
        "test": _among(lambda record: and_(record.is_test)),
        "nowhere": not_(open_one),
    }
    return statement.where(conditions[state]) if state in conditions else statement


def _among(condition: Callable[[type[Person]], ColumnElement[bool]]) -> ColumnElement[bool]:
    """Return the condition of being one of few records: these are found in one pass, not looked up name by name."""
    record = aliased(Person)
    return Person.id.in_(select(record.id).where(condition(record)))

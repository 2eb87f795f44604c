"""Who acts, with which permissions, and how far each one reaches."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self
from uuid import UUID


class Permission(StrEnum):
    """Base of each slice's own enum; values read ``slice.verb-noun``."""


class Role(StrEnum):
    """What a person is to a programme. Slices say which permissions a role carries; code never asks for roles."""

    TRAINEE = "trainee"
    TRAINER = "trainer"
    FOCAL_POINT = "focal-point"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"


class ScopeKind(StrEnum):
    """The kinds of place a role may be given for."""

    EVERYWHERE = "everywhere"
    PROGRAMME = "programme"
    INSTITUTION = "institution"
    """An institution and everything below it."""
    COHORT = "cohort"
    OWN = "own"
    """The person's own records."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A role with its scope; ``scope_id`` is null for everywhere and own."""

    role: Role
    kind: ScopeKind
    scope_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far one permission of one actor goes. Queries turn it into conditions."""

    everywhere: bool = False
    own: bool = False
    programmes: frozenset[UUID] = frozenset()
    institutions: frozenset[UUID] = frozenset()
    cohorts: frozenset[UUID] = frozenset()

    def __bool__(self) -> bool:
        """Say whether the permission reaches anything at all."""
        return bool(self.everywhere or self.own or self.programmes or self.institutions or self.cohorts)

    @classmethod
    def of(cls, assignments: Iterable[Assignment]) -> Self:
        """Return the union of these scopes."""
        ids: dict[ScopeKind, set[UUID]] = {kind: set() for kind in ScopeKind}
        kinds = set()
        for assignment in assignments:
            kinds.add(assignment.kind)
            if assignment.scope_id:
                ids[assignment.kind].add(assignment.scope_id)
        return cls(
            everywhere=ScopeKind.EVERYWHERE in kinds,
            own=ScopeKind.OWN in kinds,
            programmes=frozenset(ids[ScopeKind.PROGRAMME]),
            institutions=frozenset(ids[ScopeKind.INSTITUTION]),
            cohorts=frozenset(ids[ScopeKind.COHORT]),
        )


NOTHING = Reach()
EVERYTHING = Reach(everywhere=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who is asking: a signed-in person, the system itself, or nobody."""

    person_id: UUID | None = None
    name: str = ""
    is_system: bool = False
    assignments: tuple[Assignment, ...] = ()
    reaches: Mapping[Permission, Reach] = field(default_factory=dict)

    @property
    def is_anonymous(self) -> bool:
        """Say whether nobody is signed in."""
        return self.person_id is None and not self.is_system

    def reach(self, permission: Permission) -> Reach:
        """Return how far this permission goes for the actor; empty when they lack it."""
        return EVERYTHING if self.is_system else self.reaches.get(permission, NOTHING)

    def can(self, permission: Permission) -> bool:
        """Say whether the actor has the permission anywhere."""
        return bool(self.reach(permission))

    def has_role(self, role: Role) -> bool:
        """Say whether the actor holds the role anywhere; for choosing a home page, never for access."""
        return any(assignment.role is role for assignment in self.assignments)


ANONYMOUS = Actor()
SYSTEM = Actor(name="Ruta", is_system=True)

RoleGrants = Mapping[Role, frozenset[Permission]]


def actor_for(
    person_id: UUID, name: str, assignments: Iterable[Assignment], role_grants: RoleGrants
) -> Actor:
    """Return the actor of a person: their assignments turned into one reach per permission.

    Everybody who signs in is a trainee of their own records.
    """
    held = (*assignments, Assignment(Role.TRAINEE, ScopeKind.OWN))
    by_permission: dict[Permission, list[Assignment]] = {}
    for assignment in held:
        for permission in role_grants.get(assignment.role, ()):
            by_permission.setdefault(permission, []).append(assignment)
    reaches = {permission: Reach.of(places) for permission, places in by_permission.items()}
    return Actor(person_id=person_id, name=name, assignments=held, reaches=reaches)

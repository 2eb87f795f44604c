"""Decisions about the tree of institutions and about affiliations. Pure."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Generic, Protocol, TypeVar
from uuid import UUID

from lms.core.folding import fold
from lms.institutions.directory.errors import (
    AffiliationOverlaps,
    ChangeBeforeAnother,
    ChangeInFuture,
    InstitutionClosed,
    InstitutionIsGroup,
    MoveRefused,
    TooDeep,
)

DEEPEST = 10
"""Levels of the tree; a level takes 33 of the 400 characters of a path."""


class HasSector(Protocol):
    """Anything with a sector of its own, or without one."""

    @property
    def sector(self) -> str | None:
        """Return a key of the table of sectors; None when there is none."""
        ...


class Node(Protocol):
    """An institution as the tree needs it."""

    @property
    def id(self) -> UUID:
        """Return its id."""
        ...

    @property
    def parent_id(self) -> UUID | None:
        """Return the id of the body above; None for a root."""
        ...

    @property
    def name(self) -> str:
        """Return its name."""
        ...


class Ended(Protocol):
    """Something that held until a day."""

    @property
    def ends_on(self) -> date:
        """Return the last day, counted."""
        ...


T = TypeVar("T")
E = TypeVar("E", bound=Ended)
N = TypeVar("N", bound=Node)


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """A node with how deep it hangs below the first of its ancestors in the same list."""

    node: T
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What may be known of an institution besides; what is not given stays as it is."""

    code: str | None = None
    opened_on: date | None = None
    territory_id: UUID | None = None
    is_group: bool | None = None
    located_as: str = ""
    """Name of that territory, for an institution that says nothing itself."""


NO_DETAILS: Final = Details()


class TakesPeople(Protocol):
    """An institution where somebody would work."""

    @property
    def is_active(self) -> bool:
        """Say whether it is open."""
        ...

    @property
    def is_group(self) -> bool:
        """Say whether it is only a name for several bodies."""
        ...


def check_takes_people(institution: TakesPeople) -> None:
    """Refuse to let somebody work where nobody can; raises InstitutionClosed, InstitutionIsGroup."""
    if not institution.is_active:
        raise InstitutionClosed
    if institution.is_group:
        raise InstitutionIsGroup


def path_of(institution_id: UUID, parent_path: str) -> str:
    """Return the path of an institution below this one; raises TooDeep."""
    path = f"{parent_path or '/'}{institution_id.hex}/"
    if path.count("/") - 1 > DEEPEST:
        raise TooDeep
    return path


def moved_path(path: str, *, old: str, new: str) -> str:
    """Return the path of a unit after the body at ``old`` went to ``new``; raises TooDeep."""
    moved = new + path.removeprefix(old)
    if moved.count("/") - 1 > DEEPEST:
        raise TooDeep
    return moved


def check_move(path: str, new_parent_path: str) -> None:
    """Refuse to hang an institution from itself or from its own units; raises MoveRefused."""
    if new_parent_path.startswith(path):
        raise MoveRefused


def ids_on_path(path: str) -> list[UUID]:
    """Return the ids from the root down to the institution itself."""
    return [UUID(hex=part) for part in path.split("/") if part]


def place_key(name: str, parent_id: UUID | None) -> str:
    """Return what two siblings of the same name share, however it is written: the database refuses the second."""
    return hashlib.sha256(f"{parent_id.hex if parent_id else ''}/{fold(name)}".encode()).hexdigest()


def tree_order(nodes: Iterable[N]) -> list[Placed[N]]:
    """Return the nodes as a tree reads: each below its parent, siblings by name.

    A node whose parent is not in the list stands at the left margin.
    """
    known = sorted(nodes, key=lambda node: fold(node.name))
    ids = {node.id for node in known}
    below: dict[UUID | None, list[N]] = {}
    for node in known:
        below.setdefault(node.parent_id if node.parent_id in ids else None, []).append(node)
    placed: list[Placed[N]] = []
    waiting = [Placed(node, 0) for node in reversed(below.get(None, []))]
    while waiting:
        now = waiting.pop()
        placed.append(now)
        waiting += [Placed(child, now.depth + 1) for child in reversed(below.get(now.node.id, []))]
    return placed


def held_on(former: Iterable[E], day: date) -> E | None:
    """Return which of the former ones held on a day; None when the present one did already."""
    return min((each for each in former if each.ends_on >= day), key=lambda each: each.ends_on, default=None)


def check_change(starts_on: date, *, today: date, earlier: Iterable[Ended], opened_on: date | None) -> None:
    """Refuse a change that has not come yet or is not the latest; raises ChangeInFuture, ChangeBeforeAnother."""
    if starts_on > today:
        raise ChangeInFuture
    if opened_on and starts_on <= opened_on:
        raise ChangeBeforeAnother
    if any(starts_on <= each.ends_on + timedelta(days=1) for each in earlier):
        raise ChangeBeforeAnother


def sector_of(affiliation: HasSector | None, institution: HasSector | None) -> str | None:
    """Return the person's own sector, else the institution's; None shows a trainee every branch."""
    own = affiliation.sector if affiliation else None
    return own or (institution.sector if institution else None)


class AffiliationStep(StrEnum):
    """What saying where a person works does to what is known."""

    KEEP = "keep"
    """It is known already."""
    CORRECT = "correct"
    """The one that began that day was written wrong."""
    FOLLOW = "follow"
    """A new one; the open one ends the day before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Where and as what a person works from a day on."""

    institution_id: UUID
    post: str
    sector: str | None
    starts_on: date
    ends_on: date | None = None


def affiliation_step(latest: Post | None, wanted: Post) -> AffiliationStep:
    """Decide what to do with the latest affiliation of a person; raises AffiliationOverlaps."""
    if latest is None:
        return AffiliationStep.FOLLOW
    if latest.ends_on is not None:
        if wanted.starts_on <= latest.ends_on:
            raise AffiliationOverlaps
        return AffiliationStep.FOLLOW
    if _same_place(latest, wanted):
        return AffiliationStep.KEEP
    if wanted.starts_on < latest.starts_on:
        raise AffiliationOverlaps
    return AffiliationStep.CORRECT if wanted.starts_on == latest.starts_on else AffiliationStep.FOLLOW


def _same_place(latest: Post, wanted: Post) -> bool:
    return (latest.institution_id, latest.post, latest.sector) == (
        wanted.institution_id,
        wanted.post,
        wanted.sector,
    )

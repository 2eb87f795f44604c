"""Decisions about sessions: the quorum, votes, what is due, and titles. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID


class SittingKind(StrEnum):
    """What sort of session it is."""

    ORDINARY = "ordinary"
    EXTRAORDINARY = "extraordinary"


class Modality(StrEnum):
    """How its members come together."""

    IN_PERSON = "in-person"
    REMOTE = "remote"
    HYBRID = "hybrid"


class SittingState(StrEnum):
    """How far a session is."""

    CONVENED = "convened"
    HELD = "held"
    APPROVED = "approved"
    """Its minutes were approved and never change again."""


class PresenceKind(StrEnum):
    """Who came for an institution."""

    TITULAR = "titular"
    ALTERNATE = "alternate"
    ABSENT = "absent"


class QuorumRule(StrEnum):
    """Which part of the seats must be present when a session begins."""

    MORE_THAN_HALF = "more-than-half"
    HALF = "half"
    TWO_THIRDS = "two-thirds"
    THREE_QUARTERS = "three-quarters"


class ProposalState(StrEnum):
    """What became of a proposal."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class AccordState(StrEnum):
    """How far something that was agreed is."""

    PROPOSED = "proposed"
    """A task of a proposal that was not approved, or not yet."""
    PENDING = "pending"
    UNDER_WAY = "under-way"
    FULFILLED = "fulfilled"
    CANCELLED = "cancelled"


OPEN: Final = frozenset({AccordState.PENDING, AccordState.UNDER_WAY})
"""States in which something is still due."""
FOLLOWED: Final = (
    AccordState.PENDING,
    AccordState.UNDER_WAY,
    AccordState.FULFILLED,
    AccordState.CANCELLED,
)
"""The states of what was agreed, in the order in which they follow."""
_PARTS: Final[Mapping[QuorumRule, tuple[int, int]]] = {
    QuorumRule.HALF: (1, 2),
    QuorumRule.TWO_THIRDS: (2, 3),
    QuorumRule.THREE_QUARTERS: (3, 4),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quorum:
    """How many seats there are, how many are present and how many must be."""

    seats: int
    present: int
    needed: int

    @property
    def is_met(self) -> bool:
        """Say whether the session may begin."""
        return self.present >= self.needed


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """The result of a vote in seats."""

    in_favour: int = 0
    against: int = 0
    abstained: int = 0

    @property
    def total(self) -> int:
        """Return how many seats it tells of."""
        return self.in_favour + self.against + self.abstained

    @property
    def is_carried(self) -> bool:
        """Say whether more were in favour than against; who abstains is on neither side."""
        return self.in_favour > self.against


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """How much was recorded since a session was opened."""

    presences: int
    proposals: int
    """With a result."""
    accords: int


def seats_needed(seats: int, rule: QuorumRule) -> int:
    """Return how many of these seats make a quorum; one at least, so that nobody meets alone with nobody."""
    if rule is QuorumRule.MORE_THAN_HALF:
        return seats // 2 + 1
    part, whole = _PARTS[rule]
    return max(1, -(-seats * part // whole))


def count_present(presences: Mapping[UUID, PresenceKind], seats: Iterable[UUID]) -> int:
    """Return how many of these seats are present: a seat counts once, whoever of its two came."""
    present = {PresenceKind.TITULAR, PresenceKind.ALTERNATE}
    return sum(presences.get(seat) in present for seat in set(seats))


def is_overdue(due_on: date | None, state: AccordState, day: date) -> bool:
    """Say whether something agreed is owed since before a day."""
    return due_on is not None and due_on < day and state in OPEN

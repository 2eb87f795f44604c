"""Seats on a day, and what changed between two days. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class HolderRank(StrEnum):
    """As what a person holds a seat."""

    TITULAR = "titular"
    ALTERNATE = "alternate"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatOn:
    """A seat of a commission on one day, with who holds it."""

    membership_id: UUID
    institution_id: UUID
    institution: str
    kind: str
    sector: str | None
    starts_on: date
    ends_on: date | None
    resolution: str
    resolution_on: date | None
    titular: str = ""
    titular_post: str = ""
    alternate: str = ""
    alternate_post: str = ""
    titular_resolution: str = ""
    alternate_resolution: str = ""
    is_resolution_missing: bool = False
    """The seat has no resolution, or somebody holds it without one."""

    @property
    def holder_resolutions(self) -> tuple[str, ...]:
        """Return the resolutions by which it is held."""
        return tuple(filter(None, (self.titular_resolution, self.alternate_resolution)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What changed between two days: institutions that came, that left, and seats that are another kind now."""

    joined: tuple[SeatOn, ...]
    left: tuple[SeatOn, ...]
    changed: tuple[tuple[SeatOn, SeatOn], ...]
    """The seat as it was and as it is."""

    @property
    def is_empty(self) -> bool:
        """Say whether nothing changed."""
        return not (self.joined or self.left or self.changed)


def differ(before: Sequence[SeatOn], after: Sequence[SeatOn]) -> Difference:
    """Return what changed from the seats of one day to those of another, in the order of the lists."""
    was = {seat.institution_id: seat for seat in before}
    now = {seat.institution_id: seat for seat in after}
    both = [(was[seat.institution_id], seat) for seat in after if seat.institution_id in was]
    return Difference(
        joined=tuple(seat for seat in after if seat.institution_id not in was),
        left=tuple(seat for seat in before if seat.institution_id not in now),
        changed=tuple(pair for pair in both if _said(pair[0]) != _said(pair[1])),
    )


def _said(seat: SeatOn) -> tuple[str, ...]:
    return (seat.kind, seat.titular, seat.titular_post, seat.alternate, seat.alternate_post)

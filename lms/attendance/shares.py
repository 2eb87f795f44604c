"""How much of a cohort's meetings a person attended, over all that are planned, and what can still become of it. Pure.

Counting only the meetings of the past would call one of four attended "everything" after the first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from math import ceil

from lms.attendance.rules import CREDITED, REGISTER_OPEN, Mark
from lms.plugins.criteria import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A meeting that was not cancelled, as one person lived it."""

    title: str
    closes_at: datetime
    is_mandatory: bool
    mark: Mark | None

    @property
    def is_attended(self) -> bool:
        """Say whether it counts: present, late or justified."""
        return self.mark in CREDITED

    def is_reachable(self, now: datetime) -> bool:
        """Say whether it counts or may still: it is not over, or its register is not complete yet."""
        if self.is_attended or now <= self.closes_at:
            return True
        return self.mark is None and now <= self.closes_at + REGISTER_OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a person attended of all planned meetings, against what the programme asks."""

    attended: int
    planned: int
    reachable: int
    """Meetings attended together with those that may still be."""
    needed: int
    """Fewest meetings that reach what the programme asks."""
    mandatory_left: tuple[str, ...] = ()
    """Titles of mandatory meetings that are still to be attended."""
    mandatory_missed: tuple[str, ...] = ()
    """Titles of mandatory meetings that can no longer be attended."""

    @property
    def fraction(self) -> Fraction:
        """Return the attended part of all planned meetings."""
        return Fraction(self.attended, self.planned)

    @property
    def reachable_fraction(self) -> Fraction:
        """Return the part that attending everything left would give."""
        return Fraction(self.reachable, self.planned)

    @property
    def missing(self) -> int:
        """Return how many meetings more are needed."""
        return max(0, self.needed - self.attended)

    @property
    def state(self) -> State:
        """Return where "the share asked for, and every mandatory meeting" stands."""
        if self.mandatory_missed or self.reachable < self.needed:
            return State.CANNOT
        return State.MET if not self.missing and not self.mandatory_left else State.NOT_YET


def needed_of(planned: int, threshold: float) -> int:
    """Return the fewest of so many meetings that reach a fraction of them; 0.8 means four fifths exactly."""
    return ceil(Fraction(str(threshold)) * planned)


def share_of(meetings: Sequence[Planned], *, threshold: float, now: datetime) -> Share | None:
    """Return a person's share; None when the cohort plans no meeting."""
    if not meetings:
        return None
    mandatory = [meeting for meeting in meetings if meeting.is_mandatory and not meeting.is_attended]
    return Share(
        attended=sum(meeting.is_attended for meeting in meetings),
        planned=len(meetings),
        reachable=sum(meeting.is_reachable(now) for meeting in meetings),
        needed=needed_of(len(meetings), threshold),
        mandatory_left=_titles(each for each in mandatory if each.is_reachable(now)),
        mandatory_missed=_titles(each for each in mandatory if not each.is_reachable(now)),
    )


def _titles(meetings: Iterable[Planned]) -> tuple[str, ...]:
    return tuple(meeting.title for meeting in meetings)

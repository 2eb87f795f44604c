"""How much of a cohort's meetings a person attended, over all that are planned, and what can still become of it. Pure.

Counting only the meetings of the past would call one of four attended "everything" after the first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from math import ceil

from lms.attendance.rules import CREDITS, REGISTER_OPEN, SUFFICIENT, Mark
from lms.plugins.criteria import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A meeting that was not cancelled, as one person lived it."""

    title: str
    closes_at: datetime
    is_mandatory: bool
    mark: Mark | None
    credit: Fraction | None = None
    """What the programme's state is worth; null takes what the mark usually is."""

    @property
    def earned(self) -> Fraction:
        """Return what part of the meeting counts as attended."""
        if self.mark is None:
            return Fraction(0)
        return CREDITS[self.mark] if self.credit is None else self.credit

    @property
    def is_attended(self) -> bool:
        """Say whether a mandatory meeting is done with: present, late or justified, and worth something."""
        return self.mark in SUFFICIENT and self.earned > 0

    def can_change(self, now: datetime) -> bool:
        """Say whether attending may still earn more: it is not over, or its register is not complete yet."""
        return now <= self.closes_at or (self.mark is None and now <= self.closes_at + REGISTER_OPEN)

    def is_reachable(self, now: datetime) -> bool:
        """Say whether a mandatory meeting counts or may still."""
        return self.is_attended or self.can_change(now)

    def most(self, now: datetime) -> Fraction:
        """Return the most that it can still earn."""
        return Fraction(1) if self.can_change(now) else self.earned


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a person attended of all planned meetings, against what the programme asks."""

    attended: Fraction
    """Meetings attended, each for what its state is worth."""
    planned: int
    reachable: Fraction
    """Meetings attended together with those that may still be."""
    asked: Fraction
    """What the programme asks for, exactly."""
    left: int = 0
    """Meetings that may still be attended."""
    mandatory_left: tuple[str, ...] = ()
    """Titles of mandatory meetings that are still to be attended."""
    mandatory_missed: tuple[str, ...] = ()
    """Titles of mandatory meetings that can no longer be attended."""

    @property
    def fraction(self) -> Fraction:
        """Return the attended part of all planned meetings."""
        return self.attended / self.planned

    @property
    def reachable_fraction(self) -> Fraction:
        """Return the part that attending everything left would give."""
        return self.reachable / self.planned

    @property
    def needed(self) -> Fraction:
        """Return the least that reaches what is asked: whole meetings unless parts of one were earned."""
        is_whole = self.attended.denominator == 1
        return Fraction(ceil(self.asked)) if is_whole else self.asked

    @property
    def missing(self) -> int:
        """Return how many whole meetings more are needed."""
        return max(0, ceil(self.asked - self.attended))

    @property
    def state(self) -> State:
        """Return where "the share asked for, and every mandatory meeting" stands."""
        if self.mandatory_missed or self.reachable < self.asked:
            return State.CANNOT
        return State.MET if not self.missing and not self.mandatory_left else State.NOT_YET

    @property
    def is_tight(self) -> bool:
        """Say whether missing one more whole meeting would put what is asked for out of reach."""
        return self.state is State.NOT_YET and self.reachable - 1 < self.asked


def asked_of(planned: int, threshold: float) -> Fraction:
    """Return a fraction of so many meetings; 0.8 means four fifths exactly."""
    return Fraction(str(threshold)) * planned


def share_of(meetings: Sequence[Planned], *, threshold: float, now: datetime) -> Share | None:
    """Return a person's share; None when the cohort plans no meeting."""
    if not meetings:
        return None
    mandatory = [meeting for meeting in meetings if meeting.is_mandatory and not meeting.is_attended]
    return Share(
        attended=_total(meeting.earned for meeting in meetings),
        planned=len(meetings),
        reachable=_total(meeting.most(now) for meeting in meetings),
        asked=asked_of(len(meetings), threshold),
        left=sum(meeting.most(now) > meeting.earned for meeting in meetings),
        mandatory_left=_titles(each for each in mandatory if each.is_reachable(now)),
        mandatory_missed=_titles(each for each in mandatory if not each.is_reachable(now)),
    )


def _total(parts: Iterable[Fraction]) -> Fraction:
    """Return the exact sum; adding whole numbers by denominator is four times as fast as adding fractions."""
    found: dict[int, int] = {}
    for part in parts:
        found[part.denominator] = found.get(part.denominator, 0) + part.numerator
    return sum((Fraction(number, below) for below, number in found.items()), Fraction(0))


def _titles(meetings: Iterable[Planned]) -> tuple[str, ...]:
    return tuple(meeting.title for meeting in meetings)

"""From what a person did to the time that counts, line by line, under a written policy. Pure.

Everything is in whole seconds, and only the total is shown in minutes, so a page, a file and a certificate that add up
the same lines can never differ by a rounding.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Final

MINUTE: Final = 60


class Source(StrEnum):
    """Where time comes from."""

    MEETING = "meeting"
    """A session at which the person was seen: verified time."""
    UNIT = "unit"
    """A page of the course that the person finished: the time that the course declares for it."""


class Reason(StrEnum):
    """Why a line is worth less than was claimed."""

    WHOLE = "whole"
    """It is worth what was claimed."""
    NOT_THERE = "not-there"
    SHORT_STAY = "short-stay"
    """The person was there for less than the least part that counts."""
    STATE = "state"
    """The programme credits the state in part."""
    EXCUSED = "excused"
    """A justified absence, which the policy credits as if the person had been there."""
    SAME_TIME = "same-time"
    """Another session of the same time counts already."""
    DAY_CAP = "day-cap"
    ONLINE_CAP = "online-cap"
    NOT_ONLINE = "not-online"
    """The policy credits no time studied alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What counts, as the programme wrote it down."""

    minimum_stay: Fraction = Fraction(0)
    """Part of a session below which being there counts for nothing; 0 counts every second."""
    credits_excused: bool = False
    """Whether a justified absence counts with the length of the session."""
    credits_online: bool = True
    online_share: Fraction = Fraction(1)
    """Most that time studied alone may be of the course's hours."""
    day_seconds: int | None = None
    """Most that one day may count; null for no limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Something that may count for a person."""

    source: Source
    key: str
    """Id of the session or page; the same thing claimed twice counts once."""
    title: str
    day: date
    """Day on the clocks of the place."""
    at: datetime
    """When the session began, or the page was finished."""
    seconds: int
    """Time that the person was there, or that the course declares for the page."""
    ends_at: datetime | None = None
    """End of the session; null for pages."""
    credit: Fraction = Fraction(1)
    """Part of it that the programme's state is worth."""
    is_excused: bool = False

    @property
    def length(self) -> int:
        """Return the whole seconds that the session lasts; of a page, its declared time."""
        return int((self.ends_at - self.at).total_seconds()) if self.ends_at else self.seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A claim and what it is worth."""

    claim: Claim
    seconds: int
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """All lines of a person in a cohort, in the order of time."""

    lines: tuple[Line, ...]

    def seconds(self, source: Source | None = None) -> int:
        """Return the sum of the lines, of one source when asked."""
        return sum(line.seconds for line in self.lines if source in {None, line.claim.source})

    def minutes(self, source: Source | None = None) -> int:
        """Return the whole minutes of that sum; what lies under one is dropped once, not in every line."""
        return self.seconds(source) // MINUTE


def ledger_of(claims: Iterable[Claim], policy: Policy, *, course_seconds: int) -> Ledger:
    """Return what a person's claims are worth; neither their order nor repetition changes it.

    Sessions come before pages, so that a cap takes first what nobody saw; within each, the earlier counts first.
    """
    once = {(claim.source, claim.key): claim for claim in sorted(claims, key=_order)}
    known = sorted(once.values(), key=_order)
    together = _together([claim for claim in known if claim.source is Source.MEETING])
    days: Counter[date] = Counter()
    rooms: Counter[int] = Counter()
    online = int(policy.online_share * course_seconds)
    lines = []
    for claim in known:
        seconds, reason = _worth(claim, policy)
        limits = [(Reason.DAY_CAP, _room(policy.day_seconds, days[claim.day]))]
        if claim.source is Source.UNIT:
            limits.append((Reason.ONLINE_CAP, online))
        elif claim.key in together:
            group, length = together[claim.key]
            limits.append((Reason.SAME_TIME, length - rooms[group]))
            rooms[group] += _least(seconds, limits)[0]
        seconds, reason = _least(seconds, limits, reason)
        days[claim.day] += seconds
        online -= seconds if claim.source is Source.UNIT else 0
        lines.append(Line(claim=claim, seconds=seconds, reason=reason))
    return Ledger(lines=tuple(sorted(lines, key=lambda line: (line.claim.at, line.claim.key))))


def _order(claim: Claim) -> tuple[bool, datetime, str, int]:
    return claim.source is Source.UNIT, claim.at, claim.key, claim.seconds


def _worth(claim: Claim, policy: Policy) -> tuple[int, Reason]:
    """Return what a claim is worth by itself."""
    if claim.source is Source.UNIT:
        return (claim.seconds, Reason.WHOLE) if policy.credits_online else (0, Reason.NOT_ONLINE)
    if claim.is_excused:
        return (claim.length, Reason.EXCUSED) if policy.credits_excused else (0, Reason.NOT_THERE)
    if not claim.seconds:
        return 0, Reason.NOT_THERE
    if claim.seconds < policy.minimum_stay * claim.length:
        return 0, Reason.SHORT_STAY
    if claim.credit < 1:
        return int(claim.seconds * claim.credit), Reason.STATE
    return claim.seconds, Reason.WHOLE


def _room(most: int | None, used: int) -> int | None:
    return None if most is None else max(0, most - used)


def _least(
    seconds: int, limits: Sequence[tuple[Reason, int | None]], reason: Reason = Reason.WHOLE
) -> tuple[int, Reason]:
    """Return the time within every limit, and the limit that cut it most."""
    for why, most in limits:
        if most is not None and most < seconds:
            seconds, reason = max(0, most), why
    return seconds, reason


def _together(meetings: Sequence[Claim]) -> dict[str, tuple[int, int]]:
    """Return for each session that shares its time with another a number of its group and how long that lasts."""
    groups: defaultdict[int, list[Claim]] = defaultdict(list)
    reached, number = None, 0
    for claim in meetings:
        ends_at = claim.ends_at or claim.at
        if reached is None or claim.at >= reached:
            number, reached = number + 1, ends_at
        reached = max(reached, ends_at)
        groups[number].append(claim)
    shared = {key: group for key, group in groups.items() if len(group) > 1}
    return {claim.key: (key, _span(group)) for key, group in shared.items() for claim in group}


def _span(group: Sequence[Claim]) -> int:
    last = max(claim.ends_at or claim.at for claim in group)
    return int((last - group[0].at).total_seconds())

"""From what a person did to the time that counts, line by line, under a written policy. Pure.

Everything is in whole seconds, and only the total is shown in minutes, so a page, a file and a certificate that add up
the same lines can never differ by a rounding.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Final

from lms.plugins.criteria import State

MINUTE: Final = 60
CLOCKED: Final = re.compile(r"(\d{1,4}):([0-5]\d)", re.ASCII)
DECIMAL: Final = re.compile(r"\d{1,4}(\.\d{1,2})?", re.ASCII)
SECOND: Final = timedelta(seconds=1)

Span = tuple[datetime, datetime]


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
    """Another session counts the same minutes already."""
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
    online_seconds: int | None = None
    """Most that time studied alone may be, whatever the course's hours; null for no further limit."""
    day_seconds: int | None = None
    """Most that one day may count; null for no limit."""
    asked_seconds: int | None = None
    """Least that completes a course, of all kinds together; null where the programme asks for no hours."""

    def most_online(self, course_seconds: int) -> int:
        """Return the most that time studied alone may count in a course."""
        most = int(self.online_share * course_seconds)
        return most if self.online_seconds is None else min(most, self.online_seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A policy as an administrator writes it down."""

    policy: Policy
    prints_hours: bool = False
    """Whether certificates print the credited hours."""
    note: str = ""


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
    state: str = ""
    """What the programme calls how the person attended; empty without a mark and for pages."""
    is_excused: bool = False
    stays: tuple[Span, ...] = ()
    """From when to when the person was there, where it must be told apart from another session of the same time;
    empty takes the first seconds of the session."""

    @property
    def spans(self) -> tuple[Span, ...]:
        """Return from when to when it claims time."""
        if self.is_excused:
            return ((self.at, self.ends_at or self.at),)
        return self.stays or ((self.at, self.at + timedelta(seconds=self.seconds)),)

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
        """Return the whole minutes of that sum; what lies under one is dropped once, not in every line.

        The minutes of the two sources add up to those of the total: what is left over is verified time.
        """
        alone = self.seconds(Source.UNIT) // MINUTE
        match source:
            case Source.UNIT:
                return alone
            case Source.MEETING:
                return self.seconds() // MINUTE - alone
        return self.seconds() // MINUTE


def ledger_of(claims: Iterable[Claim], policy: Policy, *, course_seconds: int) -> Ledger:
    """Return what a person's claims are worth; neither their order nor repetition changes it.

    Sessions come before pages, so that a cap takes first what nobody saw; within each, the earlier counts first.
    Where sessions share their time, a minute counts once: in the one that is worth more.
    """
    once = {(claim.source, claim.key): claim for claim in sorted(claims, key=_order)}
    known = sorted(once.values(), key=_order)
    fresh = _fresh([claim for claim in known if claim.source is Source.MEETING], policy)
    days: Counter[date] = Counter()
    online = policy.most_online(course_seconds)
    lines = []
    for claim in known:
        worth = fresh.get(claim.key) if claim.source is Source.MEETING else None
        limits = [(Reason.DAY_CAP, _room(policy.day_seconds, days[claim.day]))]
        if claim.source is Source.UNIT:
            limits.append((Reason.ONLINE_CAP, online))
        seconds, reason = _least(worth or _worth(claim, policy), limits)
        days[claim.day] += seconds
        online -= seconds if claim.source is Source.UNIT else 0
        lines.append(Line(claim=claim, seconds=seconds, reason=reason))
    return Ledger(lines=tuple(sorted(lines, key=lambda line: (line.claim.at, line.claim.key))))


def _order(claim: Claim) -> tuple[bool, datetime, str, int]:
    return claim.source is Source.UNIT, claim.at, claim.key, claim.seconds


Worth = tuple[int, Reason]


def _worth(claim: Claim, policy: Policy) -> Worth:
    """Return what a claim is worth by itself."""
    if claim.source is Source.UNIT:
        return (claim.seconds, Reason.WHOLE) if policy.credits_online else (0, Reason.NOT_ONLINE)
    if claim.is_excused:
        return (
            (int(claim.length * claim.credit), Reason.EXCUSED)
            if policy.credits_excused
            else (0, Reason.NOT_THERE)
        )
    if not claim.seconds:
        return 0, Reason.NOT_THERE
    if claim.seconds < policy.minimum_stay * claim.length:
        return 0, Reason.SHORT_STAY
    if claim.credit < 1:
        return int(claim.seconds * claim.credit), Reason.STATE
    return claim.seconds, Reason.WHOLE


def _room(most: int | None, used: int) -> int | None:
    return None if most is None else max(0, most - used)


def _least(worth: Worth, limits: Sequence[tuple[Reason, int | None]]) -> Worth:
    """Return the time within every limit, and the limit that cut it most."""
    seconds, reason = worth
    for why, most in limits:
        if most is not None and most < seconds:
            seconds, reason = max(0, most), why
    return seconds, reason


def _fresh(meetings: Sequence[Claim], policy: Policy) -> dict[str, Worth]:
    """Return what each session that shares its time with another is worth: what no better one counts."""
    found: dict[str, Worth] = {}
    for group in sharing(meetings):
        taken: list[Span] = []
        for claim in sorted(group, key=lambda each: (-each.credit, _order(each))):
            seconds, reason = _worth(claim, policy)
            if seconds:
                own = measure(claim.spans)
                new = measure([*taken, *claim.spans]) - measure(taken)
                taken += claim.spans
                if new < own:
                    seconds, reason = min(seconds, int(new * claim.credit)), Reason.SAME_TIME
            found[claim.key] = seconds, reason
    return found


def sharing(meetings: Sequence[Claim]) -> list[list[Claim]]:
    """Return the sessions, given in order of time, that lie over others, in groups."""
    groups: defaultdict[int, list[Claim]] = defaultdict(list)
    reached, number = None, 0
    for claim in meetings:
        ends_at = claim.ends_at or claim.at
        if reached is None or claim.at >= reached:
            number, reached = number + 1, ends_at
        reached = max(reached, ends_at)
        groups[number].append(claim)
    return [group for group in groups.values() if len(group) > 1]


def measure(spans: Iterable[Span]) -> int:
    """Return the whole seconds of the union of spans."""
    total, reached = timedelta(0), None
    for start, end in sorted(spans):
        since = start if reached is None else max(start, reached)
        total += max(timedelta(0), end - since)
        reached = end if reached is None else max(reached, end)
    return total // SECOND


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """Where somebody stands against the hours that are asked for, over everything that is planned."""

    credited: int
    reachable: int
    """Seconds that there will be if the person attends and finishes everything that is left."""
    asked: int

    @property
    def missing(self) -> int:
        """Return the seconds that are still needed."""
        return max(0, self.asked - self.credited)

    @property
    def left(self) -> int:
        """Return the seconds that may still be earned."""
        return self.reachable - self.credited

    @property
    def state(self) -> State:
        """Return whether the hours are there, may still be, or cannot be any more."""
        if not self.missing:
            return State.MET
        return State.NOT_YET if self.reachable >= self.asked else State.CANNOT


def outlook_of(
    claims: Sequence[Claim], ahead: Sequence[Claim], policy: Policy, *, course_seconds: int
) -> Outlook | None:
    """Return where somebody stands; None where no hours are asked for.

    ``ahead`` is what may still be earned, at its best; it stands in for what is claimed of the same session.
    """
    if policy.asked_seconds is None:
        return None
    credited = ledger_of(claims, policy, course_seconds=course_seconds).seconds()
    open_keys = {(each.source, each.key) for each in ahead}
    best = [*ahead, *(each for each in claims if (each.source, each.key) not in open_keys)]
    most = ledger_of(best, policy, course_seconds=course_seconds).seconds()
    return Outlook(credited=credited, reachable=max(credited, most), asked=policy.asked_seconds)


def read_hours(text: str) -> int | None:
    """Return the seconds of hours that somebody typed as 12, 12.5, 12,5 or 12:30; None for anything else."""
    plain = text.strip().replace(",", ".")
    if found := CLOCKED.fullmatch(plain):
        return (int(found[1]) * 60 + int(found[2])) * MINUTE
    return int(Fraction(plain) * 60 * MINUTE) if DECIMAL.fullmatch(plain) else None


def write_hours(seconds: int) -> str:
    """Return seconds as ``read_hours`` reads them: 12:30."""
    hours, minutes = divmod(seconds // MINUTE, 60)
    return f"{hours}:{minutes:02}"

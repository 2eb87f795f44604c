"""On which days a series meets. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import takewhile
from typing import Final

MOST: Final = 100
"""Meetings of one series."""
LONGEST: Final = timedelta(days=800)
"""How far from its first day a series looks for days."""
ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
LATIN: Final = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", re.ASCII)


class Rhythm(StrEnum):
    """How the days of a series follow each other."""

    WEEKLY = "weekly"
    """On chosen days of the week."""
    DAILY = "daily"
    """One day after another, such as a workshop of three days."""
    LISTED = "listed"
    """On the days that somebody wrote."""


class Reach(StrEnum):
    """Which meetings of a series a change is for, beside the one from which it is asked."""

    FOLLOWING = "following"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """What whoever plans a series says about its days."""

    rhythm: Rhythm
    first: date
    weekdays: frozenset[int] = frozenset()
    """Monday is 0."""
    count: int | None = None
    """Meetings to hold; days that are skipped do not count."""
    until: date | None = None
    """Last day that may be one."""
    listed: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days of a series, in order."""

    held: tuple[date, ...]
    skipped: tuple[tuple[date, str], ...]
    """Days that would have been one, with why nobody works."""


def days_of(pattern: Pattern, holidays: Mapping[date, str]) -> Days:
    """Return the days of a series without those on which nobody works; at most 100, within 800 days."""
    held: list[date] = []
    skipped: list[tuple[date, str]] = []
    for day in _candidates(pattern):
        if len(held) >= min(pattern.count or MOST, MOST):
            break
        if day in holidays:
            skipped.append((day, holidays[day]))
        else:
            held.append(day)
    return Days(held=tuple(held), skipped=tuple(skipped))


def _candidates(pattern: Pattern) -> Iterator[date]:
    if pattern.rhythm is Rhythm.LISTED:
        return iter(sorted(set(pattern.listed)))
    last = pattern.first + LONGEST
    if pattern.until:
        last = min(last, pattern.until)
    days = (pattern.first + timedelta(days=n) for n in range(LONGEST.days + 1))
    within = takewhile(lambda day: day <= last, days)
    if pattern.rhythm is Rhythm.DAILY:
        return within
    return (day for day in within if day.weekday() in pattern.weekdays)


def read_day(text: str) -> date | None:
    """Return a day that somebody wrote as 2026-11-27 or 27/11/2026; None for anything else."""
    plain = text.strip()
    if found := ISO.fullmatch(plain):
        year, month, day = map(int, found.groups())
    elif found := LATIN.fullmatch(plain):
        day, month, year = map(int, found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def titled(title: str, number: int) -> str:
    """Return the title of one meeting of a series: its number stands where the sign # does."""
    return title.replace("#", str(number))

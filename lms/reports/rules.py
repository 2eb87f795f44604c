"""Decisions about figures: what the finding says, and which months a period shows. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lms.core.small_cells import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many member institutions have at least so many people who completed."""

    minimum: int
    reached: int
    hidden: int
    """Members whose figure is protected: they are in no other count."""
    members: int
    """Institutions with a seat."""
    guests: Sequence[str]
    """Permanent guests that the table lists: they are in none of these counts."""


def finding(completed: Cell, enrolled: Cell) -> tuple[str, int, int] | None:
    """Return the headline as (kind, numerator, denominator) in small whole numbers, None when it is protected.

    Kinds: "all", "none", "fraction" (about a/b of the people; b at most 10
    but for the first and the last twentieth of the people).
    """
    if not isinstance(completed, int) or not isinstance(enrolled, int) or not enrolled:
        return None
    if not completed:
        return "none", 0, 1
    if completed == enrolled:
        return "all", 1, 1
    value = completed / enrolled
    for below in range(2, 11):
        above = round(value * below)
        if 0 < above < below and abs(value - above / below) <= 0.02:
            return "fraction", above, below
    tenths = round(value * 10)
    if 0 < tenths < 10:
        return "fraction", tenths, 10
    few = round(1 / min(value, 1 - value))
    return "fraction", (few - 1 if tenths else 1), few


def months_ending(last: date, count: int = 12) -> list[date]:
    """Return the first days of the ``count`` months that end with the month of ``last``."""
    index = last.year * 12 + last.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(index - count + 1, index + 1)]

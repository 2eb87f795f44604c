"""Decisions about figures: what the finding says, and which months a period shows. Pure."""

from datetime import date

from lms.core.small_cells import Cell


def finding(completed: Cell, enrolled: Cell) -> tuple[str, int, int] | None:
    """Return the headline as (kind, numerator, denominator) in small whole numbers, None when it is protected.

    Kinds: "all", "none", "fraction" (about a/b of the people, b at most 10, within two points).
    """
    if not isinstance(completed, int) or not isinstance(enrolled, int) or not enrolled:
        return None
    if completed == enrolled:
        return "all", 1, 1
    value = completed / enrolled
    for below in range(2, 11):
        above = round(value * below)
        if 0 < above < below and abs(value - above / below) <= 0.02:
            return "fraction", above, below
    return "fraction", max(1, min(9, round(value * 10))), 10


def months_ending(last: date, count: int = 12) -> list[date]:
    """Return the first days of the ``count`` months that end with the month of ``last``."""
    index = last.year * 12 + last.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(index - count + 1, index + 1)]

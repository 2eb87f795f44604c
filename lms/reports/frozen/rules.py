"""Decisions about quarterly reports: quarters, folios, when one is due. Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Self

_NAME: Final = re.compile(r"(20\d\d)-Q([1-4])")
MOST_DAYS: Final = 60
"""A report is prepared at most so many days after its quarter."""


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of a year."""

    year: int
    number: int
    """From 1 to 4."""

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the quarter that holds a day."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def named(cls, name: str) -> Self | None:
        """Return the quarter of a name such as "2026-Q4", None for what is none."""
        found = _NAME.fullmatch(name)
        return cls(int(found[1]), int(found[2])) if found else None

    @property
    def name(self) -> str:
        """Return the name by which figures are kept: 2026-Q4."""
        return f"{self.year}-Q{self.number}"

    @property
    def first(self) -> date:
        """Return the first day."""
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last(self) -> date:
        """Return the last day."""
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> "Quarter":
        """Return the one after."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def previous(self) -> "Quarter":
        """Return the one before."""
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, 4)


def quarters_until(day: date, count: int) -> list[Quarter]:
    """Return the quarter that holds a day and those before it, the newest first."""
    found = [Quarter.of(day)]
    while len(found) < count:
        found.append(found[-1].previous)
    return found


def due_quarter(today: date, *, days_after: int) -> Quarter | None:
    """Return the quarter whose report is due: the last one over, so many days after it ended; None before that."""
    quarter = Quarter.of(today).previous
    return quarter if (today - quarter.last).days >= days_after else None


def folio_of(authority: str, year: int, number: int) -> str:
    """Return the folio of a report, such as QROO-INF-2026-003: the versions of one share it."""
    return f"{authority}-INF-{year}-{number:03d}"

"""Reports: a plugin says what the numbers are; the reports slice does scope, suppression, screen and files."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from lms.core.actors import Permission, Reach
from lms.core.text import Text


class ColumnKind(StrEnum):
    """How a column is written and summed."""

    TEXT = "text"
    COUNT = "count"
    """People. Cells under 5 are suppressed."""
    PERCENT = "percent"
    """A share in [0, 1]; hidden when a count it comes from is hidden."""
    PART = "part"
    """A share in [0, 1] that no target is about; hidden when a count it comes from is hidden."""
    POINTS = "points"
    """A change of a share, in percentage points as a fraction; hidden when a count it comes from is hidden."""
    NUMBER = "number"
    """A number with decimals that is made of counts, such as a mean; hidden when a count it comes from is hidden."""
    TARGET = "target"
    """A share that was agreed, never hidden."""
    SECTOR = "sector"
    """A key of the table of sectors; None for bodies of no single sector."""
    DATE = "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a report."""

    name: str
    label: Text
    kind: ColumnKind = ColumnKind.TEXT
    of: tuple[str, ...] = ()
    """For a percent: the count columns (part, whole); for points: (part now, part before, whole)."""
    is_internal: bool = False
    """Counted and protected like the others, but only used to make another column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From the first day to the last, both counted."""

    first: date
    last: date
    name: str = ""
    """Of the period that these days are until today, where the days alone do not say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of a report: which programme, which period, how far the asker may see."""

    programme_id: UUID
    period: Period
    reach: Reach
    sector: str | None = None
    basis: str = "then"
    """``then``: where people were enrolled; ``now``: where they work today."""
    territory: str = ""
    """Only institutions of this territory; empty for all."""
    words: str = ""
    """Only institutions whose names or territory have these words; empty for all."""
    group: str = "institution"
    """What a row is: ``institution``, ``sector`` or ``period``; ``matrix`` has a column for each part of the period."""

    @property
    def sees_whole_programme(self) -> bool:
        """Say whether the asker sees every institution of the programme, not only their own subtree."""
        return self.reach.everywhere or self.programme_id in self.reach.programmes


Row = tuple[str | int | float | date | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """What a figure counts, in words: people who decide by it must be able to defend it."""

    key: str
    """Name of the column that shows it, where a table does."""
    label: Text
    definition: Text
    numerator: Text
    denominator: Text = ""
    """Empty for plain counts."""
    excluded: Text
    """Who does not count."""
    unit: Text
    footnote: Text = ""


class Report(ABC):
    """A table of figures, the same on screen and in every file because it only ever returns rows."""

    name: ClassVar[str]
    label: ClassVar[Text]
    permission: ClassVar[Permission]
    columns: ClassVar[tuple[Column, ...]]
    indicators: ClassVar[tuple[Indicator, ...]] = ()
    """Definitions of the columns that count, which the page of definitions lists; one for each such column."""

    @abstractmethod
    def rows(self, question: Question) -> Sequence[Row]:
        """Return the rows, one value per column, before suppression."""

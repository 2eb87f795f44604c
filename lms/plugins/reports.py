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
    POINTS = "points"
    """A change of a share, in percentage points as a fraction; hidden when a count it comes from is hidden."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of a report: which programme, which period, how far the asker may see."""

    programme_id: UUID
    period: Period
    reach: Reach
    sector: str | None = None

    @property
    def sees_whole_programme(self) -> bool:
        """Say whether the asker sees every institution of the programme, not only their own subtree."""
        return self.reach.everywhere or self.programme_id in self.reach.programmes


Row = tuple[str | int | float | date | None, ...]


class Report(ABC):
    """A table of figures, the same on screen and in every file because it only ever returns rows."""

    name: ClassVar[str]
    label: ClassVar[Text]
    permission: ClassVar[Permission]
    columns: ClassVar[tuple[Column, ...]]

    @abstractmethod
    def rows(self, question: Question) -> Sequence[Row]:
        """Return the rows, one value per column, before suppression."""

"""What a row of a file says, and what saving it would do. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from lms.core.tabular import Sheet, SheetRow
from lms.core.text import Text

REASON: Final = "motivo"
"""Name of the column that a file of errors adds; a file that is sent again may still carry it."""
ADDRESS: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")


class Outcome(StrEnum):
    """What saving a row does."""

    ADD = "add"
    CHANGE = "change"
    KNOWN = "known"
    """It is there already, exactly so."""
    POSSIBLE = "possible"
    """It may be somebody who is there already: it is left out unless somebody says to add it."""
    REPEATED = "repeated"
    """An earlier row of the file is the same person: it is left out."""
    ERROR = "error"
    """It is left out."""


LEFT_OUT: Final = frozenset({Outcome.POSSIBLE, Outcome.REPEATED, Outcome.ERROR})
"""Rows that come back in a file with the reason of each."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one row of the file comes to."""

    row: SheetRow
    outcome: Outcome
    label: str
    """What people call the thing that the row is about."""
    detail: str = ""
    """What changes, whom it may be, or what is wrong and in which column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A column that a file may have."""

    name: str
    label: Text
    """Heading of the column in the model file."""
    aliases: tuple[str, ...]
    """Every heading under which offices send it, folded or not."""
    hint: Text = ""
    is_needed: bool = False
    longest: int = 250

    @property
    def headings(self) -> tuple[str, ...]:
        """Return every heading that names the column, that of the model file in the reader's language too."""
        return *self.aliases, str(self.label)


@dataclass(frozen=True, slots=True)
class Line:
    """One row with its cells under the names of the fields."""

    row: SheetRow
    values: dict[str, str]
    is_broken: bool = False
    """Whether it has more cells than the heading: a separator inside a text without quotes."""

    def __getitem__(self, name: str) -> str:
        """Return the cell of a field; empty when the file lacks the column."""
        return self.values[name]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows of a file come to each outcome."""

    counts: dict[Outcome, int] = field(default_factory=dict)

    def __getitem__(self, outcome: Outcome) -> int:
        """Return how many rows come to this."""
        return self.counts.get(outcome, 0)

    @property
    def to_save(self) -> int:
        """Return how many rows saving would write."""
        return self[Outcome.ADD] + self[Outcome.CHANGE]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What whoever looked at the verdicts asked for."""

    invites: bool = False
    """Whether new people are invited."""
    adds_possible: bool = False
    """Whether rows that may be somebody who is known are added as new people."""


def tally(verdicts: Iterable[Verdict]) -> Tally:
    """Count the verdicts."""
    counts: dict[Outcome, int] = {}
    for verdict in verdicts:
        counts[verdict.outcome] = counts.get(verdict.outcome, 0) + 1
    return Tally(counts)


def missing_fields(sheet: Sheet, fields: Sequence[Field]) -> list[Field]:
    """Return the needed columns that the heading lacks."""
    return [each for each in fields if each.is_needed and sheet.find(each.headings) is None]


def lines_of(sheet: Sheet, fields: Sequence[Field]) -> list[Line]:
    """Return the rows of a file under the names of the fields."""
    places = {each.name: sheet.find(each.headings) for each in fields}
    width = len(sheet.header)
    return [
        Line(row, {name: clean(row.at(place)) for name, place in places.items()}, len(row.cells) > width)
        for row in sheet.rows
    ]


def clean(text: str) -> str:
    """Return a cell with composed letters and single spaces, without characters that nobody sees.

    The same name comes as "ñ" in one letter from Windows and in two from a Mac.
    """
    plain = unicodedata.normalize("NFC", text)
    return " ".join(
        "".join(c for c in plain if c in "\u200c\u200d" or unicodedata.category(c) != "Cf").split()
    )


def parse_day(text: str) -> date:
    """Return the day written as 2026-11-20 or 20/11/2026; raises ValueError."""
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    else:
        message = f"not a day: {text}"
        raise ValueError(message)
    return date(year, month, day)


def is_address(text: str) -> bool:
    """Say whether a text looks like an e-mail address."""
    return ADDRESS.fullmatch(text) is not None and len(text) <= 254

"""Decisions about sheets on paper: the letter of a row, what was typed, what changed since it was printed. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from lms.attendance.paper.errors import CheckLetterWrong, RowMissing, RowsUnreadable

BLANK_ROWS: Final = 8
"""Rows at the end of a sheet for people who are on no list."""
SCAN_LIFE: Final = timedelta(days=365)
"""How long after its meeting the picture of a signed sheet is kept."""
LETTERS: Final = "ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without I, L and O, which pens write like numbers. Their count is a prime."""
_ROW: Final = re.compile(r"(\d{1,4})([A-Z]?)(?:-(\d{1,4})([A-Z]?))?", re.ASCII)


def letter_of(sheet: str, number: int) -> str:
    """Return the letter beside a row's number: neighbours and other sheets have another, but for one in 23."""
    return LETTERS[(int(sha256(sheet.encode()).hexdigest(), 16) + 7 * number) % len(LETTERS)]


def row_code(sheet: str, number: int) -> str:
    """Return the code of a row as it is printed: 14K."""
    return f"{number}{letter_of(sheet, number)}"


def read_rows(typed: str, *, sheet: str, count: int) -> frozenset[int]:
    """Return the numbers of rows that were typed as «1-14, 17» or with their letters as «1K-14C 17Q».

    Raises RowsUnreadable, RowMissing and CheckLetterWrong.
    """
    plain = re.sub(r"\s*[-–—]\s*", "-", typed.upper())
    found: set[int] = set()
    for piece in re.split(r"[\s,;]+", plain.strip(" ,;\t\n\r")) if plain.strip(" ,;\t\n\r") else ():
        match = _ROW.fullmatch(piece)
        if match is None:
            raise RowsUnreadable(piece)
        first, last = int(match[1]), int(match[3] or match[1])
        if first > last:
            raise RowsUnreadable(piece)
        for number, letter in ((first, match[2]), (last, match[4] or "")):
            _check(number, letter, sheet=sheet, count=count)
        found |= set(range(first, last + 1))
    return frozenset(found)


def _check(number: int, letter: str, *, sheet: str, count: int) -> None:
    if not 1 <= number <= count:
        raise RowMissing(number)
    if letter and letter != letter_of(sheet, number):
        raise CheckLetterWrong(f"{number}{letter}")


def in_ranges(numbers: Iterable[int]) -> str:
    """Return numbers as people write them: «1-4, 7»."""
    runs: list[list[int]] = []
    for each in sorted(numbers):
        if runs and each == runs[-1][-1] + 1:
            runs[-1].append(each)
        else:
            runs.append([each])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """How a cohort differs from the sheet that was printed of it."""

    gone: tuple[int, ...]
    """Rows of people who take no part any more."""
    fresh: tuple[UUID, ...]
    """Enrolments that are on no row."""
    moved: tuple[int, ...]
    """Rows that would have another number if the sheet were printed now."""

    def __bool__(self) -> bool:
        """Say whether anything differs."""
        return bool(self.gone or self.fresh or self.moved)


def changes(printed: Mapping[int, UUID], current: Sequence[UUID]) -> Changes:
    """Return what changed since rows were printed; the rows of a sheet stay whose they were."""
    places = {key: number for number, key in enumerate(current, start=1)}
    on_sheet = set(printed.values())
    return Changes(
        gone=tuple(sorted(number for number, key in printed.items() if key not in places)),
        fresh=tuple(key for key in current if key not in on_sheet),
        moved=tuple(sorted(number for number, key in printed.items() if places.get(key, number) != number)),
    )

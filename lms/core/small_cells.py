"""Small cells: which figures of a table are hidden, and which others with them so that no total tells them. Pure.

Suppression follows the threshold rule with secondary suppression of the Handbook on Statistical Disclosure Control
(Hundepool and others, Essnet 2010, chapter 4): a cell of fewer than five persons is hidden, and then enough other
cells that no hidden one follows from the total.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

SMALLEST = 5
"""Groups of fewer persons than this are never shown."""


class Hidden(Enum):
    """Why a cell is hidden."""

    SMALL = "<5"
    """It counts fewer than five persons."""
    PROTECTS = "×"
    """It would tell a small cell by subtraction, or is made from a hidden one."""


Cell = str | int | float | date | None | Hidden


@dataclass(frozen=True, slots=True)
class Counts:
    """The count columns of one table after suppression, row by row, with their totals."""

    rows: tuple[tuple[int | Hidden, ...], ...]
    totals: tuple[int | Hidden, ...]
    group_totals: tuple[tuple[int | Hidden, ...], ...] = ()
    """Totals of the groups that were asked for, in their order."""


def suppress(rows: Sequence[Sequence[int]], groups: Sequence[Sequence[int]] = ()) -> Counts:
    """Return the counts with small cells hidden, and others with them, so that no total tells a hidden one.

    The first column is the population of the row: when it is small the whole row is hidden. A population of
    nobody is shown as 0 (it tells of no person). ``groups`` are sets of row positions whose totals are shown
    too, such as the sectors. A total is hidden when no other cell is left to hide.
    """
    width = len(rows[0]) if rows else 0
    small = [{column for column in range(width) if _is_small(row, column)} for row in rows]
    hidden = [set(range(width)) if 0 in columns else set(columns) for columns in small]
    sets = [*groups, range(len(rows))]
    open_totals = _protect(rows, hidden, sets)
    shown = tuple(
        tuple(_cell(row[column], column in hidden[index], column in small[index]) for column in range(width))
        for index, row in enumerate(rows)
    )
    totals = [
        tuple(_total(sum(rows[i][c] for i in inside), is_open=open_totals[n][c]) for c in range(width))
        for n, inside in enumerate(sets)
    ]
    return Counts(shown, totals[-1], tuple(totals[:-1]))


def _protect(
    rows: Sequence[Sequence[int]], hidden: list[set[int]], sets: Sequence[Sequence[int]]
) -> list[list[bool]]:
    """Hide further cells until no total of these sets tells one; return which totals may be shown.

    Hiding for one set can leave a lone hidden cell in another, so it repeats until nothing changes.
    """
    width = len(rows[0]) if rows else 0
    while True:
        before = [set(columns) for columns in hidden]
        open_totals = [
            [_protect_total(rows, hidden, inside, column) for column in range(width)] for inside in sets
        ]
        for columns in hidden:
            if 0 in columns:
                columns.update(range(width))
        if before == hidden:
            return open_totals


def _is_small(row: Sequence[int], column: int) -> bool:
    return row[0] > 0 and row[column] < SMALLEST


def _protect_total(
    rows: Sequence[Sequence[int]], hidden: list[set[int]], inside: Sequence[int], column: int
) -> bool:
    """Hide further cells of a column inside a set until its total tells none; say whether it may be shown."""
    closed = [index for index in inside if column in hidden[index]]
    candidates = sorted(
        (index for index in inside if column not in hidden[index] and rows[index][0] > 0),
        key=lambda index: (rows[index][0], index),
    )
    while closed and (len(closed) == 1 or sum(rows[index][column] for index in closed) < SMALLEST):
        if not candidates:
            return False
        chosen = candidates.pop(0)
        hidden[chosen].add(column)
        closed.append(chosen)
    return True


def _cell(value: int, is_hidden: bool, is_small: bool) -> int | Hidden:  # noqa: FBT001  # both are facts about the cell
    if not is_hidden:
        return value
    return Hidden.SMALL if is_small else Hidden.PROTECTS


def _total(value: int, *, is_open: bool) -> int | Hidden:
    if 0 < value < SMALLEST:
        return Hidden.SMALL
    return value if is_open else Hidden.PROTECTS


def protect_parts(parts: tuple[int, int, int]) -> tuple[int | Hidden, int | Hidden, int | Hidden]:
    """Return the parts of one shown whole, hiding small ones and the next smallest when one alone would follow."""
    hidden = {index for index, part in enumerate(parts) if 0 < part < SMALLEST}
    rest = sorted((part, index) for index, part in enumerate(parts) if index not in hidden and part)
    while hidden and rest and (len(hidden) == 1 or sum(parts[index] for index in hidden) < SMALLEST):
        hidden.add(rest.pop(0)[1])
    first, second, third = (
        (Hidden.SMALL if part < SMALLEST else Hidden.PROTECTS) if index in hidden else part
        for index, part in enumerate(parts)
    )
    return first, second, third


def share(part: int | Hidden, whole: int | Hidden) -> float | Hidden | None:
    """Return a fraction in [0, 1]; hidden when either count is, None when there is nobody."""
    if isinstance(part, Hidden) or isinstance(whole, Hidden):
        return Hidden.PROTECTS
    return part / whole if whole else None

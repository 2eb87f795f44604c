"""What a correction may say anew: never a change of fewer than five people, not even by subtracting two versions.

Both versions stay readable. A cell that changed by one to four people is hidden in the later one, and so is every
total from which the change of the hidden cells would follow: the rule of small cells, on the differences. Pure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lms.core.small_cells import SMALLEST, Hidden
from lms.reports.frozen.snapshot import SnapCell, Snapshot, SnapTable

SUMS = "-by-sector"
"""Ends the name of the table with the sums of another one by sector."""
AGREED = frozenset({"goal"})
"""Counts of nobody: numbers that were agreed."""
OVERLAPPING = frozenset({"reached"})
"""Counts whose rows overlap: what changed is not told anew."""
STEPS = ("enrolled", "started", "halfway", "completed", "certified")
"""The columns whose totals the steps of the funnel are, in order."""
Deltas = Mapping[str, int | None]
"""By how much each row changed; None where one of the versions does not show it."""


def protect_changes(earlier: Sequence[Snapshot], new: Snapshot) -> Snapshot:
    """Return a version with everything hidden that, beside any earlier one, tells a change of one to four people."""
    while True:
        before = new
        for old in earlier:
            new = _protect(old, new)
        if new == before:
            return new


def protect_growth(others: Sequence[Snapshot], new: Snapshot) -> Snapshot:
    """Return a report without figures that grew by one to four people since the report of another quarter.

    Those of targets run on from quarter to quarter, and every report stays readable: two of them would tell of few.
    """
    tables = []
    for table in new.tables:
        names = [column.name for column in table.columns if column.name in OVERLAPPING]
        known = [before for old in others if (before := old.table(table.name))] if names else []
        small = {
            key
            for before in known
            for name in names
            for key, delta in _deltas(before, table, name).items()
            if delta is not None and _is_small(delta)
        }
        tables.append(
            replace(table, rows=tuple(_closed(table, row, key in small) for key, row in table.keyed()))
        )
    return replace(new, tables=tuple(tables))


def _closed(table: SnapTable, row: Sequence[SnapCell], is_small: bool) -> tuple[SnapCell, ...]:  # noqa: FBT001  # one call
    """Return a row of a target, without what was reached and its share where that is asked."""
    if not is_small:
        return tuple(row)
    return tuple(
        Hidden.PROTECTS if column.name in OVERLAPPING or column.kind == "percent" else cell
        for column, cell in zip(table.columns, row, strict=True)
    )


def _protect(old: Snapshot, new: Snapshot) -> Snapshot:
    tables, hidden_totals = [], set[str]()
    for table in new.tables:
        before = old.table(table.name)
        if before is None or table.name.endswith(SUMS):
            continue
        sums = new.table(table.name + SUMS)
        change = _Change(before, table, old.table(table.name + SUMS), sums)
        hidden_totals |= change.hidden_totals
        tables += [change.rows_table(), *([change.sums_table()] if sums else [])]
    known = {table.name: table for table in tables}
    return replace(
        new,
        tables=tuple(
            _without_steps(known.get(table.name, table), hidden_totals)
            if table.place_of("step") is not None
            else known.get(table.name, table)
            for table in new.tables
        ),
    )


def _is_small(value: int) -> bool:
    return 0 < abs(value) < SMALLEST


def _deltas(before: SnapTable, after: SnapTable, column: str) -> Deltas:
    """Return the change of each row; a row that was not there counts as nobody."""
    was, now = before.cells_of(column), after.cells_of(column)
    found: dict[str, int | None] = {}
    for key in (*now, *(key for key in was if key not in now)):
        first, second = was.get(key, 0), now.get(key, 0)
        found[key] = second - first if isinstance(first, int) and isinstance(second, int) else None
    return found


@dataclass(frozen=True, slots=True)
class _Told:
    """What of a column may be told: rows, sums by sector, the total."""

    rows: frozenset[str]
    """Rows to hide."""
    sums: frozenset[str]
    total: bool
    """Whether the total is hidden."""


class _Change:
    """One table in two versions, with its sums by sector."""

    def __init__(
        self, before: SnapTable, after: SnapTable, sums_before: SnapTable | None, sums: SnapTable | None
    ) -> None:
        self.before, self.after, self.sums_before, self.sums = before, after, sums_before, sums
        self.counts = [
            column.name for column in after.columns if column.kind == "count" and column.name not in AGREED
        ]
        self.told = {name: self._judge(name) for name in self.counts if before.place_of(name) is not None}

    @property
    def hidden_totals(self) -> set[str]:
        """Return the columns whose total is hidden."""
        return {name for name, told in self.told.items() if told.total}

    def _judge(self, name: str) -> _Told:
        deltas = _deltas(self.before, self.after, name)
        small = {key for key, delta in deltas.items() if delta is not None and _is_small(delta)}
        if name in OVERLAPPING:
            return _Told(frozenset(key for key, delta in deltas.items() if delta), frozenset(), total=False)
        shown = {key: delta for key, delta in deltas.items() if delta is not None and key not in small}
        sectors = _deltas(self.sums_before, self.sums, name) if self.sums and self.sums_before else {}
        inside = self._inside(shown)
        hidden = {
            key for key, delta in sectors.items()
            if delta is not None and (_is_small(delta) or _is_small(delta - inside.get(key, 0)))
        }  # fmt: skip
        open_sectors = {
            key: delta for key, delta in sectors.items() if delta is not None and key not in hidden
        }
        rest = sum(open_sectors.values()) + sum(
            delta for key, delta in inside.items() if key not in open_sectors
        )
        total = self._total(name)
        is_hidden = total is not None and (_is_small(total) or _is_small(total - rest))
        return _Told(frozenset(small), frozenset(hidden), total=is_hidden)

    def _inside(self, shown: Mapping[str, int]) -> dict[str, int]:
        """Return the change of the shown rows of each sector, by what its row of sums is called."""
        found: dict[str, int] = {}
        rows = {
            key: (row, table.place_of("sector"))
            for table in (self.before, self.after)
            for key, row in table.keyed()
        }
        for key, delta in shown.items():
            row, place = rows[key]
            sector = "" if place is None else str(row[place])
            found[sector] = found.get(sector, 0) + delta
        return found

    def _total(self, name: str) -> int | None:
        if not self.before.totals or not self.after.totals:
            return None
        first = self.before.totals[self.before.place(name)]
        second = self.after.totals[self.after.place(name)]
        return second - first if isinstance(first, int) and isinstance(second, int) else None

    def rows_table(self) -> SnapTable:
        """Return the table with its rows and its total as they may be told."""
        old = dict(self.before.keyed())
        rows = tuple(
            self._line(self.after, row, self.before, old.get(key), self._hidden(key))
            for key, row in self.after.keyed()
        )
        return replace(
            self.after,
            rows=rows,
            totals=self._line(
                self.after, self.after.totals, self.before, self.before.totals or None, self.hidden_totals
            )
            if self.after.totals
            else (),
        )

    def sums_table(self) -> SnapTable:
        """Return the sums by sector as they may be told."""
        sums = self.sums or self.after
        if self.sums_before is None:
            return sums
        old = dict(self.sums_before.keyed())
        rows = tuple(
            self._line(
                sums, row, self.sums_before, old.get(key),
                {name for name, told in self.told.items() if key in told.sums},
            )
            for key, row in sums.keyed()
        )  # fmt: skip
        return replace(sums, rows=rows)

    def _hidden(self, key: str) -> set[str]:
        return {name for name, told in self.told.items() if key in told.rows}

    def _line(
        self, table: SnapTable, row: Sequence[SnapCell], before: SnapTable, old: Sequence[SnapCell] | None,
        hidden: set[str],
    ) -> tuple[SnapCell, ...]:  # fmt: skip
        """Return a row with its hidden counts, and without figures made of people whose change is not told."""
        was = {column.name: cell for column, cell in zip(before.columns, old, strict=True)} if old else {}
        has_grown = any(self._grew(row[table.place(name)], was.get(name, 0)) for name in self.told)
        is_open = not hidden and has_grown
        cells = []
        for column, cell in zip(table.columns, row, strict=True):
            is_made = column.kind not in {"text", "sector", "count", "target"}
            is_new = column.name in was and was[column.name] != cell
            is_closed = column.name in hidden or (is_made and is_new and not is_open)
            cells.append(Hidden.PROTECTS if is_closed and not isinstance(cell, Hidden) else cell)
        return tuple(cells)

    @staticmethod
    def _grew(now: SnapCell, was: SnapCell) -> bool:
        return isinstance(now, int) and isinstance(was, int) and abs(now - was) >= SMALLEST


def _without_steps(table: SnapTable, hidden: set[str]) -> SnapTable:
    """Return the funnel without the steps that are totals which are hidden."""
    rows = tuple(
        (row[0], Hidden.PROTECTS, Hidden.PROTECTS) if name in hidden else row
        for name, row in zip(STEPS, table.rows, strict=False)
    )
    return replace(table, rows=rows)

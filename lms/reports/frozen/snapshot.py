"""What a report froze: its tables with small cells hidden, its sentences and definitions, as a value and as JSON.

Pure. Nothing but what was shown is in it: a hidden cell says only that it is hidden and why.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Self

from lms.core.small_cells import Hidden

FORMAT: Final = "ruta-quarterly/1"
_HIDDEN: Final = {Hidden.SMALL: "small", Hidden.PROTECTS: "protects"}
_NAMES: Final = {name: hidden for hidden, name in _HIDDEN.items()}

SnapCell = str | int | float | None | Hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapColumn:
    """A column of a frozen table."""

    name: str
    label: str
    kind: str
    """text, sector, count, percent, points or target; percents are fractions of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapTable:
    """A frozen table; its texts are written in the language of the report."""

    name: str
    title: str
    columns: tuple[SnapColumn, ...]
    rows: tuple[tuple[SnapCell, ...], ...]
    totals: tuple[SnapCell, ...] = ()
    """Empty where a total says nothing."""
    marks: tuple[str, ...] = ()
    """The sector of each row, for its colour in charts; empty where rows have none."""

    def place(self, name: str) -> int:
        """Return the position of a column."""
        return next(at for at, column in enumerate(self.columns) if column.name == name)

    def place_of(self, name: str) -> int | None:
        """Return the position of a column; None where there is none."""
        return next((at for at, column in enumerate(self.columns) if column.name == name), None)

    def keyed(self) -> list[tuple[str, tuple[SnapCell, ...]]]:
        """Return the rows by what each is known by; those that are called alike are numbered."""
        found: dict[str, tuple[SnapCell, ...]] = {}
        for row in self.rows:
            name, number = self.key_of(row), 2
            while name in found:
                name, number = f"{self.key_of(row)} ({number})", number + 1
            found[name] = row
        return list(found.items())

    def cells_of(self, name: str) -> dict[str, SnapCell]:
        """Return a column, by what each row is known by."""
        place = self.place_of(name)
        return {} if place is None else {key: row[place] for key, row in self.keyed()}

    def key_of(self, row: Sequence[SnapCell]) -> str:
        """Return by what a row is known: its texts."""
        pairs = zip(self.columns, row, strict=True)
        return " · ".join(str(cell) for column, cell in pairs if column.kind in {"text", "sector"} and cell)


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What a word of the tables counts."""

    term: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A cell that a later version says otherwise; None where the row was not, or is no longer, there."""

    table: str
    row: str
    column: str
    kind: str
    before: SnapCell
    after: SnapCell


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signs, by post."""

    name: str
    post: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything that a report says."""

    report_id: str
    programme: str
    authority: str
    issuer: str
    territory: str
    period: str
    """Name of the quarter: 2026-Q4."""
    first: str
    last: str
    cut_off: str
    """Instant of the figures, in ISO 8601 with the programme's own clock."""
    target: float
    findings: tuple[str, ...]
    tables: tuple[SnapTable, ...]
    definitions: tuple[Definition, ...]
    signers: tuple[Signer, ...]
    language: str = "es"
    folio: str = ""
    version: int = 1
    approved: str = ""
    introduction: str = ""
    remarks: str = ""
    reason: str = ""
    """Why there is this version; empty for the first."""
    differences: tuple[Difference, ...] = ()

    def table(self, name: str) -> SnapTable | None:
        """Return a table by its name."""
        return next((table for table in self.tables if table.name == name), None)

    def plain(self) -> dict[str, Any]:
        """Return the snapshot as values of JSON."""
        found: dict[str, Any] = _plain(asdict(self))
        return {"format": FORMAT, **found}

    def to_json(self) -> bytes:
        """Return the data file: the same snapshot is always the same bytes."""
        return (json.dumps(self.plain(), ensure_ascii=False, indent=1) + "\n").encode()

    @classmethod
    def from_plain(cls, data: Mapping[str, Any]) -> Self:
        """Return what ``plain`` wrote."""
        values = {name: value for name, value in data.items() if name != "format"}
        return cls(
            **{
                **values,
                "findings": tuple(values["findings"]),
                "tables": tuple(_table(each) for each in values["tables"]),
                "definitions": tuple(Definition(**each) for each in values["definitions"]),
                "signers": tuple(Signer(**each) for each in values["signers"]),
                "differences": tuple(_difference(each) for each in values["differences"]),
            }
        )


def differences(before: Snapshot, after: Snapshot) -> tuple[Difference, ...]:
    """Return every cell in which two versions differ, in the order of the later tables, then of rows that went."""
    found: list[Difference] = []
    for table in after.tables:
        earlier = before.table(table.name)
        found += _changes(earlier or replace(table, rows=(), totals=()), table)
    return tuple(found)


def _changes(before: SnapTable, after: SnapTable) -> list[Difference]:
    old, new = _by_key(before), _by_key(after)
    keys = [*new, *(key for key in old if key not in new)]
    kinds = {column.name: column for column in (*before.columns, *after.columns)}
    found = []
    for key in keys:
        was, now = old.get(key, {}), new.get(key, {})
        found += [
            Difference(
                table=after.title,
                row=key,
                column=column.label,
                kind=column.kind,
                before=was.get(name),
                after=now.get(name),
            )
            for name, column in kinds.items()
            if was.get(name) != now.get(name)
        ]
    return found


def _by_key(table: SnapTable) -> dict[str, dict[str, SnapCell]]:
    """Return the cells of each row by column; rows that are called alike are numbered."""
    found: dict[str, dict[str, SnapCell]] = {}
    lines = [(table.key_of(row), row) for row in table.rows]
    lines += [("Total", table.totals)] if table.totals else []
    for key, row in lines:
        name, number = key, 2
        while name in found:
            name, number = f"{key} ({number})", number + 1
        found[name] = {column.name: cell for column, cell in zip(table.columns, row, strict=True)}
    return found


def _plain(value: Any) -> Any:
    match value:
        case Hidden():
            return {"hidden": _HIDDEN[value]}
        case dict():
            return {key: _plain(each) for key, each in value.items()}
        case tuple() | list():
            return [_plain(each) for each in value]
        case _:
            return value


def _cell(value: Any) -> SnapCell:
    found: SnapCell = _NAMES[value["hidden"]] if isinstance(value, dict) else value
    return found


def _table(data: Mapping[str, Any]) -> SnapTable:
    return SnapTable(
        name=data["name"],
        title=data["title"],
        columns=tuple(SnapColumn(**each) for each in data["columns"]),
        rows=tuple(tuple(map(_cell, row)) for row in data["rows"]),
        totals=tuple(map(_cell, data["totals"])),
        marks=tuple(data["marks"]),
    )


def _difference(data: Mapping[str, Any]) -> Difference:
    return Difference(**{**data, "before": _cell(data["before"]), "after": _cell(data["after"])})

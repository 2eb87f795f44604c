"""A report's table as a file: the same rows in the same order, hidden cells hidden."""

import json
from collections.abc import Mapping

from lms.core.i18n import _
from lms.core.small_cells import Cell, Hidden
from lms.core.tabular import Column, Kind, Table
from lms.plugins.reports import ColumnKind
from lms.reports.service import ResultTable
from lms.web.sectors import SECTORS

KINDS = {
    ColumnKind.COUNT: Kind.WHOLE,
    ColumnKind.PERCENT: Kind.PERCENT,
    ColumnKind.TARGET: Kind.PERCENT,
    ColumnKind.PART: Kind.PERCENT,
    ColumnKind.POINTS: Kind.PERCENT,
    ColumnKind.NUMBER: Kind.DECIMAL,
    ColumnKind.DATE: Kind.DATE,
}
DIGITS = 4
"""Decimals of a fraction in files, as many as the screen can round from."""


def as_table(table: ResultTable, *, target: float) -> Table:
    """Return the table as core.tabular writes it, totals last, with the programme's own target beside them."""
    columns = [Column(column.label, KINDS.get(column.kind, Kind.TEXT)) for column in table.columns]
    rows = [[_plain(table, n, cell) for n, cell in enumerate(row)] for row in table.rows]
    total = [_plain(table, n, cell) for n, cell in enumerate(table.totals)]
    total[0] = _("Total")
    for n, column in enumerate(table.columns):
        if column.kind is ColumnKind.TARGET:
            total[n] = round(target, DIGITS)
    return Table(columns, [*rows, total] if rows and has_totals(table) else rows)


def has_totals(table: ResultTable) -> bool:
    """Say whether a line of totals says anything."""
    return any(cell is not None for cell in table.totals)


def _plain(table: ResultTable, position: int, cell: Cell) -> str | int | float | None:
    kind = table.columns[position].kind
    match cell:
        case Hidden():
            return "<5" if cell is Hidden.SMALL else _("protegido")
        case str() if kind is ColumnKind.SECTOR:
            return str(SECTORS[cell].label) if cell in SECTORS else cell
        case float():
            return round(cell, DIGITS)
        case None | str() | int():
            return cell
        case _:
            return cell.isoformat()


def to_json(table: ResultTable, *, title: str, target: float, asked: Mapping[str, str]) -> bytes:
    """Return the same cells as JSON: what was asked, the columns, the rows and the total."""
    written = as_table(table, target=target)
    names = [column.name for column in table.columns]
    rows = [dict(zip(names, row, strict=True)) for row in written.rows]
    columns = [
        {"name": each.name, "label": str(each.label), "kind": each.kind.value} for each in table.columns
    ]
    answer = {
        "title": title,
        "asked": asked,
        "columns": columns,
        "rows": rows[:-1] if has_totals(table) else rows,
        "total": rows[-1] if rows and has_totals(table) else None,
    }
    return json.dumps(answer, ensure_ascii=False, indent=1).encode()

"""A snapshot as tables for spreadsheets: the same rows in the same order, hidden cells hidden."""

import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Final

from lms.core.folding import fold
from lms.core.i18n import _, current_language
from lms.core.small_cells import Hidden
from lms.core.tabular import Cell, Column, Kind, Table, to_book, to_csv
from lms.core.text import Text
from lms.reports.frozen.snapshot import SnapCell, Snapshot, SnapTable
from lms.web.formats import MINUS, decimal, percent, thousands

KINDS: Final = {
    "count": Kind.WHOLE,
    "percent": Kind.PERCENT,
    "target": Kind.PERCENT,
    "part": Kind.PERCENT,
    "points": Kind.PERCENT,
    "number": Kind.DECIMAL,
}
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""The date of every file in an archive: the same snapshot is always the same bytes."""


def shown(cell: SnapCell) -> Cell:
    """Return a cell as files show it."""
    if isinstance(cell, Hidden):
        return "<5" if cell is Hidden.SMALL else str(_("protegido"))
    return cell


def table_of(table: SnapTable, *, target: float) -> Table:
    """Return a table as files write it, totals last, with the programme's own target beside them."""
    rows = [[shown(cell) for cell in row] for row in table.rows]
    if table.totals:
        total = [shown(cell) for cell in table.totals]
        total[0] = _("Total")
        for at, column in enumerate(table.columns):
            total[at] = target if column.kind == "target" else total[at]
        rows.append(total)
    return Table([Column(each.label, KINDS.get(each.kind, Kind.TEXT)) for each in table.columns], rows)


def sheets_of(snapshot: Snapshot) -> Iterator[tuple[str, Text, Table]]:
    """Yield every sheet: a plain name for its file, its title, its table."""
    yield "informe", _("Informe"), _about(snapshot)
    yield "hallazgos", _("Hallazgos"), _list(_("Hallazgo"), snapshot.findings)
    for number, table in enumerate(snapshot.tables, start=1):
        name = re.sub(r"[^a-z0-9]+", "-", fold(table.title)).strip("-")
        yield f"{number:02d}-{name}", f"{number} {table.title}", table_of(table, target=snapshot.target)
    if snapshot.differences:
        yield "cambios", _("Cambios"), differences_of(snapshot)
    yield "definiciones", _("Definiciones"), _definitions(snapshot)


def to_workbook(snapshot: Snapshot) -> bytes:
    """Return the workbook: one sheet per table, typed cells, a sheet of definitions."""
    sheets = [(title, table) for _name, title, table in sheets_of(snapshot)]
    return to_book(sheets, made_at=datetime.fromisoformat(snapshot.approved or snapshot.cut_off))


def to_archive(snapshot: Snapshot) -> bytes:
    """Return a ZIP with a CSV per table."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, _title, table in sheets_of(snapshot):
            pack.writestr(zipfile.ZipInfo(f"{name}.csv", _EARLIEST), to_csv(table))
    return out.getvalue()


def differences_of(snapshot: Snapshot) -> Table:
    """Return what a correction changed, cell by cell."""
    labels = (_("Tabla"), _("Renglón"), _("Columna"), _("Decía"), _("Dice"))
    rows = [
        [each.table, each.row, each.column, _written(each.before, each.kind), _written(each.after, each.kind)]
        for each in snapshot.differences
    ]
    return Table([Column(label) for label in labels], rows)


def _written(cell: SnapCell, kind: str) -> str:
    """Return a cell in words, as the reader's language writes numbers: a column of changes holds every kind."""
    language = current_language()
    match cell:
        case int() | float() if kind in {"percent", "part", "target"}:
            return percent(cell, 1, language=language)
        case int() | float() if kind == "points":
            sign = MINUS if cell < 0 else "+"
            return str(_("%(points)s puntos", points=sign + decimal(abs(cell) * 100, language=language)))
        case float():
            return decimal(cell, 2, language=language)
        case int():
            return thousands(cell, language=language)
        case _:
            return "—" if cell is None else str(shown(cell))


def _about(snapshot: Snapshot) -> Table:
    rows = [
        (_("Folio"), snapshot.folio),
        (_("Versión"), str(snapshot.version)),
        (_("Identificador"), snapshot.report_id),
        (_("Programa"), snapshot.programme),
        (_("Autoridad"), snapshot.issuer),
        (_("Periodo"), f"{snapshot.first} – {snapshot.last}"),
        (_("Corte de las cifras"), snapshot.cut_off),
        (_("Aprobado"), snapshot.approved),
        (_("Por qué se corrigió"), snapshot.reason),
        (_("Presentación"), snapshot.introduction),
        (_("Observaciones"), snapshot.remarks),
    ]
    return Table([Column(_("Dato")), Column(_("Valor"))], [row for row in rows if row[1]])


def _definitions(snapshot: Snapshot) -> Table:
    rows = [(each.term, each.text) for each in snapshot.definitions]
    return Table([Column(_("Término")), Column(_("Qué cuenta"))], rows)


def _list(label: str, lines: tuple[str, ...]) -> Table:
    return Table([Column(label)], [(line,) for line in lines])

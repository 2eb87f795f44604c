"""Reading the workbooks that offices send: the first sheet of an XLSX as the same value as a CSV."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from lms.core.i18n import _l
from lms.core.tabular import (
    ARCHIVE_MARK,
    MOST_COLUMNS,
    MOST_ROWS,
    FileEmpty,
    FileIsWorkbook,
    FileTooLong,
    FileUnreadable,
    Sheet,
    SheetRow,
    Table,
    armed,
    delimiter_of,
    most_bytes,
    padded,
    read_csv,
    to_csv,
    to_xlsx,
)
from lms.core.text import Text

MOST_UNPACKED: Final = 64 * 1024 * 1024
"""Bytes of everything inside a workbook: a small archive can hold a sheet that fills the memory."""
MOST_PARTS: Final = 500
WHOLE: Final = 1e15
"""Whole numbers up to here lose no digit in a spreadsheet."""


class Form(StrEnum):
    """How a table was written down."""

    CSV = "csv"
    XLSX = "xlsx"


class WorkbookUnreadable(FileUnreadable):
    """It begins like a workbook and is none, or holds more than a list of people does."""

    code = "tabular.workbook-unreadable"
    message = _l("No se pudo leer el libro de Excel. Guárdelo como «CSV UTF-8» e inténtelo de nuevo.")


def form_of(content: bytes) -> Form:
    """Say which of the two a file is, by its first bytes."""
    return Form.XLSX if content.startswith(ARCHIVE_MARK) else Form.CSV


def read_table(content: bytes, *, most_rows: int = MOST_ROWS) -> Sheet:
    """Read a CSV or the first visible sheet of an XLSX.

    Raises what ``read_csv`` raises, and WorkbookUnreadable. Formulas give the value that was saved with them;
    nothing is ever computed.
    """
    if form_of(content) is Form.CSV:
        return read_csv(content, most_rows=most_rows)
    return _sheet(list(_rows(next(read_grids(content, most_rows=most_rows), ()))), most_rows)


def read_grids(content: bytes, *, most_rows: int = MOST_ROWS) -> Iterator[Sequence[Sequence[object]]]:
    """Yield the cells of each visible sheet of an XLSX as they were saved, empty rows too, from the first row on.

    All sheets together have at most so many rows, and a hundred empty ones. Raises FileIsWorkbook, FileTooLong and
    WorkbookUnreadable.
    """
    _check_archive(content, most_bytes(most_rows))
    left = most_rows + 100
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = [each.name for each in book.sheets_metadata if each.visible is SheetVisibleEnum.Visible]
        for name in names or book.sheet_names:
            grid = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=max(left, 0))
            left -= len(grid)
            yield grid
    except (CalamineError, IndexError, ValueError, OSError) as error:
        raise WorkbookUnreadable from error


def write_like(table: Table, content: bytes, *, title: Text) -> bytes:
    """Return a table in the format of a file, with the separator that it has."""
    if form_of(content) is Form.XLSX:
        return to_xlsx(table, title=title)
    return to_csv(table, delimiter=delimiter_of(content))


def _check_archive(content: bytes, most: int) -> None:
    if len(content) > most:
        raise FileTooLong
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise FileIsWorkbook from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise WorkbookUnreadable


def _rows(found: Sequence[Sequence[object]]) -> Iterator[SheetRow]:
    for line, row in enumerate(found, 1):
        cells = tuple(armed(_text(cell).strip()) for cell in row)
        if any(cells):
            yield SheetRow(line, cells)


def _sheet(rows: list[SheetRow], most_rows: int) -> Sheet:
    if len(rows) < 2:
        raise FileEmpty
    if len(rows) > most_rows + 1:
        raise FileTooLong
    header = rows[0].cells
    while header and not header[-1]:
        header = header[:-1]
    if len(header) > MOST_COLUMNS:
        raise FileUnreadable
    return Sheet(header, tuple(SheetRow(row.line, padded(row.cells, len(header))) for row in rows[1:]))


def _text(cell: object) -> str:
    """Return a cell as somebody would have typed it: whole numbers without a point, days as 2026-01-15."""
    match cell:
        case bool():
            return "1" if cell else "0"
        case float() if cell.is_integer() and abs(cell) < WHOLE:
            return str(int(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime():
            return cell.isoformat(sep=" ")
        case date():
            return cell.isoformat()
        case _:
            return str(cell)

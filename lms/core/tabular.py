"""Tables in files: reading the CSV that offices send, and writing CSV and XLSX that spreadsheets open well."""

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from typing import Any, Final

import xlsxwriter

from lms.core.errors import DomainError
from lms.core.folding import fold
from lms.core.i18n import _l
from lms.core.text import Text

MOST_ROWS: Final = 2000
"""A file is saved in one transaction, about 2 ms a row; on SQLite other writers wait for it, ten seconds at most."""
MOST_COLUMNS: Final = 100
MOST_BYTES: Final = 4 * 1024 * 1024
"""Two kilobytes a row: what is longer is no list of people, and would cost the server more than its sender."""
BYTES_A_ROW: Final = 400
"""What a row of a long list may take on average."""
DELIMITERS: Final = ",;\t"
BOM: Final = b"\xef\xbb\xbf"
UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
ARCHIVE_MARK: Final = b"PK\x03\x04"
OLD_EXCEL_MARK: Final = b"\xd0\xcf\x11\xe0"
FORMULA_MARKS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)."""
NARROWEST, WIDEST = 8, 60


class FileUnreadable(DomainError):
    """The file is no CSV with a heading and rows."""

    code = "tabular.file-unreadable"
    status = 422
    message = _l("No se pudo leer el archivo. Guárdelo como «CSV UTF-8» e inténtelo de nuevo.")


class FileIsWorkbook(FileUnreadable):
    """Somebody sent the spreadsheet itself."""

    code = "tabular.file-is-workbook"
    message = _l("Es un libro de Excel. Ábralo y elija «Guardar como», «CSV UTF-8 (delimitado por comas)».")


class FileEmpty(FileUnreadable):
    """There is nothing below the heading."""

    code = "tabular.file-empty"
    message = _l("El archivo no tiene filas. La primera línea lleva los nombres de las columnas.")


class FileTooLong(FileUnreadable):
    """More rows than one sending takes."""

    code = "tabular.file-too-long"
    message = _l("El archivo tiene más filas de las que se admiten de una vez. Divídalo en partes.")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a file: where it stands and its cells, as many as the heading has, or more when it is broken."""

    line: int
    """Line of the file on which the row begins, counted from one, as a spreadsheet counts."""
    cells: tuple[str, ...]

    def at(self, position: int | None) -> str:
        """Return the cell of a column; empty when the file has no such column."""
        return self.cells[position] if position is not None else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file that was read: its heading, and its rows that are not empty."""

    header: tuple[str, ...]
    rows: tuple[SheetRow, ...]

    def find(self, names: Collection[str]) -> int | None:
        """Return the position of the first column called one of these, in any case and without accents."""
        wanted = {fold(name) for name in names}
        return next((at for at, name in enumerate(self.header) if _plain(name) in wanted), None)


def read_csv(content: bytes, *, most_rows: int = MOST_ROWS) -> Sheet:
    """Read a CSV in UTF-8 (with or without mark), UTF-16 or Latin-1, separated by comma, semicolon or tab.

    Cells lose the spaces around them and the apostrophe with which ``to_csv`` disarms a formula.
    Raises FileIsWorkbook, FileEmpty, FileTooLong or FileUnreadable.
    """
    if len(content) > most_bytes(most_rows):
        raise FileTooLong
    lines = list(io.StringIO(_decode(content), newline=""))  # only real line ends, kept as they are
    offset = 1 if lines and lines[0].lower().startswith("sep=") else 0  # a hint that only Excel writes
    lines = lines[offset:]
    if not lines:
        raise FileEmpty
    reader = csv.reader(lines, delimiter=_delimiter(lines[0]), strict=False)
    try:
        records = list(islice(_records(reader, offset), most_rows + 2))
    except csv.Error as error:
        raise FileUnreadable from error
    if len(records) < 2:
        raise FileEmpty
    if len(records) > most_rows + 1:
        raise FileTooLong
    header = records[0].cells
    if len(header) > MOST_COLUMNS:
        raise FileUnreadable
    rows = (SheetRow(row.line, padded(row.cells, len(header))) for row in records[1:])
    return Sheet(header, tuple(rows))


class Kind(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    WHOLE = "whole"
    DECIMAL = "decimal"
    PERCENT = "percent"
    """A fraction of one; a spreadsheet shows it as a percentage."""
    DATE = "date"
    MOMENT = "moment"
    """An aware datetime, written as its own clock shows it."""


Cell = str | int | float | date | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table that will be written."""

    label: Text
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with the columns they stand under: the one source of the screen and of every file."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


def to_csv(table: Table, *, delimiter: str = ",") -> bytes:
    """Return the table as CSV in UTF-8 with mark; text that looks like a formula is disarmed."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow([csv_cell(str(column.label)) for column in table.columns])
    for row in table.rows:
        writer.writerow([csv_cell(cell) for cell in row])
    return BOM + text.getvalue().encode()


def to_xlsx(table: Table, *, title: Text) -> bytes:
    """Return the table as a workbook of one sheet with typed cells, a fixed heading and filters."""
    return to_book([(title, table)])


def to_book(sheets: Sequence[tuple[Text, Table]], *, made_at: datetime | None = None) -> bytes:
    """Return a workbook with a sheet for each table; with a moment, the same tables are always the same bytes."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "remove_timezone": True,
    }
    with xlsxwriter.Workbook(out, options) as book:
        if made_at:
            book.set_properties({"created": made_at.replace(tzinfo=None)})
        for title, table in sheets:
            _write_sheet(book, table, title)
    return out.getvalue()


def read_text(content: bytes) -> str:
    """Return the text of a CSV in UTF-8, UTF-16 or Windows' code page; raises what ``read_csv`` does of a file."""
    return _decode(content)


def most_bytes(most_rows: int) -> int:
    """Return how large a file of so many rows may be."""
    return max(MOST_BYTES, BYTES_A_ROW * most_rows)


def _decode(content: bytes) -> str:
    if content.startswith((ARCHIVE_MARK, OLD_EXCEL_MARK)):
        raise FileIsWorkbook
    if content.startswith(UTF16_MARKS):
        return content.decode("utf-16", errors="replace")
    if b"\x00" in content:
        raise FileUnreadable
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Windows' own code page is Latin-1 with quotes and dashes where Latin-1 has control characters.
        return content.decode("cp1252", errors="replace")


def delimiter_of(content: bytes) -> str:
    """Return what separates the cells of a CSV, as its first line says."""
    return _delimiter(next(io.StringIO(_decode(content)), ""))


def _delimiter(line: str) -> str:
    return max(DELIMITERS, key=line.count)


def _records(reader: Any, offset: int) -> Iterator[SheetRow]:
    before = 0
    for record in reader:
        cells = tuple(armed(cell.strip()) for cell in record)
        if any(cells):
            yield SheetRow(before + 1 + offset, cells)
        before = reader.line_num


def padded(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    """Return a row as wide as its heading, or wider where cells say something beyond it."""
    while len(cells) > width and not cells[-1]:
        cells = cells[:-1]
    return cells + ("",) * (width - len(cells))


def _plain(name: str) -> str:
    return fold(name.replace("_", " ").rstrip("*: "))


def armed(cell: str) -> str:
    """Return a cell without the apostrophe with which ``to_csv`` disarms a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA_MARKS and len(cell) > 1 else cell


def csv_cell(cell: Cell) -> str | int | float:
    """Return a cell as a CSV holds it: nothing for none, days and moments as ISO 8601, formulas disarmed."""
    match cell:
        case None:
            return ""
        case datetime():
            return cell.isoformat(sep=" ", timespec="minutes")[:16]
        case date():
            return cell.isoformat()
        case str():
            return f"'{cell}" if cell.startswith(FORMULA_MARKS) else cell
        case _:
            return cell


FORMATS: Final = {
    Kind.TEXT: "@",
    Kind.WHOLE: "#,##0",
    Kind.DECIMAL: "0.0",
    Kind.PERCENT: "0%",
    Kind.DATE: "yyyy-mm-dd",
    Kind.MOMENT: "yyyy-mm-dd hh:mm",
}


def _write_sheet(book: Any, table: Table, title: Text) -> None:
    sheet = book.add_worksheet("".join(c for c in str(title) if c not in "[]:*?/\\'")[:31] or None)
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    formats = {kind: book.add_format({"num_format": code}) for kind, code in FORMATS.items()}
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, _width(table, at))
        sheet.write_string(0, at, str(column.label), heading)
        for line, row in enumerate(table.rows, start=1):
            _write_cell(sheet, (line, at), row[at], formats[column.kind])
    sheet.freeze_panes(1, 0)
    if table.columns and table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def _write_cell(sheet: Any, place: tuple[int, int], cell: Cell, style: Any) -> None:
    match cell:
        case None:
            sheet.write_blank(*place, None, style)
        case bool() | str():
            sheet.write_string(*place, str(cell), style)
        case date():
            sheet.write_datetime(*place, cell, style)
        case _:
            sheet.write_number(*place, cell, style)


def _width(table: Table, at: int) -> int:
    longest = max([len(str(table.columns[at].label)), *(len(str(row[at])) for row in table.rows)])
    return min(max(longest + 2, NARROWEST), WIDEST)

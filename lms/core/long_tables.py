"""Tables of any length in files: CSV and XLSX written row by row, so that memory does not grow with them.

``lms.core.tabular`` makes files that spreadsheets show best, with widths and filters, from rows that fit in memory.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from lms.core.tabular import BOM, FORMATS, Cell, Column, csv_cell

MOST_ROWS: Final = 1_048_576
"""What a sheet holds, its heading counted; what is longer goes on in a further sheet."""
NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
STYLES: Final = {kind: place for place, kind in enumerate(FORMATS, start=1)}
FIRST_FORMAT: Final = 164
"""Formats below this number are those that every spreadsheet has."""
EPOCH: Final = date(1899, 12, 30).toordinal()
"""The day before which spreadsheets count no days."""
MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
MEDIA: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
LEVEL: Final = 1
"""Of compression: the fastest; the file is a third larger than at the best."""

Rows = Iterable[Sequence[Cell]]


def write_csv(path: Path, columns: Sequence[Column], rows: Rows) -> None:
    """Write a table as CSV in UTF-8 with mark; text that looks like a formula is disarmed."""
    with path.open("wb") as raw, io.TextIOWrapper(raw, encoding="utf-8", newline="") as out:
        raw.write(BOM)
        writer = csv.writer(out)
        writer.writerow([csv_cell(str(column.label)) for column in columns])
        writer.writerows([csv_cell(cell) for cell in row] for row in rows)


def write_xlsx(path: Path, columns: Sequence[Column], rows: Rows) -> None:
    """Write a table as a workbook with typed cells under a fixed heading, in as many sheets as it needs."""
    remaining, count = iter(rows), 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as book:
        first = next(remaining, None)
        while first is not None or not count:
            count += 1
            part = chain([] if first is None else [first], islice(remaining, MOST_ROWS - 2))
            with book.open(f"xl/worksheets/sheet{count}.xml", "w", force_zip64=True) as sheet:
                for piece in _sheet(columns, part):
                    sheet.write(piece.encode())
            first = next(remaining, None)
        for name, text in _frame(count).items():
            book.writestr(name, HEAD + text)


WRITERS: Final[Mapping[str, Callable[[Path, Sequence[Column], Rows], None]]] = {
    "csv": write_csv,
    "xlsx": write_xlsx,
}
"""By how the name of a file ends."""


def _sheet(columns: Sequence[Column], rows: Rows) -> Iterator[str]:
    yield f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
    yield '<pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><sheetData>'
    yield f"<row>{''.join(_text(str(column.label), len(FORMATS) + 1) for column in columns)}</row>"
    styles = [STYLES[column.kind] for column in columns]
    for row in rows:
        yield f"<row>{''.join(map(_cell, row, styles))}</row>"
    yield "</sheetData></worksheet>"


def _cell(cell: Cell, style: int) -> str:
    match cell:
        case None:
            return f'<c s="{style}"/>'
        case bool() | str():
            return _text(str(cell), style)
        case datetime():
            seconds = cell.hour * 3600 + cell.minute * 60 + cell.second
            return f'<c s="{style}"><v>{cell.toordinal() - EPOCH + seconds / 86400}</v></c>'
        case date():
            return f'<c s="{style}"><v>{cell.toordinal() - EPOCH}</v></c>'
        case _:
            return f'<c s="{style}"><v>{cell!r}</v></c>'


def _text(text: str, style: int) -> str:
    clean = escape(NOT_XML.sub("", text))
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{clean}</t></is></c>'


def _frame(sheets: int) -> dict[str, str]:
    """Return the parts of a workbook that say what its sheets are and how cells look, by name."""
    numbers = range(1, sheets + 1)
    names = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    links = "".join(_link(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers)
    parts = "".join(_part(f"/xl/worksheets/sheet{n}.xml", "worksheet") for n in numbers)
    package = f'<Relationships xmlns="{PACKAGE}/relationships">'
    return {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"{package}{links}{_link('rId0', 'styles', 'styles.xml')}</Relationships>",
        "_rels/.rels": f"{package}{_link('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>",
        "xl/styles.xml": _styles(),
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{_part('/xl/workbook.xml', 'sheet.main')}{_part('/xl/styles.xml', 'styles')}{parts}</Types>",
    }


def _link(key: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def _part(name: str, kind: str) -> str:
    return f'<Override PartName="{name}" ContentType="{MEDIA}.{kind}+xml"/>'


def _styles() -> str:
    """Return a style for each kind of cell, and at last that of headings."""
    numbers = [(FIRST_FORMAT + place, code) for place, code in enumerate(FORMATS.values())]
    formats = "".join(f'<numFmt numFmtId="{n}" formatCode="{escape(code)}"/>' for n, code in numbers)
    plain = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    kinds = "".join(
        f'<xf numFmtId="{n}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        for n, _code in numbers
    )
    heading = '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts count="{len(numbers)}">{formats}</numFmts>'
        '<fonts count="2"><font/><font><b/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
        f'<cellStyleXfs count="1">{plain}</cellStyleXfs>'
        f'<cellXfs count="{len(numbers) + 2}">{plain}{kinds}{heading}</cellXfs></styleSheet>'
    )

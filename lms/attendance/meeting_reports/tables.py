"""The table of connections inside a call report: reports carry summaries before it and other tables after. Pure."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from hashlib import sha256
from itertools import islice
from typing import Final

from lms.core.folding import fold
from lms.core.tabular import MOST_COLUMNS, FileTooLong, read_text
from lms.core.workbooks import Form, form_of, read_grids

MOST_ROWS: Final = 20_000
"""A day's call of a thousand people who come and go; more is no report of one call."""
_SAMPLE: Final = 40
HALF_A_SECOND: Final = timedelta(milliseconds=500)
"""A spreadsheet keeps instants as parts of a day: half a second more and cut off, they are whole seconds again."""


class Field(StrEnum):
    """What a column of a report tells."""

    NAME = "name"
    FIRST_NAME = "first-name"
    LAST_NAME = "last-name"
    EMAIL = "email"
    JOINED = "joined"
    LEFT = "left"
    FIRST_JOINED = "first-joined"
    """The first of several connections, in tables with a row for each person."""
    DURATION = "duration"
    WAITING = "waiting"
    """Whether it was only the waiting room."""


HEADINGS: Final[Mapping[Field, frozenset[str]]] = {
    Field.NAME: frozenset({
        "name (original name)", "name", "full name", "nombre (nombre original)", "nombre", "nombre completo",
        "nombre de usuario", "participant", "participante",
    }),
    Field.FIRST_NAME: frozenset({"first name", "nombres", "nombre de pila"}),
    Field.LAST_NAME: frozenset({"last name", "apellidos", "apellido"}),
    Field.EMAIL: frozenset({
        "user email", "email", "e-mail", "email address", "correo", "correo electronico",
        "correo electronico del usuario", "correo electronico de usuario",
    }),
    Field.JOINED: frozenset({
        "join time", "time joined", "joined", "hora de entrada", "hora de union", "hora de incorporacion",
        "hora a la que se unio", "entrada",
    }),
    Field.LEFT: frozenset({
        "leave time", "time exited", "left", "hora de salida", "hora a la que salio", "salida",
    }),
    Field.FIRST_JOINED: frozenset({"first join", "primera entrada", "primera union"}),
    Field.DURATION: frozenset({
        "duration (minutes)", "total duration (minutes)", "duration", "in-meeting duration",
        "duracion (minutos)", "duracion total (minutos)", "duracion", "duracion en la reunion",
        "duracion de la reunion",
    }),
    Field.WAITING: frozenset({"in waiting room", "en la sala de espera", "en sala de espera"}),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A table in a report: its heading and the rows below it, each with its line in the file."""

    heading: tuple[str, ...]
    columns: Mapping[Field, int]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    @property
    def is_exact(self) -> bool:
        """Say whether each row tells when a connection began and ended."""
        return {Field.JOINED, Field.LEFT} <= set(self.columns)


def find_tables(content: bytes) -> list[Found]:
    """Return the tables of a report that say who was there, the most exact one first.

    Raises FileTooLong, FileUnreadable, or FileIsWorkbook for the workbooks of old.
    """
    records = _read(content)
    starts = [at for at, (_line, cells) in enumerate(records) if _tells(recognise(cells))]
    tables = [_below(records, start) for start in starts]
    return sorted((each for each in tables if each.rows), key=_exactness)


def read_mapped(content: bytes, columns: Mapping[Field, int]) -> Found | None:
    """Return the first table of a file whose columns somebody named; None for a file without rows."""
    records = [record for record in _read(content) if any(record[1])]
    if len(records) < 2:
        return None
    return Found(heading=records[0][1], columns=columns, rows=tuple(records[1:]))


def recognise(cells: Sequence[str]) -> dict[Field, int]:
    """Return which column tells what, by the names that the known programs give in Spanish and English."""
    folded = [fold(cell) for cell in cells]
    found = {
        name: next((at for at, cell in enumerate(folded) if cell in known), -1)
        for name, known in HEADINGS.items()
    }
    return {name: at for name, at in found.items() if at >= 0}


def _tells(columns: Mapping[Field, int]) -> bool:
    someone = {Field.NAME, Field.FIRST_NAME, Field.EMAIL} & set(columns)
    return bool(someone) and bool({Field.JOINED, Field.DURATION, Field.FIRST_JOINED} & set(columns))


def _exactness(table: Found) -> int:
    return 0 if table.is_exact else 1 if Field.DURATION in table.columns else 2


def _below(records: Sequence[tuple[int, tuple[str, ...]]], start: int) -> Found:
    """Return the rows from a heading to the first empty line, or to a line of one cell that begins a section."""
    rows = []
    for line, cells in records[start + 1 :]:
        if sum(1 for cell in cells if cell) < 2:
            break
        rows.append((line, cells))
    heading = records[start][1]
    return Found(heading=heading, columns=recognise(heading), rows=tuple(rows))


def _read(content: bytes) -> list[tuple[int, tuple[str, ...]]]:
    records = list(islice(_records(content), MOST_ROWS + 1))
    if len(records) > MOST_ROWS:
        raise FileTooLong
    return records


def _records(content: bytes) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the lines of a report; of a workbook those of each sheet, with an empty one between."""
    if form_of(content) is Form.CSV:
        yield from _lines(read_text(content))
        return
    for grid in read_grids(content, most_rows=MOST_ROWS):
        for line, row in enumerate(grid, start=1):
            yield line, tuple(_written(cell).strip() for cell in row[:MOST_COLUMNS])
        yield len(grid) + 1, ()


def _written(cell: object) -> str:
    """Return a cell of a workbook as a report writes it.

    A spreadsheet that took 03/04 for the third of April saved an instant, not what the report said: as day and month
    it is read in both orders again, and the one nearer to the meeting holds.
    """
    match cell:
        case datetime():
            return f"{cell + HALF_A_SECOND:%d/%m/%Y %H:%M:%S}"
        case time():
            return f"{cell:%H:%M:%S}"
        case timedelta():
            seconds = round(cell.total_seconds())
            return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        case bool():
            return "yes" if cell else "no"
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell)


def _lines(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    lines = io.StringIO(text, newline="")
    sample = [line for _at, line in zip(range(_SAMPLE), lines, strict=False)]
    lines.seek(0)
    delimiter = max("\t;,", key=lambda mark: sum(line.count(mark) for line in sample))
    reader = csv.reader(lines, delimiter=delimiter)
    before = 0
    for record in reader:
        yield before + 1, tuple(cell.strip() for cell in record)
        before = reader.line_num


def heading_of(content: bytes) -> tuple[str, ...]:
    """Return the first line of a file that is not empty, which names its columns; empty for a file of nothing."""
    return next((cells for _line, cells in _records(content) if any(cells)), ())


def fingerprint(heading: Sequence[str]) -> str:
    """Return what tells a heading from others, whatever its accents and capitals."""
    return sha256("\x1f".join(fold(cell) for cell in heading).encode()).hexdigest()


class Program(StrEnum):
    """Which program wrote a report, as far as its columns say."""

    ZOOM = "zoom"
    TEAMS = "teams"
    MEET = "meet"
    UNKNOWN = "unknown"


SIGNS: Final[Mapping[Program, frozenset[str]]] = {
    Program.ZOOM: frozenset({
        "name (original name)", "nombre (nombre original)", "in waiting room", "en la sala de espera", "guest",
        "recording consent", "invitado",
    }),
    Program.MEET: frozenset({"time joined", "time exited", "hora a la que se unio", "hora a la que salio"}),
    Program.TEAMS: frozenset({
        "first join", "primera entrada", "primera union", "in-meeting duration", "duracion de la reunion",
        "duracion en la reunion", "role", "rol",
    }),
}  # fmt: skip


def program_of(table: Found) -> Program:
    """Return which program wrote a table, by columns that only one of them has."""
    heading = {fold(cell) for cell in table.heading}
    return next((each for each, signs in SIGNS.items() if heading & signs), Program.UNKNOWN)


def sample_of(content: bytes, rows: int = 4) -> list[tuple[str, ...]]:
    """Return the heading and the first rows of a file, for whoever says what its columns are."""
    filled = (cells for _line, cells in _records(content) if any(cells))
    return list(islice(filled, rows))

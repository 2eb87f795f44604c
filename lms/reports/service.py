"""Running a report: rows, suppression and totals in one place, whatever the format."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from lms.core.actors import Actor
from lms.core.events import publish
from lms.core.small_cells import Cell, Hidden, share, suppress
from lms.institutions.programmes.models import Programme
from lms.plugins.reports import Column, ColumnKind, Question, Report, Row
from lms.reports.messages import FiguresExported


@dataclass(frozen=True, slots=True)
class ResultTable:
    """A report's answer after suppression: what the screen and every file show, to the last digit."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[Cell, ...]
    sectors: Mapping[str | None, tuple[Cell, ...]]
    """Totals by sector, protected together with the rows."""
    places: tuple[UUID | None, ...] = ()
    """The institution of each row, where rows have one."""
    orders: dict[str, Sequence[int]] = field(default_factory=dict, compare=False, repr=False)
    """Positions of the rows in the orders that were asked for: a table that is kept is opened again and again."""

    def index(self, name: str) -> int:
        """Return the position of a column."""
        return next(position for position, column in enumerate(self.columns) if column.name == name)

    def total(self, name: str) -> Cell:
        """Return the total of a column."""
        return self.totals[self.index(name)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A table that was written into a file."""

    report: str
    form: str
    rows: int
    asked: str


class ProtectedReport(Report):
    """A report that says itself what may be shown, because its filters can be combined."""

    @abstractmethod
    def answer(self, question: Question) -> ResultTable:
        """Return the rows in their order, with everything hidden that would tell of fewer than five people."""

    def rows(self, question: Question) -> Sequence[Row]:
        """Return the rows of the answer, protected already: a hidden cell is empty."""
        rows = self.answer(question).rows
        return [tuple(None if isinstance(cell, Hidden) else cell for cell in row) for row in rows]


def run(report: Report, question: Question) -> ResultTable:
    """Answer a question: the rows in the report's order, small cells hidden, totals that tell none."""
    if isinstance(report, ProtectedReport):
        return report.answer(question)
    rows, columns = report.rows(question), report.columns
    groups = _by_sector(columns, rows)
    counts = suppress([_counts(columns, row) for row in rows], list(groups.values()))
    keep = [position for position, column in enumerate(columns) if not column.is_internal]

    def kept(cells: Sequence[Cell]) -> tuple[Cell, ...]:
        return tuple(cells[position] for position in keep)

    sectors = zip(groups, counts.group_totals, strict=True)
    return ResultTable(
        columns=tuple(columns[position] for position in keep),
        rows=tuple(kept(_row(columns, row, counts.rows[index])) for index, row in enumerate(rows)),
        totals=kept(_totals(columns, counts.totals)),
        sectors={sector: kept(_totals(columns, totals)) for sector, totals in sectors},
    )


def _by_sector(columns: Sequence[Column], rows: Sequence[Row]) -> dict[str | None, list[int]]:
    """Return the positions of the rows of each sector; none when the report has no sectors."""
    place = next((n for n, column in enumerate(columns) if column.kind is ColumnKind.SECTOR), None)
    groups: dict[str | None, list[int]] = {}
    if place is not None:
        for index, row in enumerate(rows):
            sector = row[place]
            groups.setdefault(sector if isinstance(sector, str) else None, []).append(index)
    return groups


def _counts(columns: Sequence[Column], row: Row) -> list[int]:
    pairs = zip(columns, row, strict=True)
    return [value for column, value in pairs if column.kind is ColumnKind.COUNT and isinstance(value, int)]


def _row(columns: Sequence[Column], row: Row, counts: Sequence[int | Hidden]) -> tuple[Cell, ...]:
    known = dict(
        zip((column.name for column in columns if column.kind is ColumnKind.COUNT), counts, strict=True)
    )
    return tuple(_cell(column, value, known) for column, value in zip(columns, row, strict=True))


def _cell(column: Column, value: Cell, counts: dict[str, int | Hidden]) -> Cell:
    match column.kind:
        case ColumnKind.COUNT:
            return counts[column.name]
        case ColumnKind.PERCENT | ColumnKind.PART:
            part, whole = column.of
            return share(counts[part], counts[whole])
        case ColumnKind.POINTS:
            return _points(*(counts[name] for name in column.of))
        case _:
            return value


def _points(now: int | Hidden, before: int | Hidden, whole: int | Hidden) -> Cell:
    first, second = share(now, whole), share(before, whole)
    if isinstance(first, Hidden) or isinstance(second, Hidden):
        return Hidden.PROTECTS
    return None if first is None or second is None else first - second


def _totals(columns: Sequence[Column], totals: Sequence[int | Hidden]) -> tuple[Cell, ...]:
    if not totals:
        return tuple(None for _ in columns)
    names = [column.name for column in columns if column.kind is ColumnKind.COUNT]
    known = dict(zip(names, totals, strict=True))
    return tuple(_cell(column, None, known) for column in columns)


def note_export(programme: Programme, *, export: Export, actor: Actor, now: datetime) -> None:
    """Keep who took which table of a programme away, and when."""
    publish(
        FiguresExported(
            at=now, actor=actor, subject_id=programme.id, report=export.report, form=export.form, rows=export.rows,
            asked=export.asked,
        )
    )  # fmt: skip

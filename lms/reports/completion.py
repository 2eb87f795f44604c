"""Completion by institution and sector: the sentence that the product is bought for."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

from lms.core.folding import fold
from lms.core.i18n import _l
from lms.core.small_cells import Cell, Hidden, share
from lms.institutions.programmes.queries import get_programme, targets_of
from lms.plugins.reports import Column, ColumnKind, Question
from lms.reports.cube import Cube, Rows, parts_of, read_cube
from lms.reports.indicators import FUNNEL, PROGRESS
from lms.reports.permissions import ReportPermission
from lms.reports.queries.cube import Place
from lms.reports.rules import Coverage
from lms.reports.service import ProtectedReport, ResultTable
from lms.reports.tallies.rules import EVER, bounds_of
from lms.reports.words import period_title

INSTITUTION = Column(name="institution", label=_l("Institución"))
SECTOR = Column(name="sector", label=_l("Sector"), kind=ColumnKind.SECTOR)
PERIOD = Column(name="period", label=_l("Periodo"))
HEADS = {"institution": (INSTITUTION, SECTOR), "sector": (SECTOR,), "period": (PERIOD,)}


PROGRESS_COLUMNS: tuple[Column, ...] = (
    Column(name="enrolled", label=_l("Inscritas"), kind=ColumnKind.COUNT),
    Column(name="completed", label=_l("Completaron"), kind=ColumnKind.COUNT),
    Column(name="share", label=_l("Avance"), kind=ColumnKind.PERCENT, of=("completed", "enrolled")),
    Column(name="target", label=_l("Meta"), kind=ColumnKind.TARGET),
    Column(name="change", label=_l("Cambio en el mes"), kind=ColumnKind.POINTS, of=("recent", "enrolled")),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row before its figures: what it is called, which rows of the cube it adds up, in which period."""

    head: tuple[Cell, ...]
    rows: Sequence[int]
    period: str | None = None
    place: Place | None = None


class Choice:
    """The rows of a cube that the filters leave; kept with the figures, so that pages of one table ask once."""

    def __init__(self, cube: Cube, question: Question) -> None:
        """Choose the rows of a sector, a territory and the words of a search; empty ones leave all."""
        self.cube = cube
        self.sector, self.territory, self.words = (
            question.sector,
            question.territory,
            fold(question.words).split(),
        )
        self.tables: dict[tuple[object, ...], tuple[Hashable, ResultTable]] = {}

    @cached_property
    def rows(self) -> Rows:
        """Return the rows that the filters leave."""
        rows = self.cube.rows
        if not (self.sector or self.territory or self.words):
            return Rows(range(len(rows)))
        fitting = {place.id for place in self.cube.figures.places.values() if self.fits(place)}
        sector = self.sector
        return Rows(
            n
            for n, row in enumerate(rows)
            if row.place.id in fitting and (not sector or row.sector == sector)
        )

    def fits(self, place: Place) -> bool:
        """Say whether an institution is of the territory and of the words that were asked for."""
        if self.territory and place.territory != self.territory:
            return False
        return not self.words or all(word in place.search_text for word in self.words)

    @cached_property
    def sectors(self) -> dict[str | None, Rows]:
        """Return the chosen rows of each sector that has somebody, or hides whether it has."""
        found: dict[str | None, list[int]] = {}
        rows = self.cube.rows
        for row in self.rows:
            found.setdefault(rows[row].sector, []).append(row)
        return {sector: Rows(rows) for sector, rows in found.items() if self.cube.listed(rows)}

    @cached_property
    def listed(self) -> list[int]:
        """Return the chosen rows to list."""
        return self.cube.listed(self.rows)

    @cached_property
    def gaps(self) -> list[Place]:
        """Return members where nobody is enrolled: the commission must see who sent nobody."""
        if self.sector:
            return []
        rows = self.cube.rows
        listed = {rows[n].place.path for n in self.cube.listed(range(len(rows)))}
        places = self.cube.figures.places.values()
        return [
            place for place in places if place.is_member and place.path not in listed and self.fits(place)
        ]

    @cached_property
    def guests(self) -> list[str]:
        """Return the names of the permanent guests with somebody enrolled, each once."""
        places = (self.cube.rows[n].place for n in self.listed)
        return list(dict.fromkeys(place.name for place in places if place.is_guest))

    @cached_property
    def reached(self) -> list[int | Hidden]:
        """Return how many completed at each member institution, as far as it is shown."""
        own: dict[str, list[int]] = {}
        for n, row in zip(self.rows, map(self.cube.rows.__getitem__, self.rows), strict=True):
            own.setdefault(row.place.path, []).append(n)
        shown = self.cube.shown("completed")
        values: list[int | Hidden] = []
        for place in self.cube.figures.places.values():
            if place.is_member and self.fits(place):
                rows = own.get(place.path, ())
                values.append(shown[rows[0]] if len(rows) == 1 else self.cube.total("completed", rows))
        return values


class Asking:
    """A question with the figures that answer it: which rows it chooses, and what each cell may show."""

    version: Hashable = ()
    """Of figures beside those of the cube, whose version it has anyway: a table that was made is of both."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.programme = get_programme(question.programme_id)
        self.cube = cube = read_cube(question, ZoneInfo(self.programme.timezone))
        filters = (question.sector, question.territory, question.words)
        self.choice = cube.once(filters, lambda: Choice(cube, question))

    @property
    def chosen(self) -> Rows:
        """Return the rows that the filters leave."""
        return self.choice.rows

    @property
    def sectors(self) -> dict[str | None, Rows]:
        """Return the chosen rows of each sector that has somebody, or hides whether it has."""
        return self.choice.sectors

    @property
    def territories(self) -> list[str]:
        """Return the territories that can be asked for, whatever was asked."""
        places = self.cube.figures.places.values()
        return self.cube.once(
            "territories", lambda: sorted({each.territory for each in places if each.territory})
        )

    def lines(self) -> list[Entry]:
        """Return the rows of the answer before their figures."""
        match self.question.group:
            case "sector":
                return [Entry((sector,), rows) for sector, rows in self.sectors.items()]
            case "period":
                return [Entry((period_title(part),), self.chosen, part) for part in self.parts]
            case _:
                return [*self._places(), *self._gaps()]

    @cached_property
    def parts(self) -> Sequence[str]:
        """Return the periods inside the one that was asked for; itself when there are none."""
        cube = self.cube
        if cube.period == EVER:
            return cube.figures.years
        inside = parts_of(cube.period) or (cube.period,)
        return [part for part in inside if _begins(part) <= cube.day.isoformat()]

    def _places(self) -> list[Entry]:
        rows = ((n, self.cube.rows[n]) for n in self.choice.listed)
        return [Entry((row.place.name, row.sector), [n], place=row.place) for n, row in rows]

    def _gaps(self) -> list[Entry]:
        return [Entry((place.name, place.sector), (), place=place) for place in self.choice.gaps]

    def value(self, measure: str, line: Entry) -> int | Hidden:
        """Return a figure of a line, or why it is hidden."""
        if len(line.rows) == 1:
            return self.cube.cell(measure, line.rows[0], line.period)
        return self.cube.total(measure, line.rows, line.period)

    def cell(self, column: Column, line: Entry) -> Cell:
        """Return what a column shows for a line."""
        match column.kind:
            case ColumnKind.COUNT:
                return self.value(column.name, line)
            case ColumnKind.PERCENT | ColumnKind.POINTS:
                return self._share(column, line)
            case ColumnKind.TARGET:
                return self.target(line.place)
            case ColumnKind.NUMBER:
                return self._number(column, line)
            case _:
                return None

    def _share(self, column: Column, line: Entry) -> Cell:
        part, whole = column.of
        if part == "recent" and line.period:
            return None
        return share(self.value(part, line), self.value(whole, line))

    def _number(self, column: Column, line: Entry) -> Cell:
        """Return hours of courses completed, or the mean of the days that completing took."""
        part, whole = column.of
        value, people = self.value(part, line), self.value(whole, line)
        if isinstance(value, Hidden) or isinstance(people, Hidden):
            return Hidden.PROTECTS
        if part == "minutes":
            return value / 60
        return value / people if people else None

    def column(self, column: Column, period: str | None = None) -> Sequence[Cell]:
        """Return what a column shows for each row of the cube, listed or not: ``cell``, for all of them at once."""
        cube = self.cube
        match column.kind:
            case ColumnKind.COUNT:
                return cube.shown(column.name, period)
            case ColumnKind.PERCENT | ColumnKind.POINTS:
                part, whole = column.of
                if part == "recent" and period:
                    return [None] * len(cube.rows)
                return list(map(share, cube.shown(part, period), cube.shown(whole, period)))
            case ColumnKind.TARGET:
                targets, own = self._targets, self.programme.target_share
                return [targets.get(row.place.id, own) for row in cube.rows]
            case _:
                lines = (Entry((), [n], period, row.place) for n, row in enumerate(cube.rows))
                return [self.cell(column, line) for line in lines]

    def coverage(self, minimum: int) -> Coverage:
        """Return how many members have at least so many people who completed, as far as their figures are shown."""
        values = self.choice.reached
        known = [value for value in values if not isinstance(value, Hidden)]
        return Coverage(
            minimum=minimum,
            reached=sum(value >= minimum for value in known),
            hidden=len(values) - len(known),
            members=len(values),
            guests=self.choice.guests,
        )

    def target(self, place: Place | None) -> float:
        """Return the share agreed with an institution, else that of the programme."""
        return (
            self._targets.get(place.id, self.programme.target_share) if place else self.programme.target_share
        )

    @cached_property
    def _targets(self) -> dict[UUID, float]:
        return self.cube.once("targets", lambda: targets_of(self.programme, self.question.period.last.year))


def _begins(period: str) -> str:
    bounds = bounds_of(period)
    return bounds[0].isoformat() if bounds else ""


def answer(figures: Sequence[Column], question: Question) -> ResultTable:
    """Return one row per place and sector, per sector or per part of the period, with what protects them hidden."""
    return answer_of(Asking(question), figures)


def answer_of(asked: Asking, figures: Sequence[Column]) -> ResultTable:
    """Return the table of a question whose figures were read already."""
    group = asked.question.group
    shown = _matrix(asked) if group == "matrix" else [(column, None) for column in figures]
    if group in {"sector", "period"}:
        return _answer_of(asked, shown)
    # The table of a choice of rows says the same in every language, in every order and on each of its pages.
    columns = ((column.name, column.kind, part) for column, part in shown)
    name, tables = (*columns, asked.programme.target_share), asked.choice.tables
    version, table = tables.get(name, (None, None))
    if table is None or version != asked.version:
        table = _answer_of(asked, shown)
        tables[name] = (asked.version, table)
    return replace(table, columns=(*HEADS["institution"], *(column for column, _part in shown)))


def _answer_of(asked: Asking, shown: Sequence[tuple[Column, str | None]]) -> ResultTable:
    group = asked.question.group
    head = HEADS.get(group, HEADS["institution"])

    def cells(line: Entry) -> tuple[Cell, ...]:
        return (*line.head, *(asked.cell(column, _within(line, part)) for column, part in shown))

    nothing = (None,) * len(head)
    is_of_places = group not in {"sector", "period"}
    rows, places = _of_places(asked, shown, cells) if is_of_places else (map(cells, asked.lines()), ())
    return ResultTable(
        columns=(*head, *(column for column, _part in shown)),
        rows=tuple(rows),
        totals=cells(Entry(nothing, asked.chosen)),
        sectors={sector: cells(Entry(nothing, rows)) for sector, rows in asked.sectors.items()},
        places=tuple(places),
    )


def _within(line: Entry, part: str | None) -> Entry:
    return replace(line, period=part) if part else line


def _of_places(
    asked: Asking, shown: Sequence[tuple[Column, str | None]], cells: Callable[[Entry], tuple[Cell, ...]]
) -> tuple[Iterable[tuple[Cell, ...]], Sequence[UUID]]:
    """Return a row for each institution and sector, column by column: there are thousands; then who sent nobody."""
    rows, listed, gaps = asked.cube.rows, asked.choice.listed, asked.choice.gaps
    columns = [asked.column(column, part) for column, part in shown]
    heads = ([row.place.name for row in rows], [row.sector for row in rows])
    whole = list(zip(*heads, *columns, strict=True))
    nobody = cells(Entry((None, None), ()))[len(heads) :]
    empty = [_gap(asked, place, shown, nobody) for place in gaps]
    places = [*(rows[n].place.id for n in listed), *(place.id for place in gaps)]
    return [*(whole[n] for n in listed), *empty], places


def _gap(
    asked: Asking, place: Place, shown: Sequence[tuple[Column, str | None]], nobody: Sequence[Cell]
) -> tuple[Cell, ...]:
    """Return the row of a member where nobody is enrolled: like the others but for its target."""
    figures = (
        asked.target(place) if column.kind is ColumnKind.TARGET else cell
        for (column, _part), cell in zip(shown, nobody, strict=True)
    )
    return (place.name, place.sector, *figures)


def _matrix(asked: Asking) -> list[tuple[Column, str | None]]:
    """Return a column of progress for each part of the period, then the whole period with its target."""
    parts: list[tuple[Column, str | None]] = [
        (
            Column(
                name=part, label=period_title(part), kind=ColumnKind.PERCENT, of=("completed", "enrolled")
            ),
            part,
        )
        for part in asked.parts
    ]
    whole = (
        column for column in PROGRESS_COLUMNS if column.name in {"enrolled", "completed", "share", "target"}
    )
    return [*parts, *((column, None) for column in whole)]


class CompletionByInstitution(ProtectedReport):
    """Enrolled and completed people by institution and sector, with the target of the year.

    Enrolled: people whose enrolment began in the period and was not withdrawn, each counted once. Completed:
    those of them whose completion is dated on or before the last day of the period. A commission sees them at
    its member institutions; a focal point at the offices of their own institution.

    People count where they were enrolled, in both columns, so that nobody's change of post moves a figure that was
    already reported, unless the question asks where they work today.
    """

    name = "completion-by-institution"
    label = _l("Avance por institución")
    permission = ReportPermission.READ
    indicators = PROGRESS
    figures: tuple[Column, ...] = PROGRESS_COLUMNS
    columns = (*HEADS["institution"], *figures)

    def answer(self, question: Question) -> ResultTable:
        """Return one row per place and sector, per sector or per part of the period."""
        return answer(self.figures, question)


class Indicators(ProtectedReport):
    """Every figure that is kept of people in a period, by institution and sector; each has its definition."""

    name = "indicators-by-institution"
    label = _l("Indicadores por institución")
    permission = ReportPermission.READ
    indicators = FUNNEL
    figures: tuple[Column, ...] = (
        Column(name="enrolled", label=_l("Inscritas"), kind=ColumnKind.COUNT),
        Column(name="started", label=_l("Iniciaron"), kind=ColumnKind.COUNT),
        Column(name="halfway", label=_l("Mitad del curso"), kind=ColumnKind.COUNT),
        Column(name="completed", label=_l("Completaron"), kind=ColumnKind.COUNT),
        Column(name="certified", label=_l("Con constancia"), kind=ColumnKind.COUNT),
        Column(
            name="hours", label=_l("Horas de formación"), kind=ColumnKind.NUMBER, of=("minutes", "completed")
        ),
        Column(
            name="days", label=_l("Días para completar"), kind=ColumnKind.NUMBER, of=("days", "completed")
        ),
    )
    columns = (*HEADS["institution"], *figures)

    def answer(self, question: Question) -> ResultTable:
        """Return one row per place and sector, per sector or per part of the period."""
        return answer(self.figures, question)

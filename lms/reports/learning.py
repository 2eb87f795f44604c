"""Attendance and learning by institution and sector, with what would tell of fewer than five people hidden.

Rows, filters and the people enrolled in them are those of the table of progress; what is hidden there is hidden here,
and more: each count is protected among those of the one before (ADR 24). Years and quarters alone are answered.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final
from zoneinfo import ZoneInfo

from lms.core.i18n import _l
from lms.core.small_cells import SMALLEST, Cell, Hidden
from lms.plugins.reports import Column, ColumnKind, Question
from lms.reports.completion import HEADS, Asking, Entry
from lms.reports.cube import Cube, parent_of, parts_of
from lms.reports.indicators import LEARNING
from lms.reports.permissions import ReportPermission
from lms.reports.pools import Pools, Sibling, coarsen, join
from lms.reports.queries.learning import SUMS, Learned, Spot, read_learned
from lms.reports.service import ProtectedReport, ResultTable
from lms.reports.tallies.rules import Basis, bounds_of

AMONG: Final = {
    "attended": "enrolled", "closed": "completed", "before": "enrolled", "both": "before", "answered": "enrolled",
}  # fmt: skip
"""Each count is of some people among those of another one."""
SHOWN_WITH: Final = {"seconds": "attended", "credited": "closed", "gain": "both", "opinion": "answered"}
OF_THE_CUBE: Final = ("enrolled", "completed")
"""Sums over people, shown where those are counted."""
SHARE_OF_HOUR: Final = {"presence": 3600, "credited": 60}
"""Seconds or minutes in an hour, by column."""
FIGURES: Final = (
    Column(name="enrolled", label=_l("Inscritas"), kind=ColumnKind.COUNT),
    Column(name="attended", label=_l("Asistieron"), kind=ColumnKind.COUNT),
    Column(
        name="presence", label=_l("Horas en sesiones"), kind=ColumnKind.NUMBER, of=("seconds", "attended")
    ),
    Column(name="credited", label=_l("Horas acreditadas"), kind=ColumnKind.NUMBER, of=("credited", "closed")),
    Column(name="before", label=_l("Con evaluación inicial"), kind=ColumnKind.COUNT),
    Column(name="both", label=_l("Con inicial y final"), kind=ColumnKind.COUNT),
    Column(name="attrition", label=_l("Sin la final"), kind=ColumnKind.PART, of=("both", "before")),
    Column(name="gain", label=_l("Lo aprendido"), kind=ColumnKind.POINTS, of=("gain", "both")),
    Column(name="answered", label=_l("Con encuesta"), kind=ColumnKind.COUNT),
    Column(name="satisfaction", label=_l("Satisfacción"), kind=ColumnKind.PART, of=("opinion", "answered")),
)
Read = Callable[[str], Mapping[Spot, Learned]]


class LearningFigures:
    """The sums of the periods that a question needs, one for each row of the cube, and what of them may be shown."""

    def __init__(self, cube: Cube, read: Read) -> None:
        self.cube = cube
        self.read = read
        self._values: dict[str, Mapping[str, Sequence[float]]] = {}
        self._pools: dict[tuple[str, str], Pools] = {}

    @staticmethod
    def answers(period: str | None, basis: Basis) -> bool:
        """Say whether there are figures: of years and quarters, where people were enrolled."""
        is_long = bool(period) and bounds_of(period or "") is not None
        return is_long and basis is Basis.THEN and (len(period or "") == 4 or "Q" in (period or ""))

    def values(self, measure: str, period: str) -> Sequence[float]:
        """Return a sum for each row."""
        if period not in self._values:
            self._values[period] = self._placed(self.read(period))
        return self._values[period][measure]

    def _placed(self, found: Mapping[Spot, Learned]) -> Mapping[str, Sequence[float]]:
        """Return the sums at the rows: at the nearest institution above that is one."""
        at = {(row.place.path, row.sector or ""): n for n, row in enumerate(self.cube.rows)}
        paths = {row.place.path for row in self.cube.rows}
        table: dict[str, list[float]] = {name: [0] * len(self.cube.rows) for name in SUMS}
        for (path, sector), sums in found.items():
            row = at.get((_nearest(path, paths), sector))
            if row is not None:
                for name in SUMS:
                    table[name][row] += getattr(sums, name)
        return table

    def pools(self, count: str, period: str) -> Pools:
        """Return how the rows are pooled where a count of people is shown.

        What hides them in the year hides them in its quarters; those share one partition.
        """
        if count in OF_THE_CUBE:
            return self.cube.pools(count, period)
        key = (count, period)
        if key not in self._pools:
            self._pools[key] = self._make_pools(count, period)
        return self._pools[key]

    def _make_pools(self, count: str, period: str) -> Pools:
        year = parent_of(period)
        start = [self.cube.pools("enrolled", period), self.pools(AMONG[count], period)]
        start += [self.pools(count, year)] if year else []
        beside = [name for name in parts_of(year) if name in self._known] if year else [period]
        siblings = [
            Sibling(self.cube.values("enrolled", name), [int(n) for n in self.values(count, name)])
            for name in beside
        ]
        return coarsen(join(start), siblings, self._kinds, self._order)

    @cached_property
    def _known(self) -> set[str]:
        """Return the quarters that have begun: nobody is enrolled in others, and they hide nobody."""
        return {name for name in self._quarters if (bounds_of(name) or (self.cube.day,))[0] <= self.cube.day}

    @property
    def _quarters(self) -> list[str]:
        years = {self.cube.question.period.first.year, self.cube.question.period.last.year}
        years |= {int(year) for year in self.cube.figures.years}
        return [name for year in sorted(years) for name in parts_of(f"{year:04}")]

    @cached_property
    def _kinds(self) -> list[str]:
        return [row.sector or "-" for row in self.cube.rows]

    @cached_property
    def _order(self) -> list[int]:
        rows = self.cube.rows
        return sorted(range(len(rows)), key=lambda n: (rows[n].place.territory, n))

    def total(self, measure: str, rows: Sequence[int], period: str) -> float | Hidden:
        """Return the sum over rows, hidden when it would cut a pool; one of a small group says so."""
        if not rows:
            return 0
        count = SHOWN_WITH.get(measure, measure)
        values = (
            self.cube.values("enrolled", period) if measure == "enrolled" else self.values(measure, period)
        )
        if self.pools(count, period).are_whole(rows):
            return sum(values[row] for row in rows)
        is_small = count == measure and len(rows) == 1 and 0 < values[rows[0]] < SMALLEST
        return Hidden.SMALL if is_small else Hidden.PROTECTS


def _nearest(path: str, paths: set[str]) -> str:
    """Return the path of the lowest institution that is one of these, on the way up from a path."""
    while path not in paths and path.count("/") > 2:
        path = path[: path.rindex("/", 0, -1) + 1]
    return path


class LearningAnswer:
    """A question about attendance and learning."""

    def __init__(self, question: Question) -> None:
        group = "institution" if question.group == "matrix" else question.group
        self.asked = Asking(replace(question, group=group))
        zone = ZoneInfo(self.asked.programme.timezone)

        def read(period: str) -> Mapping[Spot, Learned]:
            bounds = bounds_of(period)
            return read_learned(question.programme_id, *bounds, zone) if bounds else {}

        self.figures = LearningFigures(self.asked.cube, read)

    def table(self) -> ResultTable:
        """Return one row per place and sector, per sector or per part of the period."""
        head = HEADS.get(self.asked.question.group, HEADS["institution"])
        lines, nothing = self.asked.lines(), (None,) * len(head)
        return ResultTable(
            columns=(*head, *FIGURES),
            rows=tuple(self._cells(line) for line in lines),
            totals=self._cells(Entry(nothing, self.asked.chosen)),
            sectors={
                sector: self._cells(Entry(nothing, rows)) for sector, rows in self.asked.sectors.items()
            },
            places=tuple(line.place.id if line.place else None for line in lines),
        )

    def _cells(self, line: Entry) -> tuple[Cell, ...]:
        return (*line.head, *(self._cell(column, line) for column in FIGURES))

    def _cell(self, column: Column, line: Entry) -> Cell:
        if column.name == "enrolled":
            return self.asked.value("enrolled", line)
        period = line.period or self.asked.cube.period
        if period is None or not self.figures.answers(period, self.asked.cube.basis):
            return None
        if column.kind is ColumnKind.COUNT:
            value = self.figures.total(column.name, line.rows, period)
            return value if isinstance(value, Hidden) else int(value)
        value, people = (self.figures.total(name, line.rows, period) for name in column.of)
        if isinstance(value, Hidden) or isinstance(people, Hidden):
            return Hidden.PROTECTS
        return _made(column.name, value, people)


def _made(name: str, value: float, people: float) -> float | None:
    """Return a figure that is made of a sum over so many people."""
    if name in SHARE_OF_HOUR:
        return value / SHARE_OF_HOUR[name]
    if not people:
        return None
    return 1 - value / people if name == "attrition" else value / people


class AttendanceAndLearning(ProtectedReport):
    """Who attended, what people learned between two measures, with who is missing, and what they say of the course."""

    name = "learning-by-institution"
    label = _l("Asistencia y aprendizaje")
    permission = ReportPermission.READ
    indicators = LEARNING
    figures: tuple[Column, ...] = FIGURES
    columns = (*HEADS["institution"], *FIGURES)

    def answer(self, question: Question) -> ResultTable:
        """Return one row per place and sector, per sector or per part of the period."""
        return LearningAnswer(question).table()

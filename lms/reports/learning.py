"""Attendance and learning by institution and sector, with what would tell of fewer than five people hidden.

Rows, filters and the people enrolled in them are those of the table of progress; what is hidden there is hidden here,
and more: each count is protected among those of the one before (ADR 24). People count where they were enrolled.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final

from lms.core.i18n import _l
from lms.core.small_cells import SMALLEST, Cell, Hidden
from lms.plugins.reports import Column, ColumnKind, Question
from lms.reports.completion import HEADS, Asking, Entry, answer_of
from lms.reports.cube import Cube, cover, eldest_of, parent_of, parts_of
from lms.reports.indicators import LEARNING
from lms.reports.keeping import shelf
from lms.reports.permissions import ReportPermission
from lms.reports.pools import Pools, Sibling, coarsen, join
from lms.reports.queries.learning import LearnedIn, Spot, read_learned
from lms.reports.service import ProtectedReport, ResultTable
from lms.reports.tallies.outcomes import MILLION, Learned
from lms.reports.tallies.rules import EVER, SPAN, Basis, bounds_of
from lms.reports.tallies.versions import learned_version_of

AMONG: Final = {
    "attended": "enrolled", "closed": "completed", "before": "enrolled", "both": "before", "answered": "enrolled",
}  # fmt: skip
"""Each count is of some people among those of another one."""
SHOWN_WITH: Final = {"seconds": "attended", "credited": "closed", "gain": "both", "opinion": "answered"}
"""Sums over people, shown where those are counted."""
OF_THE_CUBE: Final = ("enrolled", "completed")
UNITS: Final = {"presence": 3600, "credited": 60, "gain": MILLION, "satisfaction": MILLION}
"""What of the sums makes one of what a column shows: seconds or minutes an hour, millionths a whole."""
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
Read = Callable[[Collection[str]], LearnedIn]


class LearningFigures:
    """The sums of the periods that a cube holds, one for each of its rows, and what of them may be shown."""

    def __init__(self, cube: Cube, read: Read) -> None:
        """Read the sums of all periods of the cube, in one query."""
        self.cube = cube
        self._pools: dict[tuple[str, str], Pools] = {}
        at = {(row.place.path, row.sector or ""): n for n, row in enumerate(cube.rows)}
        paths = {row.place.path for row in cube.rows}
        periods = {period for _basis, period in cube.figures.tables}
        self._values = {
            period: _placed(found, at, paths, len(cube.rows)) for period, found in read(periods).items()
        }

    @property
    def size(self) -> int:
        """Return how many values there are."""
        return len(self.cube.rows) * len(Learned._fields) * len(self._values)

    def values(self, measure: str, period: str) -> Sequence[int]:
        """Return a sum for each row; zeros where nobody did anything."""
        if measure in OF_THE_CUBE:
            return self.cube.values(measure, period)
        table = self._values.get(period)
        return table[measure] if table else [0] * len(self.cube.rows)

    def pools(self, count: str, period: str) -> Pools:
        """Return how the rows are pooled where a count of people is shown."""
        if count in OF_THE_CUBE:
            return self.cube.pools(count, period)
        key = (count, eldest_of(period))
        if key not in self._pools:
            self._pools[key] = self._make_pools(*key)
        return self._pools[key]

    def _make_pools(self, count: str, period: str) -> Pools:
        """Coarsen what hides the people among whom these are, and what is hidden in the periods around.

        What hides them in a year hides them in its quarters, which share one partition, and so on to the months. All
        time is shown where every year is, and a span where everything is that it consists of.
        """
        above = self._above(period)
        start = [self.cube.pools("enrolled", period), self.pools(AMONG[count], period)]
        start += [self.pools(count, each) for each in above]
        parent = parent_of(period)
        beside = [name for name in parts_of(parent) if self._has_begun(name)] if parent else [period]
        siblings = [Sibling(self.values("enrolled", name), self.values(count, name)) for name in beside]
        return coarsen(join(start), siblings, self._kinds, self._order)

    def _above(self, period: str) -> Sequence[str]:
        """Return the periods whose hidden rows a period hides too."""
        if period == EVER:
            return self.cube.figures.years
        bounds = bounds_of(period)
        if SPAN in period and bounds:
            return cover(*bounds)
        parent = parent_of(period)
        return [parent] if parent else []

    def _has_begun(self, period: str) -> bool:
        """Say whether anybody can be enrolled in a period: others hide nobody."""
        bounds = bounds_of(period)
        return bounds is not None and bounds[0] <= self.cube.day

    @cached_property
    def _kinds(self) -> list[str]:
        return [row.sector or "-" for row in self.cube.rows]

    @cached_property
    def _order(self) -> list[int]:
        rows = self.cube.rows
        return sorted(range(len(rows)), key=lambda n: (rows[n].place.territory, n))

    def total(self, measure: str, rows: Sequence[int], period: str) -> int | Hidden:
        """Return the sum over rows, hidden when it would cut a pool; one of a small group says so."""
        if not rows:
            return 0
        count, values = SHOWN_WITH.get(measure, measure), self.values(measure, period)
        if self.pools(count, period).are_whole(rows):
            return sum([values[row] for row in rows])
        return self._hide(measure, values[rows[0]], period) if len(rows) == 1 else Hidden.PROTECTS

    def shown(self, measure: str, period: str) -> Sequence[int | Hidden]:
        """Return the sum of each row, hidden where it is pooled: ``total``, for all of them at once."""
        values, singles = (
            self.values(measure, period),
            self.pools(SHOWN_WITH.get(measure, measure), period).singles,
        )
        return [
            value if single else self._hide(measure, value, period)
            for value, single in zip(values, singles, strict=True)
        ]

    @staticmethod
    def _hide(measure: str, value: int, period: str) -> Hidden:
        # That a span has one to four, beside what its year has outside of it, can say how many.
        is_told_small = measure not in SHOWN_WITH and SPAN not in period
        return Hidden.SMALL if is_told_small and 0 < value < SMALLEST else Hidden.PROTECTS


def _placed(
    found: Mapping[Spot, Learned], at: Mapping[Spot, int], paths: Collection[str], count: int
) -> Mapping[str, Sequence[int]]:
    """Return the sums at the rows: at the nearest institution above that is one."""
    table: list[list[int]] = [[0] * count for _name in Learned._fields]
    for (path, sector), sums in found.items():
        row = at.get((path, sector))
        if row is None:
            row = at.get((_nearest(path, paths), sector))
        if row is not None:
            for place, value in enumerate(sums):
                table[place][row] += value
    return dict(zip(Learned._fields, table, strict=True))


def _nearest(path: str, paths: Collection[str]) -> str:
    """Return the path of the lowest institution that is one of these, on the way up from a path."""
    while path not in paths and path.count("/") > 2:
        path = path[: path.rindex("/", 0, -1) + 1]
    return path


def figures_of(cube: Cube, question: Question) -> tuple[LearningFigures, frozenset[object]]:
    """Return the figures of attendance and learning beside those of a cube, and their version.

    This worker keeps them as long as both are true. The version is read first: what is kept is as new, or newer.
    """
    version = learned_version_of(question.programme_id)
    reach = None if question.sees_whole_programme else question.reach.institutions
    key = ("learning", question.programme_id, reach, frozenset(cube.figures.tables))
    known: tuple[Cube, LearningFigures] | None = shelf().find(key, version)
    if known is None or known[0] is not cube:
        known = cube, LearningFigures(cube, lambda periods: read_learned(question, periods))
        if cube.figures.is_kept:
            shelf().keep(key, version, known, known[1].size)
    return known[1], version


class LearningAnswer(Asking):
    """A question about attendance and learning: rows and filters are those of progress, cells are of both."""

    def __init__(self, question: Question) -> None:
        """Read the figures that answer it."""
        super().__init__(
            replace(question, group="institution" if question.group == "matrix" else question.group)
        )
        self.figures, self.version = figures_of(self.cube, question)

    def cell(self, column: Column, line: Entry) -> Cell:
        """Return what a column shows for a line."""
        if column.name == "enrolled":
            return self.value("enrolled", line)
        period = line.period or self.cube.period
        if self.cube.basis is not Basis.THEN:
            return None
        if column.kind is ColumnKind.COUNT:
            return self.figures.total(column.name, line.rows, period)
        value, people = (self.figures.total(name, line.rows, period) for name in column.of)
        return _made(column.name, value, people)

    def column(self, column: Column, period: str | None = None) -> Sequence[Cell]:
        """Return what a column shows for each row of the cube, listed or not."""
        if column.name == "enrolled":
            return self.cube.shown("enrolled", period)
        if self.cube.basis is not Basis.THEN:
            return [None] * len(self.cube.rows)
        shown = [self.figures.shown(name, period or self.cube.period) for name in column.of or (column.name,)]
        if column.kind is ColumnKind.COUNT:
            return shown[0]
        return [_made(column.name, value, people) for value, people in zip(*shown, strict=True)]


def _made(name: str, value: int | Hidden, people: int | Hidden) -> float | Hidden | None:
    """Return a figure that is made of a sum over so many people, where both are shown."""
    if isinstance(value, Hidden) or isinstance(people, Hidden):
        return Hidden.PROTECTS
    if name in {"presence", "credited"}:
        return value / UNITS[name]
    if not people:
        return None
    return 1 - value / people if name == "attrition" else value / people / UNITS[name]


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
        return answer_of(LearningAnswer(question), self.figures)

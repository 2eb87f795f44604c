"""The commission's first page: the finding, the funnel and each sector month by month, all protected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from lms.core.small_cells import SMALLEST, Cell, Hidden
from lms.plugins.reports import Question
from lms.reports.completion import Asking, Entry
from lms.reports.queries.completion import STATIONS, count_months
from lms.reports.rules import months_ending
from lms.reports.service import ResultTable


@dataclass(frozen=True, slots=True)
class Station:
    """One step of the funnel; the loss is how many people stayed at the step before."""

    name: str
    value: int | Hidden
    share: float
    """Fraction of the enrolled, in [0, 1]; that of the step before when hidden."""
    loss: int
    """People who stayed since the last step shown."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sector's share of completions, month by month."""

    sector: str
    population: Cell
    points: tuple[float | Hidden, ...]
    """Fractions in [0, 1]; a protected month breaks the line."""


def funnel(question: Question, _zone: ZoneInfo) -> list[Station]:
    """Return the steps from enrolment to certificate, of whom the question chooses."""
    return funnel_of_asked(Asking(question))


def funnel_of_asked(asked: Asking) -> list[Station]:
    """Return the steps of a question whose figures were read already."""
    whole = Entry((), asked.chosen)
    return steps([asked.value(name, whole) for name in STATIONS])


def steps(values: Sequence[int | Hidden]) -> list[Station]:
    """Return the steps of these values.

    A step that would tell of fewer than five people, or that fewer than five did not take, is protected, and the
    next loss is counted from the last step shown: no subtraction tells the hidden one.
    """
    whole = shown = values[0] if isinstance(values[0], int) else 0
    stations: list[Station] = []
    for name, value in zip(STATIONS, values, strict=True):
        loss = 0 if isinstance(value, Hidden) else shown - value
        if isinstance(value, Hidden) or 0 < value < SMALLEST or 0 < loss < SMALLEST:
            hidden = Hidden.SMALL if value is Hidden.SMALL or _is_small(value) else Hidden.PROTECTS
            stations.append(Station(name, hidden, _share(shown, whole), 0))
            continue
        stations.append(Station(name, value, _share(value, whole), loss))
        shown = value
    return stations


def _is_small(value: int | Hidden) -> bool:
    return not isinstance(value, Hidden) and value < SMALLEST


def _share(value: int, whole: int) -> float:
    return value / whole if whole else 0.0


def lines(question: Question, zone: ZoneInfo, table: ResultTable) -> list[Line]:
    """Return one line per sector of the table, highest first; a sector whose total is hidden has none."""
    months = months_ending(question.period.last)
    finished = count_months(question, zone)
    found = [
        Line(
            sector,
            totals[table.index("enrolled")],
            _points(sector, totals[table.index("enrolled")], months, finished),
        )
        for sector, totals in table.sectors.items()
        if sector and totals[table.index("enrolled")] != 0
    ]
    return sorted(found, key=_height, reverse=True)


def _points(
    sector: str, population: Cell, months: Sequence[date], finished: dict[tuple[str | None, int, int], int]
) -> tuple[float | Hidden, ...]:
    if not isinstance(population, int) or population < SMALLEST:
        return tuple(Hidden.SMALL for _ in months)
    points: list[float | Hidden] = []
    shown = 0
    for month in months:
        count = sum(
            n for (s, y, m), n in finished.items() if s == sector and (y, m) <= (month.year, month.month)
        )
        if 0 < count - shown < SMALLEST:
            points.append(Hidden.SMALL if count < SMALLEST else shown / population)
            continue
        points.append(count / population)
        shown = count
    return tuple(points)


def _height(line: Line) -> float:
    last = line.points[-1]
    return -1.0 if isinstance(last, Hidden) else last

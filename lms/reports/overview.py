"""The commission's first page: the finding, the funnel and each sector month by month, all protected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from lms.core.small_cells import SMALLEST, Cell, Hidden
from lms.plugins.reports import Question
from lms.reports.completion import Asking, Entry
from lms.reports.queries.completion import STATIONS, count_kept_months, count_months
from lms.reports.rules import months_ending
from lms.reports.service import ResultTable


@dataclass(frozen=True, slots=True)
class Station:
    """One step of the funnel; the loss is how many people stayed at the step before."""

    name: str
    value: int | Hidden
    share: float
    """Fraction of the enrolled, in [0, 1]; that of the step before when hidden."""
    loss: int | Hidden
    """People who stayed since the last step shown; fewer than five are not told."""


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

    What the table beside it shows is shown here too: one page has one figure for one thing (ADR 24).
    """
    whole = shown = values[0] if isinstance(values[0], int) else 0
    stations: list[Station] = []
    for name, value in zip(STATIONS, values, strict=True):
        if isinstance(value, Hidden) or _is_small(value):
            hidden = value if isinstance(value, Hidden) else Hidden.SMALL
            stations.append(Station(name, hidden, _share(shown, whole), 0))
            continue
        loss = shown - value
        stations.append(Station(name, value, _share(value, whole), Hidden.SMALL if _is_small(loss) else loss))
        shown = value
    return stations


def _is_small(value: int) -> bool:
    return 0 < value < SMALLEST


def _share(value: int, whole: int) -> float:
    return value / whole if whole else 0.0


def lines(question: Question, _zone: ZoneInfo, table: ResultTable) -> list[Line]:
    """Return one line per sector of the table, highest first."""
    return lines_of_asked(Asking(question), table)


def lines_of_asked(asked: Asking, table: ResultTable) -> list[Line]:
    """Return the lines of a question whose figures were read already.

    A line ends in who completed, so a sector whose total of them is hidden has no point that is shown.
    """
    months = months_ending(asked.question.period.last)
    finished = asked.cube.once("months", lambda: _finished(asked))
    found = [
        Line(
            sector,
            totals[table.index("enrolled")],
            (Hidden.PROTECTS,) * len(months)
            if isinstance(totals[table.index("completed")], Hidden)
            else _points(totals[table.index("enrolled")], months, finished.get(sector, {})),
        )
        for sector, totals in table.sectors.items()
        if sector and totals[table.index("enrolled")] != 0
    ]
    return sorted(found, key=_height, reverse=True)


Finished = dict[str | None, dict[str, int]]


def _finished(asked: Asking) -> Finished:
    """Return how many completed by sector and month, of all sectors."""
    found: Finished = {}
    cube, everybody = asked.cube, replace(asked.question, sector=None)
    if cube.figures.is_kept:
        counts = count_kept_months(everybody, cube.period)
    else:
        counts = count_months(everybody, ZoneInfo(asked.programme.timezone))
    for (sector, year, month), count in counts.items():
        found.setdefault(sector, {})[f"{year:04}-{month:02}"] = count
    return found


def _points(
    population: Cell, months: Sequence[date], finished: Mapping[str, int]
) -> tuple[float | Hidden, ...]:
    """Return the share that completed by the end of each month; until the last, which the table tells, in whole fives.

    An exact month of a sector, beside the months of the table, would tell the small ones that it protects.
    """
    if not isinstance(population, int) or population < SMALLEST:
        return tuple(Hidden.SMALL for _ in months)
    ends = [f"{month:%Y-%m}" for month in months]
    counts = [sum(n for name, n in finished.items() if name <= end) for end in ends]
    fives = [
        Hidden.SMALL if _is_small(count) else count // SMALLEST * SMALLEST / population
        for count in counts[:-1]
    ]
    return *fives, counts[-1] / population


def _height(line: Line) -> float:
    last = line.points[-1]
    return -1.0 if isinstance(last, Hidden) else last

"""Everything that the pages of one programme could be asked, and which of it may be shown.

A row is an institution and a sector, whatever the filter: filters choose rows, they never make other ones. Each
table that a page shows is a sum of rows in one period. Which rows are pooled in a period follows from the figures
alone, never from what was asked, so that two questions never hide different things (ADR 24).
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property, lru_cache
from threading import Lock
from typing import NamedTuple, Self, TypeVar
from zoneinfo import ZoneInfo

from lms.core.calendar import today
from lms.core.small_cells import SMALLEST, Hidden
from lms.plugins.reports import Period, Question
from lms.reports.keeping import shelf
from lms.reports.pools import Pools, Sibling, coarsen, join
from lms.reports.queries.cube import Figures, Place, Places, read_figures, read_places
from lms.reports.tallies.rules import EVER, SPAN, Basis, bounds_of, period_named, periods_of, span_named
from lms.reports.tallies.versions import Version, version_of

STATIONS = ("enrolled", "started", "halfway", "completed", "certified")
"""Each is counted among those of the one before: what is hidden of one is hidden of the next."""
MEASURES = (*STATIONS, "minutes", "days", "recent")
MOST_MADE = 24
"""Choices of rows, and what else was made of the figures of one question, that are remembered."""
SHOWN_WITH = {"minutes": "completed", "days": "completed"}
"""Sums over people who completed, shown where those are counted."""


def parent_of(period: str) -> str | None:
    """Return the quarter of a month and the year of a quarter; years and spans stand on their own."""
    bounds = bounds_of(period)
    if bounds is None or SPAN in period or len(period) == 4:
        return None
    _ever, year, quarter, _month = periods_of(bounds[0])
    return year if period == quarter else quarter


def parts_of(period: str) -> tuple[str, ...]:
    """Return the quarters of a year, the months of a quarter, what covers a span; nothing for a month or all time."""
    bounds = bounds_of(period)
    if bounds is None or bounds[1] - bounds[0] < timedelta(days=31):
        return ()
    if SPAN in period:
        return cover(*bounds)
    place, step = (2, 3) if len(period) == 4 else (3, 1)
    count = 4 if len(period) == 4 else 3
    months = (bounds[0].replace(month=bounds[0].month + step * n) for n in range(count))
    return tuple(periods_of(month)[place] for month in months)


@lru_cache(maxsize=1024)
def eldest_of(period: str) -> str:
    """Return the first of the quarters of a year, or of the months of a quarter: all of them are pooled alike."""
    above = parent_of(period)
    return parts_of(above)[0] if above else period


def cover(first: date, last: date) -> tuple[str, ...]:
    """Return the fewest whole years, quarters and months that are these days; both ends are ends of months."""
    found: list[str] = []
    day = first
    while day <= last:
        names = periods_of(day)[1:]
        fitting = [
            name for name in names if (bounds := bounds_of(name)) and bounds[0] == day and bounds[1] <= last
        ]
        name = fitting[0] if fitting else names[-1]
        found.append(name)
        bounds = bounds_of(name)
        day = (bounds[1] if bounds else last) + timedelta(days=1)
    return tuple(found)


class Row(NamedTuple):
    """An institution and a sector."""

    place: Place
    sector: str | None


class Rows(tuple[int, ...]):  # noqa: SLOT001  # Python gives no slots to what is as long as it likes
    """Rows that are summed again and again: they remember what came of it."""

    sums: dict[tuple[str, str | None], int | Hidden]

    def __new__(cls, rows: Iterable[int] = ()) -> Self:
        """Hold these rows; nothing was summed yet."""
        self = super().__new__(cls, rows)
        self.sums = {}
        return self


def read_cube(question: Question, zone: ZoneInfo) -> "Cube":
    """Return the figures that a question needs: those this worker keeps while they are true, else from the database.

    The version is read first, so what is kept under it is as new, or newer, and what changes later has another one.
    """
    day, version = today(), version_of(question.programme_id)
    periods = wanted(question, day=day)
    key = _key(question, periods, day)
    known: Cube | None = shelf().find(key, version)
    if known is not None:
        return known
    places = _places(question, version)
    figures = read_figures(question, periods, _chain(question, day), places, zone)
    cube = Cube(replace(question, sector=None, territory="", words=""), figures, day=day)
    if figures.is_kept:
        shelf().keep(key, version, cube, figures.size)
    return cube


def _key(question: Question, periods: Sequence[str], day: date) -> Hashable:
    return question.period, question.basis, tuple(periods), day, *_scope(question)


def _scope(question: Question) -> tuple[Hashable, ...]:
    """Return whose figures somebody sees: nobody is given what was read for somebody who sees more."""
    reach = None if question.sees_whole_programme else question.reach.institutions
    return question.programme_id, reach


def _places(question: Question, version: Version) -> Places:
    """Return the places: figures change all day long, their names seldom."""
    key = ("places", question.period.last, *_scope(question))
    known: Places | None = shelf().find(key, version.directory)
    if known is None:
        known = read_places(question)
        shelf().keep(key, version.directory, known, len(known.ranked))
    return known


def wanted(question: Question, *, day: date) -> list[str]:
    """Return the periods whose figures a question needs: its own, those around it and those beside them."""
    period = name_of(question.period, day)
    has_parts = SPAN in period or question.group in {"period", "matrix"}
    found = dict.fromkeys((period, *(parts_of(period) if has_parts else ())))
    for name in tuple(found):
        above = parent_of(name)
        while above:
            found.update(dict.fromkeys((above, *parts_of(above))))
            above = parent_of(above)
    return list(found)


def name_of(period: Period, day: date) -> str:
    """Return the name of the period that is asked for: until today it is the whole of it."""
    return (
        period.name
        or period_named(period.first, period.last, until=day)
        or span_named(period.first, period.last)
    )


def _chain(question: Question, day: date) -> list[str]:
    """Return the period that was asked for and those around it."""
    found = []
    period: str | None = name_of(question.period, day)
    while period:
        found.append(period)
        period = parent_of(period)
    return found


Made = TypeVar("Made")


class Cube:
    """The figures of a programme, as far as a question and what protects its answer need them."""

    def __init__(self, question: Question, figures: Figures, *, day: date) -> None:
        self.question = question
        self.basis = Basis(question.basis)
        self.day = day
        self.period = name_of(question.period, day)
        self.figures = figures
        self._pools: dict[tuple[Basis, str, str], Pools] = {}
        self._shown: dict[tuple[str, str | None], list[int | Hidden]] = {}
        self._made: dict[Hashable, object] = {}
        self._lock = Lock()

    @cached_property
    def rows(self) -> list[Row]:
        """Return every row, by name of the institution."""
        return [Row(self.figures.places[place], sector or None) for place, sector in self.figures.keys]

    def once(self, name: Hashable, make: Callable[[], Made]) -> Made:
        """Return what was made of these figures before, else make it; a few things only, the oldest is forgotten."""
        known = self._made.get(name)
        if known is None:
            known = make()
            with self._lock:  # requests and whoever renews share a cube
                self._made[name] = known
                if len(self._made) > MOST_MADE:
                    self._made.pop(next(iter(self._made)))
        made: Made = known  # type: ignore[assignment]  # under one name stands one kind of thing
        return made

    def values(self, measure: str, period: str | None = None) -> Sequence[int]:
        """Return a value for each row."""
        return self.figures.values(self.basis, period or self.period, measure)

    def pools(self, measure: str, period: str | None = None) -> Pools:
        """Return how the rows are pooled where a measure of a period is shown."""
        return self._pools_of(self.basis, period or self.period, SHOWN_WITH.get(measure, measure))

    def _pools_of(self, basis: Basis, period: str, measure: str) -> Pools:
        # What is hidden in one quarter of a year is hidden in all, and in one month of a quarter: they share one table.
        key = (basis, period if measure == "recent" else eldest_of(period), measure)
        if key not in self._pools:
            self._pools[key] = self._make_pools(*key)
        return self._pools[key]

    def _make_pools(self, basis: Basis, period: str, measure: str) -> Pools:
        """Coarsen what the wider period, or the narrower ones, the other basis and the measure before it hide."""
        start = [self._pools_of(basis, each, measure) for each in self._built_on(period, measure)]
        if basis is Basis.NOW:
            start.append(self._pools_of(Basis.THEN, period, measure))
        earlier = "completed" if measure == "recent" else _before(measure)
        if earlier:
            start.append(self._pools_of(basis, period, earlier))
        above = parent_of(period)
        beside = parts_of(above) if above and measure != "recent" else (period,)
        siblings = [self._sibling(basis, name, measure) for name in beside]
        return coarsen(
            join(start) if start else Pools.apart(len(self.rows)), siblings, self._kinds, self._order
        )

    def _built_on(self, period: str, measure: str) -> Sequence[str]:
        """Return the periods whose pools a period only makes larger: years add up to all time, and others to spans."""
        above = parent_of(period)
        if above or measure == "recent":
            return (above,) if above else ()
        return self.figures.years if period == EVER else parts_of(period) if SPAN in period else ()

    def _sibling(self, basis: Basis, period: str, measure: str) -> Sibling:
        return Sibling(
            self.figures.values(basis, period, "enrolled"), self.figures.values(basis, period, measure)
        )

    @cached_property
    def _kinds(self) -> list[str]:
        return [row.sector or "-" for row in self.rows]

    @cached_property
    def _order(self) -> list[int]:
        """Return the rows with those of one territory beside each other."""
        return sorted(range(len(self.rows)), key=lambda n: (self.rows[n].place.territory, n))

    def cell(self, measure: str, row: int, period: str | None = None) -> int | Hidden:
        """Return one row's value, hidden when it is pooled: as small when it is, else as what protects others."""
        return self.shown(measure, period)[row]

    def shown(self, measure: str, period: str | None = None) -> Sequence[int | Hidden]:
        """Return the value of each row, hidden where it is pooled."""
        key = (measure, period)
        if key not in self._shown:
            self._shown[key] = self._show(measure, period)
        return self._shown[key]

    def _show(self, measure: str, period: str | None) -> list[int | Hidden]:
        singles = self.pools(measure, period).singles
        # That a span has one to four, beside what its year has outside of it, can say how many.
        is_told_small = measure in STATIONS and SPAN not in (period or self.period)

        def hide(value: int) -> Hidden:
            return Hidden.SMALL if is_told_small and 0 < value < SMALLEST else Hidden.PROTECTS

        values = self.values(measure, period)
        return [value if single else hide(value) for value, single in zip(values, singles, strict=True)]

    def total(self, measure: str, rows: Sequence[int], period: str | None = None) -> int | Hidden:
        """Return the sum over rows, hidden when it would cut a pool."""
        if not rows:
            return 0
        if not isinstance(rows, Rows):
            return self._sum(measure, rows, period)
        if (measure, period) not in rows.sums:
            rows.sums[measure, period] = self._sum(measure, rows, period)
        return rows.sums[measure, period]

    def _sum(self, measure: str, rows: Sequence[int], period: str | None) -> int | Hidden:
        if not self.pools(measure, period).are_whole(rows):
            return Hidden.PROTECTS
        values = self.values(measure, period)
        return sum([values[row] for row in rows])

    def listed(self, rows: Sequence[int], period: str | None = None) -> list[int]:
        """Return the rows to list: with somebody enrolled, or pooled, so that a missing row tells nothing either."""
        values, singles = self.values("enrolled", period), self.pools("enrolled", period).singles
        return [row for row in rows if values[row] or not singles[row]]


def _before(measure: str) -> str | None:
    place = STATIONS.index(measure)
    return STATIONS[place - 1] if place else None

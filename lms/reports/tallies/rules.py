"""What one person adds to the figures of a programme. Pure.

A period holds the enrolments that began in it. A person counts once in each, however many courses they took: by
the enrolment that was complete on the last day of the period, else by the latest. That is the definition of the
commission's tables, so a person adds one to one row of every period in which they enrolled, and to no other.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from lms.reports.tallies.outcomes import Outcome, learned_from

EVER = "all"
"""The period without beginning or end."""
SPAN = "_"
"""Stands between the first and the last month of a span: ``2026-02_2026-08``."""


class Basis(StrEnum):
    """At which institution a person counts."""

    THEN = "then"
    """Where they were enrolled: nobody's change of post moves a figure that was already reported."""
    NOW = "now"
    """Where they work today, else where they were enrolled."""


class Place(NamedTuple):
    """An institution and a sector; no sector is an empty text, because keys of tables hold no nulls."""

    institution_id: UUID
    sector: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """One enrolment that counts, as far as the figures care; days are in the programme's time zone."""

    enrolment_id: UUID
    then: Place
    now: Place
    enrolled_at: datetime
    enrolled_on: date
    is_started: bool
    is_halfway: bool
    """Whether at least half of the release's units are finished."""
    completed_on: date | None
    is_certified: bool
    minutes: int
    """Hours that completing the course is worth, in minutes."""
    outcome: Outcome = field(default_factory=Outcome)


class Key(NamedTuple):
    """A row of the figures."""

    basis: str
    period: str
    month: str
    """Empty in the row of everybody; ``2026-11`` in the row that counts, alone, who completed in that month."""
    institution_id: UUID
    sector: str


class Measures(NamedTuple):
    """What is added up in a row."""

    enrolled: int
    started: int
    halfway: int
    completed: int
    certified: int
    minutes: int
    days: int
    """From enrolment to completion, of those who completed."""


Amounts = tuple[int, ...]
"""``Measures`` or ``Learned``: what one of the two tables adds up."""
Counted = Mapping[Key, Amounts]
Spans = Sequence[str]
"""Names of the spans of months that a programme keeps besides calendar periods."""
NOTHING = Measures(0, 0, 0, 0, 0, 0, 0)
ONE_COMPLETED = NOTHING._replace(completed=1)
MONTH = len("2026-11")
_NAME = re.compile(r"(?P<year>\d{4})(-(?P<part>Q[1-4]|\d\d))?", re.ASCII)
LAST_YEAR = date.max.year
"""No period is in it: whoever asks for the day after its last one would run out of calendar."""
ROOM = 2**52
"""No figure is as large, nor as small below zero: millionths of a million people leave room."""


@lru_cache(maxsize=8192)
def periods_of(day: date) -> tuple[str, ...]:
    """Return the names of the periods that hold a day: ``all``, ``2026``, ``2026-Q4``, ``2026-11``."""
    return EVER, f"{day:%Y}", f"{day:%Y}-Q{(day.month - 1) // 3 + 1}", f"{day:%Y-%m}"


@lru_cache(maxsize=8192)
def bounds_of(period: str) -> tuple[date, date] | None:
    """Return the first and last day of a period by its name; None for the one without end or for no name of ours."""
    if SPAN in period:
        return _span_bounds(*period.split(SPAN, 1))
    found = _NAME.fullmatch(period)
    year = int(found["year"]) if found else 0
    if found is None or not date.min.year <= year < LAST_YEAR:
        return None
    first, months = _first_month(found["part"] or "")
    if not months:
        return None
    start = date(year, first, 1)
    last = first + months - 1
    return start, (start.replace(month=last) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _span_bounds(first: str, last: str) -> tuple[date, date] | None:
    begins, ends = (
        bounds_of(month) if len(month) == MONTH and "Q" not in month else None for month in (first, last)
    )
    return (begins[0], ends[1]) if begins and ends and begins[0] <= ends[0] else None


def span_named(first: date, last: date) -> str:
    """Return the name of the span from the month of one day to the month of another."""
    return f"{first:%Y-%m}{SPAN}{last:%Y-%m}"


def _first_month(part: str) -> tuple[int, int]:
    """Return the first month and how many of them; none for no part of a year."""
    if not part:
        return 1, 12
    if part.startswith("Q"):
        return 3 * int(part[1]) - 2, 3
    if 1 <= int(part) <= 12:
        return int(part), 1
    return 0, 0


def period_named(first: date, last: date, *, until: date) -> str | None:
    """Return the name of the period that these days are; None when there is none.

    A period that is not over on the day ``until`` is whole from its first day until then. All time has no first
    day: it is asked for by ``date.min``.
    """
    if first == date.min:
        return EVER if last >= until else None
    for name in periods_of(first):
        bounds = bounds_of(name)
        if (
            bounds
            and bounds[0] == first
            and min(last, bounds[1]) == last
            and (last == bounds[1] or last >= until)
        ):
            return name
    return None


def count(studies: Sequence[Study], spans: Spans = ()) -> Counted:
    """Return what a person adds to the table of progress, with everything they studied in one programme."""
    counted: dict[Key, Amounts] = {}
    for period, chosen, done in _chosen(studies, spans):
        measures = _measures(chosen, done)
        for basis, place in ((Basis.THEN.value, chosen.then), (Basis.NOW.value, chosen.now)):
            counted[Key(basis, period, "", *place)] = measures
            if done:
                counted[Key(basis, period, periods_of(done)[-1], *place)] = ONE_COMPLETED
    return counted


def count_learned(studies: Sequence[Study], spans: Spans = ()) -> Counted:
    """Return what a person adds to the table of attendance and learning: where they were enrolled, and no months."""
    counted: dict[Key, Amounts] = {}
    for period, chosen, done in _chosen(studies, spans):
        learned = learned_from(chosen.outcome, is_complete=done is not None)
        if any(learned):
            counted[Key(Basis.THEN.value, period, "", *chosen.then)] = learned
    return counted


def _chosen(studies: Sequence[Study], spans: Spans) -> Iterator[tuple[str, Study, date | None]]:
    """Give each period with the study that counts in it, and the day of its completion if that is not later."""
    inside: dict[str, list[Study]] = {}
    for study in studies:
        for period in (*periods_of(study.enrolled_on), *_spans_with(study.enrolled_on, spans)):
            inside.setdefault(period, []).append(study)
    for period, found in inside.items():
        bounds = bounds_of(period)
        last = bounds[1] if bounds else date.max
        chosen = found[0] if len(found) == 1 else max(found, key=lambda study: _rank(study, last))
        yield (
            period,
            chosen,
            chosen.completed_on if chosen.completed_on and chosen.completed_on <= last else None,
        )


def _spans_with(day: date, spans: Spans) -> Iterator[str]:
    for span in spans:
        bounds = bounds_of(span)
        if bounds and bounds[0] <= day <= bounds[1]:
            yield span


def _rank(study: Study, last: date) -> tuple[bool, datetime, bytes]:
    """Return what makes one enrolment count before another: complete by the last day, then the latest."""
    is_complete = study.completed_on is not None and study.completed_on <= last
    return is_complete, study.enrolled_at, study.enrolment_id.bytes


def _measures(study: Study, done: date | None) -> Measures:
    return Measures(
        enrolled=1,
        started=int(study.is_started or done is not None),
        halfway=int(study.is_halfway or done is not None),
        completed=int(done is not None),
        certified=int(done is not None and study.is_certified),
        minutes=study.minutes if done else 0,
        days=(done - study.enrolled_on).days if done else 0,
    )


class Sums:
    """Figures while they are added up."""

    def __init__(self) -> None:
        self.rows: dict[Key, list[int]] = {}

    def __len__(self) -> int:
        """Return how many rows there are, those of zeros too."""
        return len(self.rows)

    def add(self, counted: Counted, *, sign: int = 1) -> None:
        """Add what a person adds, or take it away."""
        for key, measures in counted.items():
            known = self.rows.get(key)
            if known is None:
                self.rows[key] = [sign * value for value in measures]
                continue
            for place, value in enumerate(measures):
                if value:
                    known[place] += sign * value

    def exchange(self, before: Counted, after: Counted) -> None:
        """Add what is missing to the first so that it says the second."""
        self.add(before, sign=-1)
        self.add(after)

    def taken(self) -> dict[Key, Amounts]:
        """Return the sums that are not zero, and begin again."""
        rows, self.rows = self.rows, {}
        return {key: tuple(values) for key, values in rows.items() if any(values)}


class Balance:
    """Tells at which institutions two long lists of figures differ, holding one number for each institution.

    Every figure weighs what nobody can foresee of its row, so what is added on one side and taken on the other comes
    to nothing only when it is the same; that another difference does has a chance of one in 2**60.
    """

    def __init__(self) -> None:
        self._weights: dict[UUID, int] = {}

    def add(self, counted: Iterable[tuple[Key, Amounts]], *, sign: int = 1) -> None:
        """Put figures on the balance, or take them off."""
        weights = self._weights
        for key, measures in counted:
            packed = 0
            for value in measures:
                packed = packed * ROOM + value
            place = key.institution_id
            weights[place] = weights.get(place, 0) + sign * hash(key) * packed

    def uneven(self) -> set[UUID]:
        """Return the institutions whose figures differ."""
        return {place for place, weight in self._weights.items() if weight}

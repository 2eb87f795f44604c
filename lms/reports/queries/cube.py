"""The figures of several periods of a programme at once, by institution and sector."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from lms.core.calendar import today
from lms.core.db import db
from lms.institutions.directory.models import Institution
from lms.institutions.directory.queries import subtree_condition
from lms.institutions.programmes.models import Membership
from lms.learning.models import Cohort, Enrolment
from lms.plugins.reports import Period, Question
from lms.reports.queries.completion import STATIONS, Group, count_from_facts
from lms.reports.tallies.models import Tally
from lms.reports.tallies.queries import MEASURES, is_counted
from lms.reports.tallies.rules import EVER, Basis, Measures, bounds_of

FIRST_YEAR = 2000
"""The first of which figures are shown."""
OTHER_DAYS = ""
"""Under this name stand the figures of days that are no period."""
COLUMNS = (*Measures._fields, "recent")
Key = tuple[UUID, str]
Table = dict[str, list[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An institution at which people are counted, with everything below it that is not counted by itself."""

    id: UUID
    name: str
    sector: str | None
    territory: str
    path: str
    search_text: str
    is_member: bool
    """Whether it takes part today, so that it is shown even when it sent nobody."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Every value that was read, one for each key."""

    places: Mapping[UUID, Place]
    keys: Sequence[Key]
    """Place and sector, which is empty for none."""
    tables: Mapping[tuple[str, str], Table]

    def values(self, basis: Basis, period: str, measure: str) -> Sequence[int]:
        """Return the values of a measure in a period; zeros where nobody was counted."""
        table = self.tables.get((basis.value, period)) or self.tables.get((Basis.THEN.value, period))
        return table[measure] if table else [0] * len(self.keys)

    @property
    def years(self) -> list[str]:
        """Return the years that were read, in order."""
        return sorted({period for _basis, period in self.tables if len(period) == 4})


def read_figures(question: Question, periods: Sequence[str], zone: ZoneInfo) -> Figures:
    """Return the figures of these periods, and those of the question itself when it asks for other days."""
    places = _places(question)
    found: dict[tuple[str, str], dict[Key, list[int]]] = {}
    is_kept = is_counted(question.programme_id)
    place_of = _Placing(places)
    rows: Iterable[Any] = _kept(question, periods) if is_kept else _from_facts(question, periods, zone)
    for institution_id, sector, basis, period, is_recent, *values in rows:
        table = found.setdefault((basis, period), {})
        sums = table.setdefault((place_of(institution_id), sector), [0] * len(COLUMNS))
        if is_recent:
            sums[-1] += values[3]
        else:
            for place, value in enumerate(values):
                sums[place] += value
    if not periods or OTHER_DAYS in periods:
        _add_days(found, count_from_facts(replace(question, sector=None), zone), place_of)
    keys = sorted(
        {key for table in found.values() for key in table}, key=lambda key: (places[key[0]].search_text, *key)
    )
    return Figures(places, keys, {name: _columns(table, keys) for name, table in found.items()})


def _columns(table: Mapping[Key, Sequence[int]], keys: Sequence[Key]) -> Table:
    nothing = (0,) * len(COLUMNS)
    rows = [table.get(key, nothing) for key in keys]
    return {name: [row[place] for row in rows] for place, name in enumerate(COLUMNS)}


def _kept(question: Question, periods: Sequence[str]) -> Iterable[Any]:
    """Return the kept rows of these periods: everybody, and who completed in the last month of each.

    Everything is named, so that the database walks along its index past the other months, which are most rows.
    """
    bases = (Basis.THEN.value,) if question.basis == Basis.THEN.value else tuple(each.value for each in Basis)
    day = today()
    years = [str(year) for year in range(FIRST_YEAR, day.year + 2)] if EVER in periods else []
    last = _last_months(day)
    months = {last(period) for period in (*periods, *years)}
    statement = select(
        Tally.institution_id, Tally.sector, Tally.basis, Tally.period, Tally.month, *MEASURES
    ).where(
        Tally.programme_id == question.programme_id,
        Tally.basis.in_(bases),
        Tally.period.in_((*periods, *years)),
        Tally.month.in_(("", *sorted(months))),
    )
    if not question.sees_whole_programme:
        inside = select(Institution.id).where(subtree_condition(question.reach.institutions))
        statement = statement.where(Tally.institution_id.in_(inside))
    for row in db.session.execute(statement):
        if not row[4] or row[4] == last(row[3]):
            yield (*row[:4], bool(row[4]), *row[5:])


def _last_months(day: date) -> Callable[[str], str]:
    known: dict[str, str] = {}

    def last(period: str) -> str:
        if period not in known:
            bounds = bounds_of(period)
            known[period] = f"{min(bounds[1], day) if bounds else day:%Y-%m}"
        return known[period]

    return last


def _from_facts(question: Question, periods: Sequence[str], zone: ZoneInfo) -> Iterable[Any]:
    """Return the same rows for a programme whose figures are not kept yet."""
    for period in (*periods, *(_years(question.programme_id, zone) if EVER in periods else ())):
        first, last = bounds_of(period) or (date.min, today())
        asked = replace(question, period=Period(first=first, last=min(last, today())), sector=None)
        for group in count_from_facts(asked, zone) if first <= today() else ():
            values = (*(getattr(group, name) for name in STATIONS), 0, 0)
            head = (group.institution_id, group.sector or "", Basis.THEN.value, period)
            yield (*head, False, *values)
            yield (*head, True, 0, 0, 0, group.completed - group.completed_before)


def _years(programme_id: UUID, zone: ZoneInfo) -> list[str]:
    first = db.session.scalar(
        select(func.min(Enrolment.enrolled_at)).join(Cohort).where(Cohort.programme_id == programme_id)
    )
    return [str(year) for year in range(first.astimezone(zone).year, today().year + 1)] if first else []


def _add_days(
    found: dict[tuple[str, str], dict[Key, list[int]]], groups: Iterable[Group], place_of: "_Placing"
) -> None:
    table = found.setdefault((Basis.THEN.value, OTHER_DAYS), {})
    for group in groups:
        sums = table.setdefault((place_of(group.institution_id), group.sector or ""), [0] * len(COLUMNS))
        for place, name in enumerate(STATIONS):
            sums[place] += getattr(group, name)


def _places(question: Question) -> dict[UUID, Place]:
    """Return where people are counted: whoever was ever a member, or every office inside the asker's own.

    Members of any day, so that two periods are counted at the same places.
    """
    columns = (
        Institution.id, Institution.name, Institution.sector, Institution.territory, Institution.path,
        Institution.search_text,
    )  # fmt: skip
    if not question.sees_whole_programme:
        statement = select(*columns).where(subtree_condition(question.reach.institutions))
        return {row[0]: _place(row, is_member=True) for row in db.session.execute(statement)}
    day = question.period.last
    members = (
        select(*columns, Membership.starts_on, Membership.ends_on)
        .join(Membership, Membership.institution_id == Institution.id)
        .where(Membership.programme_id == question.programme_id)
    )
    found: dict[UUID, Place] = {}
    for row in db.session.execute(members):
        holds = row.starts_on <= day and (row.ends_on is None or row.ends_on >= day)
        known = found.get(row.id)
        found[row.id] = _place(row, is_member=holds or bool(known and known.is_member))
    return found


def _place(row: Any, *, is_member: bool) -> Place:
    return Place(
        id=row[0], name=row[1], sector=row[2], territory=row[3], path=row[4], search_text=row[5],
        is_member=is_member,
    )  # fmt: skip


class _Placing:
    """Says at which place an institution is counted: the nearest above it, else at itself."""

    def __init__(self, places: dict[UUID, Place]) -> None:
        self.places = places
        self.by_path = {place.path: place.id for place in places.values()}
        self.known = {place: place for place in places}

    @cached_property
    def paths(self) -> dict[UUID, str]:
        """Return where every institution is in the tree; most pages show each at itself and never ask."""
        return {row[0]: row[1] for row in db.session.execute(select(Institution.id, Institution.path))}

    def __call__(self, institution_id: UUID) -> UUID:
        """Return the id of the place; an institution that was never a member becomes one of its own."""
        if institution_id not in self.known:
            self.known[institution_id] = self._find(institution_id)
        return self.known[institution_id]

    def _find(self, institution_id: UUID) -> UUID:
        path = self.paths[institution_id]
        while path.count("/") > 1:
            if path in self.by_path:
                return self.by_path[path]
            path = path[: path.rindex("/", 0, -1) + 1]
        institution = db.session.get_one(Institution, institution_id)
        self.places[institution_id] = Place(
            id=institution_id, name=institution.name, sector=institution.sector,
            territory=institution.territory, path=institution.path, search_text=institution.search_text,
            is_member=False,
        )  # fmt: skip
        return institution_id

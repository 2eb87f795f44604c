"""The figures of several periods of a programme at once, by institution and sector."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, literal, select, type_coerce, union_all
from sqlalchemy.types import NullType

from lms.core.calendar import today
from lms.core.db import db
from lms.institutions.directory.models import Institution
from lms.institutions.directory.queries import subtree_condition
from lms.institutions.programmes.models import Membership, MembershipKind
from lms.learning.models import Cohort, Enrolment
from lms.plugins.reports import Period, Question
from lms.reports.queries.completion import STATIONS, count_from_facts
from lms.reports.tallies.models import Tally
from lms.reports.tallies.queries import is_counted, kept_spans
from lms.reports.tallies.rules import EVER, SPAN, Basis, Measures, bounds_of

FIRST_YEAR = 2000
"""The first of which figures are shown."""
COLUMNS = (*Measures._fields, "recent")
NOTHING = (0,) * len(COLUMNS)
TALLY = Tally.__table__.c
NONE = literal(0)
NONE_BUT_RECENT = [NONE.label(name) for name in Measures._fields]
RAW_PLACE = type_coerce(TALLY.institution_id, NullType()).label("place")
"""The id as the database driver gives it: making a UUID of each of many thousands would cost more than reading."""
Key = tuple[UUID, str]
Spot = tuple[int, str]
"""Number of a place and sector."""
Table = dict[str, list[int]]
Sums = dict[tuple[str, str], dict[Spot, list[int]]]
"""By basis and period."""


class Places(NamedTuple):
    """The institutions at which people are counted, as all periods have them."""

    ranked: Sequence["Place"]
    """By name."""
    by_id: dict[UUID, "Place"]
    spots: Mapping[Any, int]
    """The number of each by its id, as UUID and in hexadecimal: one driver gives ids as text, the other as they are."""


class Place(NamedTuple):
    """An institution at which people are counted, with everything below it that is not counted by itself."""

    id: UUID
    name: str
    sector: str | None
    territory: str
    path: str
    search_text: str
    is_member: bool
    """Whether it has a seat, so that it is shown even when it sent nobody; guests and the secretariat have none."""
    is_guest: bool = False
    """Whether it is a permanent guest: it has people and no seat."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Every value that was read, one for each key."""

    places: Mapping[UUID, Place]
    keys: Sequence[Key]
    """Place and sector, which is empty for none."""
    tables: Mapping[tuple[str, str], Table]
    is_kept: bool = False
    """Whether all of it was read from kept figures: their version says when it changes."""

    def values(self, basis: Basis, period: str, measure: str) -> Sequence[int]:
        """Return the values of a measure in a period; zeros where nobody was counted."""
        table = self.tables.get((basis.value, period)) or self.tables.get((Basis.THEN.value, period))
        return table[measure] if table else [0] * len(self.keys)

    @property
    def years(self) -> list[str]:
        """Return the years that were read, in order."""
        return sorted({period for _basis, period in self.tables if len(period) == 4})

    @property
    def size(self) -> int:
        """Return how many values there are."""
        return len(self.places) + len(self.keys) * len(COLUMNS) * len(self.tables)


def read_figures(
    question: Question, periods: Sequence[str], chain: Sequence[str], places: "Places", zone: ZoneInfo
) -> Figures:
    """Return the figures of these periods: of a programme that is counted all are kept but spans that it has not named.

    Of those in the chain, what completed in the last month is read too. Places come in the order of their names.
    """
    found, spots = Sums(), _Spots(places)
    kept = _kept_among(question.programme_id, periods)
    if kept:
        _add_kept(found, question, kept, chain, spots)
    others = [period for period in periods if period not in kept]
    if others:
        _add_rows(found, _from_facts(question, others, zone), spots)
    keys = sorted({key for table in found.values() for key in table})
    if len(spots.places) > len(places.ranked):
        keys.sort(key=lambda key: (spots.places[key[0]].search_text, spots.places[key[0]].id, key[1]))
    return Figures(
        places=places.by_id | {place.id: place for place in spots.places[len(places.ranked) :]},
        keys=[(spots.places[spot].id, sector) for spot, sector in keys],
        tables={name: _columns(table, keys) for name, table in found.items()},
        is_kept=not others,
    )


def _kept_among(programme_id: UUID, periods: Sequence[str]) -> list[str]:
    """Return the periods whose figures are kept: none of a programme that was never counted."""
    if not is_counted(programme_id):
        return []
    has_spans = any(SPAN in period for period in periods)
    spans = {span.name for span in kept_spans(programme_id)} if has_spans else set()
    return [period for period in periods if SPAN not in period or period in spans]


def _columns(table: Mapping[Spot, Sequence[int]], keys: Sequence[Spot]) -> Table:
    rows = [table.get(key, NOTHING) for key in keys]
    return dict(zip(COLUMNS, map(list, zip(*rows, strict=True)), strict=True)) if rows else {}


def _add_kept(
    found: Sums, question: Question, periods: Sequence[str], chain: Sequence[str], spots: "_Spots"
) -> None:
    """Add the kept rows of these periods: everybody, and who completed in the last month of each in the chain.

    Everything is named, so that the database walks along its index past the other months, which are most rows.
    """
    day = today()
    years = [str(year) for year in range(FIRST_YEAR, day.year + 2)] if EVER in periods else []
    last = _last_months(day)
    everybody = _kept(question, (*periods, *years), "", (*(TALLY[name] for name in Measures._fields), NONE))
    recent = (_kept(question, (name,), last(name), (*NONE_BUT_RECENT, TALLY.completed)) for name in chain)
    _add_rows(found, db.session.execute(union_all(everybody, *recent)).all(), spots)


def _add_rows(found: Sums, rows: Iterable[Any], spots: "_Spots") -> None:
    table: dict[Spot, list[int]] = {}
    before: tuple[str, str] | None = None
    spot_of = spots.known
    for raw, sector, basis, period, *values in rows:
        if before != (basis, period):
            before = (basis, period)
            table = found.setdefault(before, {})
        spot = spot_of.get(raw)
        key = (spots(raw) if spot is None else spot, sector)
        known = table.get(key)
        if known is None:
            table[key] = values
        else:
            for place, value in enumerate(values):
                known[place] += value


def _kept(question: Question, periods: Sequence[str], month: str, columns: Sequence[Any]) -> Select[Any]:
    bases = (Basis.THEN.value,) if question.basis == Basis.THEN.value else tuple(each.value for each in Basis)
    statement = select(RAW_PLACE, TALLY.sector, TALLY.basis, TALLY.period, *columns).where(
        TALLY.programme_id == question.programme_id,
        TALLY.basis.in_(bases),
        TALLY.period.in_(periods),
        TALLY.month == month,
    )
    if question.sees_whole_programme:
        return statement
    inside = select(Institution.id).where(subtree_condition(question.reach.institutions))
    return statement.where(TALLY.institution_id.in_(inside))


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
            values = (
                *(getattr(group, name) for name in STATIONS),
                0,
                0,
                group.completed - group.completed_before,
            )
            yield (group.institution_id, group.sector or "", Basis.THEN.value, period, *values)


def _years(programme_id: UUID, zone: ZoneInfo) -> list[str]:
    first = db.session.scalar(
        select(func.min(Enrolment.enrolled_at)).join(Cohort).where(Cohort.programme_id == programme_id)
    )
    return [str(year) for year in range(first.astimezone(zone).year, today().year + 1)] if first else []


def read_places(question: Question) -> Places:
    """Return where people are counted: whoever was ever a member, or every office inside the asker's own.

    Members of any day, so that two periods are counted at the same places.
    """
    columns = (
        Institution.id, Institution.name, Institution.sector, Institution.territory, Institution.path,
        Institution.search_text,
    )  # fmt: skip
    if not question.sees_whole_programme:
        statement = select(*columns).where(subtree_condition(question.reach.institutions))
        return _in_order(Place(*row, True) for row in db.session.execute(statement))
    day = question.period.last
    members = (
        select(*columns, Membership.starts_on, Membership.ends_on, Institution.is_group, Membership.kind)
        .join(Membership, Membership.institution_id == Institution.id)
        .where(Membership.programme_id == question.programme_id)
    )
    found: dict[UUID, Place] = {}
    groups: set[UUID] = set()
    for row in db.session.execute(members):
        if row.is_group:
            groups.add(row.id)
        holds = row.starts_on <= day and (row.ends_on is None or row.ends_on >= day)
        kind, known = row.kind if holds else None, found.get(row.id)
        is_seated = kind is MembershipKind.MEMBER or bool(known and known.is_member)
        is_guest = kind is MembershipKind.PERMANENT_GUEST or bool(known and known.is_guest)
        found[row.id] = Place(*row[:6], is_seated, is_guest and not is_seated)
    if groups:
        _expand(found, groups, select(*columns, Institution.parent_id))
    return _in_order(found.values())


def _expand(found: dict[UUID, Place], groups: set[UUID], statement: Select[*tuple[Any, ...]]) -> None:
    """Put in the place of each group the institutions that it consists of: nobody works at the group itself."""
    for row in db.session.execute(statement.where(Institution.parent_id.in_(groups))).all():
        place = Place(
            row.id,
            row.name,
            row.sector,
            row.territory,
            row.path,
            row.search_text,
            found[row.parent_id].is_member,
            found[row.parent_id].is_guest,
        )
        found.setdefault(row.id, place)
    for group in groups:
        del found[group]


def _in_order(places: Iterable[Place]) -> Places:
    ranked = sorted(places, key=lambda place: (place.search_text, place.id.int))
    spots: dict[Any, int] = {place.id: spot for spot, place in enumerate(ranked)}
    spots |= {place.id.hex: spot for spot, place in enumerate(ranked)}
    return Places(ranked, {place.id: place for place in ranked}, spots)


class _Spots:
    """Says at which place an institution is counted, by its number: the nearest above it, else at itself."""

    def __init__(self, places: Places) -> None:
        self.places = list(places.ranked)
        self.known: dict[Any, int] = dict(places.spots)

    @cached_property
    def paths(self) -> dict[UUID, str]:
        """Return where every institution is in the tree; most pages show each at itself and never ask."""
        return {row[0]: row[1] for row in db.session.execute(select(Institution.id, Institution.path))}

    @cached_property
    def by_path(self) -> dict[str, int]:
        """Return the places by where they are in the tree."""
        return {place.path: spot for spot, place in enumerate(self.places)}

    def __call__(self, raw: Any) -> int:
        """Return the number of the place; an institution that was never a member becomes one of its own."""
        if raw not in self.known:
            self.known[raw] = self._find(raw if isinstance(raw, UUID) else UUID(raw))
        return self.known[raw]

    def _find(self, institution_id: UUID) -> int:
        path = self.paths[institution_id]
        while path.count("/") > 1:
            if path in self.by_path:
                return self.by_path[path]
            path = path[: path.rindex("/", 0, -1) + 1]
        institution = db.session.get_one(Institution, institution_id)
        self.places.append(
            Place(
                id=institution_id, name=institution.name, sector=institution.sector,
                territory=institution.territory, path=institution.path, search_text=institution.search_text,
                is_member=False,
            )
        )  # fmt: skip
        return len(self.places) - 1

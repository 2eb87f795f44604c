"""Keeping figures: the only writer of their tables."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from lms.core.actors import Actor
from lms.core.db import Base, db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.institutions.programmes.models import Programme
from lms.reports.tallies import queries
from lms.reports.tallies.ledgers import LEDGERS, Ledger
from lms.reports.tallies.messages import TalliesMended
from lms.reports.tallies.models import CountedProgramme, SpanState, Standing
from lms.reports.tallies.rules import Amounts, Balance, Counted, Key, Spans, Study, Sums

Found = dict[tuple[str, Key], Amounts]
"""Figures by the name of their ledger and their row."""

MOST_HELD = 100_000
"""Figures added up before they are written: a programme may have millions."""


def recount_people(facts: Sequence[tuple[UUID, datetime]]) -> None:
    """Count these people again in every programme whose figures are kept; nothing changes when nothing did.

    Each comes with the moment of what happened to them; the same person may come often.
    """
    if not facts:
        return
    db.session.flush()
    now = max(at for _person_id, at in facts)
    for programme, people in queries.list_programmes_of({person_id for person_id, _at in facts}):
        recount(programme, people, now=now)


def recount(programme: Programme, people: Sequence[UUID], *, now: datetime) -> None:
    """Count these people of a programme again, a part at a time, and change its figures by the difference.

    Their standings are locked before the facts are read, so two transactions that count one person at once
    count one after the other, and the second sees what the first wrote. Figures change when everybody is counted:
    who holds a figure waits for no standing any more.
    """
    today = now.astimezone(ZoneInfo(programme.timezone)).date()
    sums = {ledger.name: Sums() for ledger in LEDGERS}
    for first in range(0, len(people), queries.CHUNK):
        _recount_part(programme, people[first : first + queries.CHUNK], today, sums)
    _write(programme.id, sums)


def _recount_part(
    programme: Programme, people: Sequence[UUID], today: date, sums: Mapping[str, Sums]
) -> None:
    """Put into the sums by how much these people differ from what they were counted as, and keep what they are."""
    known = _lock(programme.id, people)
    studies = queries.studies_of(programme, people, today=today)
    spans = queries.names_counted(programme.id)
    for person_id, standing in known.items():
        new = _count(studies.get(person_id, ()), spans)
        plain = {name: _plain(counted) for name, counted in new.items()}
        if standing.counted == plain:
            continue
        for ledger in LEDGERS:
            sums[ledger.name].exchange(queries.read_counted(standing, ledger), new[ledger.name])
        standing.counted = plain


def _lock(programme_id: UUID, people: Collection[UUID]) -> dict[UUID, Standing]:
    """Return the standings of these people, locked; whoever has none gets an empty one."""
    known = queries.find_standings(programme_id, people)
    missing = sorted(set(people) - set(known))
    if not missing:
        return known
    empty = {"programme_id": programme_id, "counted": {}}
    rows = [{"id": new_id(), "person_id": each, **empty} for each in missing]
    db.session.execute(_insert()(Standing.__table__).on_conflict_do_nothing(), rows)
    return queries.find_standings(programme_id, people)


def _plain(counted: Counted) -> list[list[str | int]]:
    return [
        [key.basis, key.period, key.month, key.institution_id.hex, key.sector, *amounts]
        for key, amounts in sorted(counted.items())
    ]


def _add(programme_id: UUID, ledger: Ledger, change: dict[Key, Amounts]) -> None:
    """Add to the figures, always in one order, so that two transactions never wait for each other crosswise."""
    if change:
        rows = [
            {
                "programme_id": programme_id,
                **key._asdict(),
                **dict(zip(ledger.fields, change[key], strict=True)),
            }
            for key in sorted(change)
        ]
        db.session.execute(_upsert(db.engine.dialect.name, ledger), rows)
        ledger.renew(programme_id)


def _insert() -> Any:
    return sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert


@lru_cache
def _upsert(dialect: str, ledger: Ledger) -> Any:
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    table = Base.metadata.tables[ledger.table.__tablename__]
    statement = insert(table)
    return statement.on_conflict_do_update(
        index_elements=list(table.primary_key),
        set_={name: table.c[name] + statement.excluded[name] for name in ledger.fields},
    )


def verify(programme: Programme, *, now: datetime) -> Found:
    """Return what would have to be added to the kept figures so that they agree with the facts: nothing, ever.

    A balance finds the institutions at which they differ in memory that does not grow with the people; only these
    are then added up. Spans on their way in or out are passed over: they agree when they have arrived.
    """
    moving = _moving(programme.id)
    balances = {ledger.name: Balance() for ledger in LEDGERS}
    for counted in _count_all(programme, now=now):
        for one in counted.values():
            for name, rows in one.items():
                balances[name].add(_without(rows, moving).items())
    found: Found = {}
    for ledger in LEDGERS:
        kept = queries.stream_tallies(programme.id, ledger)
        balances[ledger.name].add((each for each in kept if each[0].period not in moving), sign=-1)
        if wrong := balances[ledger.name].uneven():
            sums = _differences(programme, ledger, wrong, now=now)
            found |= {
                (ledger.name, key): amounts for key, amounts in sums.items() if key.period not in moving
            }
    return found


def _moving(programme_id: UUID) -> frozenset[str]:
    spans = queries.list_spans(programme_id)
    return frozenset(each.name for each in spans if each.state is not SpanState.KEPT)


def _without(counted: Counted, periods: Collection[str]) -> Counted:
    return (
        {key: amounts for key, amounts in counted.items() if key.period not in periods}
        if periods
        else counted
    )


def _differences(
    programme: Programme, ledger: Ledger, places: Collection[UUID], *, now: datetime
) -> dict[Key, Amounts]:
    sums = Sums()
    for counted in _count_all(programme, now=now):
        for one in counted.values():
            rows = one[ledger.name].items()
            sums.add({key: amounts for key, amounts in rows if key.institution_id in places})
    sums.add(queries.tallies_of(programme.id, places, ledger), sign=-1)
    return sums.taken()


def _count_all(programme: Programme, *, now: datetime) -> Iterator[dict[UUID, dict[str, Counted]]]:
    """Give what everybody in a programme adds to each ledger, a part of the people at a time."""
    today = now.astimezone(ZoneInfo(programme.timezone)).date()
    spans = queries.names_counted(programme.id)
    for people in queries.list_people(programme.id):
        found = queries.studies_of(programme, people, today=today)
        yield {person_id: _count(studies, spans) for person_id, studies in sorted(found.items())}


def _count(studies: Sequence[Study], spans: Spans) -> dict[str, Counted]:
    return {ledger.name: ledger.count(studies, spans) for ledger in LEDGERS}


def build(programme: Programme, *, now: datetime) -> None:
    """Count everybody of a programme from the facts, as if nobody ever had been, and keep its figures from now on.

    Nobody has a standing any more, so each is written once. Who is counted by another transaction meanwhile runs
    into the unique constraint, and one of both begins again.
    """
    tables: list[type[Any]] = [*(ledger.table for ledger in LEDGERS), Standing]
    for table in tables:
        db.session.execute(delete(table).where(table.programme_id == programme.id))
    if not queries.is_counted(programme.id):
        db.session.add(CountedProgramme(programme_id=programme.id))
    db.session.flush()
    sums = {ledger.name: Sums() for ledger in LEDGERS}
    for counted in _count_all(programme, now=now):
        if counted:
            db.session.execute(insert(Standing), _standings(programme.id, counted))
        for one in counted.values():
            for name, rows in one.items():
                sums[name].add(rows)
        _write(programme.id, sums, most=MOST_HELD)
    _write(programme.id, sums)
    for ledger in LEDGERS:
        ledger.renew(programme.id)


def _write(programme_id: UUID, sums: Mapping[str, Sums], *, most: int = 0) -> None:
    """Write the sums of each ledger that holds more rows than so many."""
    for ledger in LEDGERS:
        if len(sums[ledger.name]) > most:
            _add(programme_id, ledger, sums[ledger.name].taken())


def _standings(programme_id: UUID, counted: dict[UUID, dict[str, Counted]]) -> list[dict[str, Any]]:
    return [
        {
            "id": new_id(),
            "programme_id": programme_id,
            "person_id": person_id,
            "counted": {name: _plain(rows) for name, rows in one.items()},
        }
        for person_id, one in counted.items()
    ]


def mend(programme: Programme, *, actor: Actor, now: datetime) -> int:
    """Verify a programme, count it anew when it differs, and return how many figures did."""
    wrong = verify(programme, now=now)
    if wrong:
        build(programme, now=now)
        publish(TalliesMended(at=now, actor=actor, subject_id=programme.id, rows=len(wrong)))
    return len(wrong)


def list_all() -> Iterable[Programme]:
    """Return every programme, by id."""
    return db.session.scalars(select(Programme).order_by(Programme.id)).all()

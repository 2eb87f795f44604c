"""Keeping figures: the only writer of their tables."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from lms.core.actors import Actor
from lms.core.db import Base, db, postpone
from lms.core.events import Event, publish
from lms.core.ids import new_id
from lms.core.jobs.orders import enqueue
from lms.institutions.merging.messages import MergeUndone, PeopleMerged
from lms.institutions.programmes.messages import ProgrammeChanged
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.queries import get_programme
from lms.learning.messages import CohortMoved
from lms.learning.models import Enrolment
from lms.reports.tallies import queries, rules, versions
from lms.reports.tallies.messages import RecountCohort, TalliesMended
from lms.reports.tallies.models import CountedProgramme, Standing, Tally
from lms.reports.tallies.rules import Balance, Counted, Key, Measures, Sums

MOST_HELD = 100_000
"""Figures added up before they are written: a programme may have millions."""


def count_enrolment(event: Event) -> None:
    """Count again, before the transaction ends, the person of the enrolment that an event is about."""
    enrolment = db.session.get(Enrolment, event.subject_id)
    if enrolment is not None:
        postpone(recount_people, (enrolment.person_id, event.at))


def count_holder(event: Any) -> None:
    """Count again, before the transaction ends, the person whom an event names."""
    postpone(recount_people, (event.person_id, event.at))


def count_subject(event: Event) -> None:
    """Count again, before the transaction ends, the person whom an event is about."""
    postpone(recount_people, (event.subject_id, event.at))


def count_both(event: PeopleMerged | MergeUndone) -> None:
    """Count again, before the transaction ends, two records that became one, or two again."""
    for person_id in (event.subject_id, event.gone_id):
        postpone(recount_people, (person_id, event.at))


def count_cohort(event: CohortMoved) -> None:
    """Order that everybody in a cohort is counted again: half of another release is another half."""
    enqueue(RecountCohort(cohort_id=str(event.subject_id)), now=event.at)


def count_programme(event: ProgrammeChanged) -> None:
    """Order that everybody is counted again where the programme got another clock: days begin at another hour."""
    if "timezone" in event.fields:
        for cohort_id in queries.list_cohorts_of(event.subject_id):
            enqueue(RecountCohort(cohort_id=str(cohort_id)), now=event.at)


def begin(event: Event) -> None:
    """Keep the figures of a new programme from its first day."""
    db.session.add(CountedProgramme(programme_id=event.subject_id))


def recount_people(facts: Sequence[tuple[UUID, datetime]]) -> None:
    """Count these people again in every programme whose figures are kept; nothing changes when nothing did.

    Each comes with the moment of what happened to them; the same person may come often.
    """
    if not facts:
        return
    db.session.flush()
    now = max(at for _person_id, at in facts)
    for programme_id, people in queries.list_programmes_of({person_id for person_id, _at in facts}).items():
        recount_all(get_programme(programme_id), people, now=now)


def recount(programme: Programme, people: Collection[UUID], *, now: datetime) -> None:
    """Count these people of a programme again and change its figures by the difference.

    Their standings are locked before the facts are read, so two transactions that count one person at once
    count one after the other, and the second sees what the first wrote.
    """
    today = now.astimezone(ZoneInfo(programme.timezone)).date()
    known = _lock(programme.id, people)
    studies = queries.studies_of(programme, people, today=today)
    before, after = [], []
    for person_id, standing in known.items():
        counted = rules.count(studies.get(person_id, ()))
        old = queries.read_counted(standing)
        if old != counted:
            before.append(old)
            after.append(counted)
            standing.counted = {"rows": _plain(counted)}
    _add(programme.id, rules.difference(before, after))


def _lock(programme_id: UUID, people: Collection[UUID]) -> dict[UUID, Standing]:
    """Return the standings of these people, locked; whoever has none gets an empty one."""
    known = queries.find_standings(programme_id, people)
    missing = sorted(set(people) - set(known))
    if not missing:
        return known
    empty = {"programme_id": programme_id, "counted": {"rows": []}}
    rows = [{"id": new_id(), "person_id": each, **empty} for each in missing]
    db.session.execute(_insert()(Standing.__table__).on_conflict_do_nothing(), rows)
    return queries.find_standings(programme_id, people)


def _plain(counted: Counted) -> list[list[str | int]]:
    return [
        [key.basis, key.period, key.month, key.institution_id.hex, key.sector, *measures]
        for key, measures in sorted(counted.items())
    ]


def _add(programme_id: UUID, change: dict[Key, Measures]) -> None:
    """Add to the figures, always in one order, so that two transactions never wait for each other crosswise."""
    if change:
        rows = [
            {"programme_id": programme_id, **key._asdict(), **change[key]._asdict()} for key in sorted(change)
        ]
        db.session.execute(_upsert(db.engine.dialect.name), rows)
        versions.renew(programme_id)


def _insert() -> Any:
    return sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert


@lru_cache
def _upsert(dialect: str) -> Any:
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    table = Base.metadata.tables[Tally.__tablename__]
    statement = insert(table)
    return statement.on_conflict_do_update(
        index_elements=list(table.primary_key),
        set_={name: table.c[name] + statement.excluded[name] for name in Measures._fields},
    )


def verify(programme: Programme, *, now: datetime) -> dict[Key, Measures]:
    """Return what would have to be added to the kept figures so that they agree with the facts: nothing, ever.

    A balance finds the institutions at which they differ in memory that does not grow with the people; only these
    are then added up.
    """
    balance = Balance()
    for counted in _count_all(programme, now=now):
        for one in counted.values():
            balance.add(one.items())
    balance.add(queries.stream_tallies(programme.id), sign=-1)
    wrong = balance.uneven()
    return _differences(programme, wrong, now=now) if wrong else {}


def _differences(programme: Programme, places: Collection[UUID], *, now: datetime) -> dict[Key, Measures]:
    sums = Sums()
    for counted in _count_all(programme, now=now):
        for one in counted.values():
            sums.add({key: measures for key, measures in one.items() if key.institution_id in places})
    sums.add(queries.tallies_of(programme.id, places), sign=-1)
    return sums.taken()


def _count_all(programme: Programme, *, now: datetime) -> Iterator[dict[UUID, Counted]]:
    """Give what everybody in a programme adds, a part of the people at a time."""
    today = now.astimezone(ZoneInfo(programme.timezone)).date()
    for people in queries.list_people(programme.id):
        found = queries.studies_of(programme, people, today=today)
        yield {person_id: rules.count(studies) for person_id, studies in sorted(found.items())}


def build(programme: Programme, *, now: datetime) -> None:
    """Count everybody of a programme from the facts, as if nobody ever had been, and keep its figures from now on.

    Nobody has a standing any more, so each is written once. Who is counted by another transaction meanwhile runs
    into the unique constraint, and one of both begins again.
    """
    for table in (Tally, Standing):
        db.session.execute(delete(table).where(table.programme_id == programme.id))
    if not queries.is_counted(programme.id):
        db.session.add(CountedProgramme(programme_id=programme.id))
    db.session.flush()
    versions.renew(programme.id)
    sums = Sums()
    for counted in _count_all(programme, now=now):
        if counted:
            db.session.execute(insert(Standing), _standings(programme.id, counted))
        for one in counted.values():
            sums.add(one)
        if len(sums) > MOST_HELD:
            _add(programme.id, sums.taken())
    _add(programme.id, sums.taken())


def _standings(programme_id: UUID, counted: dict[UUID, Counted]) -> list[dict[str, Any]]:
    return [
        {
            "id": new_id(),
            "programme_id": programme_id,
            "person_id": person_id,
            "counted": {"rows": _plain(rows)},
        }
        for person_id, rows in counted.items()
    ]


def recount_all(programme: Programme, people: Sequence[UUID], *, now: datetime) -> None:
    """Count many people of a programme again, a part at a time."""
    for first in range(0, len(people), queries.CHUNK):
        recount(programme, people[first : first + queries.CHUNK], now=now)


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

"""Reads about mergers and divisions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from lms.accounts.models import Person
from lms.core.context import registry
from lms.core.db import db
from lms.core.text import Text
from lms.institutions.directory.models import Affiliation, Institution
from lms.institutions.directory.queries import list_institutions, since_condition
from lms.institutions.succession.models import Succession, Successor


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A merger or division that holds, as a page tells it."""

    succession: Succession
    institution: Institution
    heirs: tuple[Institution, ...]


def list_standing(institution_id: UUID) -> list[Standing]:
    """Return the mergers that an institution ended by, or that brought it others, newest first."""
    own = select(Successor.succession_id).where(Successor.institution_id == institution_id)
    found = db.session.scalars(
        select(Succession)
        .where(
            Succession.undone_at.is_(None),
            (Succession.institution_id == institution_id) | Succession.id.in_(own),
        )
        .order_by(Succession.starts_on.desc(), Succession.id)
    ).all()
    if not found:
        return []
    heirs = _heirs([each.id for each in found])
    known = list_institutions(
        {each.institution_id for each in found} | {heir for ids in heirs.values() for heir in ids}
    )
    return [
        Standing(
            succession=each,
            institution=known[each.institution_id],
            heirs=tuple(known[heir] for heir in heirs[each.id]),
        )
        for each in found
    ]


def find_standing(institution_id: UUID) -> Succession | None:
    """Return the merger by which an institution ended, locked until the transaction ends."""
    return db.session.scalar(
        select(Succession)
        .where(Succession.institution_id == institution_id, Succession.undone_at.is_(None))
        .with_for_update()
    )


def list_heirs(succession: Succession) -> list[Institution]:
    """Return the institutions that go on, the one that goes on with the tasks first."""
    ids = _heirs([succession.id])[succession.id]
    known = list_institutions(ids)
    return [known[each] for each in ids]


def list_affiliations_since(institution_id: UUID, day: date) -> list[tuple[Affiliation, Person]]:
    """Return who works right at an institution on a day or after it, by name."""
    rows = db.session.execute(
        select(Affiliation, Person)
        .join(Person, Person.id == Affiliation.person_id)
        .where(Affiliation.institution_id == institution_id, since_condition(day))
        .order_by(Person.search_text, Affiliation.starts_on)
    )
    return [(row[0], row[1]) for row in rows]


def list_ties(institution_id: UUID, now: datetime) -> list[Text]:
    """Return what upper slices say stays with an institution that ends."""
    return [told for tie in registry("institution_ties").values() for told in tie.told(institution_id, now)]


def list_going_on(institution_id: UUID, heirs: Sequence[UUID], now: datetime) -> list[Text]:
    """Return what upper slices say goes on with these institutions by itself."""
    ties = registry("institution_ties").values()
    return [told for tie in ties for told in tie.goes_on(institution_id, heirs, now)]


def find_heir(institution_id: UUID) -> UUID | None:
    """Return the institution that goes on with the tasks of one that ended, however often that happened."""
    found, known = None, {institution_id}
    while True:
        following = db.session.scalar(
            select(Successor.institution_id)
            .join(Succession, Succession.id == Successor.succession_id)
            .where(Succession.institution_id == (found or institution_id), Succession.undone_at.is_(None))
            .order_by(Successor.position)
            .limit(1)
        )
        if following is None or following in known:
            return found
        found = following
        known.add(following)


def list_uses(people: Collection[UUID], institutions: Collection[UUID], since: datetime) -> list[Text]:
    """Return what upper slices wrote since about these people at these institutions."""
    ties = registry("institution_ties").values()
    return [used for tie in ties if (used := tie.uses(people, institutions, since))]


def _heirs(succession_ids: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = {each: [] for each in succession_ids}
    for row in db.session.scalars(
        select(Successor).where(Successor.succession_id.in_(succession_ids)).order_by(Successor.position)
    ):
        found[row.succession_id].append(row.institution_id)
    return found

"""Reads that judge a whole file at once."""

from collections.abc import Collection, Iterator, Sequence
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from lms.accounts.models import Person
from lms.core.db import db
from lms.institutions.directory.models import Affiliation

AT_ONCE = 500
"""Values in one list of a statement: SQLite and PostgreSQL both take it, and 2,000 rows need four statements."""
T = TypeVar("T")


def people_by_email(addresses: Collection[str]) -> dict[str, Person]:
    """Return the people who have these addresses."""
    return {
        str(person.email): person
        for part in _parts(sorted(addresses))
        for person in db.session.scalars(select(Person).where(Person.email.in_(part)))
    }


def namesakes(folded_names: Collection[str]) -> dict[tuple[str, UUID], Person]:
    """Return people without address by folded name and the institution where they work now."""
    rows = (
        row
        for part in _parts(sorted(folded_names))
        for row in db.session.execute(
            select(Person, Affiliation.institution_id)
            .join(Affiliation, Affiliation.person_id == Person.id)
            .where(Person.email.is_(None), Person.search_text.in_(part), Affiliation.ends_on.is_(None))
        )
    )
    return {(person.search_text, institution_id): person for person, institution_id in rows}


def latest_affiliations(person_ids: Collection[UUID]) -> dict[UUID, Affiliation]:
    """Return the affiliation that began last, of each of these people who have one."""
    latest: dict[UUID, Affiliation] = {}
    for part in _parts(sorted(person_ids)):
        rows = select(Affiliation).where(Affiliation.person_id.in_(part)).order_by(Affiliation.starts_on)
        latest.update({row.person_id: row for row in db.session.scalars(rows)})
    return latest


def _parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]

"""Reads that judge a whole file at once."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from lms.accounts.models import Person, PersonAddress
from lms.core.db import db
from lms.institutions.directory.models import Affiliation

AT_ONCE = 500
"""Values in one list of a statement: SQLite and PostgreSQL both take it, and 2,000 rows need four statements."""
T = TypeVar("T")


def people_by_email(addresses: Collection[str]) -> dict[str, Person]:
    """Return the people who have these addresses, as their own or since two records became one."""
    found: dict[str, Person] = {}
    for part in _parts(sorted(addresses)):
        further = (
            select(PersonAddress.email, Person)
            .join(Person, Person.id == PersonAddress.person_id)
            .where(PersonAddress.email.in_(part))
        )
        found.update({row[0]: row[1] for row in db.session.execute(further)})
        own = db.session.scalars(select(Person).where(Person.email.in_(part)))
        found.update({str(person.email): person for person in own})
    return found


@dataclass(frozen=True, slots=True)
class Keys:
    """By what people are compared who are not known to be the same."""

    names: frozenset[str]
    addresses: frozenset[str]
    national_ids: frozenset[str]


def alike(keys: Keys) -> list[tuple[Person, UUID | None]]:
    """Return people who share one of these keys, each with the institution where they work now."""
    groups = (
        (Person.name_key, keys.names),
        (Person.email_key, keys.addresses),
        (Person.national_id, keys.national_ids),
    )
    rows = [
        row
        for column, values in groups
        for part in _parts(sorted(values))
        for row in db.session.execute(
            select(Person, Affiliation.institution_id)
            .outerjoin(Affiliation, (Affiliation.person_id == Person.id) & Affiliation.ends_on.is_(None))
            .where(Person.merged_into_id.is_(None), column.in_(part))
        )
    ]
    return [(row[0], row[1]) for row in rows]


def namesakes(folded_names: Collection[str]) -> dict[tuple[str, UUID], Person]:
    """Return people without address by folded name and the institution where they work now."""
    rows = (
        row
        for part in _parts(sorted(folded_names))
        for row in db.session.execute(
            select(Person, Affiliation.institution_id)
            .join(Affiliation, Affiliation.person_id == Person.id)
            .where(
                Person.email.is_(None),
                Person.merged_into_id.is_(None),
                Person.search_text.in_(part),
                Affiliation.ends_on.is_(None),
            )
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

"""The declarations of all slices, and the rows of two people that they speak of."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from functools import reduce
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Select, Table, select

from lms.core.context import registry
from lms.core.db import Base, db
from lms.institutions.merging.cells import write
from lms.plugins.people import PersonRows, Row

PERSON = "_person"
"""Label of whose row it is, among the row's own columns."""


def declarations() -> list[PersonRows]:
    """Return what every slice declares, in the order of the slices: owners before what hangs from them."""
    return list(registry("person_merges").values())


def table_of(rows: PersonRows) -> Table:
    """Return the table that a declaration speaks of."""
    return Base.metadata.tables[rows.table]


def key_of(table: Table) -> Column[Any]:
    """Return the one column of a table's primary key."""
    (column,) = table.primary_key.columns
    return column


def load(rows: PersonRows, people: Collection[UUID]) -> list[Row]:
    """Return the rows of these people, each with whose it is, in one query."""
    table = table_of(rows)
    statement = _rooted(rows).order_by(key_of(table))
    return [dict(row) for row in db.session.execute(statement.where(_root(rows).in_(people))).mappings()]


def hash_hanging(rows: PersonRows, owners: Collection[UUID]) -> str:
    """Return a hash over everything that hangs from these owners by a declared column."""
    table = table_of(rows)
    statement = select(table).where(table.c[rows.column].in_(owners)).order_by(key_of(table))
    found = db.session.execute(statement).mappings() if owners else ()
    plain = [[write(value) for _name, value in sorted(row.items())] for row in found]
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def _chain(rows: PersonRows) -> list[PersonRows]:
    """Return a declaration and those of its owners, up to the one that points at a person."""
    chain = [rows]
    while chain[-1].owner != "person":
        chain.append(_owner_of(chain[-1], declarations()))
    return chain


def _owner_of(rows: PersonRows, known: Iterable[PersonRows]) -> PersonRows:
    return next(each for each in known if each.table == rows.owner and each.owner != rows.table)


def _root(rows: PersonRows) -> Column[Any]:
    last = _chain(rows)[-1]
    return table_of(last).c[last.column]


def _rooted(rows: PersonRows) -> Select[Any]:
    chain = _chain(rows)
    start: Select[Any] = select(table_of(rows), _root(rows).label(PERSON)).select_from(table_of(rows))
    return reduce(
        lambda statement, pair: statement.join(
            table_of(pair[1]), key_of(table_of(pair[1])) == table_of(pair[0]).c[pair[0].column]
        ),
        pairwise(chain),
        start,
    )


def count_by_person(found: Iterable[Row]) -> Mapping[UUID, int]:
    """Return how many rows each person has."""
    counts: dict[UUID, int] = {}
    for row in found:
        counts[row[PERSON]] = counts.get(row[PERSON], 0) + 1
    return counts

"""Reads about records that may be one person's, and about those that were made one."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from lms.accounts.models import Person
from lms.core.actors import Actor
from lms.core.db import db
from lms.institutions.directory.models import Affiliation
from lms.institutions.directory.permissions import DirectoryPermission
from lms.institutions.directory.queries import people_visible_to
from lms.institutions.merging.models import DistinctPeople, PersonMerge

MERGE = DirectoryPermission.MERGE_PEOPLE
One, Other = aliased(Person, name="one"), aliased(Person, name="other")
REASONS = ("national-id", "address", "name")
"""Why two records may be one person's, the strongest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Two records that may be one person's."""

    one: Person
    other: Person
    reasons: tuple[str, ...]

    @property
    def kept(self) -> Person:
        """Return the record to propose as the one that stands: in use, complete, and the older one."""
        return min(self.one, self.other, key=_standing)

    @property
    def gone(self) -> Person:
        """Return the other."""
        return self.other if self.kept is self.one else self.one


def _standing(person: Person) -> tuple[bool, bool, datetime]:
    return not person.has_accepted, person.is_provisional, person.created_at


def candidates(actor: Actor, on: date) -> Select[Any]:
    """Return the select of pairs of records that are alike, in reach of the actor and not told apart.

    ``candidate`` reads its rows.
    """
    found = union_all(*(_alike(reason) for reason in REASONS)).subquery()
    flags = [
        func.max(case((found.c.why == reason, 1), else_=0)).label(f"is_{i}")
        for i, reason in enumerate(REASONS)
    ]
    pairs = (
        select(found.c.one_id, found.c.other_id, *flags).group_by(found.c.one_id, found.c.other_id).subquery()
    )
    reached = people_visible_to(actor, MERGE, on).with_only_columns(Person.id)
    # Pairs are of records that stand, and whoever reaches everybody reaches them.
    seen = [] if actor.reach(MERGE).everywhere else [each.id.in_(reached) for each in (One, Other)]
    told_apart = exists().where(
        or_(
            and_(DistinctPeople.first_id == pairs.c.one_id, DistinctPeople.second_id == pairs.c.other_id),
            and_(DistinctPeople.first_id == pairs.c.other_id, DistinctPeople.second_id == pairs.c.one_id),
        )
    )
    return (
        select(One, Other, *(pairs.c[f"is_{i}"] for i in range(len(REASONS))))
        .join(pairs, pairs.c.one_id == One.id)
        .join(Other, Other.id == pairs.c.other_id)
        .where(*seen, ~told_apart)
        .order_by(
            *(pairs.c[f"is_{i}"].desc() for i in range(len(REASONS))), One.search_text, One.id, Other.id
        )
    )


def candidate(row: Any) -> Candidate:
    """Return a row of ``candidates`` as a value."""
    one, other, *flags = row
    return Candidate(
        one=one, other=other, reasons=tuple(why for why, is_so in zip(REASONS, flags, strict=True) if is_so)
    )


def _alike(reason: str) -> Select[UUID, UUID, str]:
    """Return the pairs that are alike for one reason, each once."""
    one, other = aliased(Person), aliased(Person)
    standing = and_(one.merged_into_id.is_(None), other.merged_into_id.is_(None), one.id < other.id)
    conditions: dict[str, ColumnElement[bool]] = {
        "national-id": and_(one.national_id == other.national_id, _is_shared(one.national_id)),
        "address": and_(one.email_key == other.email_key, _is_shared(one.email_key)),
        "name": and_(one.name_key == other.name_key, _is_shared(one.name_key), _same_place(one, other)),
    }
    return (
        select(one.id.label("one_id"), other.id.label("other_id"), literal(reason).label("why"))
        .join(other, conditions[reason])
        .where(standing)
    )


def _is_shared(column: Any) -> ColumnElement[bool]:
    """Return the condition that more than one record has the value of a column: those are read first, and few."""
    values = getattr(Person, column.key)
    several = select(values).where(values != "").group_by(values).having(func.count() > 1)
    condition: ColumnElement[bool] = column.in_(several)
    return condition


def _same_place(one: Any, other: Any) -> ColumnElement[bool]:
    here, there = aliased(Affiliation), aliased(Affiliation)
    return exists().where(
        here.person_id == one.id,
        here.ends_on.is_(None),
        there.person_id == other.id,
        there.ends_on.is_(None),
        here.institution_id == there.institution_id,
    )


def find_distinct(one_id: UUID, other_id: UUID) -> DistinctPeople | None:
    """Return what was said of two records that are two people."""
    first, second = sorted((one_id, other_id), key=str)
    return db.session.scalar(
        select(DistinctPeople).where(DistinctPeople.first_id == first, DistinctPeople.second_id == second)
    )


def merges_visible_to(actor: Actor, on: date) -> Select[PersonMerge, Person]:
    """Return merges with the record that stands, latest first, of people in reach of the actor."""
    return (
        people_visible_to(actor, MERGE, on)
        .with_only_columns(PersonMerge, Person)
        .join(PersonMerge, PersonMerge.kept_id == Person.id)
        .order_by(PersonMerge.merged_at.desc(), PersonMerge.id)
    )


def list_standing_merges(person_id: UUID, since: datetime) -> list[PersonMerge]:
    """Return the merges into a record that can still be undone, latest first."""
    rows = db.session.scalars(
        select(PersonMerge)
        .where(
            PersonMerge.kept_id == person_id, PersonMerge.undone_at.is_(None), PersonMerge.merged_at > since
        )
        .order_by(PersonMerge.merged_at.desc())
    )
    return list(rows)

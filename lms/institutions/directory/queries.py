"""Reads about institutions, and about who works where."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, false, func, not_, or_, select, true
from sqlalchemy.orm import aliased

from lms.accounts.models import Person
from lms.accounts.queries import list_people_with_role
from lms.core.actors import Actor, Permission, Reach, Role, ScopeKind
from lms.core.context import registry
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.folding import like, words
from lms.institutions.directory.models import Affiliation, FormerName, FormerParent, Institution
from lms.institutions.directory.rules import Placed, held_on, ids_on_path, place_key, tree_order

INDENT = "\u2003"


def get_institution(institution_id: UUID) -> Institution:
    """Return an institution; raises NotFound."""
    institution = db.session.get(Institution, institution_id)
    if institution is None:
        raise NotFound
    return institution


def find_sibling(name: str, parent_id: UUID | None) -> Institution | None:
    """Return the institution of this name, however it is written, right below this body."""
    return db.session.scalar(select(Institution).where(Institution.place_key == place_key(name, parent_id)))


def list_institutions(institution_ids: Collection[UUID]) -> dict[UUID, Institution]:
    """Return institutions by id, in one query."""
    rows = db.session.scalars(select(Institution).where(Institution.id.in_(institution_ids)))
    return {row.id: row for row in rows}


def list_ancestors(institution: Institution) -> list[Institution]:
    """Return the bodies above an institution, from the root down, without itself."""
    known = list_institutions(ids_on_path(institution.path)[:-1])
    return [known[each] for each in ids_on_path(institution.path)[:-1]]


def list_children(institution_id: UUID) -> Sequence[Institution]:
    """Return what hangs right below an institution, by name."""
    return db.session.scalars(
        select(Institution).where(Institution.parent_id == institution_id).order_by(Institution.search_text)
    ).all()


def subtree_condition(institution_ids: Iterable[UUID]) -> ColumnElement[bool]:
    """Return the condition on ``Institution`` that it is one of these or hangs below one of them."""
    parts = [Institution.path.like(f"%/{each.hex}/%") for each in institution_ids]
    return or_(*parts) if parts else false()


def reach_condition(reach: Reach) -> ColumnElement[bool]:
    """Return the condition on ``Institution`` that a permission of this reach opens it.

    Institutions open what lies below them. Programmes and cohorts stand above the directory: their slices say
    through a ScopeProvider which institutions take part, and each opens what lies below it.
    """
    if reach.everywhere:
        return true()
    parts = [subtree_condition(reach.institutions)]
    for kind, scope_ids in ((ScopeKind.PROGRAMME, reach.programmes), (ScopeKind.COHORT, reach.cohorts)):
        provider = registry("scope_providers").get(kind.value)
        members = provider.institution_ids(scope_ids) if provider and scope_ids else None
        if members is not None:
            parts.append(_below(members))
    return or_(*parts)


def is_visible(actor: Actor, permission: Permission, institution_id: UUID) -> bool:
    """Say whether a permission opens this institution, to decide what a page offers."""
    statement = visible_to(actor, permission).where(Institution.id == institution_id)
    return db.session.scalar(statement) is not None


def visible_to(actor: Actor, permission: Permission) -> Select[Any]:
    """Return the institutions that a permission opens; lists and single pages share it."""
    return select(Institution).where(reach_condition(actor.reach(permission)))


def search_institutions(statement: Select[Any], text: str) -> Select[Any]:
    """Narrow institutions to those whose names or territory hold every word."""
    for word in words(text):
        statement = statement.where(Institution.search_text.like(like(word), escape="\\"))
    return statement


def list_ids(statement: Select[Any]) -> set[UUID]:
    """Return the ids of the institutions of a select."""
    return set(db.session.scalars(statement.with_only_columns(Institution.id)))


def list_tree(statement: Select[Any]) -> list[Placed[Institution]]:
    """Return the institutions of a select as a tree reads, in one query."""
    return tree_order(db.session.scalars(statement))


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionOn:
    """An institution as it was on a day."""

    id: UUID
    name: str
    parent_id: UUID | None
    sector: str | None
    territory: str
    is_active: bool
    """Whether it existed then."""


def name_on(institution: Institution, day: date) -> str:
    """Return what an institution was called on a day."""
    former = held_on(list_former_names([institution.id])[institution.id], day)
    return former.name if former else institution.name


def list_former_names(institution_ids: Collection[UUID]) -> dict[UUID, list[FormerName]]:
    """Return the former names of institutions, latest first, in one query; an empty list for the others."""
    found: dict[UUID, list[FormerName]] = {each: [] for each in institution_ids}
    statement = select(FormerName).where(FormerName.institution_id.in_(institution_ids))
    for row in db.session.scalars(statement.order_by(FormerName.ends_on.desc())):
        found[row.institution_id].append(row)
    return found


def list_former_parents(institution_ids: Collection[UUID]) -> dict[UUID, list[FormerParent]]:
    """Return below what institutions hung before, latest first, in one query; an empty list for the others."""
    found: dict[UUID, list[FormerParent]] = {each: [] for each in institution_ids}
    statement = select(FormerParent).where(FormerParent.institution_id.in_(institution_ids))
    for row in db.session.scalars(statement.order_by(FormerParent.ends_on.desc())):
        found[row.institution_id].append(row)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What was otherwise with an institution until a day."""

    ends_on: date
    name: str = ""
    """What it was called; empty when its place changed."""
    parent: str = ""
    """What the body was called above it; empty when the name changed, or for a root."""


def list_history(institution: Institution) -> list[Past]:
    """Return the former names and places of an institution, latest first."""
    parents = list_former_parents([institution.id])[institution.id]
    bodies = list_institutions({each.parent_id for each in parents if each.parent_id}) if parents else {}
    past = [
        Past(ends_on=each.ends_on, parent=bodies[each.parent_id].name if each.parent_id else "")
        for each in parents
    ]
    names = list_former_names([institution.id])[institution.id]
    past += [Past(ends_on=each.ends_on, name=each.name) for each in names]
    return sorted(past, key=lambda each: each.ends_on, reverse=True)


def existed_on(day: date) -> ColumnElement[bool]:
    """Return the condition on ``Institution`` that it existed on a day, as far as anybody wrote down."""
    opened = or_(Institution.opened_on.is_(None), Institution.opened_on <= day)
    still_open = Institution.closed_on.is_(None) & Institution.is_active
    return opened & or_(still_open, Institution.closed_on > day)


def labels_on(institution_ids: Collection[UUID], day: date | None) -> dict[UUID, str]:
    """Return the short names of institutions as they were on a past day; without a day, as they are."""
    names = list_former_names(institution_ids) if day else {}
    labels: dict[UUID, str] = {}
    for each in list_institutions(institution_ids).values():
        former = held_on(names[each.id], day) if day else None
        labels[each.id] = (former.short_name or former.name) if former else each.label
    return labels


def list_tree_on(statement: Select[Any], day: date, *, is_past: bool) -> list[Placed[InstitutionOn]]:
    """Return the institutions of a select as the tree reads on a day: of a past one, names and places of then."""
    known = list(db.session.scalars(statement))
    ids = [each.id for each in known]
    names = list_former_names(ids) if is_past else {}
    parents = list_former_parents(ids) if is_past else {}
    return tree_order(_as_on(each, names.get(each.id, []), parents.get(each.id, []), day) for each in known)


def _as_on(
    institution: Institution, names: list[FormerName], parents: list[FormerParent], day: date
) -> InstitutionOn:
    name, place = held_on(names, day), held_on(parents, day)
    return InstitutionOn(
        id=institution.id,
        name=name.name if name else institution.name,
        parent_id=place.parent_id if place else institution.parent_id,
        sector=institution.sector,
        territory=institution.territory,
        is_active=institution.is_active or (institution.closed_on or day) > day,
    )


def institution_options(
    actor: Actor, permission: Permission, *, keep: UUID | None = None, outside: Institution | None = None
) -> list[tuple[UUID, str]]:
    """Return open institutions as (id, indented name) in the order of the tree.

    ``keep`` stays though it is closed; an institution given as ``outside`` is left out with all below it.
    """
    statement = visible_to(actor, permission).where(or_(Institution.is_active, Institution.id == keep))
    if outside:
        statement = statement.where(not_(subtree_condition([outside.id])))
    return [(each.node.id, INDENT * each.depth + each.node.name) for each in list_tree(statement)]


def find_affiliation(person_id: UUID, on: date) -> Affiliation | None:
    """Return where a person worked on a day."""
    return db.session.scalar(select(Affiliation).where(Affiliation.person_id == person_id, holds_on(on)))


def find_latest_affiliation(person_id: UUID) -> Affiliation | None:
    """Return the affiliation that lasts, else the one that began last.

    Of two records that became one, the record that went may have ended a post that began later than the one that lasts.
    """
    return db.session.scalar(
        select(Affiliation)
        .where(Affiliation.person_id == person_id)
        .order_by(Affiliation.ends_on.is_not(None), Affiliation.starts_on.desc())
        .limit(1)
    )


def list_affiliations(person_id: UUID) -> list[tuple[Affiliation, Institution]]:
    """Return where a person has worked, latest first."""
    rows = db.session.execute(
        select(Affiliation, Institution)
        .join(Institution, Institution.id == Affiliation.institution_id)
        .where(Affiliation.person_id == person_id)
        .order_by(Affiliation.starts_on.desc())
    )
    return [(row[0], row[1]) for row in rows]


def holds_on(day: date) -> ColumnElement[bool]:
    """Return the condition that an affiliation holds on a day."""
    return (Affiliation.starts_on <= day) & _not_over(day)


def people_visible_to(actor: Actor, permission: Permission, on: date) -> Select[Any]:
    """Return the people that a permission opens: those who work, or soon will, where it reaches.

    A record that became part of another is nobody of its own any more.
    """
    reach = actor.reach(permission)
    statement = select(Person).where(Person.merged_into_id.is_(None))
    if reach.everywhere:
        return statement
    works_there = (
        exists()
        .where(Affiliation.person_id == Person.id, _not_over(on))
        .where(Affiliation.institution_id == Institution.id, reach_condition(reach))
    )
    return statement.where(works_there)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """A person in a list, with where they work."""

    id: UUID
    name: str
    email: str
    is_active: bool
    has_accepted: bool
    post: str
    institution_id: UUID | None
    """Null for a person who works nowhere now."""
    institution: str
    sector: str | None
    is_provisional: bool = False


def people_rows(statement: Select[Any], on: date) -> Select[Person, Affiliation, Institution]:
    """Return the select of a list of people by name: each with the open affiliation of a day, if any.

    ``person_row`` reads its rows.
    """
    people = statement.order_by(None).with_only_columns(Person.id).subquery()
    return (
        select(Person, Affiliation, Institution)
        .join(people, people.c.id == Person.id)
        .outerjoin(Affiliation, (Affiliation.person_id == Person.id) & holds_on(on))
        .outerjoin(Institution, Institution.id == Affiliation.institution_id)
        .order_by(Person.search_text, Person.id)
    )


def person_row(row: Any) -> PersonRow:
    """Return a row of ``people_rows`` as a page shows it."""
    person, affiliation, institution = row
    return PersonRow(
        id=person.id,
        name=person.name,
        email=person.email or "",
        is_active=person.is_active,
        has_accepted=person.has_accepted,
        post=affiliation.post if affiliation else "",
        institution_id=institution.id if institution else None,
        institution=institution.name if institution else "",
        sector=(affiliation.sector or institution.sector) if affiliation else None,
        is_provisional=person.is_provisional,
    )


def people_rows_of(person_ids: Collection[UUID], on: date) -> list[PersonRow]:
    """Return the rows of some people whom the reader may see already, in one query."""
    statement = people_rows(select(Person).where(Person.id.in_(person_ids)), on)
    return [person_row(row) for row in db.session.execute(statement)]


def people_of(institution: Institution, on: date) -> Select[Any]:
    """Return the select of the people who work in an institution or below it on a day."""
    there = (
        select(Affiliation.person_id)
        .join(Institution, Institution.id == Affiliation.institution_id)
        .where(holds_on(on), subtree_condition([institution.id]))
    )
    return select(Person).where(Person.id.in_(there))


def count_people(institution_ids: Collection[UUID], on: date) -> dict[UUID, int]:
    """Return how many people work in each of these institutions or below it on a day, in one query."""
    inner = aliased(Institution)
    rows = db.session.execute(
        select(Institution.id, func.count(Affiliation.id))
        .join(inner, inner.path.like(Institution.path + "%"))
        .join(Affiliation, (Affiliation.institution_id == inner.id) & holds_on(on))
        .where(Institution.id.in_(institution_ids))
        .group_by(Institution.id)
    )
    return {row[0]: row[1] for row in rows}


def list_focal_points(institution: Institution) -> list[Person]:
    """Return who answers for an institution: its own focal points, else those of the nearest body above."""
    held = list_people_with_role(ScopeKind.INSTITUTION, ids_on_path(institution.path))
    by_place: dict[UUID | None, list[Person]] = {}
    for assignment, person in held:
        if assignment.role is Role.FOCAL_POINT and person.is_active:
            by_place.setdefault(assignment.scope_id, []).append(person)
    nearest = (by_place[each] for each in reversed(ids_on_path(institution.path)) if each in by_place)
    return next(nearest, [])


def _not_over(day: date) -> ColumnElement[bool]:
    return or_(Affiliation.ends_on.is_(None), Affiliation.ends_on >= day)


def _below(members: Select[Any]) -> ColumnElement[bool]:
    body = aliased(Institution)
    return exists().where(body.id.in_(members), Institution.path.like(body.path + "%"))

"""Reads about institutions, and about who works where."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, false, func, not_, or_, select, true
from sqlalchemy.orm import aliased

from lms.accounts.models import Person
from lms.accounts.queries import is_real_person, list_people_with_role
from lms.core.actors import Actor, Permission, Reach, Role, ScopeKind
from lms.core.context import registry
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.folding import like, words
from lms.institutions.directory.models import Affiliation, FormerName, FormerParent, Institution
from lms.institutions.directory.rules import Placed, ids_on_path, place_key, tree_order
from lms.institutions.territories.models import Territory
from lms.institutions.territories.queries import options_of, within
from lms.web.paging import PER_PAGE, Page, paginate

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


def find_by_code(code: str) -> Institution | None:
    """Return the institution that files call by this code."""
    return db.session.scalar(select(Institution).where(Institution.code == code))


def list_codes(codes: Collection[str]) -> set[str]:
    """Return which of these codes some institution has, whoever may see it."""
    if not codes:
        return set()
    found = db.session.scalars(select(Institution.code).where(Institution.code.in_(codes)))
    return {code for code in found if code}


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


def in_territory(statement: Select[Any], territory_id: UUID) -> Select[Any]:
    """Narrow institutions to those in a territory or in anything that lies in it."""
    return statement.where(Institution.territory_id.in_(within(territory_id)))


def territory_options(statement: Select[Any]) -> list[tuple[str, str]]:
    """Return the territories in which the institutions of a select are, with what contains them, to choose from."""
    used = statement.with_only_columns(Institution.territory_id).order_by(None)
    return options_of(db.session.scalars(select(Territory).where(Territory.id.in_(used))))


def list_ids(statement: Select[Any]) -> set[UUID]:
    """Return the ids of the institutions of a select."""
    return set(db.session.scalars(statement.with_only_columns(Institution.id)))


def list_tree(statement: Select[Any]) -> list[Placed[Institution]]:
    """Return the institutions of a select as a tree reads, in one query."""
    return tree_order(db.session.scalars(statement))


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


def people_visible_to(
    actor: Actor, permission: Permission, on: date, *, among: Collection[UUID] = ()
) -> Select[Any]:
    """Return the people that a permission opens, or those of some: who works, or soon will, where it reaches.

    A record that became part of another is nobody of its own any more.
    """
    reach = actor.reach(permission)
    statement = select(Person).where(Person.merged_into_id.is_(None))
    there = select(Affiliation.person_id).where(_not_over(on), _works_where(reach_condition(reach)))
    if among:
        statement, there = (
            statement.where(Person.id.in_(among)),
            there.where(Affiliation.person_id.in_(among)),
        )
    return statement if reach.everywhere else statement.where(Person.id.in_(there))


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
    is_test: bool = False


def people_rows(statement: Select[Any], on: date) -> Select[Person, Affiliation, Institution]:
    """Return the select of a list of people by name: each with the open affiliation of a day, if any.

    ``person_row`` reads its rows.
    """
    people = statement.with_only_columns(Person.id).subquery()
    return (
        select(Person, Affiliation, Institution)
        .join(people, people.c.id == Person.id)
        .outerjoin(Affiliation, (Affiliation.person_id == Person.id) & holds_on(on))
        .outerjoin(Institution, Institution.id == Affiliation.institution_id)
        .order_by(Person.search_text, Person.id)
    )


def paginate_people(statement: Select[Any], on: date, number: int, *, per_page: int = PER_PAGE) -> Page[Any]:
    """Return one page of people by name, each with the open affiliation of a day, in two queries."""
    ids = statement.with_only_columns(Person.id).order_by(None).order_by(Person.search_text, Person.id)
    return paginate(ids, number, per_page=per_page, read=lambda shown: people_rows(shown, on))


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
        is_test=person.is_test,
    )


def people_rows_of(person_ids: Collection[UUID], on: date) -> list[PersonRow]:
    """Return the rows of some people whom the reader may see already, in one query."""
    statement = people_rows(select(Person).where(Person.id.in_(person_ids)), on)
    return [person_row(row) for row in db.session.execute(statement)]


def people_of(institution: Institution, on: date) -> Select[Any]:
    """Return the select of the people who work in an institution or below it on a day."""
    there = select(Affiliation.person_id).where(holds_on(on), works_below(institution.id))
    return select(Person).where(Person.id.in_(there))


def works_below(institution_id: UUID) -> ColumnElement[bool]:
    """Return the condition that an affiliation is with an institution or with one below it."""
    return _works_where(subtree_condition([institution_id]))


def count_people(institution_ids: Collection[UUID], on: date) -> dict[UUID, int]:
    """Return how many people work in each of these institutions or below it on a day, in one query; no test people."""
    rows = db.session.execute(
        select(Institution.path, func.count(Affiliation.id))
        .join(Affiliation, (Affiliation.institution_id == Institution.id) & holds_on(on))
        .where(subtree_condition(institution_ids), is_real_person(Affiliation.person_id))
        .group_by(Institution.id, Institution.path)
    )
    found: dict[UUID, int] = {}
    for path, people in rows:
        for above in set(ids_on_path(path)).intersection(institution_ids):
            found[above] = found.get(above, 0) + people
    return found


def has_people(institution_id: UUID, on: date) -> bool:
    """Say whether anybody works right at an institution on a day, or will."""
    statement = select(Affiliation.id).where(
        Affiliation.institution_id == institution_id, since_condition(on)
    )
    return db.session.scalar(statement.limit(1)) is not None


def list_focal_points(institution: Institution) -> list[Person]:
    """Return who answers for an institution: its own focal points, else those of the nearest body above."""
    held = list_people_with_role(ScopeKind.INSTITUTION, ids_on_path(institution.path))
    by_place: dict[UUID | None, list[Person]] = {}
    for assignment, person in held:
        if assignment.role is Role.FOCAL_POINT and person.is_active:
            by_place.setdefault(assignment.scope_id, []).append(person)
    nearest = (by_place[each] for each in reversed(ids_on_path(institution.path)) if each in by_place)
    return next(nearest, [])


def since_condition(day: date) -> ColumnElement[bool]:
    """Return the condition that an affiliation holds on a day or after it."""
    return _not_over(day)


def _not_over(day: date) -> ColumnElement[bool]:
    return or_(Affiliation.ends_on.is_(None), Affiliation.ends_on >= day)


def _works_where(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that an affiliation is with one of some institutions: these are found first."""
    return Affiliation.institution_id.in_(select(Institution.id).where(condition))


def _below(members: Select[Any]) -> ColumnElement[bool]:
    body = aliased(Institution)
    return exists().where(body.id.in_(members), Institution.path.like(body.path + "%"))

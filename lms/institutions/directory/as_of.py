"""Institutions as they were on a day: names, places, and whether they existed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select

from lms.core.db import db
from lms.institutions.directory.models import FormerName, FormerParent, Institution
from lms.institutions.directory.queries import list_former_names, list_former_parents, list_institutions
from lms.institutions.directory.rules import Placed, held_on, tree_order


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
    short_name: str = ""
    code: str | None = None
    territory_id: UUID | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    is_group: bool = False


def name_on(institution: Institution, day: date) -> str:
    """Return what an institution was called on a day."""
    former = held_on(list_former_names([institution.id])[institution.id], day)
    return former.name if former else institution.name


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


def labels_on(
    institution_ids: Collection[UUID], day: date | None, *, is_whole: bool = False
) -> dict[UUID, str]:
    """Return the short names of institutions as they were on a past day; without a day, as they are.

    ``is_whole`` asks for the whole names.
    """
    names = list_former_names(institution_ids) if day else {}
    labels: dict[UUID, str] = {}
    for each in list_institutions(institution_ids).values():
        former = held_on(names[each.id], day) if day else None
        named = former or each
        labels[each.id] = named.name if is_whole else named.short_name or named.name
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
        short_name=name.short_name if name else institution.short_name,
        code=institution.code,
        territory_id=institution.territory_id,
        opened_on=institution.opened_on,
        closed_on=institution.closed_on,
        is_group=institution.is_group,
    )


def members_on(
    institution_ids: Collection[UUID], day: date, *, is_past: bool
) -> dict[UUID, list[InstitutionOn]]:
    """Return what the groups among these institutions consist of on a day, each by name; nothing for other ones."""
    groups = set(
        db.session.scalars(
            select(Institution.id).where(Institution.id.in_(institution_ids), Institution.is_group)
        )
    )
    if not groups:
        return {}
    once = select(FormerParent.institution_id).where(FormerParent.parent_id.in_(groups))
    candidates = select(Institution).where(
        or_(Institution.parent_id.in_(groups), Institution.id.in_(once)), existed_on(day)
    )
    found: dict[UUID, list[InstitutionOn]] = {each: [] for each in groups}
    for placed in list_tree_on(candidates, day, is_past=is_past):
        if placed.node.parent_id in groups:
            found[placed.node.parent_id].append(placed.node)
    return found

"""Reads about territories."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from lms.core.db import db
from lms.core.folding import fold, like, words
from lms.institutions.territories.models import Territory
from lms.institutions.territories.rules import TerritoryKind, choose, read_iso, text_parts

INDENT = "\u2003"


def find_territory(territory_id: UUID | None) -> Territory | None:
    """Return a territory, if there is one of this id."""
    return db.session.get(Territory, territory_id) if territory_id else None


def list_territories(territory_ids: Collection[UUID]) -> dict[UUID, Territory]:
    """Return territories by id, in one query."""
    if not territory_ids:
        return {}
    rows = db.session.scalars(select(Territory).where(Territory.id.in_(territory_ids)))
    return {row.id: row for row in rows}


def list_all() -> list[Territory]:
    """Return every territory, what contains others first."""
    return sorted(db.session.scalars(select(Territory)), key=lambda each: each.path.count("/"))


def search_territories(text: str, kind: str, country: str) -> Select[Any]:
    """Return the select of a list: those whose names or codes hold every word, of a step and of a country."""
    statement = select(Territory).order_by(Territory.country, Territory.search_text, Territory.id)
    for word in words(text):
        statement = statement.where(Territory.search_text.like(like(word), escape="\\"))
    if kind in set(TerritoryKind):
        statement = statement.where(Territory.kind == TerritoryKind(kind))
    if country:
        statement = statement.where(Territory.country == country)
    return statement


def list_countries() -> list[tuple[str, str]]:
    """Return the countries as (code, name), by name."""
    rows = db.session.execute(
        select(Territory.country, Territory.name)
        .where(Territory.kind == TerritoryKind.COUNTRY)
        .order_by(Territory.search_text)
    )
    return [(row[0], row[1]) for row in rows]


def find_by_text(text: str) -> Territory | None:
    """Return the one territory that a text means: a name, a code of ISO, or "municipality, state"."""
    if code := read_iso(text):
        found = db.session.scalar(select(Territory).where(Territory.iso_code == code))
        if found:
            return found
    parts = text_parts(text)
    if not parts:
        return None
    statement = select(Territory).where(Territory.search_text.like(like(parts[0]), escape="\\"))
    candidates = db.session.scalars(statement).all()
    return choose(parts, candidates, list_above(candidates)) if candidates else None


def list_above(territories: Collection[Territory]) -> dict[str, list[Territory]]:
    """Return what each territory lies in, from the country down, by its path, in one query or none."""
    known = {each.id: each for each in territories}
    wanted = {each.path: ids_above(each.path) for each in territories}
    known |= list_territories({each for ids in wanted.values() for each in ids} - set(known))
    return {path: [known[each] for each in ids] for path, ids in wanted.items()}


def within(territory_id: UUID) -> Select[UUID]:
    """Return the ids of a territory and of everything that lies in it."""
    return select(Territory.id).where(Territory.path.like(f"%/{territory_id.hex}/%"))


def full_name(territory: Territory) -> str:
    """Return the name with what it lies in, without the country: "Benito Juárez, Quintana Roo"."""
    above = list_above([territory])[territory.path][1:]
    return ", ".join((territory.name, *(each.name for each in reversed(above))))


def options_of(used: Iterable[Territory]) -> list[tuple[str, str]]:
    """Return territories with what they lie in, as (id, indented name), to choose one from."""
    used = list(used)
    known = {each.id: each for each in used}
    for above in list_above(used).values():
        known |= {each.id: each for each in above}
    order = {each.id: _sorting(each, known) for each in known.values()}
    ordered = sorted(known.values(), key=lambda each: order[each.id])
    return [(str(each.id), INDENT * (len(order[each.id]) - 1) + each.name) for each in ordered]


def ids_above(path: str) -> list[UUID]:
    """Return the ids of what a territory lies in, from the country down, without itself."""
    return [UUID(hex=part) for part in path.split("/") if part][:-1]


def _sorting(territory: Territory, known: dict[UUID, Territory]) -> tuple[str, ...]:
    way = [known[each] for each in ids_above(territory.path) if each in known]
    return tuple(fold(each.name) for each in (*way, territory))

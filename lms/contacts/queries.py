"""Reads about contacts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, func, not_, or_, select

from lms.accounts.models import Person, RoleAssignment
from lms.contacts.entries import Entry
from lms.contacts.models import Contact
from lms.contacts.permissions import ContactPermission
from lms.contacts.rules import FRESH_FOR, NOTICE, dialable, emergency_of, standing
from lms.core.actors import Actor, Permission, ScopeKind
from lms.core.audit import AuditEntry
from lms.core.context import role_grants
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.folding import like, words
from lms.core.places import widen
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.queries import list_programmes_for
from lms.operations.queries import Fact, entries, fact_of

UNCONFIRMED, DUE, HELD, RETIRED, ALL = "unconfirmed", "due", "held", "retired", "all"
"""States by which the list is narrowed; none shows what is in use."""


_HELD: Final[ColumnElement[bool]] = (Contact.to_verify != "") & Contact.signed_on.is_(None)
"""The rule of ``Contact.is_held`` in SQL."""


def get_contact(contact_id: UUID) -> Contact:
    """Return a contact; raises NotFound."""
    contact = db.session.get(Contact, contact_id)
    if contact is None:
        raise NotFound
    return contact


def find_by_key(key: str) -> Contact | None:
    """Return the contact of this key, retired or not."""
    return db.session.scalar(select(Contact).where(Contact.key == key))


def list_by_key(keys: Collection[str]) -> dict[str, Contact]:
    """Return contacts by key, in one query."""
    rows = db.session.scalars(select(Contact).where(Contact.key.in_(keys)))
    return {row.key: row for row in rows}


def list_keys() -> frozenset[str]:
    """Return every key that lessons and routes may name."""
    return frozenset(db.session.scalars(select(Contact.key).where(Contact.retired_at.is_(None))))


def list_held_keys() -> frozenset[str]:
    """Return the keys of what waits for a signature."""
    return frozenset(db.session.scalars(select(Contact.key).where(_HELD, Contact.retired_at.is_(None))))


def list_entries(keys: Collection[str], today: date) -> dict[str, Entry]:
    """Return the contacts of these keys as people read them, emergency numbers beside doubtful ones, in one query."""
    if not keys:
        return {}
    wanted = or_(Contact.key.in_(keys), Contact.is_emergency & Contact.retired_at.is_(None))
    found = entries_of(db.session.scalars(select(Contact).where(wanted)), today)
    return {entry.key: entry for entry in found if entry.key in keys}


def list_public(today: date) -> list[Entry]:
    """Return what is in use, by place with its emergency numbers first."""
    return entries_of(db.session.scalars(_in_use()), today)


def list_emergencies(today: date) -> list[Entry]:
    """Return the emergency numbers of every place that people may read."""
    return entries_of(db.session.scalars(_in_use().where(Contact.is_emergency, not_(_HELD))), today)


def emergency_for(place: str, today: date) -> Entry | None:
    """Return whom to call at once in a place."""
    return emergency_of(place, list_emergencies(today))


def entries_of(contacts: Iterable[Contact], today: date) -> list[Entry]:
    """Return contacts as people read them; the emergency numbers are sought among them.

    What waits for a signature comes without its name, its number and anything else of its own.
    """
    plain = [_entry(contact, today) for contact in contacts]
    usable = [entry for entry in plain if not entry.is_retired and not entry.is_held]
    return [_beside(entry, emergency_of(entry.place, usable)) for entry in plain]


def visible_to(actor: Actor, permission: Permission) -> Select[Any]:
    """Return the contacts that a permission opens: all, or those of the countries of the actor's programmes."""
    if actor.reach(permission).everywhere:
        return select(Contact)
    countries = {programme.country for programme in list_programmes_for(actor, permission)}
    return select(Contact).where(or_(*_within(countries)) if countries else false())


def reaches_place(actor: Actor, permission: Permission, place: str) -> bool:
    """Say whether a permission lets the actor keep contacts of a place."""
    if actor.reach(permission).everywhere:
        return True
    wide = set(widen(place))
    return any(each.country in wide for each in list_programmes_for(actor, permission))


def search(statement: Select[Any], *, text: str, place: str, state: str, today: date) -> Select[Any]:
    """Narrow contacts by words, by a place and what lies in it, and by their state."""
    for word in words(text):
        statement = statement.where(Contact.search_text.like(like(word), escape="\\"))
    if place:
        statement = statement.where(or_(*_within({place})))
    statement = statement.where(_state_condition(state, today))
    return statement.order_by(Contact.place, Contact.is_emergency.desc(), Contact.name, Contact.key)


def list_places(statement: Select[Any]) -> Sequence[str]:
    """Return the places of the contacts of a select, by code."""
    places = statement.order_by(None).with_only_columns(Contact.place).distinct()
    return sorted(db.session.scalars(places))


def list_due(today: date, countries: Collection[str] | None = None) -> Sequence[Contact]:
    """Return what somebody should check by now, of some countries or of all, by place."""
    statement = search(select(Contact), text="", place="", state=DUE, today=today)
    if countries is not None:
        statement = statement.where(or_(*_within(countries)) if countries else false())
    return db.session.scalars(statement).all()


def count_waiting(statement: Select[Any], today: date) -> tuple[int, int]:
    """Return how many contacts of a select should be checked by now, and how many wait for a signature."""
    due, held = (func.count().filter(_state_condition(state, today)) for state in (DUE, HELD))
    found = db.session.execute(statement.order_by(None).with_only_columns(due, held)).one()
    return found[0], found[1]


def list_keepers() -> list[tuple[Person, frozenset[str] | None]]:
    """Return who checks numbers, each with the countries they answer for; None answers for all."""
    roles = [role for role, grants in role_grants().items() if ContactPermission.VERIFY in grants]
    rows = db.session.execute(
        select(Person, RoleAssignment.kind, Programme.country)
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .outerjoin(Programme, Programme.id == RoleAssignment.scope_id)
        .where(
            Person.is_active,
            RoleAssignment.role.in_(roles),
            RoleAssignment.kind.in_([ScopeKind.EVERYWHERE, ScopeKind.PROGRAMME]),
        )
        .order_by(Person.search_text, Person.id)
    )
    countries: dict[Person, frozenset[str] | None] = {}
    for person, kind, country in rows:
        held = countries.get(person, frozenset())
        wide = held is None or kind is ScopeKind.EVERYWHERE
        countries[person] = None if wide else (held or frozenset()) | {country}
    return list(countries.items())


def list_history(contact_id: UUID) -> list[Fact]:
    """Return what happened to a contact, newest first, in words."""
    rows = db.session.execute(entries().where(AuditEntry.subject_id == contact_id).limit(50))
    return [fact_of(row[0], row[1]) for row in rows]


def _in_use() -> Select[Any]:
    order = (Contact.place, Contact.is_emergency.desc(), Contact.name, Contact.key)
    return select(Contact).where(Contact.retired_at.is_(None)).order_by(*order)


def _within(places: Iterable[str]) -> list[ColumnElement[bool]]:
    return [
        condition
        for place in sorted(places)
        for condition in (Contact.place == place, Contact.place.like(f"{place}-%"))
    ]


def _state_condition(state: str, today: date) -> ColumnElement[bool]:
    """Say the rules of ``rules.standing`` and ``rules.is_due`` in SQL, for lists with pages."""
    is_used = Contact.retired_at.is_(None)
    fresh = Contact.verified_on.is_not(None) & Contact.verified_on.between(today - FRESH_FOR, today)
    conditions: Mapping[str, ColumnElement[bool]] = {
        ALL: Contact.id.is_not(None),
        HELD: is_used & _HELD,
        RETIRED: Contact.retired_at.is_not(None),
        UNCONFIRMED: is_used & or_(Contact.verified_on.is_(None), not_(fresh)),
        DUE: is_used & or_(Contact.verified_on.is_(None), Contact.verified_on < today - FRESH_FOR + NOTICE),
    }
    return conditions.get(state, is_used)


def _entry(contact: Contact, today: date) -> Entry:
    entry = _whole(contact, today)
    if not entry.is_held:
        return entry
    return replace(
        entry, name="", number="", dial="", hours="", address="", url="", source="", note="", verified_by=""
    )


def _whole(contact: Contact, today: date) -> Entry:
    return Entry(
        key=contact.key,
        name=contact.name,
        place=contact.place,
        number=contact.number,
        dial=dialable(contact.number),
        hours=contact.hours,
        address=contact.address,
        url=contact.url,
        source=contact.source,
        note=contact.note,
        sectors=tuple(contact.sectors),
        is_emergency=contact.is_emergency,
        is_retired=contact.retired_at is not None,
        verified_on=contact.verified_on,
        verified_by=contact.verified_by,
        standing=standing(contact.verified_on, today, is_held=contact.is_held),
    )


def _beside(entry: Entry, emergency: Entry | None) -> Entry:
    is_own = entry.is_emergency and not entry.is_held
    if is_own or entry.is_confirmed or emergency is None:
        return entry
    return replace(entry, emergency=emergency)

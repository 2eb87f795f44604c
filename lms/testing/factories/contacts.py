"""Contacts, for tests: numbers that nobody answers."""

from dataclasses import replace
from datetime import date
from typing import Any

from lms.accounts.models import Person
from lms.contacts import service
from lms.contacts.models import Contact
from lms.contacts.rules import ContactValues, Kind
from lms.core.actors import SYSTEM, Actor
from lms.core.calendar import today
from lms.core.clock import now

VALUES = ContactValues(
    key="mx-linea",
    name="Línea de prueba",
    kind=Kind.HOTLINE,
    place="MX",
    number="800 000 0000",
    hours="24 horas",
    source="https://example.org/linea",
)


def make_contact(*, verified_on: date | None = None, **values: Any) -> Contact:
    """Add a contact of Mexico; with a day, somebody confirmed it then."""
    contact = service.add_contact(replace(VALUES, **values), actor=SYSTEM, now=now())
    if verified_on:
        service.verify_contact(
            contact,
            verified_on=verified_on,
            verified_by="Secretaría técnica",
            today=today(),
            actor=SYSTEM,
            now=now(),
        )
    return contact


def make_emergency(place: str = "MX", number: str = "911", **values: Any) -> Contact:
    """Add the emergency number of a place."""
    key = values.pop("key", f"{place.lower()}-{number}")
    return make_contact(key=key, name="Emergencias", place=place, number=number, is_emergency=True, **values)


def sign_contact(contact: Contact, person: Person) -> None:
    """Sign what a contact that asks to be verified says, in somebody's name."""
    service.sign_contact(
        contact,
        fingerprint=contact.values.fingerprint,
        post="Dirección jurídica",
        today=today(),
        actor=Actor(person_id=person.id, name=person.name),
        now=now(),
    )

"""When a number is trusted, what a contact must hold, and which emergency number serves a place: pure decisions."""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Protocol, TypeVar

from lms.contacts.errors import ContactInvalid
from lms.contacts.standing import Standing
from lms.core.i18n import _
from lms.core.places import GENERAL, find_place, widen

FRESH_FOR: Final = timedelta(days=90)
"""After so many days nobody promises that a number still answers (the domain's rule on hotlines)."""
NOTICE: Final = timedelta(days=14)
"""How long before that the people who check are told."""
KEY: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MOST_KEY: Final = 60
DIGITS: Final = 16
"""Of the SHA-256 in hexadecimal that stands for what a contact says."""


class Kind(StrEnum):
    """What answers."""

    HOTLINE = "hotline"
    UNIT = "unit"
    """A unit of an institution, such as a shelter's office or a specialised prosecutor."""
    INSTITUTION = "institution"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactValues:
    """What a contact says, as the form and the file give it."""

    key: str
    name: str
    kind: Kind
    place: str
    number: str
    hours: str = ""
    address: str = ""
    url: str = ""
    source: str = ""
    note: str = ""
    sectors: tuple[str, ...] = ()
    is_emergency: bool = False
    to_verify: str = ""
    """What a named person has to verify before anybody reads the contact; empty when nothing."""

    @property
    def fingerprint(self) -> str:
        """Return the digest of everything that the contact says: what a signature is over."""
        text = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


FIELDS: Final = tuple(each.name for each in fields(ContactValues) if each.name != "sectors")
"""What a contact says, in the order of the form, but for the sectors."""


class Emergency(Protocol):
    """What is needed of a contact to choose the emergency number of a place."""

    @property
    def place(self) -> str:
        """Return its code."""
        ...

    @property
    def is_emergency(self) -> bool:
        """Say whether it is an emergency number."""
        ...


_Contact = TypeVar("_Contact", bound=Emergency)


def standing(verified_on: date | None, today: date, *, is_held: bool = False) -> Standing:
    """Return how far a number checked on a day is to be trusted; a day that has not come proves nothing."""
    if is_held:
        return Standing.HELD
    if verified_on is None or verified_on > today:
        return Standing.NEVER
    return Standing.CONFIRMED if today - verified_on <= FRESH_FOR else Standing.OLD


def is_due(verified_on: date | None, today: date) -> bool:
    """Say whether somebody should check a number now: it is not trusted, or soon will not be."""
    return standing(verified_on, today + NOTICE) is not Standing.CONFIRMED if verified_on else True


def emergency_of(place: str, contacts: Iterable[_Contact]) -> _Contact | None:
    """Return the emergency contact of the narrowest place that holds this one."""
    wide = (*widen(place), GENERAL)
    known = [each for each in contacts if each.is_emergency and each.place in wide]
    return min(known, key=lambda each: wide.index(each.place), default=None)


def dialable(number: str) -> str:
    """Return what a telephone dials: digits and a leading plus; empty when the number has letters or too few digits."""
    if any(sign.isalpha() for sign in number):
        return ""
    digits = "".join(sign for sign in number if sign.isdigit())
    plus = "+" if number.strip().startswith("+") else ""
    return plus + digits if len(digits) >= 3 else ""


def check_values(values: ContactValues) -> None:
    """Raise ContactInvalid for the first thing that a contact must hold and does not."""
    if not KEY.fullmatch(values.key) or len(values.key) > MOST_KEY:
        raise ContactInvalid("key", _("La clave lleva minúsculas, cifras y guiones, como «mx-911»."))
    if not values.name:
        raise ContactInvalid("name", _("Escriba el nombre del contacto."))
    if find_place(values.place) is None:
        raise ContactInvalid("place", _("El lugar es un código como «MX» o «MX-ROO»."))
    if not values.number:
        raise ContactInvalid("number", _("Escriba el número."))
    if not values.source:
        raise ContactInvalid("source", _("Escriba de dónde sale el número: nadie confía en uno sin fuente."))
    for name in ("url", "source"):
        address = getattr(values, name)
        if ":" in address and not address.startswith(("https://", "http://")):
            raise ContactInvalid(name, _("La dirección debe empezar con https:// o http://."))


def check_mark(before: ContactValues, after: ContactValues) -> None:
    """Raise ContactInvalid when a correction would take the mark away: only a signature answers for it."""
    if before.to_verify and not after.to_verify:
        sentence = _("La marca no se borra: quien firma el contacto responde por lo que falta verificar.")
        raise ContactInvalid("to_verify", sentence)


def changed_fields(before: ContactValues, after: ContactValues) -> tuple[str, ...]:
    """Return the names of what differs, in the order of the form."""
    names = (*FIELDS, "sectors")
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))

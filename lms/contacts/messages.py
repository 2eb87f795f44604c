"""What happens to contacts, and what is asked for them."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from lms.core.events import Event
from lms.core.i18n import _l
from lms.core.jobs.orders import Order
from lms.core.text import Text


@dataclass(frozen=True, kw_only=True)
class ContactAdded(Event):
    """The directory has one contact more."""

    code = "contacts.added"
    sentence = _l("Se agregó el contacto «%(name)s» (%(place)s) con el número %(number)s.")
    name: str
    place: str
    number: str


@dataclass(frozen=True, kw_only=True)
class ContactChanged(Event):
    """Somebody corrected a contact."""

    code = "contacts.changed"
    sentence = _l("Se corrigió el contacto «%(name)s»: %(fields)s.")
    name: str
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ContactNumberChanged(Event):
    """The number is another one, so nobody has confirmed it yet."""

    code = "contacts.number-changed"
    sentence = _l("El número de «%(name)s» pasó de %(before)s a %(after)s y quedó por confirmar.")
    name: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class ContactVerified(Event):
    """Somebody called or checked the source."""

    code = "contacts.verified"
    sentence = _l("%(verified_by)s comprobó «%(name)s» (%(number)s) el %(verified_on)s.")
    name: str
    number: str
    verified_on: date
    verified_by: str


@dataclass(frozen=True, kw_only=True)
class ContactSigned(Event):
    """A named person answers for what a contact says, so people can read it."""

    code = "contacts.signed"
    sentence = _l(
        "Se firmó «%(name)s» (%(number)s) con el cargo %(post)s: %(to_verify)s. Huella %(fingerprint)s."
    )
    name: str
    number: str
    post: str
    to_verify: str
    fingerprint: str


@dataclass(frozen=True, kw_only=True)
class ContactSignatureLost(Event):
    """What was signed is not what the contact says now: it waits for another signature."""

    code = "contacts.signature-lost"
    sentence = _l("«%(name)s» cambió y su firma dejó de valer: nadie lo ve hasta que alguien firme otra vez.")
    name: str


@dataclass(frozen=True, kw_only=True)
class ContactRetired(Event):
    """The number is no longer offered to anybody."""

    code = "contacts.retired"
    sentence = _l("Se retiró del directorio el contacto «%(name)s».")
    name: str


@dataclass(frozen=True, kw_only=True)
class ContactRestored(Event):
    """A retired contact is in the directory again."""

    code = "contacts.restored"
    sentence = _l("Volvió al directorio el contacto «%(name)s».")
    name: str


@dataclass(frozen=True, kw_only=True)
class RemindOfContacts(Order):
    """Write to those who check numbers which ones are due."""

    code: ClassVar[str] = "contacts.remind"
    label: ClassVar[Text] = _l("Avisar qué contactos hay que comprobar")

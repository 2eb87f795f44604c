"""Once a week, those who check numbers learn which ones are due."""

from collections.abc import Sequence
from datetime import date

from lms.accounts.models import Person
from lms.contacts import queries
from lms.contacts.messages import RemindOfContacts
from lms.contacts.models import Contact
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.context import current_settings
from lms.core.i18n import _, current_language, n_, speaking
from lms.core.jobs.orders import Progress
from lms.core.mail import Message
from lms.core.outbox import post
from lms.core.places import place_name
from lms.web.formats import short_date
from lms.web.links import absolute_url

MOST_LINES = 30


def remind(_order: RemindOfContacts, _progress: Progress) -> None:
    """Write one message to each keeper who has something to check; nobody hears of an empty list."""
    day = today()
    for person, countries in queries.list_keepers():
        due = queries.list_due(day, countries)
        if due and person.email:
            subject, text = _letter(person, due)
            key = f"contacts-due-{day:%G-%V}-{person.id}"
            post(Message(to=person.email, subject=subject, text=text, key=key), now=now())


def _letter(person: Person, due: Sequence[Contact]) -> tuple[str, str]:
    with speaking(person.language):
        subject = str(n_("Un contacto por comprobar", "%(num)s contactos por comprobar", len(due)))
        lines = "\n".join(_line(contact) for contact in due[:MOST_LINES])
        text = _(
            "Buen día, %(name)s:\n\nToca comprobar estos números del directorio. Llame o revise la fuente, "
            "y confírmelos:\n\n%(lines)s\n\nEl directorio:\n%(address)s\n",
            name=person.given_names, lines=lines, address=absolute_url("contacts.manage", state=queries.DUE),
        )  # fmt: skip
    return subject, str(text)


def _line(contact: Contact) -> str:
    if contact.is_held:
        place = place_name(contact.place, current_language())
        return str(_("- %(place)s: %(key)s, espera una firma", place=place, key=contact.key))
    seen = _day(contact.verified_on) if contact.verified_on else str(_("nunca comprobado"))
    return f"- {place_name(contact.place, current_language())}: {contact.name} ({contact.number}), {seen}"


def _day(day: date) -> str:
    written = short_date(day, language=current_language(), timezone=current_settings().zone)
    return str(_("comprobado el %(day)s", day=written))

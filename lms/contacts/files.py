"""The directory as a table, for a spreadsheet."""

from collections.abc import Iterable
from datetime import date

from lms.contacts.models import Contact
from lms.contacts.rules import standing
from lms.contacts.standing import Standing
from lms.core.i18n import _l
from lms.core.places import place_name
from lms.core.tabular import Column, Kind, Table
from lms.web.sectors import SECTORS

STATES = {
    Standing.CONFIRMED: _l("Confirmado"),
    Standing.OLD: _l("Por confirmar"),
    Standing.NEVER: _l("Por confirmar"),
    Standing.HELD: _l("Espera una firma"),
}
COLUMNS = (
    Column(_l("Clave")),
    Column(_l("Nombre")),
    Column(_l("Lugar")),
    Column(_l("Territorio")),
    Column(_l("Número")),
    Column(_l("Horario")),
    Column(_l("Emergencias")),
    Column(_l("Sectores")),
    Column(_l("Dirección")),
    Column(_l("Sitio")),
    Column(_l("Fuente")),
    Column(_l("Comprobado el"), Kind.DATE),
    Column(_l("Comprobado por")),
    Column(_l("Estado")),
    Column(_l("Nota")),
)


def table_of(contacts: Iterable[Contact], today: date) -> Table:
    """Return a row per contact, with its state on this day; what waits for a signature leaves without its data."""
    return Table(COLUMNS, [_row(contact, today) for contact in contacts])


def _row(contact: Contact, today: date) -> tuple[str | date | None, ...]:
    now = standing(contact.verified_on, today, is_held=contact.is_held)
    state = _l("Retirado") if contact.retired_at else STATES[now]
    if contact.is_held:
        return _held_row(contact, str(state))
    return (
        contact.key,
        contact.name,
        contact.place,
        place_name(contact.place),
        contact.number,
        contact.hours,
        str(_l("Sí")) if contact.is_emergency else "",
        ", ".join(str(SECTORS[each].label) for each in contact.sectors if each in SECTORS),
        contact.address,
        contact.url,
        contact.source,
        contact.verified_on,
        contact.verified_by,
        str(state),
        contact.note,
    )


def _held_row(contact: Contact, state: str) -> tuple[str | date | None, ...]:
    """Return a row that says which contact waits, and of what: a file goes further than the page that it is from."""
    known = {0: contact.key, 2: contact.place, 3: place_name(contact.place), 13: state, 14: contact.to_verify}
    known[4] = str(_l("Por confirmar"))
    return tuple(None if column.kind is Kind.DATE else known.get(at, "") for at, column in enumerate(COLUMNS))

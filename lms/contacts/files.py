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
    """Return a row per contact, with its state on this day."""
    return Table(COLUMNS, [_row(contact, today) for contact in contacts])


def _row(contact: Contact, today: date) -> tuple[str | date | None, ...]:
    state = _l("Retirado") if contact.retired_at else STATES[standing(contact.verified_on, today)]
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

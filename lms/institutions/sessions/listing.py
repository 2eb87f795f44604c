"""The list of what was agreed: one set of rows for the page and the files."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from lms.core.i18n import _, _l
from lms.core.tabular import Column, Kind, Table
from lms.institutions.sessions.rules import is_overdue
from lms.institutions.sessions.words import ACCORDS, title_of

COLUMNS: Final = (
    Column(_l("Comisión")),
    Column(_l("Sesión")),
    Column(_l("Fecha de la sesión"), Kind.DATE),
    Column(_l("Acuerdo"), Kind.WHOLE),
    Column(_l("Qué se acordó")),
    Column(_l("Responsable")),
    Column(_l("Para el"), Kind.DATE),
    Column(_l("Estado")),
    Column(_l("Desde el"), Kind.DATE),
    Column(_l("Vencido")),
)


def table_of(rows: Iterable[Any], day: date) -> Table:
    """Return rows of ``queries.narrow`` as they go into a file, in the order of the page."""
    return Table(
        columns=COLUMNS,
        rows=[
            (
                programme.name, title_of(sitting), sitting.day, accord.number, accord.text,
                institution or str(_("Toda la comisión")), accord.due_on, str(ACCORDS[accord.state]),
                accord.state_on,
                str(_("Sí") if is_overdue(accord.due_on, accord.state, day) else _("No")),
            )
            for accord, sitting, programme, institution in rows
        ],
    )  # fmt: skip

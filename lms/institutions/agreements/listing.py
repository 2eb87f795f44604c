"""The list of agreements: one order and one set of rows for the page and the files."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from lms.core.i18n import _, _l
from lms.core.tabular import Column, Kind, Table
from lms.institutions.agreements.models import Agreement
from lms.institutions.agreements.queries import count_overdue, list_parties
from lms.institutions.agreements.rules import Standing
from lms.institutions.agreements.words import KINDS, ROLES, STANDINGS

COLUMNS = (
    Column(_l("Clave")),
    Column(_l("Título")),
    Column(_l("Tipo")),
    Column(_l("Programa")),
    Column(_l("Partes")),
    Column(_l("Rige desde"), Kind.DATE),
    Column(_l("Último día"), Kind.DATE),
    Column(_l("Estado")),
    Column(_l("Sin erogación")),
    Column(_l("Pendientes vencidos"), Kind.WHOLE),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRow:
    """An agreement in a list."""

    agreement: Agreement
    programme: str
    parties: tuple[str, ...]
    standing: Standing
    days_left: int | None
    overdue: int


def read_rows(found: Iterable[Any], day: date) -> list[AgreementRow]:
    """Return rows of ``queries.narrow`` as the page shows them, in three queries for all."""
    pairs = [(row[0], row[1] or "") for row in found]
    ids = [agreement.id for agreement, _programme in pairs]
    parties, overdue = list_parties(ids), count_overdue(ids, day)
    return [
        AgreementRow(
            agreement=agreement,
            programme=programme,
            parties=tuple(f"{each.name} ({ROLES[each.row.role]})" for each in parties.get(agreement.id, ())),
            standing=agreement.standing(day),
            days_left=agreement.days_left(day),
            overdue=overdue.get(agreement.id, 0),
        )
        for agreement, programme in pairs
    ]


def table_of(rows: Iterable[AgreementRow]) -> Table:
    """Return the rows as they go into a file."""
    return Table(
        columns=COLUMNS,
        rows=[
            (
                row.agreement.code, row.agreement.title, str(KINDS[row.agreement.kind]), row.programme,
                "; ".join(row.parties), row.agreement.starts_on, row.agreement.ends_on,
                str(STANDINGS[row.standing]), str(_("Sí") if row.agreement.is_without_funds else _("No")),
                row.overdue,
            )
            for row in rows
        ],
    )  # fmt: skip

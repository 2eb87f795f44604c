"""The directory as a table, with the columns of the file that brings institutions in."""

from collections.abc import Sequence
from datetime import date

from lms.core.i18n import _, _l
from lms.core.tabular import Cell, Column, Kind, Table
from lms.institutions.directory import as_of, queries
from lms.institutions.directory.as_of import InstitutionOn
from lms.institutions.territories.queries import list_territories
from lms.web.sectors import SECTORS

COLUMNS = (
    Column(_l("Clave")),
    Column(_l("Nombre")),
    Column(_l("Nombre corto")),
    Column(_l("Sector")),
    Column(_l("Territorio")),
    Column(_l("Código de territorio")),
    Column(_l("Depende de")),
    Column(_l("Grupo")),
    Column(_l("Existe desde"), Kind.DATE),
    Column(_l("Cambió el"), Kind.DATE),
    Column(_l("De baja desde"), Kind.DATE),
    Column(_l("Personas"), Kind.WHOLE),
)


def table_of(institutions: Sequence[InstitutionOn], day: date, *, is_past: bool) -> Table:
    """Return institutions of a day with the people who worked there then; the file can be sent back."""
    above = {each.parent_id for each in institutions if each.parent_id}
    parents = as_of.labels_on(above, day if is_past else None, is_whole=True)
    territories = list_territories({each.territory_id for each in institutions if each.territory_id})
    people = queries.count_people([each.id for each in institutions], day)
    rows: list[tuple[Cell, ...]] = []
    for each in institutions:
        territory = territories.get(each.territory_id) if each.territory_id else None
        rows.append(
            (
                each.code or "", each.name, each.short_name, sector_name(each.sector), each.territory,
                (territory.iso_code or territory.national_code or "") if territory else "",
                parents.get(each.parent_id, "") if each.parent_id else "",
                str(_("Sí")) if each.is_group else "", each.opened_on, None, each.closed_on, people.get(each.id, 0),
            )
        )  # fmt: skip
    return Table(COLUMNS, rows)


def sector_name(sector: str | None) -> str:
    """Return how people call a sector; empty for none."""
    return str(SECTORS[sector].label) if sector in SECTORS else ""

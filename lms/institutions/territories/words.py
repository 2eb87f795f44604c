"""How people read territories, on the page and in files."""

from collections.abc import Iterable, Mapping
from typing import Final
from uuid import UUID

from lms.core.i18n import _l
from lms.core.tabular import Cell, Column, Kind, Table
from lms.core.text import Text
from lms.institutions.territories.models import Territory
from lms.institutions.territories.rules import TerritoryKind

KINDS: Final[Mapping[TerritoryKind, Text]] = {
    TerritoryKind.COUNTRY: _l("País"),
    TerritoryKind.REGION: _l("Estado, departamento o provincia"),
    TerritoryKind.MUNICIPALITY: _l("Municipio o cantón"),
    TerritoryKind.LOCALITY: _l("Distrito o localidad"),
}
COLUMNS: Final = (
    Column(_l("Código ISO")),
    Column(_l("Código nacional")),
    Column(_l("Nombre")),
    Column(_l("Otros nombres")),
    Column(_l("Tipo")),
    Column(_l("Dentro de")),
    Column(_l("Desde"), Kind.DATE),
    Column(_l("Hasta"), Kind.DATE),
    Column(_l("Fuente")),
    Column(_l("Fecha de la fuente"), Kind.DATE),
)


def table_of(territories: Iterable[Territory], parents: Mapping[UUID, Territory]) -> Table:
    """Return territories as they go into a file; the same file can be sent back."""
    return Table(COLUMNS, [_row(each, parents) for each in territories])


def _row(territory: Territory, parents: Mapping[UUID, Territory]) -> tuple[Cell, ...]:
    parent = parents.get(territory.parent_id) if territory.parent_id else None
    return (
        territory.iso_code or "", territory.national_code or "", territory.name, territory.other_names,
        str(KINDS[TerritoryKind(territory.kind)]), (parent.iso_code or parent.name) if parent else "",
        territory.starts_on, territory.ends_on, territory.source, territory.source_on,
    )  # fmt: skip

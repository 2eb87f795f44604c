"""How people read targets, on the page and in files."""

from collections.abc import Iterable, Mapping
from typing import Final

from lms.core.i18n import _l
from lms.core.tabular import Column, Kind, Table
from lms.core.text import Text
from lms.institutions.targets.queries import TargetRow
from lms.institutions.targets.rules import TargetSource
from lms.web.sectors import SECTORS

SOURCES: Final[Mapping[TargetSource, Text]] = {
    TargetSource.AGREEMENT: _l("Convenio"),
    TargetSource.WORKFORCE: _l("Plantilla"),
    TargetSource.SESSION: _l("Sesión de la comisión"),
}
EVERY_SECTOR: Final = _l("Todos")
COLUMNS: Final = (
    Column(_l("Institución")),
    Column(_l("Sector")),
    Column(_l("Periodo")),
    Column(_l("Personas"), Kind.WHOLE),
    Column(_l("Fuente")),
    Column(_l("Convenio")),
    Column(_l("Plantilla"), Kind.WHOLE),
    Column(_l("Referencia")),
)


def sector_name(sector: str) -> str:
    """Return the name of a sector, or the word for all of them."""
    return str(SECTORS[sector].label) if sector in SECTORS else str(EVERY_SECTOR)


def table_of(rows: Iterable[TargetRow]) -> Table:
    """Return targets as they go into a file; the same file can be sent back."""
    return Table(
        columns=COLUMNS,
        rows=[
            (
                row.institution, sector_name(row.target.sector), row.target.period, row.target.people,
                str(SOURCES[row.target.source]), row.agreement, row.target.workforce, row.target.reference,
            )
            for row in rows
        ],
    )  # fmt: skip

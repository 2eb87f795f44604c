"""How changes of sector are written for people: on pages and in files."""

from collections.abc import Mapping, Sequence
from typing import Final

from lms.core.i18n import _, _l
from lms.core.tabular import Column, Kind, Table
from lms.core.text import Text
from lms.learning.tracks.queries import TrackRow
from lms.learning.tracks.rules import TrackState
from lms.web.sectors import SECTORS

STATES: Final[Mapping[TrackState, Text]] = {
    TrackState.WAITING: _l("Espera respuesta"),
    TrackState.APPROVED: _l("Aprobado"),
    TrackState.DECLINED: _l("No aprobado"),
}
COLUMNS: Final = (
    Column(_l("Persona")),
    Column(_l("Institución")),
    Column(_l("Cohorte")),
    Column(_l("Sector anterior")),
    Column(_l("Sector pedido")),
    Column(_l("Pedido el"), Kind.MOMENT),
    Column(_l("Estado")),
)


def table_of(rows: Sequence[TrackRow]) -> Table:
    """Return requests as they go into a file, in the order of the page."""
    return Table(
        columns=COLUMNS,
        rows=[
            (
                row.name,
                row.institution,
                row.cohort,
                _sector(row.before),
                _sector(row.after),
                row.asked_at,
                str(STATES[row.state]),
            )
            for row in rows
        ],
    )


def _sector(name: str | None) -> str:
    sector = SECTORS.get(name or "")
    return str(sector.label) if sector else str(_("Todos"))

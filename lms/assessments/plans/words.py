"""What plans are called, and the table of their list."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from lms.assessments.plans.models import PlanState
from lms.assessments.plans.queries import PlanRow
from lms.core.context import current_settings
from lms.core.i18n import _l
from lms.core.tabular import Column, Kind, Table
from lms.core.text import Text

STATES: Final[Mapping[PlanState, Text]] = MappingProxyType(
    {
        PlanState.SENT: _l("Enviado"),
        PlanState.CHANGES: _l("Por mejorar"),
        PlanState.APPROVED: _l("Aprobado"),
    }
)
COLUMNS: Final = (
    Column(_l("Persona")),
    Column(_l("Institución")),
    Column(_l("Cohorte")),
    Column(_l("Plan")),
    Column(_l("Enviado"), Kind.MOMENT),
    Column(_l("Estado")),
)


def table_of(rows: Iterable[PlanRow]) -> Table:
    """Return the list as a table."""
    zone = current_settings().zone
    return Table(
        columns=COLUMNS,
        rows=[
            [
                row.name,
                row.institution,
                row.cohort,
                row.title,
                row.sent_at.astimezone(zone),
                str(STATES[row.state]),
            ]
            for row in rows
        ],
    )

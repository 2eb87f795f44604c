"""How calls and nominations are written for people: on pages and in files."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location

from lms.core.i18n import _, _l, current_language
from lms.core.tabular import Column, Kind, Table
from lms.core.text import Text
from lms.learning.nominations.nominee_file import RowState
from lms.learning.nominations.queries import NominationRow, OpenCall, QuotaRow
from lms.learning.nominations.rules import NominationState, Phase
from lms.web import formats

STATES: Final[Mapping[NominationState, Text]] = {
    NominationState.LATE: _l("Fuera de plazo"),
    NominationState.PROPOSED: _l("Propuesta"),
    NominationState.WAITING: _l("En espera"),
    NominationState.ACCEPTED: _l("Aceptada"),
    NominationState.DECLINED: _l("Rechazada"),
    NominationState.WITHDRAWN: _l("Retirada"),
    NominationState.REPLACED: _l("Sustituida"),
}
BADGES: Final[Mapping[NominationState, tuple[str, str]]] = {
    NominationState.LATE: ("warning", "clock"),
    NominationState.PROPOSED: ("route", "send"),
    NominationState.WAITING: ("maize", "hourglass"),
    NominationState.ACCEPTED: ("success", "check"),
    NominationState.DECLINED: ("error", "x"),
    NominationState.WITHDRAWN: ("", "undo-2"),
    NominationState.REPLACED: ("", "refresh-cw"),
}
"""Kind of badge and its icon."""
PHASES: Final[Mapping[Phase, Text]] = {
    Phase.UPCOMING: _l("Por abrir"),
    Phase.OPEN: _l("Abierta"),
    Phase.CLOSED: _l("Cerrada"),
}
ROWS: Final[Mapping[RowState, Text]] = {
    RowState.NEW: _l("Se propone, persona nueva"),
    RowState.KNOWN: _l("Se propone"),
    RowState.WAITING: _l("A la lista de espera"),
    RowState.LATE: _l("Pide una excepción"),
    RowState.ALREADY: _l("Ya estaba"),
    RowState.POSSIBLE: _l("Posible duplicado"),
    RowState.REPEATED: _l("Repetida"),
    RowState.ERROR: _l("Con error"),
}
"""What a row of a file comes to."""
ROW_BADGES: Final[Mapping[RowState, tuple[str, str]]] = {
    RowState.NEW: ("success", "user-plus"),
    RowState.KNOWN: ("success", "check"),
    RowState.WAITING: ("maize", "hourglass"),
    RowState.LATE: ("warning", "clock"),
    RowState.ALREADY: ("", ""),
    RowState.POSSIBLE: ("warning", "users"),
    RowState.REPEATED: ("warning", "copy"),
    RowState.ERROR: ("error", "octagon-x"),
}
COLUMNS: Final = (
    Column(_l("Persona")),
    Column(_l("Correo")),
    Column(_l("Institución")),
    Column(_l("Estado")),
    Column(_l("Lugar en la espera"), Kind.WHOLE),
    Column(_l("Lugar liberado")),
    Column(_l("Fuera de plazo")),
    Column(_l("Propuesta el"), Kind.MOMENT),
    Column(_l("Decidida el"), Kind.MOMENT),
    Column(_l("Motivo")),
)


CALL_COLUMNS: Final = (
    Column(_l("Curso")),
    Column(_l("Cohorte")),
    Column(_l("Estado")),
    Column(_l("Abre"), Kind.MOMENT),
    Column(_l("Cierra"), Kind.MOMENT),
    Column(_l("Lugares"), Kind.WHOLE),
    Column(_l("Ocupados"), Kind.WHOLE),
)


def moment(instant: datetime, zone: ZoneInfo) -> str:
    """Return an instant on the programme's clocks, with the city that they are of."""
    shown = formats.date_time(instant, language=current_language(), timezone=zone)
    return str(_("%(moment)s (hora de %(city)s)", moment=shown, city=city_of(zone)))


def city_of(zone: ZoneInfo) -> str:
    """Return the city whose clocks a zone is."""
    return str(get_timezone_location(zone, locale=current_language(), return_city=True))


def table_of_calls(
    rows: Sequence[OpenCall], quotas: Mapping[UUID, Sequence[QuotaRow]], now: datetime
) -> Table:
    """Return an institution's calls as they go into a file, each on its programme's clocks."""
    return Table(
        columns=CALL_COLUMNS,
        rows=[
            (
                row.course,
                row.cohort.name,
                str(PHASES[row.phase(now)]),
                row.call.opens_at.astimezone(row.zone),
                row.call.closes_at.astimezone(row.zone),
                sum(each.quota.places - each.quota.released for each in quotas[row.id]),
                sum(each.quota.taken for each in quotas[row.id]),
            )
            for row in rows
        ],
    )


def table_of(found: OpenCall, rows: Sequence[NominationRow], places: Mapping[UUID, int]) -> Table:
    """Return nominations as they go into a file, in the order of the page, on the programme's clocks."""
    return Table(
        columns=COLUMNS,
        rows=[
            (
                row.name,
                row.email,
                row.institution,
                str(STATES[row.state]),
                places.get(row.id),
                str(_("Sí")) if row.from_common else "",
                str(_("Sí")) if row.is_late else "",
                row.proposed_at.astimezone(found.zone),
                row.decided_at.astimezone(found.zone) if row.decided_at else None,
                row.reason,
            )
            for row in rows
        ],
    )

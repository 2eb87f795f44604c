"""How marks are said and drawn: the same words on every page and in every file."""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from lms.attendance.queries import LocalMeeting
from lms.attendance.register import Register, RegisterRow
from lms.attendance.rules import Mark, Method, Phase
from lms.core.i18n import _, _l, current_language
from lms.core.tabular import Cell, Column, Kind, Table
from lms.core.text import Text
from lms.plugins.criteria import State
from lms.web.formats import short_date

LABELS: Final[dict[Mark, Text]] = {
    Mark.PRESENT: _l("Presente"),
    Mark.LATE: _l("Llegó tarde"),
    Mark.EXCUSED: _l("Falta justificada"),
    Mark.ABSENT: _l("Ausente"),
}
SHORT: Final[dict[Mark, Text]] = {
    Mark.PRESENT: _l("Presente"),
    Mark.LATE: _l("Tarde"),
    Mark.EXCUSED: _l("Justificada"),
    Mark.ABSENT: _l("Ausente"),
}
"""For the roll call, where four stand side by side on a phone."""
SEATS: Final = {
    Mark.PRESENT: "present",
    Mark.LATE: "partial",
    Mark.EXCUSED: "excused",
    Mark.ABSENT: "absent",
}
"""Shapes of the design system: each can be told apart without its colour."""
METHODS: Final[dict[Method, Text]] = {
    Method.ROLL_CALL: _l("en la lista"),
    Method.QR: _l("con el código QR"),
    Method.CODE: _l("con el código escrito"),
}
STANDINGS: Final[dict[State, Text]] = {
    State.MET: _l("Cumple"),
    State.NOT_YET: _l("Todavía no"),
    State.CANNOT: _l("Ya no alcanza"),
}


UNKNOWN: Final[Text] = _l("Sin registro")
TO_COME: Final[Text] = _l("Por venir")


def said(mark: Mark | None, local: LocalMeeting, now: datetime) -> Text:
    """Return in words how somebody stands at a meeting."""
    if mark:
        return LABELS[mark]
    return UNKNOWN if local.phase(now) is Phase.OVER else TO_COME


def seat(mark: Mark | None, local: LocalMeeting, now: datetime) -> str:
    """Return the shape for how somebody stands at a meeting; empty when nobody registered anything."""
    if mark:
        return SEATS[mark]
    return "" if local.phase(now) is Phase.OVER else "upcoming"


def table_of(register: Register, now: datetime) -> Table:
    """Return the register as a table: what the page shows, with its last row of totals."""
    columns = [
        Column(_l("Persona")),
        Column(_l("Institución")),
        *(Column(_heading(local)) for local in register.meetings),
        Column(_l("Asistió a"), Kind.WHOLE),
        Column(_l("Sesiones programadas"), Kind.WHOLE),
        Column(_l("Asistencia"), Kind.PERCENT),
        Column(_l("Situación")),
    ]
    rows = [_cells(row, register, now) for row in register.rows]
    return Table(columns, [*rows, _totals(register, now)])


def hundredths(fraction: Fraction) -> float:
    """Return a fraction of one to the hundredth, halves up: the percentage that the page shows."""
    exact = Decimal(fraction.numerator) / Decimal(fraction.denominator)
    return float(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))


def _heading(local: LocalMeeting) -> str:
    day = short_date(local.day, language=current_language(), timezone=local.zone)
    return f"{day} · {local.meeting.title}"


def _cells(row: RegisterRow, register: Register, now: datetime) -> list[Cell]:
    marks = [str(said(mark, local, now)) for mark, local in zip(row.marks, register.meetings, strict=True)]
    share = row.share
    if share is None:
        return [row.name, row.institution, *marks, None, None, None, None]
    figures: list[Cell] = [share.attended, share.planned, hundredths(share.fraction)]
    return [row.name, row.institution, *marks, *figures, str(STANDINGS[share.state])]


def _totals(register: Register, now: datetime) -> list[Cell]:
    here: list[Cell] = [
        None if local.phase(now) is Phase.UPCOMING else register.here(index)
        for index, local in enumerate(register.meetings)
    ]
    share = hundredths(Fraction(register.attended, register.possible)) if register.possible else None
    label = _("Presentes, de %(count)s", count=len(register.rows))
    return [label, None, *here, register.attended, register.possible, share, None]

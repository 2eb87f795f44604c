"""How marks are said and drawn: the same words on every page and in every file."""

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from lms.attendance.credits import Weighed
from lms.attendance.models import AttendanceState
from lms.attendance.narrowing import Prospect
from lms.attendance.oddities import Odd
from lms.attendance.queries import LocalMeeting
from lms.attendance.register import Register, RegisterRow
from lms.attendance.rules import Device, Kind, Mark, Phase, PlaceKind
from lms.attendance.shares import Share
from lms.core.context import registry
from lms.core.i18n import _, _l, current_language, n_
from lms.core.tabular import Cell, Column, Table
from lms.core.tabular import Kind as CellKind
from lms.core.text import Text
from lms.plugins.attendance import AttendanceMethod
from lms.plugins.criteria import State
from lms.web.formats import date_time, decimal, percent, short_date
from lms.web.sectors import SECTORS

LABELS: Final[dict[Mark, Text]] = {
    Mark.PRESENT: _l("Presente"),
    Mark.LATE: _l("Llegó tarde"),
    Mark.LEFT_EARLY: _l("Se retiró antes"),
    Mark.EXCUSED: _l("Falta justificada"),
    Mark.ABSENT: _l("Ausente"),
}
SHORT: Final[dict[Mark, Text]] = {
    Mark.PRESENT: _l("Presente"),
    Mark.LATE: _l("Tarde"),
    Mark.LEFT_EARLY: _l("Se retiró"),
    Mark.EXCUSED: _l("Justificada"),
    Mark.ABSENT: _l("Ausente"),
}
"""For the roll call, where they stand side by side on a phone."""
SEATS: Final = {
    Mark.PRESENT: "present",
    Mark.LATE: "partial",
    Mark.LEFT_EARLY: "left",
    Mark.EXCUSED: "excused",
    Mark.ABSENT: "absent",
}
"""Shapes of the design system: each can be told apart without its colour."""
DEVICES: Final[dict[Device, Text]] = {
    Device.PHONE: _l("teléfono"),
    Device.TABLET: _l("tableta"),
    Device.COMPUTER: _l("computadora"),
    Device.PAPER: _l("hoja de papel"),
    Device.FILE: _l("archivo"),
    Device.UNKNOWN: _l("sin dato"),
}
KINDS: Final[dict[Kind, Text]] = {
    Kind.ENTRY: _l("Entrada"),
    Kind.EXIT: _l("Salida"),
    Kind.VERDICT: _l("Registro de quien lleva la lista"),
}
PLACES: Final[dict[PlaceKind, Text]] = {
    PlaceKind.ON_SITE: _l("Presencial"),
    PlaceKind.ONLINE: _l("En línea"),
    PlaceKind.MIXED: _l("Presencial y en línea"),
}
ODDITIES: Final[dict[Odd, Text]] = {
    Odd.SAME_BROWSER: _l("Varias personas desde un mismo navegador en menos de un minuto"),
    Odd.OUT_OF_WINDOW: _l("Entradas fuera del horario de registro"),
    Odd.RECORDED_LATE: _l("Registros guardados más de un día después"),
    Odd.CLOCK_AHEAD: _l("Registros con hora adelantada"),
    Odd.EXIT_ONLY: _l("Salidas sin entrada"),
    Odd.TWO_PLACES: _l("En dos sesiones a la vez"),
    Odd.WRONG_ROOM: _l("En otra sala que la suya"),
}
STANDINGS: Final[dict[State, Text]] = {
    State.MET: _l("Cumple"),
    State.NOT_YET: _l("Todavía no"),
    State.CANNOT: _l("Ya no alcanza"),
}
PROSPECTS: Final[dict[Prospect, Text]] = {
    **{Prospect(state.value): label for state, label in STANDINGS.items()},
    Prospect.TIGHT: _l("Si falta una vez más, ya no alcanza"),
}


UNKNOWN: Final[Text] = _l("Sin registro")
TO_COME: Final[Text] = _l("Por venir")


def method(name: str) -> Text:
    """Return how a mark was made, in words; the bare name when its plugin is not here any more."""
    found = registry("attendance_methods").get(name)
    return found.label if found else name


def ways(local: LocalMeeting, now: datetime) -> list[AttendanceMethod]:
    """Return the ways to mark that whoever keeps the register can start at a meeting now, in order."""
    is_over = local.phase(now) is Phase.OVER
    methods: Iterable[AttendanceMethod] = registry("attendance_methods").values()
    offered = (each for each in methods if each.endpoint and not (is_over and each.ends_with_meeting))
    return sorted(offered, key=lambda each: each.order)


def at(moment: datetime, local: LocalMeeting) -> str:
    """Return an instant on the clocks of a meeting's venue, with its day."""
    return date_time(moment, language=current_language(), timezone=local.zone)


def directions(local: LocalMeeting) -> str:
    """Return where a meeting is and how it is joined from elsewhere, for letters: a line each."""
    return "\n".join(filter(None, (local.where or _("Sin lugar indicado"), local.link)))


def amount(fraction: Fraction) -> str:
    """Return how many meetings, with two decimals only when parts of one count."""
    if fraction.denominator == 1:
        return str(fraction.numerator)
    return decimal(hundredths(fraction), 2, language=current_language())


def full(state: AttendanceState) -> Text:
    """Return what a programme calls a state."""
    return state.label or LABELS[state.role]


def short(state: AttendanceState) -> Text:
    """Return what a state is called where several stand side by side."""
    return state.label or SHORT[state.role]


def worth(state: AttendanceState) -> str:
    """Return what a state is worth, and what it was before: "0,5; antes del 3 dic 2026, 1"."""
    said = [amount(state.credit)]
    for each in reversed(state.history):
        day = short_date(each.before, language=current_language(), timezone=UTC)
        said.append(str(_("antes del %(day)s, %(amount)s", day=day, amount=amount(each.credit))))
    return "; ".join(said)


def lacking(share: Share) -> str:
    """Return what somebody still lacks and whether it can be reached, for whoever answers for them; empty when met."""
    match share.state:
        case State.MET:
            return ""
        case State.NOT_YET:
            said = _lacking_yet(share)
        case State.CANNOT:
            most = percent(hundredths(share.reachable_fraction), language=current_language())
            said = [_("Llegaría a %(most)s.", most=most)] if share.reachable < share.asked else []
            said += [_("Faltó a «%(title)s».", title=title) for title in share.mandatory_missed]
    return " ".join(said)


def _lacking_yet(share: Share) -> list[str]:
    said = []
    if share.missing:
        said.append(
            n_(
                "Falta %(num)s; puede asistir a %(left)s.",
                "Faltan %(num)s; puede asistir a %(left)s.",
                share.missing,
                left=share.left,
            )
        )
    return said + [_("Falta «%(title)s».", title=title) for title in share.mandatory_left]


def said(weighed: Weighed | None, local: LocalMeeting, now: datetime) -> Text:
    """Return in words how somebody stands at a meeting."""
    if weighed:
        return weighed.label or LABELS[weighed.mark]
    return UNKNOWN if local.phase(now) is Phase.OVER else TO_COME


def seat(weighed: Weighed | None, local: LocalMeeting, now: datetime) -> str:
    """Return the shape for how somebody stands at a meeting; empty when nobody registered anything."""
    if weighed:
        return SEATS[weighed.mark]
    return "" if local.phase(now) is Phase.OVER else "upcoming"


def table_of(register: Register, now: datetime) -> Table:
    """Return the register as a table: what the page shows, with its last row of totals."""
    columns = [
        Column(_l("Persona")),
        Column(_l("Institución")),
        Column(_l("Sector")),
        *(Column(_heading(local)) for local in register.meetings),
        Column(_l("Asistió a"), _kind_of(register)),
        Column(_l("Sesiones programadas"), CellKind.WHOLE),
        Column(_l("Asistencia"), CellKind.PERCENT),
        *(Column(_in_minutes(each.label), CellKind.WHOLE) for each in register.columns),
        Column(_l("Situación")),
        Column(_l("Lo que falta")),
    ]
    rows = [_cells(row, register, now) for row in register.rows]
    return Table(columns, [*rows, _totals(register, now)])


def hundredths(fraction: Fraction) -> float:
    """Return a fraction of one to the hundredth, halves up: the percentage that the page shows."""
    exact = Decimal(fraction.numerator) / Decimal(fraction.denominator)
    return float(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))


def _number(fraction: Fraction) -> int | float:
    return fraction.numerator if fraction.denominator == 1 else hundredths(fraction)


def _kind_of(register: Register) -> CellKind:
    """Return how a column of attended meetings is written: with decimals once parts of one count."""
    shares = [row.share.attended for row in register.rows if row.share]
    return CellKind.WHOLE if all(each.denominator == 1 for each in shares) else CellKind.DECIMAL


def _in_minutes(label: Text) -> str:
    return str(_("%(what)s, en minutos", what=label))


def _heading(local: LocalMeeting) -> str:
    day = short_date(local.day, language=current_language(), timezone=local.zone)
    return f"{day} · {local.meeting.title}"


def _cells(row: RegisterRow, register: Register, now: datetime) -> list[Cell]:
    marks = [str(said(mark, local, now)) for mark, local in zip(row.marks, register.meetings, strict=True)]
    name = str(_("%(name)s (prueba)", name=row.name)) if row.is_test else row.name
    share, who = row.share, [name, row.institution, sector(row)]
    if share is None:
        return [*who, *marks, None, None, None, *row.figures, None, None]
    figures: list[Cell] = [_number(share.attended), share.planned, hundredths(share.fraction), *row.figures]
    return [*who, *marks, *figures, str(STANDINGS[share.state]), lacking(share)]


def sector(row: RegisterRow) -> str:
    """Return the sector of a person's track, empty without one."""
    return str(SECTORS[row.sector].label) if row.sector in SECTORS else ""


def counted(register: Register) -> str:
    """Return what the row of totals counts, and of how many people."""
    if register.tests:
        return str(_("Presentes, de %(count)s (sin las personas de prueba)", count=register.people))
    return str(_("Presentes, de %(count)s", count=register.people))


def _totals(register: Register, now: datetime) -> list[Cell]:
    here: list[Cell] = [
        None if local.phase(now) is Phase.UPCOMING else count
        for local, count in zip(register.meetings, register.totals.here, strict=True)
    ]
    attended = register.totals.attended
    share = hundredths(attended / register.possible) if register.possible else None
    figures: list[Cell] = [None for _each in register.columns]
    return [
        counted(register),
        None,
        None,
        *here,
        _number(attended),
        register.possible,
        share,
        *figures,
        None,
        None,
    ]

"""How hours are said: the same words on every page and in every file."""

from collections.abc import Mapping, Sequence
from typing import Final

from lms.attendance.hours.queries import Hours, PersonHours
from lms.attendance.hours.rules import MINUTE, Line, Outlook, Policy, Reason, Source
from lms.attendance.rules import Mark, read_fraction
from lms.attendance.words import LABELS, STANDINGS, UNKNOWN, hundredths
from lms.core.i18n import _, _l, current_language
from lms.core.tabular import Cell, Column, Kind, Table
from lms.core.text import Text
from lms.core.types import Json
from lms.plugins.criteria import State
from lms.web.formats import duration, percent

SOURCES: Final[dict[Source, Text]] = {
    Source.MEETING: _l("Sesión"),
    Source.UNIT: _l("Estudio en línea"),
}
REASONS: Final[dict[Reason, Text]] = {
    Reason.WHOLE: _l("Cuenta completo"),
    Reason.NOT_THERE: _l("Sin asistencia"),
    Reason.SHORT_STAY: _l("Estuvo menos de la permanencia mínima"),
    Reason.STATE: _l("El estado cuenta en parte"),
    Reason.EXCUSED: _l("Falta justificada"),
    Reason.SAME_TIME: _l("A la misma hora que otra sesión"),
    Reason.DAY_CAP: _l("Se llegó al tope del día"),
    Reason.ONLINE_CAP: _l("Se llegó al tope de estudio en línea"),
    Reason.NOT_ONLINE: _l("El programa no cuenta el estudio en línea"),
}
CLOSED: Final[Text] = _l("Cerradas")
FREE: Final[Text] = _l("Sin mínimo de horas")


def exact(seconds: int) -> str:
    """Return a length of time to the second: 3 h 20 min, 3 h 20 min 15 s."""
    minutes, rest = divmod(seconds, MINUTE)
    if not rest:
        return duration(minutes)
    return f"{duration(minutes)} {rest} s" if minutes else f"{rest} s"


def short_of(seconds: int) -> str:
    """Return what is missing in whole minutes, never less than it is."""
    return duration(-(-seconds // MINUTE))


def state_of(line: Line) -> Text:
    """Return what a line says about how the person attended; empty for pages."""
    state = line.claim.state
    if line.claim.source is Source.UNIT:
        return ""
    if not state:
        return UNKNOWN
    return LABELS[Mark(state)] if state in set(Mark) else state


def standing(hours: Hours) -> Text:
    """Return in a word how somebody stands."""
    if hours.closed_at:
        return CLOSED
    return STANDINGS[hours.outlook.state] if hours.outlook else FREE


def standing_of_own(outlook: Outlook) -> str:
    """Return what somebody has, what is missing and whether it can be reached, for the person."""
    values = {"has": duration(outlook.credited // MINUTE), "asked": exact(outlook.asked)}
    has = str(_("Lleva %(has)s de %(asked)s.", **values))
    match outlook.state:
        case State.MET:
            return has
        case State.NOT_YET:
            left = {"missing": short_of(outlook.missing), "left": duration(outlook.left // MINUTE)}
            missing = str(_("Le faltan %(missing)s; quedan %(left)s programadas.", **left))
            return f"{has} {missing}"
        case State.CANNOT:
            most = duration(outlook.reachable // MINUTE)
            reach = str(_("Aunque haga todo lo que queda llegaría a %(most)s.", most=most))
            return f"{has} {reach}"


def lacking(hours: Hours) -> str:
    """Return what somebody lacks and whether it can be reached, for whoever answers for them; empty when nothing."""
    outlook = hours.outlook
    if outlook is None or outlook.state is State.MET:
        return ""
    if outlook.state is State.CANNOT:
        return str(_("Llegaría a %(most)s.", most=duration(outlook.reachable // MINUTE)))
    missing, left = short_of(outlook.missing), duration(outlook.left // MINUTE)
    return str(_("Faltan %(missing)s; quedan %(left)s programadas.", missing=missing, left=left))


def sentences(policy: Policy, states: Json, *, prints: bool) -> list[str]:
    """Return a policy in words, one sentence for each rule."""
    said = [
        _("Cuenta el tiempo dentro de cada sesión, medido en segundos, por lo que vale el estado: %(states)s.",
          states=_states(states)),
        _minimum(policy),
        _("Una falta justificada cuenta con la duración de la sesión.") if policy.credits_excused
        else _("Una falta justificada no suma horas."),
        *_online(policy),
    ]  # fmt: skip
    if policy.day_seconds is not None:
        said.append(_("Un día cuenta como mucho %(most)s.", most=exact(policy.day_seconds)))
    said.append(_("Los minutos de dos sesiones a la misma hora cuentan una vez."))
    if policy.asked_seconds is None:
        said.append(_("No se pide un mínimo de horas para completar el curso."))
    else:
        said.append(_("Para completar el curso se piden %(asked)s.", asked=exact(policy.asked_seconds)))
    said.append(
        _("Se suman segundos enteros; al final se muestran minutos completos, sin redondear hacia arriba.")
    )
    if prints:
        said.append(_("La constancia lleva las horas acreditadas y su desglose."))
    return [str(each) for each in said]


def _states(states: Json) -> str:
    order = list(Mark)
    rows: Sequence[Mapping[str, str]] = sorted(
        states.values(), key=lambda each: (order.index(Mark(each["role"])), each["label"])
    )
    counted = (each for each in rows if each["role"] != Mark.EXCUSED)
    return ", ".join(
        f"{each['label'] or LABELS[Mark(each['role'])]} {_share(each['credit'])}" for each in counted
    )


def _share(text: str) -> str:
    fraction = read_fraction(text)
    return percent(hundredths(fraction), language=current_language()) if fraction is not None else text


def _minimum(policy: Policy) -> str:
    if not policy.minimum_stay:
        return str(_("No hay permanencia mínima: cada segundo cuenta."))
    return str(
        _(
            "Quien estuvo menos de %(share)s de la sesión no suma nada de ella.",
            share=_share(str(policy.minimum_stay)),
        )
    )


def _online(policy: Policy) -> list[str]:
    if not policy.credits_online:
        return [str(_("El estudio en línea no suma horas."))]
    said = [_("Cada página terminada suma los minutos que declara el curso.")]
    if policy.online_share < 1:
        share = _share(str(policy.online_share))
        said.append(_("El estudio en línea cuenta como mucho %(share)s de las horas del curso.", share=share))
    if policy.online_seconds is not None:
        said.append(_("El estudio en línea cuenta como mucho %(most)s.", most=exact(policy.online_seconds)))
    return [str(each) for each in said]


def table_of(people: Sequence[PersonHours]) -> Table:
    """Return people with their hours as they go into a file, in the order of the page."""
    columns = (
        Column(_l("Persona")),
        Column(_l("Institución")),
        Column(_l("Minutos en sesiones"), Kind.WHOLE),
        Column(_l("Minutos en línea"), Kind.WHOLE),
        Column(_l("Minutos acreditados"), Kind.WHOLE),
        Column(_l("Situación")),
        Column(_l("Lo que falta")),
    )
    return Table(columns, [_cells(each) for each in people])


def _cells(each: PersonHours) -> list[Cell]:
    hours = each.hours
    figures: list[Cell] = [hours.meeting_minutes, hours.online_minutes, hours.minutes]
    return [each.name, each.institution, *figures, str(standing(hours)), lacking(hours)]


def lines_table(hours: Hours) -> Table:
    """Return the lines of one person as they go into a file, with their total in the last row."""
    columns = (
        Column(_l("Día"), Kind.DATE),
        Column(_l("De dónde")),
        Column(_l("Qué")),
        Column(_l("Estado")),
        Column(_l("Segundos registrados"), Kind.WHOLE),
        Column(_l("Regla")),
        Column(_l("Segundos acreditados"), Kind.WHOLE),
    )
    rows: list[list[Cell]] = [
        [
            line.claim.day, str(SOURCES[line.claim.source]), line.claim.title, str(state_of(line)),
            line.claim.seconds, str(REASONS[line.reason]), line.seconds,
        ]
        for line in hours.ledger.lines
    ]  # fmt: skip
    total = _("Total: %(minutes)s minutos", minutes=hours.minutes)
    return Table(columns, [*rows, [None, None, str(total), None, None, None, hours.ledger.seconds()]])

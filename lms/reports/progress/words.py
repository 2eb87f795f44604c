"""How people read plans, the matrix and figures."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from lms.core.i18n import _, _l, current_language
from lms.core.small_cells import Hidden
from lms.core.tabular import Cell, Column, Kind, Table
from lms.core.text import Text
from lms.reports.progress.figures import IndicatorFigures, Matrix, Value
from lms.reports.progress.queries import Planned
from lms.reports.progress.rules import (
    CellState,
    Joining,
    PeriodChangeKind,
    Status,
    StepKind,
    SubmissionState,
    write_number,
)
from lms.web.formats import decimal, thousands

STATES: Final[Mapping[SubmissionState, Text]] = {
    SubmissionState.DRAFT: _l("En borrador"),
    SubmissionState.SUBMITTED: _l("Enviado"),
    SubmissionState.RETURNED: _l("Devuelto"),
    SubmissionState.ACCEPTED: _l("Aceptado"),
}
STATE_BADGES: Final[Mapping[SubmissionState, tuple[str, str]]] = {
    SubmissionState.DRAFT: ("", "pencil"),
    SubmissionState.SUBMITTED: ("route", "send"),
    SubmissionState.RETURNED: ("warning", "undo-2"),
    SubmissionState.ACCEPTED: ("success", "check"),
}
STEPS: Final[Mapping[StepKind, Text]] = {
    StepKind.OPENED: _l("Se abrió"),
    StepKind.SAVED: _l("Se guardó un borrador"),
    StepKind.SUBMITTED: _l("Se envió"),
    StepKind.RETURNED: _l("Se devolvió"),
    StepKind.ACCEPTED: _l("Se aceptó"),
    StepKind.HANDED_OVER: _l("Pasó a otra institución"),
    StepKind.GIVEN_BACK: _l("Volvió al integrante"),
}
STATUSES: Final[Mapping[Status, Text]] = {
    Status.NOT_STARTED: _l("Sin iniciar"),
    Status.UNDER_WAY: _l("En curso"),
    Status.DELAYED: _l("Con retraso"),
    Status.DONE: _l("Cumplido"),
}
JOININGS: Final[Mapping[Joining, Text]] = {
    Joining.SUM: _l("Se suman"),
    Joining.AVERAGE: _l("Se promedian"),
    Joining.NONE: _l("No se juntan"),
}
CHANGES: Final[Mapping[PeriodChangeKind, Text]] = {
    PeriodChangeKind.DEADLINE: _l("Cambió la fecha límite"),
    PeriodChangeKind.CLOSED: _l("Se cerró el trimestre"),
    PeriodChangeKind.REOPENED: _l("Se reabrió el trimestre"),
}
CELLS: Final[Mapping[CellState, Text]] = {
    CellState.COMPLETE: _l("Completo"),
    CellState.LATE: _l("Atrasado"),
    CellState.RETURNED: _l("Devuelto"),
    CellState.NO_DATA: _l("Sin dato"),
    CellState.PENDING: _l("Pendiente"),
    CellState.NOT_ASKED: _l("No aplica"),
}
CELL_BADGES: Final[Mapping[CellState, tuple[str, str]]] = {
    CellState.COMPLETE: ("success", "circle-check"),
    CellState.LATE: ("error", "clock"),
    CellState.RETURNED: ("warning", "undo-2"),
    CellState.NO_DATA: ("maize", "circle-alert"),
    CellState.PENDING: ("", "circle"),
    CellState.NOT_ASKED: ("", "minus"),
}
"""Colour and shape of each state; the word stands beside them."""
YES: Final = _l("Sí")


def show(value: Value) -> str:
    """Return a value as people read it: at most two decimals, "—" where there is none."""
    if value is None:
        return "—"
    if isinstance(value, Hidden):
        return value.value
    language = current_language()
    if value == int(value):
        return thousands(int(value), language=language)
    return decimal(value, 1 if value * 10 == int(value * 10) else 2, language=language)


def show_change(value: Value) -> str:
    """Return a change with its sign."""
    text = show(value)
    return f"+{text}" if isinstance(value, int | float) and value > 0 else text


def matrix_table(matrix: Matrix) -> Table:
    """Return the matrix as it goes into a file: the same rows, columns and words as on the page."""
    columns = [
        Column(_l("Integrante")),
        *(Column(f"{each.number} {each.name}") for each in matrix.indicators),
        Column(_l("Completos"), Kind.WHOLE),
        Column(_l("Por informar"), Kind.WHOLE),
        Column(_l("Estado del avance")),
        Column(_l("Desde"), Kind.MOMENT),
    ]
    return Table(
        columns=columns,
        rows=[
            (
                row.reported.institution, *(str(CELLS[cell]) for cell in row.cells), row.complete, row.asked,
                str(STATES[row.reported.state]), row.reported.at,
            )
            for row in matrix.rows
        ],
    )  # fmt: skip


def figures_table(figures: Iterable[IndicatorFigures]) -> Table:
    """Return the values of the commission by indicator as they go into a file."""
    columns = (
        Column(_l("Objetivo")), Column(_l("Clave")), Column(_l("Indicador")), Column(_l("Unidad")),
        Column(_l("Meta"), Kind.DECIMAL), Column(_l("Valor"), Kind.DECIMAL),
        Column(_l("Trimestre anterior"), Kind.DECIMAL), Column(_l("Cambio"), Kind.DECIMAL),
        Column(_l("Integrantes con dato"), Kind.WHOLE), Column(_l("Integrantes que responden"), Kind.WHOLE),
        Column(_l("Corte de la plataforma"), Kind.DATE),
    )  # fmt: skip
    return Table(
        columns=columns,
        rows=[
            (
                each.indicator.objective, each.indicator.number, each.indicator.name, each.indicator.unit,
                each.target, _cell(each.value), _cell(each.before), _cell(each.change), each.with_value,
                len(each.members), each.cut_off,
            )
            for each in figures
        ],
    )  # fmt: skip


def members_table(figures: IndicatorFigures) -> Table:
    """Return the values of one indicator by member as they go into a file."""
    columns = (
        Column(_l("Integrante")), Column(_l("Valor"), Kind.DECIMAL),
        Column(_l("Trimestre anterior"), Kind.DECIMAL), Column(_l("Cambio"), Kind.DECIMAL),
        Column(_l("Estado del avance")),
    )  # fmt: skip
    return Table(
        columns=columns,
        rows=[
            (
                each.reported.institution, _cell(each.value), _cell(each.before), _cell(each.change),
                str(STATES[each.reported.state]),
            )
            for each in figures.members
        ],
    )  # fmt: skip


def _cell(value: Value) -> Cell:
    return value.value if isinstance(value, Hidden) else value


def plan_table(plan: Sequence[Planned]) -> Table:
    """Return a plan as a file that can be changed and sent back."""
    names = (
        _l("Objetivo"), _l("Clave"), _l("Indicador"), _l("Definición"), _l("Unidad"), _l("Fuente"),
        _l("Responsables"), _l("Metas"), _l("Cómo se juntan"), _l("Lo cuenta la plataforma"), _l("Vigente"),
    )  # fmt: skip
    return Table(columns=[Column(name) for name in names], rows=[_plan_row(each) for each in plan])


def _plan_row(planned: Planned) -> tuple[Cell, ...]:
    each = planned.indicator
    return (
        each.objective, each.number, each.name, each.definition, each.unit, each.source,
        " | ".join(place.name for place in planned.responsible),
        " | ".join(f"{period} = {write_number(value)}" for period, value in planned.targets.items()),
        str(JOININGS[each.joining]), _yes(is_so=each.is_automatic), _yes(is_so=each.is_active),
    )  # fmt: skip


def _yes(*, is_so: bool) -> str:
    return str(YES) if is_so else _("No")

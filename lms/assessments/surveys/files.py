"""The tables of a page as files: the same rows in the same order, hidden cells hidden."""

from typing import Final

from lms.assessments.surveys.rules import Count, ItemTotals, Totals, Turnout
from lms.core.i18n import _, _l
from lms.core.small_cells import Hidden
from lms.core.tabular import Cell, Column, Kind, Table
from lms.web.sectors import SECTORS

DIGITS: Final = 4


def answers_table(found: Totals) -> Table:
    """Return each answer of each question on a line, with how many gave it; then what was written."""
    columns = [
        Column(_l("Pregunta")), Column(_l("Frase")), Column(_l("Respondieron"), Kind.WHOLE), Column(_l("Respuesta")),
        Column(_l("Personas"), Kind.WHOLE), Column(_l("Porcentaje"), Kind.PERCENT),
        Column(_l("Promedio"), Kind.DECIMAL), Column(_l("Mediana"), Kind.DECIMAL),
    ]  # fmt: skip
    return Table(columns, [row for item in found.items for row in _rows(item)])


def turnout_table(found: Totals) -> Table:
    """Return how many were asked and answered of each institution and sector, then of all of them."""
    columns = [
        Column(_l("Institución")), Column(_l("Sector")), Column(_l("Invitadas"), Kind.WHOLE),
        Column(_l("Respondieron"), Kind.WHOLE), Column(_l("Tasa de respuesta"), Kind.PERCENT),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [each.institution, _sector(each.sector), *_turnout(each.turnout)] for each in found.places
    ]
    rows.append([str(_("Total")), "", *_turnout(found.turnout)])
    return Table(columns, rows)


def _rows(found: ItemTotals) -> list[list[Cell]]:
    item = found.item
    head: list[Cell] = [item.question, item.statement, _count(found.n)]
    if not found.is_shown:
        return [[*head, str(_("protegido")), None, None, None, None]]
    middle: list[Cell] = [_rounded(found.mean), _rounded(found.median)]
    written: list[list[Cell]] = [[*head, text, None, None, None, None] for text in found.texts]
    lines: list[list[Cell]] = [
        [*head, line.text, line.count, round(line.share, DIGITS), *middle] for line in found.lines
    ]
    return [*lines, *written] or [[*head, None, None, None, None, None]]


def _turnout(turnout: Turnout) -> list[Cell]:
    rate = turnout.rate
    return [_count(turnout.invited), _count(turnout.answered), _rounded(rate)]


def _rounded(value: float | None) -> Cell:
    return None if value is None else round(value, DIGITS)


def _count(value: Count) -> Cell:
    if isinstance(value, Hidden):
        return "<5" if value is Hidden.SMALL else str(_("protegido"))
    return value


def _sector(sector: str | None) -> str:
    return str(SECTORS[sector].label) if sector in SECTORS else str(_("Varios"))

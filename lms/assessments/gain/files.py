"""The table of a page as a file: the same rows in the same order, hidden cells hidden."""

from typing import Final

from lms.assessments.gain.breakdown import Breakdown, Count, Figures
from lms.core.estimates import Estimate
from lms.core.i18n import _, _l
from lms.core.small_cells import Hidden
from lms.core.tabular import Cell, Column, Kind, Table
from lms.web.sectors import SECTORS

DIGITS: Final = 4
NAMES: Final = (_l("Institución"), _l("Sector"))
COUNTS: Final = (_l("Inscritas"), _l("Prueba inicial"), _l("Las dos pruebas"))
FIGURES: Final = (
    _l("Antes"), _l("Después"), _l("Mejora"), _l("Mejora, desde"), _l("Mejora, hasta"),
    _l("Ganancia de los promedios"), _l("Ganancia, desde"), _l("Ganancia, hasta"),
    _l("Promedio de las ganancias"), _l("Tamaño del efecto"), _l("Efecto, desde"), _l("Efecto, hasta"),
)  # fmt: skip
LATER: Final = (
    _l("Antes, de quienes respondieron las tres"), _l("Después, de quienes respondieron las tres"),
    _l("Seguimiento"), _l("Desde el final"), _l("Desde el final, desde"), _l("Desde el final, hasta"),
)  # fmt: skip


def as_table(found: Breakdown) -> Table:
    """Return the rows of a page, then its sectors, then everybody."""
    counts = [*COUNTS, _l("Las tres pruebas")] if found.has_follow_up else list(COUNTS)
    figures = [*FIGURES, *LATER] if found.has_follow_up else list(FIGURES)
    columns = [
        *(Column(label) for label in NAMES),
        *(Column(label, Kind.WHOLE) for label in counts),
        *(Column(label, Kind.DECIMAL) for label in figures),
    ]
    rows: list[list[Cell]] = [
        [row.institution, _sector(row.sector), *_cells(row.figures)] for row in found.rows
    ]
    rows += [[str(_("Todas")), _sector(sector), *_cells(figures)] for sector, figures in found.sectors]
    rows.append([str(_("Total")), "", *_cells(found.total)])
    return Table(columns, rows)


def _cells(figures: Figures) -> list[Cell]:
    counts = [figures.enrolled, figures.initial, figures.both]
    if figures.followed is None:
        return [*(_count(each) for each in counts), *_gain(figures)]
    return [*(_count(each) for each in (*counts, figures.followed)), *_gain(figures), *_later(figures)]


def _gain(figures: Figures) -> list[Cell]:
    gain = figures.gain
    if gain is None:
        why = _("protegido") if figures.is_hidden else _("datos insuficientes")
        return [str(why), *([None] * (len(FIGURES) - 1))]
    effect = gain.effect.average if gain.effect else None
    return [
        round(gain.before.value, DIGITS),
        round(gain.after.value, DIGITS),
        *_three(gain.difference),
        *_three(gain.of_means),
        _three(gain.of_people)[0],
        *_three(effect),
    ]


def _later(figures: Figures) -> list[Cell]:
    later = figures.gain.later if figures.gain else None
    if later is None:
        return [None] * len(LATER)
    means = (later.before, later.after, later.value)
    return [*(round(each.value, DIGITS) for each in means), *_three(later.since_end)]


def _three(value: Estimate | None) -> list[Cell]:
    if value is None:
        return [None, None, None]
    return [round(each, DIGITS) for each in (value.value, value.low, value.high)]


def _count(value: Count) -> Cell:
    if isinstance(value, Hidden):
        return "<5" if value is Hidden.SMALL else str(_("protegido"))
    return value


def _sector(sector: str | None) -> str:
    return str(SECTORS[sector].label) if sector in SECTORS else str(_("Varios"))

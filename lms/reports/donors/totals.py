"""The totals of a programme that a donor reads: sums of whole pools, with no row of any institution."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lms.core.actors import EVERYTHING
from lms.core.calendar import today
from lms.core.i18n import _, current_language
from lms.core.small_cells import Cell
from lms.institutions.programmes.models import Programme
from lms.plugins.reports import Column, Period, Question
from lms.reports.completion import Asking, Indicators, answer_of
from lms.reports.keeping import shelf
from lms.reports.learning import AttendanceAndLearning
from lms.reports.overview import Station, funnel_of_asked
from lms.reports.service import ProtectedReport, run
from lms.reports.tallies.versions import learned_version_of, version_of


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalsTable:
    """A small table of totals."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Everything that a donor reads."""

    stations: Sequence[Station]
    tables: Sequence[TotalsTable]


def recent_totals_of(programme: Programme) -> Totals:
    """Return the totals in the reader's language, which a worker keeps while no figure of the programme changes."""
    key = ("totals", programme.id, current_language())
    version = (version_of(programme.id), learned_version_of(programme.id), today())
    known: Totals | None = shelf().find(key, version)
    if known is None:
        known = totals_of(programme, today())
        shelf().keep(key, version, known, sum(len(row) for table in known.tables for row in table.rows))
    return known


def totals_of(programme: Programme, day: date) -> Totals:
    """Return the steps of everybody until a day, and the totals by year and by sector."""
    ever = Question(programme_id=programme.id, period=Period(first=date.min, last=day), reach=EVERYTHING)
    by_sector = Question(programme_id=programme.id, period=ever.period, reach=EVERYTHING, group="sector")
    by_year = Question(programme_id=programme.id, period=ever.period, reach=EVERYTHING, group="period")
    asked = Asking(by_sector)
    sectors = answer_of(asked, Indicators.figures)
    return Totals(
        stations=funnel_of_asked(asked),
        tables=(
            _table("years", _("Por año de inscripción"), Indicators(), by_year),
            _table("learning", _("Asistencia y aprendizaje, por año"), AttendanceAndLearning(), by_year),
            TotalsTable(name="sectors", title=_("Por sector"), columns=sectors.columns, rows=sectors.rows),
        ),
    )


def _table(name: str, title: str, report: ProtectedReport, question: Question) -> TotalsTable:
    found = run(report, question)
    return TotalsTable(name=name, title=title, columns=found.columns, rows=found.rows)

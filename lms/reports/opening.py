"""What the commission's page says, before it is drawn: made when somebody opens it, or anew when figures change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lms.plugins.reports import Question, Report
from lms.reports.asking import sort_table
from lms.reports.choices import Known, known_of
from lms.reports.completion import Asking, CompletionByInstitution, Indicators, answer_of
from lms.reports.overview import Line, Station, funnel_of_asked, lines_of_asked
from lms.reports.rules import Coverage, finding, months_ending
from lms.reports.service import ResultTable, run
from lms.reports.tallies.rules import Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Which page is opened."""

    report: Report
    question: Question
    order: str
    """Name of a column, with a minus for descending."""
    minimum: int
    """From how many people who completed on an institution is covered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What the page says; a table of another report stands alone."""

    table: ResultTable
    periods: Known
    """What else can be asked for."""
    headline: tuple[str, int, int] | None = None
    stations: Sequence[Station] = ()
    curves: Sequence[Line] = ()
    months: Sequence[date] = ()
    territories: Sequence[str] = ()
    coverage: Coverage | None = None


def open_page(opening: Opening) -> Opened:
    """Return what a page says, of what this worker keeps as far as that is true."""
    report, question = opening.report, opening.question
    periods = known_of(question.programme_id)
    if not isinstance(report, CompletionByInstitution | Indicators):
        return Opened(table=sort_table(run(report, question), opening.order), periods=periods)
    figures = Asking(question)
    table = answer_of(figures, report.figures)
    return Opened(
        table=sort_table(table, opening.order),
        periods=periods,
        headline=finding(table.total("completed"), table.total("enrolled")),
        stations=funnel_of_asked(figures),
        curves=_curves(figures, table),
        months=months_ending(question.period.last),
        territories=figures.territories,
        coverage=figures.coverage(opening.minimum),
    )


def _curves(figures: Asking, table: ResultTable) -> list[Line]:
    """Return the months of each sector: of whole years as they were, so that no two charts overlap."""
    question = figures.question
    is_whole = len(figures.cube.period) == 4 and question.basis == Basis.THEN.value
    return [] if not is_whole or question.territory or question.words else lines_of_asked(figures, table)

"""Who completed in the quarter of a report, whenever they had enrolled.

A course of five months ends in another quarter than it begins: the other tables, of the people who enrolled in the
quarter, would never tell of anybody who completes it. Figures go in whole fives, as the curves do: exact ones, beside
those of the people of each quarter, would tell how few completed late.
"""

from collections import Counter
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from lms.core.i18n import _
from lms.core.small_cells import SMALLEST, Hidden
from lms.plugins.reports import Period, Question
from lms.reports.frozen.findings import FINISHED
from lms.reports.frozen.snapshot import SnapCell, SnapColumn, SnapTable
from lms.reports.queries.completion import count_kept_months, count_months
from lms.reports.tallies.queries import is_counted
from lms.reports.tallies.rules import EVER
from lms.web.sectors import SECTORS


def finished_in(question: Question, zone: ZoneInfo) -> SnapTable | None:
    """Return how many completed within a period of whole months, by sector; None where nobody did."""
    counts = _count(question, zone)
    if not counts:
        return None
    keys = [key for key in (*SECTORS, None) if counts[key]]
    return SnapTable(
        name=FINISHED,
        title=_("Completaron en el trimestre"),
        columns=(
            SnapColumn(name="sector", label=_("Sector"), kind="sector"),
            SnapColumn(name="finished", label=_("Personas, de cinco en cinco"), kind="count"),
        ),
        rows=tuple((_named(key), in_fives(counts[key])) for key in keys),
        totals=(None, in_fives(counts.total())),
        marks=tuple(key or "" for key in keys),
    )


def in_fives(count: int) -> SnapCell:
    """Return the greatest multiple of five that is not larger; one to four people are hidden."""
    return Hidden.SMALL if 0 < count < SMALLEST else count // SMALLEST * SMALLEST


def _count(question: Question, zone: ZoneInfo) -> Counter[str | None]:
    """Return how many completed in the months of a period, of everybody who ever enrolled."""
    first, last = question.period.first, question.period.last
    if is_counted(question.programme_id):
        months = count_kept_months(question, EVER)
    else:
        months = count_months(replace(question, period=Period(first=date.min, last=last)), zone)
    found = Counter[str | None]()
    for (sector, year, month), count in months.items():
        if (first.year, first.month) <= (year, month) <= (last.year, last.month):
            found[sector if sector in SECTORS else None] += count
    return found


def _named(sector: str | None) -> str:
    return str(SECTORS[sector].label) if sector else _("Varios")

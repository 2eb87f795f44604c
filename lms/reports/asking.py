"""From the address of a page to a question: programme, sector, period and order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from lms.core.actors import Actor
from lms.core.errors import NotFound
from lms.core.small_cells import Cell, Hidden
from lms.institutions.programmes.access import access_programme
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.queries import list_programmes_for
from lms.plugins.reports import Period, Question
from lms.reports.permissions import ReportPermission
from lms.reports.rules import months_ending
from lms.reports.service import ResultTable
from lms.web.sectors import SECTORS

DEFAULT_ORDER = "-share"
YEARS = range(2000, 2101)
"""Years that a report may be asked for; a year has months before and after it to count."""


class NoProgrammes(NotFound):
    """There is no programme whose figures the actor may read: a new installation begins like this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a page or a file was asked for."""

    question: Question
    programme: Programme
    programmes: Sequence[Programme]
    order: str
    """Name of a column, with a minus for descending."""


def read_question(actor: Actor, args: Mapping[str, str], *, today: date) -> Asked:
    """Return what was asked, with defaults for what was not.

    Raises NoProgrammes when there is none to ask about, and NotFound for one out of reach.
    """
    programmes = list_programmes_for(actor, ReportPermission.READ)
    if not programmes:
        raise NoProgrammes
    wanted = _uuid(args.get("programme", ""))
    programme = access_programme(actor, ReportPermission.READ, wanted) if wanted else programmes[0]
    sector = args.get("sector", "")
    question = Question(
        programme_id=programme.id,
        period=_period(args, today),
        reach=actor.reach(ReportPermission.READ),
        sector=sector if sector in SECTORS else None,
    )
    return Asked(
        question=question, programme=programme, programmes=programmes, order=args.get("order", DEFAULT_ORDER)
    )


def sort_table(table: ResultTable, order: str) -> ResultTable:
    """Return the table with its rows in the asked order; hidden cells come last either way."""
    name, descending = order.removeprefix("-"), order.startswith("-")
    if name not in {column.name for column in table.columns}:
        return table
    place = table.index(name)
    known = [row for row in table.rows if _is_known(row[place])]
    hidden = [row for row in table.rows if not _is_known(row[place])]
    known.sort(key=lambda row: (_rank(row[place]), str(row[0])), reverse=descending)
    return ResultTable(table.columns, (*known, *hidden), table.totals, table.sectors)


def _is_known(cell: Cell) -> bool:
    return cell is not None and not isinstance(cell, Hidden)


def _rank(cell: Cell) -> tuple[float, str]:
    return (float(cell), "") if isinstance(cell, int | float) else (0.0, str(cell).casefold())


def _period(args: Mapping[str, str], today: date) -> Period:
    months = months_ending(today)
    first, last = _month(args.get("from", ""), months[0]), _month(args.get("to", ""), months[-1])
    if last < first:
        first, last = last, first
    return Period(first=first, last=min(_end_of_month(last), today) if last <= today else _end_of_month(last))


def _month(text: str, default: date) -> date:
    """Return the first day of a month such as "2026-11"; the default for what is none, or of no year of ours."""
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError:
        return default
    return month if month.year in YEARS else default


def _end_of_month(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

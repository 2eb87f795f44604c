"""From the address of a page to a question: programme, sector, period and order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from lms.core.actors import Actor
from lms.core.errors import NotFound
from lms.core.small_cells import SMALLEST, Cell, Hidden
from lms.institutions.programmes.access import access_programme
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.queries import list_programmes_for
from lms.plugins.reports import Period, Question
from lms.reports.permissions import ReportPermission
from lms.reports.rules import months_ending
from lms.reports.service import ResultTable
from lms.reports.tallies.rules import EVER, Basis, bounds_of, period_named
from lms.reports.words import period_words
from lms.web.sectors import SECTORS

DEFAULT_ORDER = "-share"
GROUPS = ("institution", "sector", "period", "matrix")
MOST = 120
"""Letters of a territory or of a search."""
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
    name: str
    """Name of the period, such as ``2026-Q4``; empty for other months."""


def read_question(actor: Actor, args: Mapping[str, str], *, today: date) -> Asked:
    """Return what was asked, with defaults for what was not.

    Raises NoProgrammes when there is none to ask about, and NotFound for one out of reach.
    """
    programmes = list_programmes_for(actor, ReportPermission.READ)
    if not programmes:
        raise NoProgrammes
    wanted = _uuid(args.get("programme", ""))
    programme = access_programme(actor, ReportPermission.READ, wanted) if wanted else programmes[0]
    period, name = _period(args, today)
    sector, group = args.get("sector", ""), args.get("group", "")
    question = Question(
        programme_id=programme.id,
        period=period,
        reach=actor.reach(ReportPermission.READ),
        sector=sector if sector in SECTORS else None,
        basis=args.get("basis", "") if name and args.get("basis") in list(Basis) else Basis.THEN.value,
        territory=args.get("territory", "")[:MOST],
        words=args.get("q", "").strip()[:MOST],
        group=group if group in GROUPS else GROUPS[0],
    )
    default = DEFAULT_ORDER if question.group in {"institution", "matrix"} else ""
    return Asked(
        question=question,
        programme=programme,
        programmes=programmes,
        order=args.get("order", default),
        name=name,
    )


def read_minimum(args: Mapping[str, str]) -> int:
    """Return from how many people on an institution is covered: 5 unless more are asked for, never fewer."""
    text = args.get("minimum", "")
    return max(SMALLEST, int(text)) if text.isdecimal() and len(text) < 6 else SMALLEST


def question_words(asked: Asked) -> str:
    """Return what was asked in words, for the log of downloads."""
    question = asked.question
    period = period_words(asked.name) if asked.name else f"{question.period.first}/{question.period.last}"
    sector = str(SECTORS[question.sector].label) if question.sector else ""
    parts = (period, question.basis if question.basis != Basis.THEN.value else "", sector, question.territory)
    return ", ".join(part for part in (*parts, question.words) if part)


def sort_table(table: ResultTable, order: str) -> ResultTable:
    """Return the table with its rows in the asked order; hidden cells come last either way."""
    name, descending = order.removeprefix("-"), order.startswith("-")
    if name not in {column.name for column in table.columns}:
        return table
    place, rows = table.index(name), table.rows
    names = [str(row[0]) for row in rows].__getitem__
    shown = [_is_known(row[place]) for row in rows]
    known = sorted((at for at in range(len(rows)) if shown[at]), key=names, reverse=descending)
    known.sort(key=_ranks([row[place] for row in rows]).__getitem__, reverse=descending)
    hidden = sorted((at for at in range(len(rows)) if not shown[at]), key=names)
    places = (*known, *hidden)
    return replace(
        table,
        rows=tuple([rows[at] for at in places]),
        places=tuple([table.places[at] for at in places]) if table.places else (),
    )


def _is_known(cell: Cell) -> bool:
    return cell is not None and not isinstance(cell, Hidden)


def _ranks(cells: Sequence[Cell]) -> list[Any]:
    """Return what cells are sorted by: numbers by themselves, words by their letters after every number."""
    if all(cell is None or isinstance(cell, int | float | Hidden) for cell in cells):
        return [0.0 if cell is None or isinstance(cell, Hidden) else cell for cell in cells]
    return [(float(c), "") if isinstance(c, int | float) else (0.0, str(c).casefold()) for c in cells]


def _period(args: Mapping[str, str], today: date) -> tuple[Period, str]:
    """Return the days that were asked for and the name of the period; an empty name for other months.

    Nothing smaller than a month: two questions that differ by a day would tell who enrolled on it.
    """
    name = args.get("period", "" if "from" in args or "to" in args else f"{today:%Y}")
    if name == EVER:
        return Period(first=date.min, last=today), EVER
    bounds = bounds_of(name)
    if bounds and bounds[0].year in YEARS and bounds[0] <= today:
        return Period(first=bounds[0], last=min(bounds[1], today)), name
    months = months_ending(today)
    first, last = _month(args.get("from", ""), months[0]), _month(args.get("to", ""), months[-1])
    if last < first:
        first, last = last, first
    period = Period(
        first=first, last=min(_end_of_month(last), today) if last <= today else _end_of_month(last)
    )
    return period, period_named(period.first, period.last, until=today) or ""


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

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
from lms.reports.service import ResultTable
from lms.reports.tallies.queries import kept_spans
from lms.reports.tallies.rules import EVER, SPAN, Basis, bounds_of, period_named, span_named
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
    """Name of the period, such as ``2026-Q4`` or, of a span, ``2026-02_2026-08``."""
    is_replaced: bool = False
    """Whether other months were asked for, which nobody counts: these are those of this year."""


def read_question(actor: Actor, args: Mapping[str, str], *, today: date) -> Asked:
    """Return what was asked, with defaults for what was not.

    Raises NoProgrammes when there is none to ask about, and NotFound for one out of reach.
    """
    programmes = list_programmes_for(actor, ReportPermission.READ)
    if not programmes:
        raise NoProgrammes
    wanted = _uuid(args.get("programme", ""))
    programme = access_programme(actor, ReportPermission.READ, wanted) if wanted else programmes[0]
    wished = args.get("period", "") or _months(args.get("from", ""), args.get("to", ""), today)
    period = _period(wished or f"{today:%Y}", programme.id, today) or _year(today)
    sector, group = args.get("sector", ""), args.get("group", "")
    question = Question(
        programme_id=programme.id,
        period=period,
        reach=actor.reach(ReportPermission.READ),
        sector=sector if sector in SECTORS else None,
        basis=args.get("basis", "") if args.get("basis") in list(Basis) else Basis.THEN.value,
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
        name=period.name,
        is_replaced=wished not in {"", period.name},
    )


def read_minimum(args: Mapping[str, str]) -> int:
    """Return from how many people on an institution is covered: 5 unless more are asked for, never fewer."""
    text = args.get("minimum", "")
    return max(SMALLEST, int(text)) if text.isdecimal() and len(text) < 6 else SMALLEST


def question_words(asked: Asked) -> str:
    """Return what was asked in words, for the log of downloads."""
    question = asked.question
    sector = str(SECTORS[question.sector].label) if question.sector else ""
    parts = (
        period_words(asked.name),
        question.basis if question.basis != Basis.THEN.value else "",
        sector,
        question.territory,
    )
    return ", ".join(part for part in (*parts, question.words) if part)


def sort_table(table: ResultTable, order: str) -> ResultTable:
    """Return the table with its rows in the asked order; hidden cells come last either way."""
    name, descending = order.removeprefix("-"), order.startswith("-")
    if name not in {column.name for column in table.columns}:
        return table
    places = table.orders.get(order)
    if places is None:
        places = table.orders[order] = _places_in(table, table.index(name), descending=descending)
    return replace(
        table,
        rows=tuple([table.rows[at] for at in places]),
        places=tuple([table.places[at] for at in places]) if table.places else (),
        orders={},
    )


def _places_in(table: ResultTable, column: int, *, descending: bool) -> Sequence[int]:
    """Return the positions of the rows in the order of a column; of equal ones in the order of their names."""
    rows = table.rows
    names = [str(row[0]) for row in rows].__getitem__
    shown = [_is_known(row[column]) for row in rows]
    known = sorted((at for at in range(len(rows)) if shown[at]), key=names, reverse=descending)
    known.sort(key=_ranks([row[column] for row in rows]).__getitem__, reverse=descending)
    return (*known, *sorted((at for at in range(len(rows)) if not shown[at]), key=names))


def _is_known(cell: Cell) -> bool:
    return cell is not None and not isinstance(cell, Hidden)


def _ranks(cells: Sequence[Cell]) -> list[Any]:
    """Return what cells are sorted by: numbers by themselves, words by their letters after every number."""
    if all(cell is None or isinstance(cell, int | float | Hidden) for cell in cells):
        return [0.0 if cell is None or isinstance(cell, Hidden) else cell for cell in cells]
    return [(float(c), "") if isinstance(c, int | float) else (0.0, str(c).casefold()) for c in cells]


def _period(name: str, programme_id: UUID, today: date) -> Period | None:
    """Return the period of this name until today; None when there is none that is counted, or it has not begun.

    Nothing smaller than a month: two questions that differ by a day would tell who enrolled on it.
    """
    if name == EVER:
        return Period(first=date.min, last=today, name=EVER)
    bounds = bounds_of(name)
    if bounds is None or bounds[0].year not in YEARS or bounds[0] > today:
        return None
    if SPAN in name and name not in {span.name for span in kept_spans(programme_id)}:
        return None
    return Period(first=bounds[0], last=min(bounds[1], today), name=name)


def _year(today: date) -> Period:
    """Return the year of today."""
    return Period(first=today.replace(month=1, day=1), last=today, name=f"{today:%Y}")


def _months(begins: str, ends: str, today: date) -> str:
    """Return the name of what an address of before asks for by its first and last month; empty for no months."""
    try:
        first, last = sorted(date.fromisoformat(f"{month}-01") for month in (begins, ends))
    except ValueError:
        return f"{begins}{SPAN}{ends}" if begins or ends else ""
    end = _end_of_month(last)
    return period_named(first, min(end, today), until=today) or span_named(first, end)


def _end_of_month(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

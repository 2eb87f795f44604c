"""What the commission reads of a period on a day: who stands how with which indicator, and the values together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from lms.core.calendar import today
from lms.core.folding import fold
from lms.core.small_cells import Hidden, suppress
from lms.institutions.programmes.models import Programme
from lms.reports.progress import queries
from lms.reports.progress.models import ProgressIndicator, ReportingPeriod
from lms.reports.progress.queries import Planned, Reported
from lms.reports.progress.rules import (
    CellState,
    Joining,
    SubmissionState,
    Term,
    cell_state,
    change_of,
    join,
    name_of,
)
from lms.reports.queries.trained import count_trained

Value = float | Hidden | None
SENT = frozenset({SubmissionState.SUBMITTED, SubmissionState.ACCEPTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """A member with how it stands with each indicator of the columns."""

    reported: Reported
    cells: tuple[CellState, ...]

    @property
    def asked(self) -> int:
        """Return how many of the columns it answers for."""
        return sum(cell is not CellState.NOT_ASKED for cell in self.cells)

    @property
    def complete(self) -> int:
        """Return how many of them it sent with a value."""
        return self.cells.count(CellState.COMPLETE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Members by indicators."""

    indicators: tuple[ProgressIndicator, ...]
    rows: tuple[MatrixRow, ...]
    on: date
    """The day at whose end it stood like this."""
    term: Term
    """Until when it was asked for, as that was known then."""

    def count(self, state: CellState) -> int:
        """Return how many cells stand like this."""
        return sum(row.cells.count(state) for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixQuestion:
    """What is asked of the matrix; empty texts ask for everything."""

    text: str = ""
    objective: str = ""
    state: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberValue:
    """What a member has of an indicator, in a quarter and the one before."""

    reported: Reported
    value: Value
    before: Value
    change: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorFigures:
    """An indicator with the values of its members, and the commission's where they join."""

    indicator: ProgressIndicator
    members: tuple[MemberValue, ...]
    target: float | None
    """Of the commission: of all who answer where values are added up, else of each."""
    value: Value
    before: Value
    change: Value
    with_value: int
    """How many members have a value now."""
    cut_off: date | None
    """Day until which the platform counted; null for what members wrote."""


def build_matrix(programme: Programme, period: ReportingPeriod, on: date) -> Matrix:
    """Return how every member stood with every indicator at the end of a day."""
    reported = queries.list_reported(period.id, on, ZoneInfo(programme.timezone))
    plan = _plan_of(programme, reported)
    term = queries.find_term(period, on, ZoneInfo(programme.timezone))
    is_late = term.is_late(on)
    rows = tuple(
        MatrixRow(
            reported=each,
            cells=tuple(
                cell_state(each.state, each.answers.get(planned.indicator.id), is_late=is_late)
                for planned in plan
            ),
        )
        for each in reported
    )
    return Matrix(indicators=tuple(each.indicator for each in plan), rows=rows, on=on, term=term)


def narrow(matrix: Matrix, question: MatrixQuestion) -> Matrix:
    """Return the part of a matrix that is asked for, in the order that is asked for."""
    kept = [
        at
        for at, indicator in enumerate(matrix.indicators)
        if question.objective in {"", indicator.objective}
    ]
    rows = [replace(row, cells=tuple(row.cells[at] for at in kept)) for row in matrix.rows]
    wanted = fold(question.text)
    rows = [
        row
        for row in rows
        if wanted in fold(row.reported.institution)
        and (not question.state or question.state in {cell.value for cell in row.cells})
    ]
    return replace(
        matrix, indicators=tuple(matrix.indicators[at] for at in kept), rows=_sort(rows, question.sort)
    )


def _sort(rows: list[MatrixRow], sort: str) -> tuple[MatrixRow, ...]:
    """Return the rows by one of their columns; the directory's order decides between equals."""
    key = sort.removeprefix("-")
    if key == "complete":
        rows = sorted(rows, key=lambda row: row.complete, reverse=sort.startswith("-"))
    elif key == "state":
        order = list(SubmissionState)
        rows = sorted(rows, key=lambda row: order.index(row.reported.state), reverse=sort.startswith("-"))
    elif key == "at":
        rows = sorted(rows, key=lambda row: row.reported.at, reverse=sort.startswith("-"))
    elif sort == "-institution":
        rows = rows[::-1]
    return tuple(rows)


def _plan_of(programme: Programme, reported: Sequence[Reported]) -> list[Planned]:
    ids = {indicator_id for each in reported for indicator_id in each.answers}
    return queries.list_plan(programme.id, ids=ids)


def build_figures(programme: Programme, period: ReportingPeriod, on: date) -> list[IndicatorFigures]:
    """Return the values of a quarter beside those of the one before, as they were sent until the end of a day."""
    zone = ZoneInfo(programme.timezone)
    earlier = queries.find_period(programme.id, name_of(period.quarter.previous))
    reported = queries.list_reported(period.id, on, zone)
    before = queries.list_reported(earlier.id, on, zone) if earlier else []
    plan = _plan_of(programme, reported)
    automatic = any(each.indicator.is_automatic for each in plan)
    counted = _counted(period) if automatic else {}
    counted_before = _counted(earlier) if automatic and earlier else {}
    return [
        _automatic(planned, period, (reported, counted), (before, counted_before))
        if planned.indicator.is_automatic
        else _written(planned, period, reported, before)
        for planned in plan
    ]


def _counted(period: ReportingPeriod) -> dict[UUID, int]:
    found = count_trained(period.programme_id, period.quarter, queries.list_member_ids(period))
    return found or {}


def _asked(planned: Planned, reported: Sequence[Reported]) -> list[Reported]:
    return [each for each in reported if planned.indicator.id in each.answers]


def _sent_values(planned: Planned, reported: Sequence[Reported]) -> dict[UUID, float]:
    found = {}
    for each in _asked(planned, reported):
        value = each.answers[planned.indicator.id].value
        if each.state in SENT and value is not None:
            found[each.institution_id] = value
    return found


def _written(
    planned: Planned, period: ReportingPeriod, reported: Sequence[Reported], before: Sequence[Reported]
) -> IndicatorFigures:
    joining, asked = planned.indicator.joining, _asked(planned, reported)
    values, earlier = _sent_values(planned, reported), _sent_values(planned, before)
    return IndicatorFigures(
        indicator=planned.indicator,
        members=tuple(
            _member(each, values.get(each.institution_id), earlier.get(each.institution_id)) for each in asked
        ),
        target=_target(planned, period, len(asked)),
        value=join([*values.values()], joining),
        before=join([*earlier.values()], joining),
        change=change_of(values, earlier, joining),
        with_value=len(values),
        cut_off=None,
    )


def _automatic(
    planned: Planned,
    period: ReportingPeriod,
    now: tuple[Sequence[Reported], dict[UUID, int]],
    before: tuple[Sequence[Reported], dict[UUID, int]],
) -> IndicatorFigures:
    """Return what the platform counts, small cells hidden, with others that would tell them.

    All who are asked are counted now, whatever day is asked about, and not as each sends: two tables of different
    days would tell by subtraction what one of them hides.
    """
    values, total = _protect(planned, *now)
    earlier, total_before = _protect(planned, *before)
    asked = _asked(planned, now[0])
    is_same = set(values) == set(earlier)
    return IndicatorFigures(
        indicator=planned.indicator,
        members=tuple(
            _member(each, values.get(each.institution_id), earlier.get(each.institution_id)) for each in asked
        ),
        target=_target(planned, period, len(asked)),
        value=total,
        before=total_before,
        change=_difference(total, total_before) if is_same else None,
        with_value=len(values),
        cut_off=min(today(), period.quarter.last),
    )


def _protect(
    planned: Planned, reported: Sequence[Reported], counted: dict[UUID, int]
) -> tuple[dict[UUID, Value], Value]:
    """Return what may be shown of each member asked, and of all of them.

    Which cells are hidden follows from all members, whoever is asked: of two indicators that ask others, the totals
    would tell by subtraction what each of them hides.
    """
    asked = [each.institution_id for each in _asked(planned, reported) if each.institution_id in counted]
    if not asked:
        return {}, None
    places = sorted(counted)
    shown = suppress([[counted[each]] for each in places])
    cells = {each: row[0] for each, row in zip(places, shown.rows, strict=True)}
    values: dict[UUID, Value] = {each: cells[each] for each in asked}
    if planned.indicator.joining is not Joining.SUM:
        return values, None
    others = [*shown.totals, *(cell for each, cell in cells.items() if each not in values)]
    is_told = any(
        not any(isinstance(cell, Hidden) for cell in needed) for needed in (others, values.values())
    )
    return values, sum(counted[each] for each in asked) if is_told else Hidden.PROTECTS


def _member(reported: Reported, value: Value, before: Value) -> MemberValue:
    return MemberValue(reported=reported, value=value, before=before, change=_difference(value, before))


def _difference(value: Value, before: Value) -> Value:
    if value is None or before is None:
        return None
    if isinstance(value, Hidden) or isinstance(before, Hidden):
        return Hidden.PROTECTS
    return value - before


def _target(planned: Planned, period: ReportingPeriod, asked: int) -> float | None:
    target = planned.targets.get(period.name)
    if target is None:
        return None
    return target * asked if planned.indicator.joining is Joining.SUM else target


def own_before(period: ReportingPeriod, institution_id: UUID) -> dict[UUID, float]:
    """Return the values that a member sent for the quarter before, for the member itself."""
    earlier = queries.find_period(period.programme_id, name_of(period.quarter.previous))
    found = queries.find_submission(earlier.id, institution_id) if earlier else None
    if found is None or found.state not in SENT:
        return {}
    return {key: answer.value for key, answer in found.answers.items() if answer.value is not None}


def end_of(programme: Programme, now: datetime) -> date:
    """Return the day it is where the programme is."""
    return now.astimezone(ZoneInfo(programme.timezone)).date()

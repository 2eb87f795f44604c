"""What of the targets of people to train is reached, with the figures of the table of progress."""

from dataclasses import replace
from datetime import date

from lms.core.calendar import today
from lms.core.i18n import _l
from lms.core.small_cells import Cell, Hidden, share
from lms.plugins.reports import Column, ColumnKind, Period, Question
from lms.reports.completion import INSTITUTION, PERIOD, SECTOR, Asking, Entry
from lms.reports.indicators import REACHED
from lms.reports.permissions import ReportPermission
from lms.reports.queries.targets import Goal, list_goals
from lms.reports.service import ProtectedReport, ResultTable
from lms.reports.tallies.rules import Basis, period_named, span_named

Known = dict[tuple[date, date], Asking]


class TargetsReached(ProtectedReport):
    """Each target of people with how many completed, counted in the target's own period until today.

    A sum that cuts a pool of the table of progress is hidden here too, so no target tells of fewer than five people.
    """

    name = "targets-reached"
    label = _l("Metas de personas")
    permission = ReportPermission.READ
    indicators = REACHED
    columns = (
        INSTITUTION,
        SECTOR,
        PERIOD,
        Column(name="goal", label=_l("Meta de personas"), kind=ColumnKind.COUNT),
        Column(name="reached", label=_l("Personas formadas"), kind=ColumnKind.COUNT),
        Column(name="reached-share", label=_l("Avance"), kind=ColumnKind.PERCENT, of=("reached", "goal")),
    )

    def answer(self, question: Question) -> ResultTable:
        """Return one row per target whose period touches the one asked."""
        goals, day = list_goals(question), today()
        known: Known = {}
        return ResultTable(
            columns=self.columns,
            rows=tuple(_row(goal, _asking(question, goal, day, known)) for goal in goals),
            totals=(None,) * len(self.columns),
            sectors={},
            places=tuple(goal.institution_id for goal in goals),
        )


def _asking(question: Question, goal: Goal, day: date, known: Known) -> Asking | None:
    """Return the figures of the target's period, read once for each; None before it begins."""
    if goal.first > day:
        return None
    key = goal.first, goal.last
    if key not in known:
        # A half of a year is no period of the calendar: it is a span, counted from the facts unless it is kept.
        name = period_named(*key, until=goal.last) or span_named(*key)
        own = replace(
            question, period=Period(first=goal.first, last=min(goal.last, day), name=name),
            basis=Basis.THEN.value, sector=None, territory="", words="", group="institution",
        )  # fmt: skip
        known[key] = Asking(own)
    return known[key]


def _row(goal: Goal, asked: Asking | None) -> tuple[Cell, ...]:
    reached = _reached(goal, asked) if asked else 0
    return (
        goal.institution, goal.sector or None, goal.period, goal.people, reached,
        None if reached is None else share(reached, goal.people),
    )  # fmt: skip


def _reached(goal: Goal, asked: Asking) -> int | Hidden | None:
    """Return how many completed at the institution and below it; None where they are counted with a body above."""
    cube = asked.cube
    rows = [
        n for n, row in enumerate(cube.rows)
        if row.place.path.startswith(goal.path) and goal.sector in {"", row.sector}
    ]  # fmt: skip
    is_part = any(
        goal.path.startswith(place.path) and goal.path != place.path for place in cube.figures.places.values()
    )
    if not rows and is_part:
        return None
    return asked.value("completed", Entry((), rows))

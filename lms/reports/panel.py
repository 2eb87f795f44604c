"""An institution's own figures on its page, for those who answer for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from lms.core.actors import Actor, Reach
from lms.core.small_cells import SMALLEST, Hidden, protect_parts
from lms.institutions.directory.queries import get_institution
from lms.institutions.directory.rules import ids_on_path
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.queries import list_programmes_for, targets_of
from lms.plugins.institutions import InstitutionPanel
from lms.plugins.reports import Period, Question
from lms.reports.permissions import ReportPermission
from lms.reports.queries.cohorts import list_cohorts
from lms.reports.queries.completion import count_groups


@dataclass(frozen=True, slots=True)
class Summary:
    """How many people of an institution are where, in one programme in the year of today, and since it began."""

    programme: str
    year: int
    enrolled: int
    parts: tuple[int | Hidden, int | Hidden, int | Hidden]
    """Completed, on their way, not started."""
    target: float
    ever: tuple[int | Hidden, int | Hidden]
    """Enrolled and completed since the programme began."""


class InstitutionProgress(InstitutionPanel):
    """Completed, on their way and not started.

    Only for those who answer for the institution: to a commission the figure of one institution beside the table
    would tell the cells that the table protects.
    """

    name = "progress"
    order = 10
    template = "reports/_institution.html"

    def context(self, institution_id: UUID, actor: Actor, now: datetime) -> Mapping[str, Any] | None:
        """Return a summary per programme in which anybody is enrolled."""
        reach = actor.reach(ReportPermission.READ)
        above = ids_on_path(get_institution(institution_id).path)
        if not reach.everywhere and not reach.institutions.intersection(above):
            return None
        programmes = list_programmes_for(actor, ReportPermission.READ)
        summaries = [_summary(each, institution_id, above, now) for each in programmes]
        shown = [summary for summary in summaries if summary.ever[0]]
        return {"summaries": shown} if shown else None


class Steps(NamedTuple):
    """How many people of an institution and everything below it took each step, in one period."""

    enrolled: int
    started: int
    completed: int


def _summary(programme: Programme, institution_id: UUID, above: Sequence[UUID], now: datetime) -> Summary:
    zone = ZoneInfo(programme.timezone)
    number = now.astimezone(zone).year
    reach = Reach(institutions=frozenset({institution_id}))

    def steps(first: date) -> Steps:
        period = Period(first=first, last=date(number, 12, 31))
        groups = count_groups(Question(programme_id=programme.id, period=period, reach=reach), zone)
        return Steps(*(sum(getattr(group, name) for group in groups) for name in Steps._fields))

    year, ever = steps(date(number, 1, 1)), steps(date.min)
    parts = protect_parts(
        (
            year.completed,
            max(year.started - year.completed, 0),
            year.enrolled - max(year.started, year.completed),
        )
    )
    targets = targets_of(programme, number)
    own = next((targets[each] for each in reversed(above) if each in targets), programme.target_share)
    return Summary(
        programme=programme.name, year=number, enrolled=year.enrolled, parts=parts, target=own,
        ever=(
            _beside(ever.enrolled, year.enrolled),
            Hidden.PROTECTS if isinstance(parts[0], Hidden) else _beside(ever.completed, year.completed),
        ),
    )  # fmt: skip


def _beside(ever: int, year: int) -> int | Hidden:
    """Return a figure of all time as far as what the year has beside it tells of no one to four people."""
    if 0 < ever < SMALLEST:
        return Hidden.SMALL
    is_telling = 0 < year < SMALLEST or 0 < ever - year < SMALLEST
    return Hidden.PROTECTS if is_telling else ever


class InstitutionCohorts(InstitutionPanel):
    """The cohorts of an institution's people, with the way to who was at which session.

    Only for those who may read their names: counts of a small office are somebody's.
    """

    name = "cohorts"
    order = 20
    template = "reports/_cohorts.html"

    def context(self, institution_id: UUID, actor: Actor, now: datetime) -> Mapping[str, Any] | None:  # noqa: ARG002  # the base class passes it
        """Return the cohorts, in one query; nothing for whoever reads no names there."""
        reach = actor.reach(ReportPermission.READ_NAMES)
        above = set(ids_on_path(get_institution(institution_id).path))
        if not reach.everywhere and not above & reach.institutions:
            return None
        cohorts = list_cohorts(institution_id)
        return {"cohorts": cohorts} if cohorts else None

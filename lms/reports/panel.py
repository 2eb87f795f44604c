"""An institution's own figures on its page, for those who answer for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from lms.core.actors import Actor, Reach
from lms.core.small_cells import Hidden, protect_parts
from lms.institutions.directory.queries import get_institution
from lms.institutions.directory.rules import ids_on_path
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.queries import list_programmes_for, targets_of
from lms.plugins.institutions import InstitutionPanel
from lms.plugins.reports import Period, Question
from lms.reports.permissions import ReportPermission
from lms.reports.queries.cohorts import list_cohorts
from lms.reports.queries.completion import count_groups

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Summary:
    """How many people of an institution are where, in one programme over the last year."""

    programme: str
    enrolled: int
    parts: tuple[int | Hidden, int | Hidden, int | Hidden]
    """Completed, on their way, not started."""
    target: float


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
        shown = [summary for summary in summaries if summary.enrolled]
        return {"summaries": shown} if shown else None


def _summary(programme: Programme, institution_id: UUID, above: Sequence[UUID], now: datetime) -> Summary:
    zone = ZoneInfo(programme.timezone)
    last = now.astimezone(zone).date()
    reach = Reach(institutions=frozenset({institution_id}))
    question = Question(programme_id=programme.id, period=Period(first=last - YEAR, last=last), reach=reach)
    groups = count_groups(question, zone)
    enrolled, started, completed = (
        sum(getattr(group, name) for group in groups) for name in ("enrolled", "started", "completed")
    )
    parts = protect_parts((completed, max(started - completed, 0), enrolled - max(started, completed)))
    targets = targets_of(programme, last.year)
    own = next((targets[each] for each in reversed(above) if each in targets), programme.target_share)
    return Summary(programme.name, enrolled, parts, own)


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

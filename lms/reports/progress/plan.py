"""Writing the plan: its indicators, who answers for each and what each should reach."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.institutions.programmes.models import Programme
from lms.reports.progress import queries
from lms.reports.progress.errors import CodeTaken
from lms.reports.progress.messages import IndicatorSet
from lms.reports.progress.models import ProgressIndicator, ProgressResponsible, ProgressTarget
from lms.reports.progress.rules import Joining

COLUMNS = (
    "number", "objective", "name", "definition", "unit", "source", "joining", "is_automatic", "is_active",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorValues:
    """An indicator as somebody writes it."""

    number: str
    objective: str
    name: str
    unit: str
    definition: str = ""
    source: str = ""
    joining: Joining = Joining.SUM
    is_automatic: bool = False
    is_active: bool = True
    responsible: tuple[UUID, ...] = ()
    targets: Mapping[str, float] = field(default_factory=dict)


def set_indicator(
    programme: Programme,
    values: IndicatorValues,
    *,
    indicator: ProgressIndicator | None = None,
    actor: Actor,
    now: datetime,
) -> ProgressIndicator:
    """Add an indicator to the plan, or change one; raises CodeTaken. Periods already open keep what they ask."""
    other = queries.find_by_number(programme.id, values.number)
    if other is not None and other is not indicator:
        raise CodeTaken
    found = indicator or ProgressIndicator(id=new_id(), programme_id=programme.id)
    for name in COLUMNS:
        setattr(found, name, getattr(values, name))
    db.session.add(found)
    db.session.flush()
    _replace(found, values.responsible, values.targets)
    publish(IndicatorSet(at=now, actor=actor, subject_id=programme.id, number=found.number))
    return found


def _replace(indicator: ProgressIndicator, responsible: Iterable[UUID], targets: Mapping[str, float]) -> None:
    for table in (ProgressResponsible, ProgressTarget):
        db.session.execute(delete(table).where(table.indicator_id == indicator.id))
    db.session.add_all(
        ProgressResponsible(indicator_id=indicator.id, institution_id=each) for each in set(responsible)
    )
    db.session.add_all(
        ProgressTarget(indicator_id=indicator.id, period=period, value=value)
        for period, value in targets.items()
    )
    db.session.flush()

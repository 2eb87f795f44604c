"""Reads about targets of people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, select

from lms.core.actors import Actor
from lms.core.db import db
from lms.core.folding import like, words
from lms.institutions.agreements.models import Agreement
from lms.institutions.directory.models import Institution
from lms.institutions.directory.queries import subtree_condition
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.permissions import ProgrammePermission
from lms.institutions.targets.models import TrainingTarget

SORTS: Final = {
    "institution": Institution.search_text,
    "period": TrainingTarget.period,
    "people": TrainingTarget.people,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow:
    """A target in a list."""

    target: TrainingTarget
    institution: str
    agreement: str
    """Code of the agreement that promises it; empty for another source."""

    @property
    def share(self) -> float | None:
        """Return which part of the workforce it is; None for another source."""
        return self.target.people / self.target.workforce if self.target.workforce else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetQuestion:
    """What narrows and orders a list of targets; empty values narrow nothing."""

    text: str = ""
    sector: str = ""
    period: str = ""
    source: str = ""
    sort: str = ""


def visible_targets(programme: Programme, actor: Actor) -> Select[TrainingTarget]:
    """Return the targets of a programme that already is in reach: all, or those of the actor's institutions."""
    statement = select(TrainingTarget).where(TrainingTarget.programme_id == programme.id)
    reach = actor.reach(ProgrammePermission.READ)
    if reach.everywhere or programme.id in reach.programmes:
        return statement
    inside = select(Institution.id).where(subtree_condition(reach.institutions))
    return statement.where(TrainingTarget.institution_id.in_(inside))


def narrow(statement: Select[TrainingTarget], asked: TargetQuestion) -> Select[Any]:
    """Return the select of a list: (target, institution, code of the agreement), by institution and period."""
    rows = (
        statement.join(Institution, Institution.id == TrainingTarget.institution_id)
        .outerjoin(Agreement, Agreement.id == TrainingTarget.agreement_id)
        .add_columns(Institution.name, Agreement.code)
    )
    for word in words(asked.text):
        rows = rows.where(Institution.search_text.like(like(word), escape="\\"))
    for column, value in (
        (TrainingTarget.sector, asked.sector),
        (TrainingTarget.period, asked.period),
        (TrainingTarget.source, asked.source),
    ):
        if value:
            rows = rows.where(column == value)
    first: Any = SORTS.get(asked.sort.removeprefix("-"), Institution.search_text)
    return rows.order_by(
        first.desc() if asked.sort.startswith("-") else first,
        Institution.search_text,
        TrainingTarget.period,
        TrainingTarget.sector,
        TrainingTarget.id,
    )


def read_rows(found: Iterable[Any]) -> list[TargetRow]:
    """Return rows of ``narrow`` as values."""
    return [TargetRow(target=row[0], institution=row[1], agreement=row[2] or "") for row in found]


def list_periods(programme_id: UUID) -> Sequence[str]:
    """Return the periods for which a programme has targets, newest first."""
    return db.session.scalars(
        select(TrainingTarget.period)
        .where(TrainingTarget.programme_id == programme_id)
        .distinct()
        .order_by(TrainingTarget.period.desc())
    ).all()


def find_target(programme: Programme, target_id: UUID) -> TrainingTarget | None:
    """Return a target of this programme."""
    return db.session.scalar(
        select(TrainingTarget).where(
            TrainingTarget.id == target_id, TrainingTarget.programme_id == programme.id
        )
    )


def find_same(programme_id: UUID, institution_id: UUID, sector: str, period: str) -> TrainingTarget | None:
    """Return what is set already for an institution, sector and period."""
    return db.session.scalar(
        select(TrainingTarget)
        .where(
            TrainingTarget.programme_id == programme_id,
            TrainingTarget.institution_id == institution_id,
            TrainingTarget.sector == sector,
            TrainingTarget.period == period,
        )
        .with_for_update()
    )

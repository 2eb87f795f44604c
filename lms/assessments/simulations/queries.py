"""Reads about runs and simulations. A release never changes, so its simulations are kept in the process."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from sqlalchemy import Select, and_, func, select

from lms.accounts.queries import is_real_person
from lms.assessments.simulations.models import Decision, Run
from lms.core.actors import Actor, Permission
from lms.core.db import db
from lms.core.i18n import current_language
from lms.courses.compiler.course import Simulation
from lms.courses.models import Unit, UnitKind
from lms.courses.queries import get_unit
from lms.courses.translated import read_simulation
from lms.institutions.programmes.models import Programme
from lms.learning.models import Cohort, Enrolment, EnrolmentState, UnitProgress
from lms.learning.queries import visible_enrolments


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationUnit:
    """A simulation of a release with its scores."""

    id: UUID
    release_id: UUID
    simulation: Simulation


def get_simulation(unit_id: UUID) -> SimulationUnit:
    """Return a simulation in the language of the page, read from the database once per process.

    Its scenes, exits and scores are the same in every language. What is not translated is marked with its own.
    Raises NotFound for another kind of unit.
    """
    return _simulation(unit_id, current_language())


@lru_cache(maxsize=128)
def _simulation(unit_id: UUID, language: str) -> SimulationUnit:
    unit = get_unit(unit_id)
    simulation = read_simulation(unit, language, page=language)
    return SimulationUnit(id=unit.id, release_id=unit.release_id, simulation=simulation)


def list_runs(enrolment_id: UUID, unit_id: UUID) -> Sequence[Run]:
    """Return a person's runs of a simulation, the first one first."""
    return db.session.scalars(
        select(Run).where(Run.enrolment_id == enrolment_id, Run.unit_id == unit_id).order_by(Run.number)
    ).all()


def list_decisions(run_id: UUID) -> Sequence[Decision]:
    """Return the decisions of a run in order."""
    return db.session.scalars(
        select(Decision).where(Decision.run_id == run_id).order_by(Decision.position)
    ).all()


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationCount:
    """One simulation of an enrolment's course, and whether it is finished."""

    unit_id: UUID
    title: str
    is_done: bool
    ends_on: date
    timezone: str


def count_simulations(enrolment_ids: Collection[UUID]) -> dict[UUID, list[SimulationCount]]:
    """Return every simulation of each enrolment's course, in the course's order, in one query."""
    found: dict[UUID, list[SimulationCount]] = {key: [] for key in enrolment_ids}
    progress = and_(UnitProgress.enrolment_id == Enrolment.id, UnitProgress.unit_id == Unit.id)
    rows = db.session.execute(
        select(
            Enrolment.id, Unit.id, Unit.title, UnitProgress.finished_at, Cohort.ends_on, Programme.timezone
        )
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Programme, Programme.id == Cohort.programme_id)
        .join(Unit, and_(Unit.release_id == Cohort.release_id, Unit.kind == UnitKind.SIMULATION))
        .outerjoin(UnitProgress, progress)
        .where(Enrolment.id.in_(enrolment_ids))
        .order_by(Enrolment.id, Unit.position)
    )
    for enrolment_id, unit_id, title, finished_at, ends_on, timezone in rows:
        found[enrolment_id].append(
            SimulationCount(
                unit_id=unit_id,
                title=title,
                is_done=finished_at is not None,
                ends_on=ends_on,
                timezone=timezone,
            )
        )
    return found


def list_simulations(release_id: UUID) -> list[SimulationUnit]:
    """Return the simulations of a release, in order."""
    ids = db.session.scalars(
        select(Unit.id)
        .where(Unit.release_id == release_id, Unit.kind == UnitKind.SIMULATION)
        .order_by(Unit.position)
    ).all()
    return [get_simulation(each) for each in ids]


def count_people(actor: Actor, permission: Permission, cohort_id: UUID) -> int:
    """Return how many people take part in a cohort and are reached by the permission."""
    people = _people(actor, permission, cohort_id).subquery()
    return db.session.scalar(select(func.count()).select_from(people)) or 0


def tally_decisions(actor: Actor, permission: Permission, cohort_id: UUID) -> Counter[tuple[UUID, str, str]]:
    """Return how many people of a cohort chose what, by unit, scene and option.

    Counted is what each decided on first coming to a scene in their first run: later ones know what follows.
    """
    first = (
        select(Decision.run_id, Decision.scene, func.min(Decision.position).label("position"))
        .group_by(Decision.run_id, Decision.scene)
        .subquery()
    )
    rows = db.session.execute(
        select(Run.unit_id, Decision.scene, Decision.option, func.count(Decision.id))
        .join(Decision, Decision.run_id == Run.id)
        .join(first, and_(first.c.run_id == Decision.run_id, first.c.position == Decision.position))
        .where(Run.number == 1, Run.enrolment_id.in_(_people(actor, permission, cohort_id)))
        .group_by(Run.unit_id, Decision.scene, Decision.option)
    )
    return Counter({(unit_id, scene, option): count for unit_id, scene, option, count in rows})


def _people(actor: Actor, permission: Permission, cohort_id: UUID) -> Select[UUID]:
    return (
        visible_enrolments(actor, permission)
        .where(
            Enrolment.cohort_id == cohort_id,
            Enrolment.state == EnrolmentState.ACTIVE,
            is_real_person(Enrolment.person_id),
        )
        .with_only_columns(Enrolment.id)
    )

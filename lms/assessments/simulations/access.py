"""From an id and an actor to a simulation or a run, or nothing: nobody opens the decisions of another person."""

from dataclasses import dataclass
from uuid import UUID

from lms.assessments.simulations import queries
from lms.assessments.simulations.models import Run
from lms.assessments.simulations.queries import SimulationUnit
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.errors import NotFound
from lms.learning.access import access_study
from lms.learning.models import Enrolment, EnrolmentState
from lms.learning.queries import Study, read_study, studies


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A run with the enrolment it belongs to and the simulation that it plays."""

    run: Run
    study: Study
    unit: SimulationUnit


def access_simulation(actor: Actor, enrolment_id: UUID, unit_id: UUID) -> tuple[Study, SimulationUnit]:
    """Return the actor's own enrolment with a simulation of its course."""
    study = access_study(actor, enrolment_id)
    unit = queries.get_simulation(unit_id)
    if study.enrolment.person_id != actor.person_id or unit.release_id != study.release.id:
        raise NotFound
    return study, unit


def access_run(actor: Actor, run_id: UUID) -> Sitting:
    """Return the actor's own run while their enrolment counts; nobody else can tell that it exists.

    A run of a release that the cohort has left is not found either: its story is no longer on the route.
    """
    row = db.session.execute(
        studies()
        .add_columns(Run)
        .join(Run, Run.enrolment_id == Enrolment.id)
        .where(
            Run.id == run_id,
            Enrolment.person_id == actor.person_id,
            Enrolment.state == EnrolmentState.ACTIVE,
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    run: Run = row[-1]
    study, unit = read_study(row), queries.get_simulation(run.unit_id)
    if unit.release_id != study.release.id:
        raise NotFound
    return Sitting(run=run, study=study, unit=unit)

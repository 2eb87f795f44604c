"""Runs of simulations, for tests and demonstrations of what people decide."""

from collections.abc import Iterable

from lms.assessments.simulations import service
from lms.assessments.simulations.models import Run
from lms.assessments.simulations.queries import SimulationUnit, get_simulation
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.courses.models import UnitKind
from lms.learning.models import Enrolment
from lms.testing.factories.learning import units_of


def simulations_of(enrolment: Enrolment) -> list[SimulationUnit]:
    """Return the simulations of the course that an enrolment studies, in order."""
    return [get_simulation(unit.id) for unit in units_of(enrolment) if unit.kind is UnitKind.SIMULATION]


def make_run(enrolment: Enrolment, choices: Iterable[str] = "") -> Run:
    """Go on with the open run of the first simulation of a course, or begin one, and decide these options in turn."""
    unit = simulations_of(enrolment)[0]
    run = service.start_run(enrolment, unit, actor=SYSTEM, now=now())
    for position, option in enumerate(choices, 1):
        service.decide(run, position=position, option=option, actor=SYSTEM, now=now())
    return run

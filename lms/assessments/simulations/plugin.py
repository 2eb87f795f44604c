"""Simulations join the application."""

from lms.assessments.simulations.criteria import SimulationsDone
from lms.assessments.simulations.merges import PERSON_ROWS
from lms.assessments.simulations.messages import SimulationEnded, SimulationStarted
from lms.assessments.simulations.permissions import SimulationPermission
from lms.assessments.simulations.privacy import RUNS
from lms.assessments.simulations.service import follow_cohort, follow_person
from lms.assessments.simulations.views import cohorts, playing
from lms.core.actors import Role
from lms.core.i18n import _l
from lms.learning.messages import CohortMoved, EnrolmentMoved
from lms.plugins.criteria import CompletionCriterion
from lms.plugins.home import CohortTab
from lms.plugins.hooks import hookimpl
from lms.plugins.people import PersonRows
from lms.plugins.slices import Slice

READS = frozenset({SimulationPermission.READ})


@hookimpl
def register_slice() -> Slice:
    """Declare the pages on which simulations are played."""
    return Slice(
        name="simulations",
        blueprints=(playing.bp, cohorts.bp),
        permissions=SimulationPermission,
        grants={
            Role.TRAINEE: frozenset({SimulationPermission.PLAY}),
            Role.TRAINER: READS,
            Role.FOCAL_POINT: READS,
            Role.REVIEWER: READS,
            Role.ADMINISTRATOR: READS,
        },
        events=(SimulationStarted, SimulationEnded),
        subscribers={CohortMoved: (follow_cohort,), EnrolmentMoved: (follow_person,)},
        personal_data=(RUNS,),
    )


@hookimpl
def register_completion_criteria() -> list[CompletionCriterion]:
    """Return the condition on simulations."""
    return [SimulationsDone()]


@hookimpl
def register_cohort_tabs() -> list[CohortTab]:
    """Return the page of a cohort's decisions."""
    return [
        CohortTab(
            name="decisions",
            label=_l("Decisiones"),
            endpoint="cohort_simulations.cohort_page",
            permission=SimulationPermission.READ,
            group="assessments",
            order=25,
        )
    ]


@hookimpl
def register_person_merges() -> list[PersonRows]:
    """Say how runs follow."""
    return PERSON_ROWS

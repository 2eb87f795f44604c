"""Plans join the application."""

from typing import Final

from lms.assessments.plans.jobs import ask_superior, look_after_plans
from lms.assessments.plans.merges import PERSON_ROWS
from lms.assessments.plans.messages import (
    AskSuperior,
    LookAfterPlans,
    PlanApproved,
    PlanReturned,
    PlanSent,
    PlanSentAgain,
)
from lms.assessments.plans.permissions import PlanPermission
from lms.assessments.plans.privacy import PLANS
from lms.assessments.plans.views import own, staff, superior
from lms.core.actors import Role
from lms.core.i18n import _l
from lms.core.jobs.orders import Schedule
from lms.plugins.hooks import hookimpl
from lms.plugins.people import PersonRows
from lms.plugins.slices import NavItem, Slice

DAY: Final = 24 * 3600
READS = frozenset({PlanPermission.READ})


@hookimpl
def register_slice() -> Slice:
    """Declare the pages on which plans are sent and approved."""
    return Slice(
        name="plans",
        blueprints=(own.bp, superior.bp, staff.bp),
        permissions=PlanPermission,
        grants={
            Role.TRAINEE: frozenset({PlanPermission.WRITE}),
            Role.TRAINER: READS,
            Role.FOCAL_POINT: READS | {PlanPermission.DECIDE},
            Role.ADMINISTRATOR: READS,
        },
        nav=tuple(
            NavItem(
                label=_l("Planes"),
                endpoint="plans_staff.index",
                icon="clipboard-check",
                permission=PlanPermission.READ,
                audience=role,
                order=60,
            )
            for role in (Role.TRAINER, Role.FOCAL_POINT, Role.ADMINISTRATOR)
        ),
        events=(PlanSent, PlanSentAgain, PlanApproved, PlanReturned),
        jobs={AskSuperior: ask_superior, LookAfterPlans: look_after_plans},
        schedules=(Schedule(order=LookAfterPlans(), every_seconds=DAY),),
        personal_data=(PLANS,),
    )


@hookimpl
def register_person_merges() -> list[PersonRows]:
    """Say how plans follow."""
    return PERSON_ROWS

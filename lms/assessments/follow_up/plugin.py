"""The survey about what people use of a course joins the application."""

from typing import Final

from lms.assessments.follow_up.jobs import ask_follow_up, invite_to_measure, look_after_follow_ups
from lms.assessments.follow_up.messages import (
    AskFollowUp,
    FollowUpAnswered,
    FollowUpSet,
    InviteToMeasure,
    LettersRefused,
    LookAfterFollowUps,
)
from lms.assessments.follow_up.panels import FollowUpsDue
from lms.assessments.follow_up.permissions import FollowUpPermission
from lms.assessments.follow_up.privacy import FOLLOW_UPS
from lms.assessments.follow_up.views import answering, results
from lms.core.actors import Role
from lms.core.i18n import _l
from lms.core.jobs.orders import Schedule
from lms.plugins.home import HomePanel
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import NavItem, Slice

DAY: Final = 24 * 3600
READERS: Final = (Role.FOCAL_POINT, Role.REVIEWER, Role.ADMINISTRATOR)
READS = frozenset({FollowUpPermission.READ})


@hookimpl
def register_slice() -> Slice:
    """Declare the letters and the pages of the survey."""
    return Slice(
        name="follow_up",
        blueprints=(answering.bp, results.bp),
        permissions=FollowUpPermission,
        grants={
            Role.FOCAL_POINT: READS,
            Role.REVIEWER: READS,
            Role.ADMINISTRATOR: READS | {FollowUpPermission.SET},
        },
        nav=tuple(
            NavItem(
                label=_l("Aplicación"),
                endpoint="follow_up_staff.index",
                icon="chart-column",
                permission=FollowUpPermission.READ,
                audience=role,
                order=56,
            )
            for role in READERS
        ),
        events=(FollowUpSet, FollowUpAnswered, LettersRefused),
        jobs={
            AskFollowUp: ask_follow_up,
            InviteToMeasure: invite_to_measure,
            LookAfterFollowUps: look_after_follow_ups,
        },
        schedules=(Schedule(order=LookAfterFollowUps(), every_seconds=DAY),),
        personal_data=(FOLLOW_UPS,),
    )


@hookimpl
def register_home_panels() -> list[HomePanel]:
    """Return what a person may answer about courses that they completed."""
    return [FollowUpsDue()]

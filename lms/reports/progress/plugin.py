"""Quarterly progress joins the application."""

from typing import Final

from lms.core.actors import Role
from lms.core.i18n import _l
from lms.core.jobs.orders import Schedule
from lms.core.storage import KeptFiles
from lms.core.sweeping import hashes_in
from lms.plugins.hooks import hookimpl
from lms.plugins.institutions import InstitutionTie
from lms.plugins.people import PersonRows
from lms.plugins.slices import NavItem, Slice
from lms.reports.progress.jobs import remind_late_members
from lms.reports.progress.merges import PERSON_ROWS
from lms.reports.progress.messages import (
    DeadlineMoved,
    IndicatorSet,
    MemberReminded,
    PeriodOpened,
    PeriodReopened,
    PeriodShut,
    ProgressAccepted,
    ProgressInherited,
    ProgressReturned,
    ProgressSubmitted,
    RemindLateMembers,
)
from lms.reports.progress.models import ProgressStep, ProgressSubmission
from lms.reports.progress.permissions import ProgressPermission
from lms.reports.progress.privacy import STEPS
from lms.reports.progress.ties import UnsentProgress
from lms.reports.progress.views import periods, plan, submissions, terms
from lms.reports.progress.views.blueprint import bp

PAGES = (plan, periods, submissions, terms)
"""Their import adds their routes to the blueprint."""
DAY: Final = 24 * 3600

EVENTS = (
    IndicatorSet,
    PeriodOpened,
    DeadlineMoved,
    PeriodShut,
    PeriodReopened,
    ProgressInherited,
    ProgressSubmitted,
    ProgressAccepted,
    ProgressReturned,
    MemberReminded,
)
EVIDENCE = KeptFiles(
    name="progress.evidence", named=hashes_in(ProgressSubmission.content, ProgressStep.content)
)


@hookimpl
def register_slice() -> Slice:
    """Declare the plan, its periods and what members report."""
    return Slice(
        name="progress",
        blueprints=(bp,),
        permissions=ProgressPermission,
        grants={
            Role.ADMINISTRATOR: frozenset(
                {ProgressPermission.OPEN_SUBMISSION, ProgressPermission.READ, ProgressPermission.MANAGE}
            ),
            Role.REVIEWER: frozenset({ProgressPermission.OPEN_SUBMISSION, ProgressPermission.READ}),
            Role.FOCAL_POINT: frozenset({ProgressPermission.OPEN_SUBMISSION, ProgressPermission.FILL}),
        },
        nav=tuple(
            NavItem(
                label=_l("Avance trimestral"),
                endpoint="progress.index",
                icon="clipboard-list",
                permission=ProgressPermission.OPEN_SUBMISSION,
                audience=role,
                order=65,
            )
            for role in (Role.ADMINISTRATOR, Role.REVIEWER, Role.FOCAL_POINT)
        ),
        events=EVENTS,
        jobs={RemindLateMembers: remind_late_members},
        schedules=(Schedule(order=RemindLateMembers(), every_seconds=DAY),),
        personal_data=(STEPS,),
        kept_files=(EVIDENCE,),
    )


@hookimpl
def register_person_merges() -> list[PersonRows]:
    """Say how the history follows when two records become one."""
    return PERSON_ROWS


@hookimpl
def register_institution_ties() -> list[InstitutionTie]:
    """Say what goes on when a member becomes part of another institution."""
    return [UnsentProgress()]

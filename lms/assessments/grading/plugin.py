"""Grading by people joins the application."""

from lms.assessments.grading.messages import AnswerMarked, GradeChanged, MarksDiffered, SecondMarkersSet
from lms.assessments.grading.panels import WaitingAnswers
from lms.assessments.grading.permissions import GradingPermission
from lms.assessments.grading.privacy import MARKS, PHRASES
from lms.assessments.grading.views import queue
from lms.core.actors import Role
from lms.core.i18n import _l
from lms.plugins.home import CohortTab, HomePanel
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import NavItem, Slice

GRADES = frozenset({GradingPermission.GRADE})


@hookimpl
def register_slice() -> Slice:
    """Declare the pages on which people grade."""
    return Slice(
        name="grading",
        blueprints=(queue.bp,),
        permissions=GradingPermission,
        grants={
            Role.TRAINER: GRADES,
            Role.ADMINISTRATOR: GRADES | {GradingPermission.SETTLE, GradingPermission.REGRADE},
        },
        nav=tuple(
            NavItem(
                label=_l("Por calificar"),
                endpoint="grading.index",
                icon="list-checks",
                permission=GradingPermission.GRADE,
                audience=role,
                order=55,
            )
            for role in (Role.TRAINER, Role.ADMINISTRATOR)
        ),
        events=(GradeChanged, AnswerMarked, MarksDiffered, SecondMarkersSet),
        personal_data=(MARKS, PHRASES),
    )


@hookimpl
def register_home_panels() -> list[HomePanel]:
    """Return what waits, above the cohorts."""
    return [WaitingAnswers()]


@hookimpl
def register_cohort_tabs() -> list[CohortTab]:
    """Return the queue of a cohort."""
    return [
        CohortTab(
            name="grading",
            label=_l("Por calificar"),
            endpoint="grading.cohort_page",
            permission=GradingPermission.GRADE,
            order=21,
        )
    ]

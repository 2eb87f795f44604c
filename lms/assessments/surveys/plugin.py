"""The totals of surveys join the application."""

from lms.assessments.surveys.permissions import SurveyPermission
from lms.assessments.surveys.views import cohorts
from lms.core.actors import Role
from lms.core.i18n import _l
from lms.plugins.home import CohortTab
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import Slice

READERS = (Role.TRAINER, Role.FOCAL_POINT, Role.REVIEWER, Role.ADMINISTRATOR)


@hookimpl
def register_slice() -> Slice:
    """Declare the page that tells what a group answered."""
    return Slice(
        name="surveys",
        blueprints=(cohorts.bp,),
        permissions=SurveyPermission,
        grants={role: frozenset({SurveyPermission.READ}) for role in READERS},
    )


@hookimpl
def register_cohort_tabs() -> list[CohortTab]:
    """Return the page of a cohort's surveys."""
    return [
        CohortTab(
            name="surveys",
            label=_l("Encuestas"),
            endpoint="cohort_surveys.cohort_page",
            permission=SurveyPermission.READ,
            group="assessments",
            order=25,
        )
    ]

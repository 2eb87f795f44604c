"""The figures of change join the application."""

from lms.assessments.gain.permissions import GainPermission
from lms.assessments.gain.views import cohorts, programmes
from lms.core.actors import Role
from lms.core.i18n import _l
from lms.plugins.home import CohortTab
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import NavItem, Slice

COMPARES = (Role.FOCAL_POINT, Role.REVIEWER, Role.ADMINISTRATOR)


@hookimpl
def register_slice() -> Slice:
    """Declare the pages that say how much people gained."""
    return Slice(
        name="gain",
        blueprints=(programmes.bp, cohorts.bp),
        permissions=GainPermission,
        grants={
            Role.TRAINER: frozenset({GainPermission.READ}),
            **{role: frozenset({GainPermission.READ, GainPermission.COMPARE}) for role in COMPARES},
        },
        nav=tuple(
            NavItem(
                label=_l("Mejora"),
                endpoint="gain.index",
                icon="chart-column",
                permission=GainPermission.COMPARE,
                audience=role,
                order=55,
            )
            for role in COMPARES
        ),
    )


@hookimpl
def register_cohort_tabs() -> list[CohortTab]:
    """Return the page of what a cohort gained."""
    return [
        CohortTab(
            name="gain",
            label=_l("Mejora"),
            endpoint="cohort_gain.cohort_page",
            permission=GainPermission.READ,
            group="assessments",
            order=30,
        )
    ]

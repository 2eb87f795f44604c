"""Reports join the application."""

from lms.core.actors import Role
from lms.core.i18n import _l
from lms.plugins.hooks import hookimpl
from lms.plugins.institutions import InstitutionPanel
from lms.plugins.reports import Report
from lms.plugins.sittings import SittingPapers
from lms.plugins.slices import NavItem, Slice
from lms.reports import renewing
from lms.reports.completion import CompletionByInstitution, Indicators
from lms.reports.coverage import CoverageTables
from lms.reports.learning import AttendanceAndLearning
from lms.reports.messages import FiguresExported, ReportTaken
from lms.reports.panel import InstitutionCohorts, InstitutionProgress
from lms.reports.permissions import ReportPermission
from lms.reports.reached import TargetsReached
from lms.reports.views import bp

READERS = (Role.REVIEWER, Role.FOCAL_POINT, Role.ADMINISTRATOR)


@hookimpl
def register_slice() -> Slice:
    """Declare the figures and who may read them."""
    return Slice(
        name="reports",
        blueprints=(bp,),
        permissions=ReportPermission,
        events=(FiguresExported, ReportTaken),
        on_serving=(renewing.serve,),
        grants={
            Role.REVIEWER: frozenset({ReportPermission.READ, ReportPermission.READ_EXPORTS}),
            Role.FOCAL_POINT: frozenset({ReportPermission.READ, ReportPermission.READ_NAMES}),
            Role.ADMINISTRATOR: frozenset(ReportPermission),
        },
        nav=tuple(
            NavItem(
                label=_l("Avance"),
                endpoint="reports.completion",
                icon="chart-column",
                permission=ReportPermission.READ,
                audience=role,
                order=10,
            )
            for role in READERS
        ),
    )


@hookimpl
def register_reports() -> list[Report]:
    """Contribute the commission's table, and every indicator by institution."""
    return [CompletionByInstitution(), Indicators(), AttendanceAndLearning(), TargetsReached()]


@hookimpl
def register_institution_panels() -> list[InstitutionPanel]:
    """Contribute an institution's own figures and cohorts to its page."""
    return [InstitutionProgress(), InstitutionCohorts()]


@hookimpl
def register_sitting_papers() -> list[SittingPapers]:
    """Let the sessions of a commission keep a table of coverage."""
    return [CoverageTables()]

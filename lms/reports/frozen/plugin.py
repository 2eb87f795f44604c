"""Quarterly reports join the application."""

from lms.core.actors import Role
from lms.core.i18n import _l
from lms.core.jobs.orders import Schedule
from lms.core.storage import KeptFiles
from lms.core.sweeping import hashes_in
from lms.plugins.hooks import hookimpl
from lms.plugins.people import PersonRows
from lms.plugins.sittings import SittingPapers
from lms.plugins.slices import NavItem, Slice
from lms.reports.frozen.jobs import make_report, prepare_due
from lms.reports.frozen.merges import PERSON_ROWS
from lms.reports.frozen.messages import (
    MakeReport,
    PrepareDueReports,
    ReportApproved,
    ReportDiscarded,
    ReportingChanged,
    ReportIssued,
    ReportPrepared,
    ReportSent,
)
from lms.reports.frozen.models import ReportVersion
from lms.reports.frozen.papers import QuarterlyReports
from lms.reports.frozen.permissions import FrozenPermission
from lms.reports.frozen.privacy import RECIPIENTS
from lms.reports.frozen.views import letters, reporting, reports

DAY = 24 * 60 * 60
READERS = (Role.FOCAL_POINT, Role.REVIEWER, Role.ADMINISTRATOR)


@hookimpl
def register_slice() -> Slice:
    """Declare the reports of each quarter, who prepares them and who reads what was sent to them."""
    return Slice(
        name="frozen",
        blueprints=(reports.bp, reporting.bp, letters.bp),
        permissions=FrozenPermission,
        grants={
            Role.FOCAL_POINT: frozenset({FrozenPermission.READ}),
            Role.REVIEWER: frozenset({FrozenPermission.READ, FrozenPermission.PREPARE}),
            Role.ADMINISTRATOR: frozenset(FrozenPermission),
        },
        nav=tuple(
            NavItem(
                label=_l("Informes"),
                endpoint="quarterly.index",
                icon="file-text",
                permission=FrozenPermission.READ,
                audience=role,
                order=45,
            )
            for role in READERS
        ),
        events=(
            ReportPrepared,
            ReportApproved,
            ReportIssued,
            ReportDiscarded,
            ReportSent,
            ReportingChanged,
        ),
        jobs={MakeReport: make_report, PrepareDueReports: prepare_due},
        schedules=(Schedule(order=PrepareDueReports(), every_seconds=DAY),),
        personal_data=(RECIPIENTS,),
        kept_files=(KeptFiles(name="frozen.files", named=hashes_in(ReportVersion.files)),),
    )


@hookimpl
def register_person_merges() -> list[PersonRows]:
    """Say how recipients follow when two records become one."""
    return PERSON_ROWS


@hookimpl
def register_sitting_papers() -> list[SittingPapers]:
    """Let the sessions of a commission cite an issued report."""
    return [QuarterlyReports()]

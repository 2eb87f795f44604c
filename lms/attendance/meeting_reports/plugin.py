"""Reports of calls join the application."""

from typing import Final

from lms.attendance.meeting_reports.jobs import erase_reports
from lms.attendance.meeting_reports.merges import PERSON_ROWS
from lms.attendance.meeting_reports.messages import (
    CallColumnsNamed,
    CallNameDecided,
    CallNameForgotten,
    CallReportApplied,
    CallReportErased,
    CallReportSent,
    EraseCallReports,
)
from lms.attendance.meeting_reports.models import CallReport
from lms.attendance.meeting_reports.planning import METHOD
from lms.attendance.meeting_reports.privacy import FILES, NAMES
from lms.attendance.meeting_reports.views import bp
from lms.core.i18n import _l
from lms.core.jobs.orders import Schedule
from lms.core.storage import KeptFiles
from lms.plugins.attendance import AttendanceMethod
from lms.plugins.hooks import hookimpl
from lms.plugins.people import PersonRows
from lms.plugins.slices import Slice

DAY: Final = 24 * 3600
EVENTS: Final = (
    CallReportSent,
    CallReportApplied,
    CallNameDecided,
    CallNameForgotten,
    CallColumnsNamed,
    CallReportErased,
)


@hookimpl
def register_slice() -> Slice:
    """Declare the pages on which reports of calls are sent and looked at."""
    return Slice(
        name="meeting_reports",
        blueprints=(bp,),
        events=EVENTS,
        jobs={EraseCallReports: erase_reports},
        schedules=(Schedule(order=EraseCallReports(), every_seconds=DAY),),
        personal_data=(NAMES, FILES),
        kept_files=(KeptFiles(name="meeting_reports.files", columns=(CallReport.file_digest,)),),
    )


@hookimpl
def register_attendance_methods() -> list[AttendanceMethod]:
    """Say how the evidence calls a mark that follows from a report, and where the staff sends one."""
    return [
        AttendanceMethod(
            name=METHOD,
            label=_l("por el reporte de la videollamada"),
            icon="upload",
            endpoint="meeting_reports.at_meeting",
            action=_l("Subir el reporte de la llamada"),
            order=60,
        )
    ]


@hookimpl
def register_person_merges() -> list[PersonRows]:
    """Say how remembered names follow."""
    return PERSON_ROWS

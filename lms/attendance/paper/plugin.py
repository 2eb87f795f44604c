"""Sheets on paper join the application."""

from typing import Final

from lms.attendance.paper.jobs import erase_scans
from lms.attendance.paper.merges import PERSON_ROWS
from lms.attendance.paper.messages import EraseScans, ScanErased, ScanKept, SheetEntered, SheetPrepared
from lms.attendance.paper.models import PaperSheet
from lms.attendance.paper.privacy import PAPER_ROWS
from lms.attendance.paper.service import METHOD
from lms.attendance.paper.views import bp
from lms.core.i18n import _l
from lms.core.jobs.orders import Schedule
from lms.core.storage import KeptFiles
from lms.plugins.attendance import AttendanceMethod
from lms.plugins.hooks import hookimpl
from lms.plugins.people import PersonRows
from lms.plugins.slices import Slice

DAY: Final = 24 * 3600


@hookimpl
def register_slice() -> Slice:
    """Declare the pages of sheets on paper."""
    return Slice(
        name="paper",
        blueprints=(bp,),
        events=(SheetPrepared, SheetEntered, ScanKept, ScanErased),
        jobs={EraseScans: erase_scans},
        schedules=(Schedule(order=EraseScans(), every_seconds=DAY),),
        personal_data=(PAPER_ROWS,),
        kept_files=(KeptFiles(name="paper.scans", columns=(PaperSheet.scan_digest,)),),
    )


@hookimpl
def register_attendance_methods() -> list[AttendanceMethod]:
    """Return the sheet."""
    return [
        AttendanceMethod(
            name=METHOD,
            label=_l("en la hoja de firmas"),
            icon="printer",
            endpoint="paper.sheets",
            action=_l("Hoja de firmas"),
            order=40,
        )
    ]


@hookimpl
def register_person_merges() -> list[PersonRows]:
    """Say how rows follow."""
    return PERSON_ROWS

"""Sheets on paper, for tests."""

from lms.attendance.models import Meeting
from lms.attendance.paper.models import PaperSheet
from lms.attendance.paper.service import keep_scan, prepare
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.testing.factories.files import PNG


def make_sheet(meeting: Meeting, *, has_scan: bool = False) -> PaperSheet:
    """Prepare the sheet of a meeting, with a picture of it when asked."""
    sheet = prepare(meeting, actor=SYSTEM, now=now())
    if has_scan:
        keep_scan(sheet, PNG, actor=SYSTEM, now=now())
    return sheet

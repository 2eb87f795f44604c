"""Files that are erased when their time is over."""

from lms.attendance.meeting_reports import queries, service
from lms.attendance.meeting_reports.messages import EraseCallReports
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.jobs.orders import Progress


def erase_reports(_order: EraseCallReports, _progress: Progress) -> None:
    """Erase every file whose time is over."""
    moment = now()
    for report in queries.list_over(moment):
        service.erase(report, actor=SYSTEM, now=moment)

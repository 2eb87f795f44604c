"""Pictures of signed sheets are erased when their time is over."""

from lms.attendance.paper import queries, rules, service
from lms.attendance.paper.messages import EraseScans
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.jobs.orders import Progress


def erase_scans(_order: EraseScans, _progress: Progress) -> None:
    """Erase every picture whose time is over."""
    moment = now()
    for sheet in queries.list_with_scan(moment - rules.SCAN_LIFE):
        service.erase_scan(sheet, actor=SYSTEM, now=moment)

"""The round of notices, every quarter of an hour."""

from lms.attendance.notices.messages import SendNotices
from lms.attendance.notices.sending import note_due, send_due
from lms.core.clock import now
from lms.core.jobs.orders import Progress


def send_notices(_order: SendNotices, _progress: Progress) -> None:
    """Write down what is due, then send what may be sent at this hour."""
    moment = now()
    note_due(moment)
    send_due(moment)

"""Reports of calls, for tests."""

from lms.attendance.meeting_reports.planning import token_of
from lms.attendance.meeting_reports.queries import KeptReport
from lms.attendance.meeting_reports.reviewing import read_source
from lms.attendance.meeting_reports.service import decide, send
from lms.attendance.models import Meeting
from lms.attendance.queries import enrolments_of, find_local_meeting
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.errors import NotFound

REPORT = b"Name,Email,Duration (Minutes)\nInvitada de prueba,invitada@example.org,90\nTableta de prueba,,90\n"


def call_places(meeting: Meeting) -> dict[str, object]:
    """Send a report of a meeting that began, with a guest and somebody known; return what addresses need."""
    report = send(meeting, REPORT, name="llamada.csv", actor=SYSTEM, now=now())
    local = find_local_meeting(meeting.id)
    source = local and read_source(KeptReport(report=report, local=local), REPORT)
    if not source:
        raise NotFound
    guest, tablet = source.participants
    for enrolment in list(enrolments_of(meeting.cohort_id).values())[:1]:
        decide(report.cohort_id, tablet, enrolment, actor=SYSTEM, now=now())
    alias = decide(report.cohort_id, guest, None, actor=SYSTEM, now=now())
    return {"report_id": report.id, "alias_id": alias.id, "call_token": token_of(guest.key)}

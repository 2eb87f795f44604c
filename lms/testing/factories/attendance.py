"""Meetings and marks, for tests."""

from datetime import datetime, timedelta
from itertools import count

from lms.attendance import codes, service
from lms.attendance.models import Attendance, Mark, Meeting, Method
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.learning.models import Cohort, Enrolment
from lms.testing.factories.learning import make_cohort

_serial = count(1)


def make_meeting(
    cohort: Cohort | None = None,
    *,
    title: str = "",
    starts_at: datetime | None = None,
    hours: float = 4,
    venue: str = "Sala 1",
    is_mandatory: bool = False,
) -> Meeting:
    """Plan a meeting of four hours that began ten minutes ago, unless told otherwise."""
    start = starts_at or now() - timedelta(minutes=10)
    return service.create_meeting(
        cohort or make_cohort(),
        title=title or f"Sesión {next(_serial):02}",
        starts_at=start,
        ends_at=start + timedelta(hours=hours),
        venue=venue,
        facilitator="",
        opens_minutes_before=30,
        late_after_minutes=15,
        is_mandatory=is_mandatory,
        actor=SYSTEM,
        now=now(),
    )


def make_mark(
    meeting: Meeting, enrolment: Enrolment, mark: Mark = Mark.PRESENT, *, note: str = ""
) -> Attendance:
    """Give a person a mark in the roll call."""
    return service.mark(
        meeting, enrolment, mark=mark, method=Method.ROLL_CALL, actor=SYSTEM, now=now(), note=note
    )


def code_on_screen(meeting: Meeting) -> str:
    """Return the code that the room sees now."""
    return codes.code_at(meeting.secret, meeting.id, now())

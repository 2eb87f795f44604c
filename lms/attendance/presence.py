"""Where an enrolled person was: the marks of meetings that took place."""

from typing import Any

from sqlalchemy import Select, select

from lms.attendance.models import Attendance, Meeting
from lms.attendance.rules import HERE
from lms.learning.models import Enrolment


def presences(what: Any) -> Select[Any]:
    """Return a query, about the enrolment of the one around it, of the marks that say the person was there."""
    return (
        select(what)
        .select_from(Attendance)
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .where(
            Attendance.enrolment_id == Enrolment.id,
            Attendance.mark.in_(HERE),
            Meeting.cancelled_at.is_(None),
        )
        .correlate(Enrolment)
    )

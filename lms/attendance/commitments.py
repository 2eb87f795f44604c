"""What agreements may count of meetings."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from lms.accounts.queries import is_real_person
from lms.attendance.models import Attendance, Meeting
from lms.attendance.rules import HERE
from lms.core.context import current_settings
from lms.core.db import db
from lms.core.i18n import _l
from lms.institutions.directory.models import Institution
from lms.institutions.directory.queries import subtree_condition
from lms.institutions.programmes.queries import find_programme
from lms.learning.models import Cohort, Enrolment
from lms.plugins.commitments import CommitmentCounter, CommitmentWindow


class MeetingsHeld(CommitmentCounter):
    """Meetings that somebody was at."""

    name = "attendance.meetings"
    label = _l("sesiones o talleres realizados")
    definition = _l(
        "Sesiones o talleres realizados: empezaron en el periodo, no se cancelaron y alguien asistió."
    )

    def count(self, window: CommitmentWindow) -> int:
        """Return how many meetings with somebody there began within the window, in one query."""
        there = (
            select(Attendance.meeting_id)
            .join(Enrolment, Enrolment.id == Attendance.enrolment_id)
            .where(Attendance.mark.in_(HERE), is_real_person(Enrolment.person_id))
        )
        if window.institution_ids:
            inside = select(Institution.id).where(subtree_condition(window.institution_ids))
            there = there.where(Enrolment.institution_id.in_(inside))
        first, after = _instants(window)
        found = select(func.count(Meeting.id)).where(
            Meeting.starts_at >= first,
            Meeting.starts_at < after,
            Meeting.cancelled_at.is_(None),
            Meeting.id.in_(there),
        )
        if window.programme_id:
            cohorts = select(Cohort.id).where(Cohort.programme_id == window.programme_id)
            found = found.where(Meeting.cohort_id.in_(cohorts))
        return db.session.scalar(found) or 0


def _instants(window: CommitmentWindow) -> tuple[datetime, datetime]:
    """Return where the window begins and ends on the programme's clocks."""
    programme = find_programme(window.programme_id)
    zone = ZoneInfo(programme.timezone) if programme else current_settings().zone
    return (
        datetime.combine(window.first, time.min, zone),
        datetime.combine(window.last + timedelta(days=1), time.min, zone),
    )

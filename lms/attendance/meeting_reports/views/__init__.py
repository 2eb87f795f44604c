"""Pages of reports of calls."""

from lms.attendance.meeting_reports.views import people, reports
from lms.attendance.meeting_reports.views.blueprint import bp

__all__ = ["bp", "people", "reports"]

"""Pages about series: planning one, changing or calling off several meetings, the days that are skipped."""

from lms.attendance.series.views import changing, holidays, planning
from lms.attendance.series.views.blueprint import bp

__all__ = ["bp", "changing", "holidays", "planning"]

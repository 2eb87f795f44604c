"""Pages of attendance: those of whoever comes, those of whoever keeps the register."""

from lms.attendance.views import entries, meetings, projection, register, roll
from lms.attendance.views.blueprint import bp

__all__ = ["bp", "entries", "meetings", "projection", "register", "roll"]

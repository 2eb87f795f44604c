"""Pages of attendance: those of whoever comes, those of whoever keeps the register."""

from lms.attendance.views import agenda, entries, evidence, meetings, projection, register, roll, states
from lms.attendance.views.blueprint import bp

__all__ = ["agenda", "bp", "entries", "evidence", "meetings", "projection", "register", "roll", "states"]

"""What can be done with meetings and the register."""

from lms.core.actors import Permission


class AttendancePermission(Permission):
    """Permissions over meetings and who was there."""

    CHECK_IN = "attendance.check-in"
    """Say that one is at a meeting, with the code on its screen, and see one's own marks."""
    KEEP_REGISTER = "attendance.keep-register"
    """Plan, change and cancel meetings of a cohort, show the code, call the roll."""
    SET_STATES = "attendance.set-states"
    """Say what ways to attend a programme has, what each is worth, how much is asked for, when nobody works."""
    READ_REGISTER = "attendance.read-register"
    """See the meetings of a cohort and the marks of the people in reach."""

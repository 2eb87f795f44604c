"""What can be done with grades."""

from lms.core.actors import Permission


class GradingPermission(Permission):
    """Permissions over answers that a person grades, and over results after a wrong key."""

    GRADE = "grading.grade"
    """Grade the answers that wait, change a grade with a reason, ask for second markers."""
    SETTLE = "grading.settle"
    """Decide where two markers differ."""
    REGRADE = "grading.regrade"
    """Correct results after the key of a question was wrong."""

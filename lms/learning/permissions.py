"""What can be done with cohorts and enrolments."""

from lms.core.actors import Permission


class LearningPermission(Permission):
    """Permissions over courses as they are taken."""

    STUDY = "learning.study"
    """Take the courses one is enrolled in."""
    READ_COHORTS = "learning.read-cohorts"
    """See cohorts, who is enrolled and how far each person has come."""
    MANAGE_COHORTS = "learning.manage-cohorts"
    """Create and change cohorts, enrol and withdraw people."""

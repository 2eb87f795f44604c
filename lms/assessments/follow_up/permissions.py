"""What can be done with the survey about what people use of a course."""

from lms.core.actors import Permission


class FollowUpPermission(Permission):
    """Permissions over the survey; nobody reads what one person answered."""

    READ = "follow-up.read"
    """See what the people of a programme answered, as figures of groups."""
    SET = "follow-up.set"
    """Decide whether and when a programme asks."""

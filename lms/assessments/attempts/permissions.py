"""What can be done with attempts."""

from lms.core.actors import Permission


class AttemptPermission(Permission):
    """Permissions over attempts at quizzes."""

    TAKE = "attempts.take"
    """Answer the quizzes of the courses one is enrolled in."""
    READ = "attempts.read"
    """See how each person of a cohort is doing with its quizzes."""
    GIVE = "attempts.give"
    """Give a person one more attempt."""
    TIME = "attempts.give-time"
    """Give a person more time in timed quizzes."""

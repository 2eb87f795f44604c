"""What can be done with the quarterly progress of a plan."""

from lms.core.actors import Permission


class ProgressPermission(Permission):
    """Permissions over plans, periods and what members report."""

    OPEN_SUBMISSION = "progress.open-submission"
    """Read what a member in reach reports, with its history."""
    FILL = "progress.fill-submission"
    """Write and send what one's own institution reports."""
    READ = "progress.read-commission"
    """See the plan, the matrix and the figures of a whole programme."""
    MANAGE = "progress.manage-commission"
    """Change the plan, open periods, accept what was sent or return it, and remind."""

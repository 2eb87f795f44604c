"""What can be done about the running installation."""

from lms.core.actors import Permission


class OperationsPermission(Permission):
    """Permissions over the audit trail and the jobs."""

    READ_AUDIT = "operations.read-audit"
    """Read the audit trail."""
    MANAGE_JOBS = "operations.manage-jobs"
    """See the jobs and put dead ones back in the queue."""

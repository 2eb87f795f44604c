"""What can be done with reports."""

from lms.core.actors import Permission


class ReportPermission(Permission):
    """Permissions over figures."""

    READ = "reports.read"
    """See the figures of the programmes and institutions in reach, never of persons."""

"""What can be done with reports."""

from lms.core.actors import Permission


class ReportPermission(Permission):
    """Permissions over figures."""

    READ = "reports.read"
    """See the figures of the programmes and institutions in reach, never of persons."""
    READ_NAMES = "reports.read-names"
    """See by name who of one's own institution, or programme, should be called because they fall behind."""
    READ_EXPORTS = "reports.read-exports"
    """See who took which figures of a programme away as a file, and when."""

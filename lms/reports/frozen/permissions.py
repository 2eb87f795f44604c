"""What can be done with quarterly reports."""

from lms.core.actors import Permission


class FrozenPermission(Permission):
    """Permissions over quarterly reports."""

    READ = "frozen.read-reports"
    """Open the reports of the programmes in reach, and those that were sent to oneself."""
    PREPARE = "frozen.prepare-reports"
    """Order, approve, correct and send reports, and say when they are prepared and for whom."""
    OPEN = "frozen.open-figures"
    """Make the figures of a programme's latest report public, or no longer."""

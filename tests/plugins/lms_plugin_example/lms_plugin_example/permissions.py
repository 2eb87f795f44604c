"""What can be done with pauses."""

from lms.core.actors import Permission


class PausePermission(Permission):
    """Permissions over pauses."""

    READ = "example.read-pauses"
    """Open the page with advice for a pause."""

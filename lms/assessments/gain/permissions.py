"""What can be done with the figures of change."""

from lms.core.actors import Permission


class GainPermission(Permission):
    """Permissions over what people gained; always figures of groups, never of a person."""

    READ = "gain.read"
    """See what a cohort gained."""
    COMPARE = "gain.compare"
    """See what a programme gained, by institution and by sector."""

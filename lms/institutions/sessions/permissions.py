"""What can be done with the sessions of a commission."""

from lms.core.actors import Permission


class SittingPermission(Permission):
    """Permissions over the sessions of commissions."""

    READ = "sittings.read"
    """See a session, its agenda, its votes, what was agreed and the minutes."""
    MANAGE = "sittings.manage"
    """Convene a session, note what happens at it, approve its minutes and follow what was agreed."""

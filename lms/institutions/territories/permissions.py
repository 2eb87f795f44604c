"""What can be done with territories."""

from lms.core.actors import Permission


class TerritoryPermission(Permission):
    """Permissions over the catalogue of territories, which is the same for every programme."""

    READ = "territories.read"
    """See the catalogue of territories and take it away as a file."""
    MANAGE = "territories.manage"
    """Bring territories in from a file."""

"""What can be done with nominations."""

from lms.core.actors import Permission


class NominationPermission(Permission):
    """Permissions over calls and nominations."""

    NOMINATE = "nominations.nominate"
    """Nominate people of one's own institutions, replace and withdraw them."""
    READ = "nominations.read"
    """See the call of a cohort, its quotas and everybody who was nominated."""
    MANAGE = "nominations.manage"
    """Open calls, set quotas, say who is accepted, admit late nominations."""

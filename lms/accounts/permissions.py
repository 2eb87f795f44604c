"""What can be done with accounts."""

from lms.core.actors import Permission


class AccountPermission(Permission):
    """Permissions over people and roles."""

    MANAGE = "accounts.manage-people"
    """Invite people, change their data, give and take roles."""

"""What can be done with designs."""

from lms.core.actors import Permission


class LibraryPermission(Permission):
    """Permissions over the designs of the installation."""

    MANAGE = "certificate-designs.manage"
    """Upload designs of documents, look at them and publish them for every programme."""

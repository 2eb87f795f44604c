"""What can be done with the links of donors."""

from lms.core.actors import Permission


class DonorPermission(Permission):
    """Permissions over links to the totals of a programme."""

    SHARE = "donors.share-totals"
    """Make a link with which a body outside reads the totals of a programme, and close it."""

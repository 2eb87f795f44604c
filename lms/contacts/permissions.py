"""What can be done with the directory of contacts."""

from lms.core.actors import Permission


class ContactPermission(Permission):
    """Permissions over the directory of contacts; reading its numbers needs none."""

    MANAGE = "contacts.manage"
    """Add, change, retire and bring back contacts of the countries where the programme works."""
    VERIFY = "contacts.verify"
    """See which numbers nobody has checked lately, and say that one was checked today."""
    SIGN = "contacts.sign"
    """Sign with one's own name a contact that asks to be verified, so that people can read it."""

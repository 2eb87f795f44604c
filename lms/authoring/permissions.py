"""What can be done with drafts."""

from lms.core.actors import Permission


class AuthoringPermission(Permission):
    """Permissions over drafts, their reviews and what waits for a signature."""

    READ = "authoring.read"
    """See a draft: its files, how they look and what is wrong with them."""
    EDIT = "authoring.edit"
    """Begin a draft, change its files, invite people to it and ask for its review."""
    REVIEW = "authoring.review"
    """Comment on a draft under review, approve it or return it."""
    SIGN = "authoring.sign"
    """Sign what a course marks to be verified, so that the next release can show it."""

"""What can be done with the bank of questions."""

from lms.core.actors import Permission


class BankPermission(Permission):
    """Permissions over the bank of questions."""

    READ = "bank.read"
    """See every question that was released, with its key, its revisions, and the questions of drafts one may read."""

"""What can be done with programmes."""

from lms.core.actors import Permission


class ProgrammePermission(Permission):
    """Permissions over programmes."""

    READ = "programmes.read"
    """See a programme, its members and its targets."""
    MANAGE = "programmes.manage"
    """Create and change programmes, members, targets and signatories."""

"""What can be done with agreements."""

from lms.core.actors import Permission


class AgreementPermission(Permission):
    """Permissions over agreements."""

    READ = "agreements.read"
    """See an agreement, its parties, duties and papers."""
    MANAGE = "agreements.manage"
    """Register agreements and note what becomes of them."""

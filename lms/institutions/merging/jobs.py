"""What stood before old merges is forgotten."""

from lms.core.clock import now
from lms.core.jobs.orders import Progress
from lms.institutions.merging import service
from lms.institutions.merging.messages import ForgetChanges


def forget_changes(_order: ForgetChanges, _progress: Progress) -> None:
    """Forget the cells of merges that can be undone no more."""
    service.forget_changes(now=now())

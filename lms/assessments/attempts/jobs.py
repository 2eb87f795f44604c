"""What attempts do by themselves when nobody comes back to them."""

from uuid import UUID

from lms.assessments.attempts import queries, service, stored_files
from lms.assessments.attempts.messages import ForgetFile, SubmitExpired
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.jobs.orders import Progress


def submit_expired(order: SubmitExpired, _progress: Progress) -> None:
    """Hand in one attempt whose time is over; one that was handed in, got more time or counts no more is left."""
    attempt = queries.find_counting_attempt(UUID(order.attempt_id))
    if attempt is not None:
        service.settle(attempt, actor=SYSTEM, now=now())


def forget_file(order: ForgetFile, _progress: Progress) -> None:
    """Remove the bytes of a file that is no answer any more."""
    stored_files.forget(order.digest)

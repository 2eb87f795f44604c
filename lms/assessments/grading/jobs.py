"""Corrections of results, some attempts at a time."""

from uuid import UUID

from lms.assessments.grading import regrading
from lms.assessments.grading.messages import RegradeBatch
from lms.core.clock import now
from lms.core.jobs.orders import Progress


def regrade(order: RegradeBatch, progress: Progress) -> None:
    """Correct the next attempts of a regrade."""
    found = regrading.regrade_batch(UUID(order.regrade_id), order.after, now=now())
    progress(found.done, max(found.total, found.done))

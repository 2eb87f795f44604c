"""What authoring does by itself, once a day."""

from lms.authoring import sweeping
from lms.authoring.messages import SweepLeftovers
from lms.core.clock import now
from lms.core.jobs.orders import Progress


def sweep_leftovers(_order: SweepLeftovers, _progress: Progress) -> None:
    """Forget what nothing names."""
    sweeping.sweep(now=now())

"""Who completes a course under a new rule about hours."""

from uuid import UUID

from lms.attendance.hours.messages import ReviewHours
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.jobs.orders import Progress
from lms.learning.queries import list_incomplete, outcomes_of
from lms.learning.service import review_completion
from lms.plugins.criteria import State


def review_hours(order: ReviewHours, _progress: Progress) -> None:
    """Complete whoever of a cohort meets everything now; asking again changes nothing."""
    waiting = {each.id: each for each in list_incomplete(UUID(order.cohort_id))}
    for key, outcome in outcomes_of(list(waiting)).items():
        if outcome.state is State.MET:
            review_completion(waiting[key], actor=SYSTEM, now=now())

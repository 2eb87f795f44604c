"""How questions perform, measured every night."""

from uuid import UUID

from lms.assessments.bank.measuring import measure_course
from lms.assessments.bank.messages import MeasureBank, MeasureCourse
from lms.assessments.bank.queries import list_course_ids
from lms.core.clock import now
from lms.core.jobs.orders import Progress, enqueue


def measure_bank(_order: MeasureBank, _progress: Progress) -> None:
    """Order the measuring of each course."""
    for course_id in list_course_ids():
        enqueue(MeasureCourse(course_id=str(course_id)), now=now())


def measure_one(order: MeasureCourse, _progress: Progress) -> None:
    """Measure a course."""
    measure_course(UUID(order.course_id))

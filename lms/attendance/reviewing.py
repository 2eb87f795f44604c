"""Looking again who completes the course, after what attendance asks for is another thing."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from lms.core.db import db
from lms.core.jobs.orders import enqueue
from lms.institutions.programmes.messages import ProgrammeChanged
from lms.learning.messages import ReviewCohort
from lms.learning.models import Cohort, Completion, Enrolment, EnrolmentState


def list_waiting(programme_id: UUID) -> list[UUID]:
    """Return the cohorts of a programme in which somebody takes part who has not completed the course."""
    return list(
        db.session.scalars(
            select(Cohort.id)
            .join(Enrolment, Enrolment.cohort_id == Cohort.id)
            .outerjoin(Completion, Completion.enrolment_id == Enrolment.id)
            .where(
                Cohort.programme_id == programme_id,
                Enrolment.state == EnrolmentState.ACTIVE,
                Completion.id.is_(None),
            )
            .distinct()
            .order_by(Cohort.id)
        )
    )


def review_after_share(event: ProgrammeChanged) -> None:
    """Have everybody of a programme looked at when it asks for another share of its meetings."""
    if "attendance_share" in event.fields:
        review_programme(event.subject_id, now=event.at)


def review_programme(programme_id: UUID, *, now: datetime) -> None:
    """Have everybody of a programme looked at, one job for each cohort."""
    for cohort_id in list_waiting(programme_id):
        order = ReviewCohort(cohort_id=str(cohort_id))
        enqueue(order, now=now, key=f"attendance:{cohort_id}:{now:%Y%m%d%H%M%S%f}")

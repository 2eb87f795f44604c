"""The cohorts in which people of an institution study."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select

from lms.accounts.queries import is_real_person
from lms.attendance.models import Attendance, Meeting
from lms.attendance.rules import HERE
from lms.core.db import db
from lms.institutions.directory.models import Institution
from lms.institutions.directory.queries import subtree_condition
from lms.learning.models import Cohort, Completion, Enrolment, EnrolmentState

MOST = 12
"""Cohorts on a page, the latest first."""


class CohortLine(NamedTuple):
    """A cohort with how many people of an institution are in it."""

    id: UUID
    name: str
    starts_on: date
    ends_on: date
    enrolled: int
    attended: int
    completed: int


def list_cohorts(institution_id: UUID) -> Sequence[CohortLine]:
    """Return the cohorts of people of an institution and below it, the latest first, in one query."""
    was_there = (
        select(Attendance.id)
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .where(
            Attendance.enrolment_id == Enrolment.id,
            Attendance.mark.in_(HERE),
            Meeting.cancelled_at.is_(None),
        )
        .correlate(Enrolment)
        .exists()
    )
    inside = select(Institution.id).where(subtree_condition(frozenset({institution_id})))
    people = (
        Enrolment.institution_id.in_(inside),
        Enrolment.state == EnrolmentState.ACTIVE,
        is_real_person(Enrolment.person_id),
    )
    order = (Cohort.starts_on.desc(), Cohort.name, Cohort.id)
    theirs = Cohort.id.in_(select(Enrolment.cohort_id).where(*people))
    # Only the people of the cohorts that the page shows are counted.
    latest = select(Cohort.id).where(theirs).order_by(*order).limit(MOST).subquery()
    rows = db.session.execute(
        select(
            Cohort.id, Cohort.name, Cohort.starts_on, Cohort.ends_on, func.count(Enrolment.id),
            func.count(Enrolment.id).filter(was_there), func.count(Completion.id),
        )
        .join(latest, latest.c.id == Cohort.id)
        .join(Enrolment, Enrolment.cohort_id == Cohort.id)
        .outerjoin(Completion, Completion.enrolment_id == Enrolment.id)
        .where(*people)
        .group_by(Cohort.id, Cohort.name, Cohort.starts_on, Cohort.ends_on)
        .order_by(*order)
    )  # fmt: skip
    return [CohortLine(*row) for row in rows]

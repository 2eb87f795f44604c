"""The cohorts in which people of an institution study."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select

from lms.accounts.queries import is_real_person
from lms.attendance.models import Attendance
from lms.attendance.presence import presences
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
    was_there = presences(Attendance.id).exists()
    inside = select(Institution.id).where(subtree_condition(frozenset({institution_id})))
    people = (
        Enrolment.institution_id.in_(inside),
        Enrolment.state == EnrolmentState.ACTIVE,
        is_real_person(Enrolment.person_id),
    )
    # From the people of the institution to their cohorts: few beside all people of those cohorts.
    counted = (
        select(
            Enrolment.cohort_id,
            func.count().label("enrolled"),
            func.count().filter(was_there).label("attended"),
            func.count(Completion.id).label("completed"),
        )
        .outerjoin(Completion, Completion.enrolment_id == Enrolment.id)
        .where(*people)
        .group_by(Enrolment.cohort_id)
        .subquery()
    )
    counts = (counted.c.enrolled, counted.c.attended, counted.c.completed)
    rows = db.session.execute(
        select(Cohort.id, Cohort.name, Cohort.starts_on, Cohort.ends_on, *counts)
        .join(counted, counted.c.cohort_id == Cohort.id)
        .order_by(Cohort.starts_on.desc(), Cohort.name, Cohort.id)
        .limit(MOST)
    )
    return [CohortLine(*row) for row in rows]

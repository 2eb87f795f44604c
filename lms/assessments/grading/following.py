"""Corrections follow a cohort that moves to another release: a quiz that asks the same there has the same wrong key."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from lms.assessments.grading import regrading
from lms.assessments.grading.messages import RegradeOrdered
from lms.assessments.grading.models import Regrade
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.learning.messages import CohortMoved
from lms.learning.models import Cohort
from lms.learning.queries import get_cohort


def follow_cohort(event: CohortMoved) -> None:
    """Let corrections of a quiz that asks the same in the new release hold there, for this cohort alone.

    What was corrected stays as it is; what the jobs had not reached, and what is handed in later, is corrected too.
    """
    cohort = get_cohort(event.subject_id)
    for old, new in event.same_questions:
        known = {_sense(each) for each in _holding(UUID(new), cohort)}
        for regrade in _holding(UUID(old), cohort):
            if _sense(regrade) not in known:
                _carry(regrade, UUID(new), cohort, event)


def _holding(unit_id: UUID, cohort: Cohort) -> Iterable[Regrade]:
    """Return the corrections of a quiz that hold for the cohort, the oldest first."""
    found = db.session.scalars(select(Regrade).where(Regrade.unit_id == unit_id).order_by(Regrade.ordered_at))
    return [
        each
        for each in found.all()
        if each.cohort_id in {None, cohort.id}
        and (each.programmes is None or str(cohort.programme_id) in each.programmes)
    ]


def _sense(regrade: Regrade) -> tuple[str, str, str]:
    return regrade.question_id, regrade.change, regrade.value


def _carry(regrade: Regrade, unit_id: UUID, cohort: Cohort, event: CohortMoved) -> None:
    made = Regrade(
        id=new_id(), unit_id=unit_id, question_id=regrade.question_id, change=regrade.change, value=regrade.value,
        reason=regrade.reason, programmes=regrade.programmes, cohort_id=cohort.id, ordered_at=regrade.ordered_at,
        ordered_by=regrade.ordered_by, total=regrading.count_attempts(unit_id, Cohort.id == cohort.id), done=0,
        changed=0,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    publish(
        RegradeOrdered(
            at=event.at, actor=event.actor, subject_id=made.id, unit_id=unit_id, question_id=made.question_id,
            change=made.change, value=made.value, reason=made.reason,
        )
    )  # fmt: skip
    regrading.go_on(made, "", now=event.at)

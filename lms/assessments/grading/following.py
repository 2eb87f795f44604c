"""Corrections follow who moves to another release: a quiz that asks the same there has the same wrong key."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select

from lms.assessments.grading import regrading
from lms.assessments.grading.messages import RegradeOrdered
from lms.assessments.grading.models import Regrade
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.learning.messages import CohortMoved, EnrolmentMoved
from lms.learning.models import Cohort, Enrolment
from lms.learning.queries import get_cohort


def follow_cohort(event: CohortMoved) -> None:
    """Let corrections of a quiz that asks the same in the new release hold there, for this cohort alone.

    What was corrected stays as it is; what the jobs had not reached, and what is handed in later, is corrected too.
    Those that somebody brought along when they joined the cohort go on with them.
    """
    cohort = get_cohort(event.subject_id)
    for old, new in event.same_questions:
        known = {_sense(each) for each in _holding(UUID(new), cohort)}
        for regrade in _holding(UUID(old), cohort):
            if _sense(regrade) not in known:
                made = _copy(regrade, UUID(new))
                made.cohort_id, made.programmes = cohort.id, regrade.programmes
                _order(made, Cohort.id == cohort.id, actor=event.actor, at=event.at)
        for regrade in _brought_to(UUID(old), cohort):
            if regrade.enrolment_id and _sense(regrade) not in known:
                _carry(regrade, UUID(new), regrade.enrolment_id, actor=event.actor, at=event.at)


def follow_person(event: EnrolmentMoved) -> None:
    """Let the corrections of either cohort hold for a person who moved, for them alone.

    Those of the cohort they left hold for what they hand in where they are now; those of the cohort they came to
    hold for what they handed in before, which came with them.
    """
    before, after, person = get_cohort(event.before_id), get_cohort(event.cohort_id), event.subject_id
    for old, new in event.same_questions:
        theirs = {_sense(each): each for each in _holding(UUID(new), after)}
        own = {_sense(each): each for each in _brought(UUID(old), person)}
        left = {_sense(each): each for each in _holding(UUID(old), before)} | own
        known = {_sense(each) for each in _brought(UUID(new), person)}
        for sense in sorted((left.keys() ^ theirs.keys()) - known):
            regrade = left.get(sense) or theirs[sense]
            _carry(regrade, UUID(new), person, actor=event.actor, at=event.at)


def _holding(unit_id: UUID, cohort: Cohort) -> Iterable[Regrade]:
    """Return the corrections of a quiz that hold for the whole cohort, the oldest first."""
    found = db.session.scalars(
        select(Regrade)
        .where(Regrade.unit_id == unit_id, Regrade.enrolment_id.is_(None))
        .order_by(Regrade.ordered_at)
    )
    return [
        each
        for each in found.all()
        if each.cohort_id in {None, cohort.id}
        and (each.programmes is None or str(cohort.programme_id) in each.programmes)
    ]


def _brought(unit_id: UUID, enrolment_id: UUID) -> Iterable[Regrade]:
    """Return the corrections of a quiz that hold for one person, the oldest first."""
    own = select(Regrade).where(Regrade.unit_id == unit_id, Regrade.enrolment_id == enrolment_id)
    return db.session.scalars(own.order_by(Regrade.ordered_at)).all()


def _brought_to(unit_id: UUID, cohort: Cohort) -> Iterable[Regrade]:
    """Return the corrections of a quiz that hold for single people of a cohort, the oldest first."""
    return db.session.scalars(
        select(Regrade)
        .join(Enrolment, Enrolment.id == Regrade.enrolment_id)
        .where(Regrade.unit_id == unit_id, Enrolment.cohort_id == cohort.id)
        .order_by(Regrade.ordered_at)
    ).all()


def _sense(regrade: Regrade) -> tuple[str, str, str]:
    return regrade.question_id, regrade.change, regrade.value


def _carry(regrade: Regrade, unit_id: UUID, enrolment_id: UUID, *, actor: Actor, at: datetime) -> None:
    made = _copy(regrade, unit_id)
    made.enrolment_id = enrolment_id
    _order(made, Enrolment.id == enrolment_id, actor=actor, at=at)


def _copy(regrade: Regrade, unit_id: UUID) -> Regrade:
    return Regrade(
        id=new_id(), unit_id=unit_id, question_id=regrade.question_id, change=regrade.change, value=regrade.value,
        reason=regrade.reason, ordered_at=regrade.ordered_at, ordered_by=regrade.ordered_by, done=0, changed=0,
    )  # fmt: skip


def _order(made: Regrade, scope: ColumnElement[bool], *, actor: Actor, at: datetime) -> None:
    made.total = regrading.count_attempts(made.unit_id, scope)
    db.session.add(made)
    db.session.flush()
    publish(
        RegradeOrdered(
            at=at, actor=actor, subject_id=made.id, unit_id=made.unit_id, question_id=made.question_id,
            change=made.change, value=made.value, reason=made.reason,
        )
    )  # fmt: skip
    regrading.go_on(made, "", now=at)

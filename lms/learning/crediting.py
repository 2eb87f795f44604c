"""The common trunk is taken once: what a person finished in one course counts in every course that includes it.

A unit is the same wherever it has the same key, which a module keeps when another course includes it. It is credited
when the person is enrolled, when they open the course for the first time, and when they finish it elsewhere; only
between different courses, so that whoever takes a course again reads it again. A quiz counts where it was passed,
with the mark of the programme in which it was passed.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.courses.models import Unit
from lms.learning.messages import UnitCredited
from lms.learning.models import Cohort, Enrolment, EnrolmentState, UnitProgress


def credit_shared(enrolment: Enrolment, cohort: Cohort, *, actor: Actor, now: datetime) -> bool:
    """Note as finished what the person finished in other courses that share it; say whether there was any."""
    known = {
        progress.unit_id: progress
        for progress in db.session.scalars(
            select(UnitProgress).where(UnitProgress.enrolment_id == enrolment.id)
        )
    }
    found = [
        unit_id
        for unit_id in _finished_elsewhere(enrolment, cohort)
        if unit_id not in known or known[unit_id].finished_at is None
    ]
    for unit_id in found:
        progress = known.get(unit_id) or UnitProgress(
            id=new_id(), enrolment_id=enrolment.id, unit_id=unit_id, seen_at=now
        )
        progress.finished_at = now
        db.session.add(progress)
        publish(UnitCredited(at=now, actor=actor, subject_id=enrolment.id, unit_id=unit_id))
    db.session.flush()
    return bool(found)


def list_sharing(enrolment: Enrolment, unit: Unit, cohort: Cohort) -> Sequence[tuple[Enrolment, Cohort]]:
    """Return the other courses that a person takes in which this unit stands too."""
    if not unit.shared_key:
        return []
    rows = db.session.execute(
        select(Enrolment, Cohort)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Unit, and_(Unit.release_id == Cohort.release_id, Unit.shared_key == unit.shared_key))
        .where(
            Enrolment.person_id == enrolment.person_id,
            Enrolment.state == EnrolmentState.ACTIVE,
            Cohort.course_id != cohort.course_id,
        )
    ).all()
    return [(row[0], row[1]) for row in rows]


def _finished_elsewhere(enrolment: Enrolment, cohort: Cohort) -> Sequence[UUID]:
    """Return the units of a cohort's release that the person finished in another course."""
    theirs = aliased(Unit)
    return db.session.scalars(
        select(Unit.id)
        .join(theirs, theirs.shared_key == Unit.shared_key)
        .join(UnitProgress, UnitProgress.unit_id == theirs.id)
        .join(Enrolment, Enrolment.id == UnitProgress.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(
            Unit.release_id == cohort.release_id,
            Unit.shared_key != "",
            UnitProgress.finished_at.is_not(None),
            Enrolment.person_id == enrolment.person_id,
            Cohort.course_id != cohort.course_id,
        )
        .distinct()
    ).all()

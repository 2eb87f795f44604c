"""Putting a pattern aside and taking it up again; attempts, results and people are never touched."""

from datetime import datetime
from uuid import UUID

from lms.assessments.analysis.messages import PatternPutAside, PatternTakenUp
from lms.assessments.analysis.models import PatternReview
from lms.assessments.analysis.queries import find_review
from lms.assessments.analysis.replies import Matter
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.learning.models import Cohort


def put_aside(
    cohort: Cohort, unit_id: UUID, matter: Matter, *, note: str, actor: Actor, now: datetime
) -> PatternReview:
    """Keep that somebody looked at a pattern and what they make of it; again, and the new note counts."""
    row = find_review(unit_id, matter) or PatternReview(
        id=new_id(),
        unit_id=unit_id,
        rule=matter.rule,
        enrolment_id=matter.enrolment_ids[0],
        other_id=matter.enrolment_ids[-1],
    )
    row.note, row.reviewed_at, row.reviewed_by = note, now, actor.person_id
    db.session.add(row)
    db.session.flush()
    publish(
        PatternPutAside(at=now, actor=actor, subject_id=cohort.id, unit_id=unit_id, rule=matter.rule.value)
    )
    return row


def take_up(cohort: Cohort, unit_id: UUID, matter: Matter, *, actor: Actor, now: datetime) -> None:
    """Show a pattern again; one that was never put aside stays as it is."""
    row = find_review(unit_id, matter)
    if row is None:
        return
    db.session.delete(row)
    db.session.flush()
    publish(
        PatternTakenUp(at=now, actor=actor, subject_id=cohort.id, unit_id=unit_id, rule=matter.rule.value)
    )

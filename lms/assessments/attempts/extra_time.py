"""Extra time for one person in the timed quizzes of a course, given by whoever runs the cohort."""

from datetime import datetime

from sqlalchemy import select

from lms.assessments.attempts import queries, service
from lms.assessments.attempts.errors import BadAllowance
from lms.assessments.attempts.messages import ExtraTimeGiven
from lms.assessments.attempts.models import Attempt, ExtraTime
from lms.assessments.attempts.timing import MOST_MINUTES, MOST_PERCENT, WHOLE, Allowance
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.learning.models import Enrolment


def give_extra_time(
    enrolment: Enrolment, allowance: Allowance, reason: str, *, actor: Actor, now: datetime
) -> ExtraTime:
    """Set how much time a person has; it holds from now on, also for the attempt that they are answering.

    Raises BadAllowance. A hundred per cent and no minutes take it back.
    """
    if not (WHOLE <= allowance.percent <= MOST_PERCENT and 0 <= allowance.minutes <= MOST_MINUTES):
        raise BadAllowance
    db.session.refresh(enrolment, with_for_update=True)
    given = queries.find_extra_time(enrolment.id)
    if given is None:
        given = ExtraTime(id=new_id(), enrolment_id=enrolment.id)
        db.session.add(given)
    given.percent, given.minutes, given.reason = allowance.percent, allowance.minutes, reason.strip()
    given.given_at, given.given_by = now, actor.person_id
    db.session.flush()
    _move_ends(enrolment, now=now)
    publish(
        ExtraTimeGiven(
            at=now, actor=actor, subject_id=enrolment.id, percent=given.percent, minutes=given.minutes,
            reason=given.reason,
        )
    )  # fmt: skip
    return given


def _move_ends(enrolment: Enrolment, *, now: datetime) -> None:
    """Give the attempts that are being answered their new end."""
    still_open = select(Attempt).where(
        Attempt.enrolment_id == enrolment.id, Attempt.submitted_at.is_(None), Attempt.ends_at.is_not(None)
    )
    for attempt in db.session.scalars(still_open.with_for_update()):
        attempt.ends_at = queries.end_of(enrolment, queries.get_quiz(attempt.unit_id), attempt.started_at)
        db.session.flush()
        service.expect_end(attempt, now=now)

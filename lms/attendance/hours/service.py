"""What can be done with hours: writing a policy, and closing the hours of whoever completed a course."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from lms.attendance.hours import queries
from lms.attendance.hours.messages import HoursClosed, HoursPolicySet, ReviewHours
from lms.attendance.hours.models import HoursLedger, HoursPolicy
from lms.attendance.hours.queries import Hours, hours_of
from lms.attendance.hours.records import to_json
from lms.attendance.hours.rules import Written
from lms.attendance.messages import StatesSet
from lms.attendance.reviewing import list_waiting
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.core.jobs.orders import enqueue
from lms.learning.messages import EnrolmentCompleted


def set_policy(programme_id: UUID, written: Written, *, actor: Actor, now: datetime) -> HoursPolicy:
    """Write the next version of a programme's policy; the same rules again write nothing.

    Hours that were closed stay as they are. Everybody else's follow at once, and whoever has what is asked for
    now completes the course.
    """
    known = queries.find_policy(programme_id)
    before = (known.policy, known.prints_hours) if known else (queries.USUAL, False)
    if known and before == (written.policy, written.prints_hours):
        return known
    return _write(programme_id, written, known, actor=actor, now=now)


def note_states(event: StatesSet) -> None:
    """Write a version of its own when a programme's states are worth something else: hours follow them."""
    known = queries.find_policy(event.subject_id)
    if known and known.states == queries.snapshot_of(event.subject_id):
        return
    written = Written(
        policy=known.policy if known else queries.USUAL, prints_hours=bool(known and known.prints_hours)
    )
    _write(event.subject_id, written, known, actor=event.actor, now=event.at)


def _write(
    programme_id: UUID, written: Written, known: HoursPolicy | None, *, actor: Actor, now: datetime
) -> HoursPolicy:
    row = HoursPolicy(
        id=new_id(), programme_id=programme_id, version=known.version + 1 if known else 1,
        prints_hours=written.prints_hours, note=written.note, states=queries.snapshot_of(programme_id),
        set_at=now, set_by=actor.person_id, **asdict(written.policy),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    publish(HoursPolicySet(at=now, actor=actor, subject_id=programme_id, version=row.version))
    for cohort_id in list_waiting(programme_id):
        order = ReviewHours(cohort_id=str(cohort_id), version=row.version)
        enqueue(order, now=now, key=f"{order.code}:{cohort_id}:{row.version}")
    return row


def close_on_completion(event: EnrolmentCompleted) -> None:
    """Close the hours of whoever completes a course, before the certificate is written."""
    close(event.enrolment_id, actor=event.actor, now=event.at)


def close(enrolment_id: UUID, *, actor: Actor, now: datetime) -> Hours:
    """Keep the hours of an enrolment as they stand and return them; asking again changes nothing."""
    hours = hours_of([enrolment_id], now)[enrolment_id]
    if hours.closed_at:
        return hours
    row = HoursLedger(
        id=new_id(), enrolment_id=enrolment_id, version=hours.version, asked_seconds=hours.policy.asked_seconds,
        prints_hours=hours.prints, lines=to_json(hours.ledger), minutes=hours.minutes,
        closed_at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    publish(
        HoursClosed(
            at=now, actor=actor, subject_id=enrolment_id, enrolment_id=enrolment_id, minutes=hours.minutes,
            version=hours.version,
        )
    )  # fmt: skip
    return hours

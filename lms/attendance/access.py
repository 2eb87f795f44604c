"""From an id and an actor to a meeting or a cohort's register, or nothing."""

from uuid import UUID

from sqlalchemy import select

from lms.attendance.models import Attendance, Meeting
from lms.attendance.permissions import AttendancePermission
from lms.attendance.queries import (
    LocalMeeting,
    OwnMeeting,
    kept_cohorts,
    own_meetings,
    read_local,
    read_own,
    readable_cohorts,
    visible_to,
)
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.errors import NotFound
from lms.learning.models import Cohort


def access_meeting_as_keeper(actor: Actor, meeting_id: UUID) -> LocalMeeting:
    """Return the meeting if the actor keeps its cohort's register; a stranger cannot tell that it exists."""
    statement = visible_to(actor, AttendancePermission.KEEP_REGISTER).where(Meeting.id == meeting_id)
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound
    return read_local(row)


def access_cohort_as_keeper(actor: Actor, cohort_id: UUID) -> Cohort:
    """Return the cohort if the actor keeps its register."""
    cohort = db.session.scalar(select(Cohort).where(Cohort.id == cohort_id, kept_cohorts(actor)))
    if cohort is None:
        raise NotFound
    return cohort


def access_cohort_as_reader(actor: Actor, cohort_id: UUID) -> Cohort:
    """Return the cohort if the actor reads its register, be it for some of its people only."""
    cohort = db.session.scalar(readable_cohorts(actor).where(Cohort.id == cohort_id))
    if cohort is None:
        raise NotFound
    return cohort


def access_own_entry(actor: Actor, meeting_id: UUID) -> tuple[OwnMeeting, Attendance]:
    """Return the actor's own mark at a meeting of a cohort they take part in."""
    if actor.person_id is None:
        raise NotFound
    row = db.session.execute(own_meetings(actor.person_id).where(Meeting.id == meeting_id)).one_or_none()
    own = read_own(row) if row else None
    if own is None or own.attendance is None:
        raise NotFound
    return own, own.attendance

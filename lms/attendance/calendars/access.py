"""From an actor to their own calendar, and from an id to one of their own meetings."""

from uuid import UUID

from lms.attendance.models import Meeting
from lms.attendance.queries import LocalMeeting, own_meetings, read_own
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.errors import NotFound


def access_own_person_id(actor: Actor) -> UUID:
    """Return whose calendar the actor's is."""
    if actor.person_id is None:
        raise NotFound
    return actor.person_id


def access_own_meeting(actor: Actor, meeting_id: UUID) -> LocalMeeting:
    """Return a meeting of a cohort that the actor takes part in; of others a stranger learns nothing."""
    statement = own_meetings(access_own_person_id(actor)).where(Meeting.id == meeting_id)
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound
    return read_own(row).local

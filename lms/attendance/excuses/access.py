"""From an id and an actor to a justification, or nothing."""

from dataclasses import dataclass
from uuid import UUID

from lms.attendance.excuses import queries
from lms.attendance.excuses.models import Excuse
from lms.attendance.excuses.queries import AskedExcuse
from lms.attendance.models import Meeting
from lms.attendance.queries import LocalMeeting, own_meetings, read_own
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.errors import NotFound
from lms.learning.models import Enrolment
from lms.learning.queries import get_enrolment


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAbsence:
    """A meeting of the actor's, with what they said of it."""

    local: LocalMeeting
    enrolment: Enrolment
    excuse: Excuse | None


def access_own_absence(actor: Actor, meeting_id: UUID) -> OwnAbsence:
    """Return a meeting of a cohort that the actor takes part in."""
    if actor.person_id is None:
        raise NotFound
    row = db.session.execute(own_meetings(actor.person_id).where(Meeting.id == meeting_id)).one_or_none()
    if row is None:
        raise NotFound
    own = read_own(row)
    return OwnAbsence(
        local=own.local,
        enrolment=get_enrolment(own.enrolment_id),
        excuse=queries.find_excuse(meeting_id, own.enrolment_id),
    )


def access_excuse_as_keeper(actor: Actor, excuse_id: UUID) -> AskedExcuse:
    """Return a justification if the actor keeps the register of its cohort."""
    found = queries.find_kept(actor, excuse_id)
    if found is None:
        raise NotFound
    return found

"""What can be done with calendars."""

from datetime import datetime
from uuid import UUID

from lms.attendance.calendars.messages import CalendarAddressChanged
from lms.attendance.calendars.models import CalendarFeed
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish


def change_address(person_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Make the address of a person's calendar a new one; the earlier ones answer nothing from now on."""
    feed = db.session.get(CalendarFeed, person_id)
    if feed is None:
        feed = CalendarFeed(person_id=person_id, revision=0)
        db.session.add(feed)
    feed.revision += 1
    publish(CalendarAddressChanged(at=now, actor=actor, subject_id=person_id))

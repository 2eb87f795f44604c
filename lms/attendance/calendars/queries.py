"""Reads about calendars."""

from uuid import UUID

from sqlalchemy import select

from lms.attendance.calendars.models import CalendarFeed
from lms.core.db import db


def revision_of(person_id: UUID) -> int:
    """Return how often the person changed the address of their calendar."""
    statement = select(CalendarFeed.revision).where(CalendarFeed.person_id == person_id)
    return db.session.scalar(statement) or 0

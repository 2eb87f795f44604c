"""From ids and an actor to the meetings whose lists they may take along."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from lms.attendance.models import Meeting
from lms.attendance.offline.rules import is_offered
from lms.attendance.permissions import AttendancePermission
from lms.attendance.queries import LocalMeeting, read_local, visible_to
from lms.core.actors import Actor
from lms.core.db import db

AROUND: Final = timedelta(days=3)
"""Wider than today and tomorrow in any time zone; which days these are is then asked of each place."""
MOST: Final = 200


def list_offered(actor: Actor, now: datetime) -> list[LocalMeeting]:
    """Return the meetings of today and tomorrow whose register the actor keeps, in order of time."""
    statement = visible_to(actor, AttendancePermission.KEEP_REGISTER).where(
        Meeting.starts_at <= now + AROUND, Meeting.ends_at >= now - AROUND, Meeting.cancelled_at.is_(None)
    )
    rows = db.session.execute(statement.order_by(Meeting.starts_at, Meeting.id).limit(MOST)).all()
    found = (read_local(row) for row in rows)
    return [
        each for each in found if is_offered(each.meeting.starts_at, each.meeting.ends_at, each.zone, now)
    ]


def access_kept(actor: Actor, meeting_ids: Collection[UUID]) -> dict[UUID, LocalMeeting]:
    """Return by id those of these meetings whose register the actor keeps, in one query."""
    statement = visible_to(actor, AttendancePermission.KEEP_REGISTER).where(Meeting.id.in_(meeting_ids))
    found = (read_local(row) for row in db.session.execute(statement).all())
    return {each.id: each for each in found}

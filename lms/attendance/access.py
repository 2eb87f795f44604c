"""From an id and an actor to a meeting or a cohort's register, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from lms.attendance import codes
from lms.attendance.errors import CodeExpired, CodeRefused
from lms.attendance.models import Attendance, Meeting
from lms.attendance.permissions import AttendancePermission
from lms.attendance.queries import (
    LocalMeeting,
    OwnMeeting,
    kept_cohorts,
    list_nearby,
    own_meetings,
    read_local,
    read_own,
    readable_cohorts,
    visible_to,
)
from lms.attendance.rooms.models import MeetingRoom
from lms.attendance.rooms.queries import list_rooms
from lms.attendance.scans import Scan
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A meeting to which a code leads, and when the code was read from its screen."""

    local: LocalMeeting
    read_at: datetime
    room: MeetingRoom | None = None
    """Whose screen showed it, where the meeting has several rooms."""

    @property
    def screen(self) -> tuple[str, UUID]:
        """Return secret and id of what showed the code."""
        return _screen(self.local, self.room)


def _screen(local: LocalMeeting, room: MeetingRoom | None) -> tuple[str, UUID]:
    return (room.secret, room.id) if room else (local.meeting.secret, local.id)


def _screens(nearby: Sequence[LocalMeeting]) -> list[tuple[LocalMeeting, MeetingRoom | None]]:
    """Return everything near that shows a code: meetings, and their rooms where they have several; one query."""
    by_id = {local.id: local for local in nearby}
    rooms = list_rooms(by_id) if by_id else ()
    return [*((local, None) for local in nearby), *((by_id[room.meeting_id], room) for room in rooms)]


def refusal_of(code: str, now: datetime) -> CodeRefused:
    """Return why a code that opens no door is refused: it has changed, or it never was one."""
    screens = _screens(list_nearby(now))
    was_one = any(codes.was_shown(*_screen(local, room), code, now) for local, room in screens)
    return CodeExpired() if was_one else CodeRefused()


def find_door(code: str, *, scan: Scan | None, now: datetime) -> Door | None:
    """Return the meeting whose code this is now, or was when this browser scanned it; None when it is neither.

    A code is made from one meeting's own secret, so it leads to no other; whether its holder may enter is
    for the service to say.
    """
    screens = _screens(list_nearby(now))
    for local, room in screens:
        if codes.matches(*_screen(local, room), code, now):
            return Door(local=local, read_at=now, room=room)
    for local, room in screens if scan else ():
        if scan and (local.id, room.id if room else None) == (scan.meeting_id, scan.room_id):
            return Door(local=local, read_at=scan.read_at, room=room)
    return None

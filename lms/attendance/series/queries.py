"""Reads about series, the days that they skip, and what else happens at their hours."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import or_, select

from lms.attendance.models import Attendance, Meeting
from lms.attendance.queries import LocalMeeting, keeps, local_meetings, read_local
from lms.attendance.series.models import Holiday
from lms.attendance.series.rules import Reach
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.folding import fold


def list_holidays(programme_id: UUID) -> Sequence[Holiday]:
    """Return the days on which a programme's people do not work, in order."""
    return db.session.scalars(
        select(Holiday).where(Holiday.programme_id == programme_id).order_by(Holiday.day)
    ).all()


def holidays_by_day(programme_id: UUID) -> dict[date, str]:
    """Return the names of those days."""
    return {each.day: each.name for each in list_holidays(programme_id)}


def list_members(meeting: Meeting, reach: Reach, now: datetime) -> list[LocalMeeting]:
    """Return the meetings of a series that a change reaches: those that stand and have not begun, in order."""
    statement = local_meetings().where(
        Meeting.series_id == meeting.series_id,
        Meeting.cohort_id == meeting.cohort_id,
        Meeting.cancelled_at.is_(None),
        Meeting.starts_at > now,
    )
    if reach is Reach.FOLLOWING:
        statement = statement.where(Meeting.starts_at >= meeting.starts_at)
    rows = db.session.execute(statement.order_by(Meeting.starts_at, Meeting.id)).all()
    return [read_local(row) for row in rows]


def held_among(meeting_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return which of these meetings have marks and so cannot be called off."""
    rows = db.session.scalars(
        select(Attendance.meeting_id).where(Attendance.meeting_id.in_(meeting_ids)).distinct()
    )
    return frozenset(rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """When, where and with whom a meeting would be."""

    starts_at: datetime
    ends_at: datetime
    venue: str
    room: str
    facilitator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Another meeting that needs the same room or the same person at the same time."""

    local: LocalMeeting
    is_room: bool
    is_facilitator: bool
    is_shown: bool
    """Whether the reader keeps that register and so may read its title."""


def find_clashes(wanted: Sequence[Wanted], *, actor: Actor, leave_out: Collection[UUID] = ()) -> list[Clash]:
    """Return the meetings of any cohort that overlap these in time and share room or trainer, in one query.

    Rooms are the same when venue and room are; who facilitates, when the name is, accents and case aside.
    """
    if not wanted:
        return []
    first, last = min(each.starts_at for each in wanted), max(each.ends_at for each in wanted)
    rows = db.session.execute(
        local_meetings()
        .where(
            Meeting.cancelled_at.is_(None),
            Meeting.starts_at < last,
            Meeting.ends_at > first,
            or_(Meeting.room != "", Meeting.facilitator != ""),
        )
        .order_by(Meeting.starts_at, Meeting.id)
    ).all()
    others = [read_local(row) for row in rows]
    found = (_clash(each, wanted, actor) for each in others if each.id not in leave_out)
    return [each for each in found if each]


def _clash(local: LocalMeeting, wanted: Sequence[Wanted], actor: Actor) -> Clash | None:
    other = local.meeting
    near = [each for each in wanted if each.starts_at < other.ends_at and other.starts_at < each.ends_at]
    room = any(_room(each.venue, each.room) == _room(other.venue, other.room) for each in near if each.room)
    person = any(fold(each.facilitator) == fold(other.facilitator) for each in near if each.facilitator)
    if not room and not person:
        return None
    return Clash(local=local, is_room=room, is_facilitator=person, is_shown=keeps(actor, local.cohort))


def _room(venue: str, room: str) -> tuple[str, str]:
    return fold(venue), fold(room)

"""What can be done with groups and rooms; the only writer of their tables. Every verb may be asked twice."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from lms.attendance.errors import MeetingCancelled
from lms.attendance.models import Meeting
from lms.attendance.rooms import queries
from lms.attendance.rooms.errors import GroupInUse, GroupNameTaken, NobodyToDivide, RoomNameTaken, RoomUsed
from lms.attendance.rooms.messages import GroupChanged, GroupRemoved, GroupsMade, RoomRemoved, RoomsOpened
from lms.attendance.rooms.models import CohortGroup, GroupMember, MeetingRoom, RoomSighting
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id, new_token
from lms.learning.models import Cohort, Enrolment


def make_groups(
    cohort: Cohort, groups: Sequence[tuple[str, Collection[UUID]]], *, actor: Actor, now: datetime
) -> list[CohortGroup]:
    """Make groups with a name and people each; one of a name that there is gets exactly these people.

    So that dividing again, once more people are enrolled, brings the same groups up to date.
    Raises NobodyToDivide.
    """
    if not groups:
        raise NobodyToDivide
    made = []
    for name, people in groups:
        group = queries.find_group(cohort.id, name)
        if group is None:
            group = CohortGroup(id=new_id(), cohort_id=cohort.id, name=name)
            db.session.add(group)
            db.session.flush()
        _fill(group, people)
        made.append(group)
    publish(GroupsMade(at=now, actor=actor, subject_id=cohort.id, groups=len(made)))
    return made


def change_group(
    group: CohortGroup, *, name: str, people: Collection[UUID], actor: Actor, now: datetime
) -> None:
    """Give a group a name and exactly these people; raises GroupNameTaken."""
    other = queries.find_group(group.cohort_id, name)
    if other and other.id != group.id:
        raise GroupNameTaken
    group.name = name
    _fill(group, people)
    publish(
        GroupChanged(
            at=now, actor=actor, subject_id=group.id, cohort_id=group.cohort_id, people=len(set(people))
        )
    )


def remove_group(group: CohortGroup, *, actor: Actor, now: datetime) -> None:
    """Remove a group; its people stay in the cohort. Raises GroupInUse."""
    if queries.has_room(group.id):
        raise GroupInUse
    db.session.execute(delete(GroupMember).where(GroupMember.group_id == group.id))
    db.session.delete(group)
    db.session.flush()
    publish(GroupRemoved(at=now, actor=actor, subject_id=group.id, cohort_id=group.cohort_id))


def open_rooms(
    meeting: Meeting, rooms: Sequence[tuple[str, CohortGroup | None]], *, actor: Actor, now: datetime
) -> list[MeetingRoom]:
    """Let a meeting happen in more rooms, each with a name and whose it is.

    Raises MeetingCancelled and RoomNameTaken.
    """
    if meeting.cancelled_at:
        raise MeetingCancelled
    known = {room.name for room in queries.list_rooms([meeting.id])}
    names = [name for name, _group in rooms]
    if known & set(names) or len(set(names)) < len(names):
        raise RoomNameTaken
    opened = [
        MeetingRoom(
            id=new_id(),
            meeting_id=meeting.id,
            name=name,
            group_id=group.id if group else None,
            secret=new_token(),
        )
        for name, group in rooms
    ]
    db.session.add_all(opened)
    db.session.flush()
    publish(RoomsOpened(at=now, actor=actor, subject_id=meeting.id, rooms=len(opened)))
    return opened


def remove_room(room: MeetingRoom, *, is_used: bool, actor: Actor, now: datetime) -> None:
    """Take a room out of a meeting; raises RoomUsed once something tells of it, as a tablet or a sheet does."""
    if is_used or queries.has_sightings(room.id):
        raise RoomUsed
    db.session.delete(room)
    db.session.flush()
    publish(RoomRemoved(at=now, actor=actor, subject_id=room.id, meeting_id=room.meeting_id))


def note_seen(room: MeetingRoom | None, enrolment: Enrolment | None, *, now: datetime) -> None:
    """Keep that somebody was seen in a room, once; their mark is the meeting's, whichever room it was."""
    if room and enrolment and queries.find_sighting(room.id, enrolment.id) is None:
        db.session.add(RoomSighting(id=new_id(), room_id=room.id, enrolment_id=enrolment.id, seen_at=now))
        db.session.flush()


def _fill(group: CohortGroup, people: Iterable[UUID]) -> None:
    wanted, members = set(people), queries.members_of(group.id)
    for key in members.keys() - wanted:
        db.session.delete(members[key])
    db.session.add_all(
        GroupMember(id=new_id(), group_id=group.id, enrolment_id=key)
        for key in sorted(wanted - members.keys())
    )
    db.session.flush()

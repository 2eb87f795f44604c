"""Reads about groups, rooms and who belongs where."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from lms.accounts.queries import is_real_person
from lms.attendance.models import Attendance, Meeting
from lms.attendance.queries import Arrivals, kept_cohorts
from lms.attendance.rooms.models import CohortGroup, GroupMember, MeetingRoom, RoomSighting
from lms.attendance.rules import HERE
from lms.core.actors import Actor
from lms.core.db import db
from lms.learning.models import Cohort, Enrolment, EnrolmentState


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedGroup:
    """A group and how many of its people take part."""

    group: CohortGroup
    people: int


def list_groups(cohort_id: UUID) -> list[CountedGroup]:
    """Return the groups of a cohort by name, in one query."""
    active = and_(Enrolment.id == GroupMember.enrolment_id, Enrolment.state == EnrolmentState.ACTIVE)
    rows = db.session.execute(
        select(CohortGroup, func.count(Enrolment.id))
        .outerjoin(GroupMember, GroupMember.group_id == CohortGroup.id)
        .outerjoin(Enrolment, active)
        .where(CohortGroup.cohort_id == cohort_id)
        .group_by(CohortGroup.id)
        .order_by(CohortGroup.name)
    ).all()
    return [CountedGroup(group=row[0], people=row[1]) for row in rows]


def find_group(cohort_id: UUID, name: str) -> CohortGroup | None:
    """Return a cohort's group of a name."""
    return db.session.scalar(
        select(CohortGroup).where(CohortGroup.cohort_id == cohort_id, CohortGroup.name == name)
    )


def find_kept_group(actor: Actor, group_id: UUID) -> CohortGroup | None:
    """Return a group of a cohort whose register the actor keeps."""
    statement = select(CohortGroup).join(Cohort, Cohort.id == CohortGroup.cohort_id)
    return db.session.scalar(statement.where(CohortGroup.id == group_id, kept_cohorts(actor)))


def members_of(group_id: UUID) -> dict[UUID, GroupMember]:
    """Return the members of a group by enrolment."""
    rows = db.session.scalars(select(GroupMember).where(GroupMember.group_id == group_id))
    return {row.enrolment_id: row for row in rows}


def has_room(group_id: UUID) -> bool:
    """Say whether a room is of this group."""
    return bool(db.session.scalar(select(exists().where(MeetingRoom.group_id == group_id))))


def list_rooms(meeting_ids: Collection[UUID]) -> Sequence[MeetingRoom]:
    """Return the rooms of meetings by name, in one query; none for a meeting in one room."""
    return db.session.scalars(
        select(MeetingRoom)
        .where(MeetingRoom.meeting_id.in_(meeting_ids))
        .order_by(MeetingRoom.name, MeetingRoom.id)
    ).all()


def find_room(meeting_id: UUID, room_id: UUID) -> MeetingRoom | None:
    """Return a room of a meeting."""
    return db.session.scalar(
        select(MeetingRoom).where(MeetingRoom.meeting_id == meeting_id, MeetingRoom.id == room_id)
    )


def find_kept_room(actor: Actor, room_id: UUID) -> MeetingRoom | None:
    """Return a room of a meeting whose register the actor keeps."""
    return db.session.scalar(
        select(MeetingRoom)
        .join(Meeting, Meeting.id == MeetingRoom.meeting_id)
        .join(Cohort, Cohort.id == Meeting.cohort_id)
        .where(MeetingRoom.id == room_id, kept_cohorts(actor))
    )


def belongs(room: MeetingRoom) -> ColumnElement[bool]:
    """Return the condition under which somebody of the cohort is expected in a room.

    They are of its group, or of no group that has a room at this meeting: those are expected in all.
    """
    own = select(GroupMember.enrolment_id).where(GroupMember.group_id == room.group_id)
    placed = (
        select(GroupMember.enrolment_id)
        .join(MeetingRoom, MeetingRoom.group_id == GroupMember.group_id)
        .where(MeetingRoom.meeting_id == room.meeting_id)
    )
    return or_(Enrolment.id.in_(own), Enrolment.id.not_in(placed))


def people_of(room: MeetingRoom, cohort_id: UUID) -> frozenset[UUID]:
    """Return the enrolments that are expected in a room, in one query."""
    active = Enrolment.state == EnrolmentState.ACTIVE
    statement = select(Enrolment.id).where(Enrolment.cohort_id == cohort_id, active, belongs(room))
    return frozenset(db.session.scalars(statement))


def rooms_by_person(meeting_id: UUID, enrolment_ids: Collection[UUID]) -> Mapping[UUID, list[str]]:
    """Return in which rooms of a meeting people are expected who have one, by enrolment, in one query."""
    rows = db.session.execute(
        select(GroupMember.enrolment_id, MeetingRoom.name)
        .join(MeetingRoom, MeetingRoom.group_id == GroupMember.group_id)
        .where(MeetingRoom.meeting_id == meeting_id, GroupMember.enrolment_id.in_(enrolment_ids))
        .order_by(MeetingRoom.name)
    ).all()
    found: dict[UUID, list[str]] = {}
    for key, name in rows:
        found.setdefault(key, []).append(name)
    return found


def rooms_at(enrolment_ids: Collection[UUID]) -> Mapping[tuple[UUID, UUID], list[str]]:
    """Return in which rooms these people are expected who have one, by enrolment and meeting, in one query."""
    rows = db.session.execute(
        select(GroupMember.enrolment_id, MeetingRoom.meeting_id, MeetingRoom.name)
        .join(MeetingRoom, MeetingRoom.group_id == GroupMember.group_id)
        .where(GroupMember.enrolment_id.in_(enrolment_ids))
        .order_by(MeetingRoom.name)
    ).all()
    found: dict[tuple[UUID, UUID], list[str]] = {}
    for person, meeting, name in rows:
        found.setdefault((person, meeting), []).append(name)
    return found


def count_arrivals(room: MeetingRoom, cohort_id: UUID) -> Arrivals:
    """Return how many of those expected in a room who count came to the meeting, in one query."""
    here = func.count(Attendance.id).filter(Attendance.mark.in_(HERE))
    marked = and_(Attendance.enrolment_id == Enrolment.id, Attendance.meeting_id == room.meeting_id)
    row = db.session.execute(
        select(here, func.count(Enrolment.id))
        .select_from(Enrolment)
        .outerjoin(Attendance, marked)
        .where(
            Enrolment.cohort_id == cohort_id,
            Enrolment.state == EnrolmentState.ACTIVE,
            is_real_person(Enrolment.person_id),
            belongs(room),
        )
    ).one()
    return Arrivals(here=row[0], enrolled=row[1])


def has_sightings(room_id: UUID) -> bool:
    """Say whether anybody was seen in a room."""
    return bool(db.session.scalar(select(exists().where(RoomSighting.room_id == room_id))))


def find_sighting(room_id: UUID, enrolment_id: UUID) -> RoomSighting | None:
    """Return that somebody was seen in a room."""
    return db.session.scalar(
        select(RoomSighting).where(RoomSighting.room_id == room_id, RoomSighting.enrolment_id == enrolment_id)
    )


def list_strayed(meeting_id: UUID) -> list[tuple[RoomSighting, str]]:
    """Return who was seen at a meeting in a room that is not theirs while they have one there, with its name."""
    rows = db.session.execute(
        select(RoomSighting, MeetingRoom)
        .join(MeetingRoom, MeetingRoom.id == RoomSighting.room_id)
        .where(MeetingRoom.meeting_id == meeting_id)
        .order_by(RoomSighting.seen_at, RoomSighting.id)
    ).all()
    placed = rooms_by_person(meeting_id, {sighting.enrolment_id for sighting, _room in rows})
    return [
        (sighting, room.name)
        for sighting, room in rows
        if room.name not in placed.get(sighting.enrolment_id, [room.name])
    ]

"""Personal data of groups and rooms."""

from uuid import UUID

from sqlalchemy import delete, select

from lms.attendance.models import Meeting
from lms.attendance.rooms.models import CohortGroup, GroupMember, MeetingRoom, RoomSighting
from lms.core.db import db
from lms.core.i18n import _l
from lms.core.privacy import PersonalData
from lms.core.types import Json
from lms.learning.models import Enrolment


def _export_groups(person_id: UUID) -> list[Json]:
    names = db.session.scalars(
        select(CohortGroup.name)
        .join(GroupMember, GroupMember.group_id == CohortGroup.id)
        .join(Enrolment, Enrolment.id == GroupMember.enrolment_id)
        .where(Enrolment.person_id == person_id)
        .order_by(CohortGroup.name)
    )
    return [{"group": name} for name in names]


def _export_sightings(person_id: UUID) -> list[Json]:
    rows = db.session.execute(
        select(Meeting.title, MeetingRoom.name, RoomSighting.seen_at)
        .join(MeetingRoom, MeetingRoom.meeting_id == Meeting.id)
        .join(RoomSighting, RoomSighting.room_id == MeetingRoom.id)
        .join(Enrolment, Enrolment.id == RoomSighting.enrolment_id)
        .where(Enrolment.person_id == person_id)
        .order_by(RoomSighting.seen_at)
    ).all()
    return [{"meeting": title, "room": name, "seen": str(seen)} for title, name, seen in rows]


def _erase_groups(person_id: UUID) -> int:
    """Take the person out of every group: a list of a room is of no use without a name."""
    own = select(Enrolment.id).where(Enrolment.person_id == person_id)
    gone = delete(GroupMember).where(GroupMember.enrolment_id.in_(own)).returning(GroupMember.id)
    return len(db.session.scalars(gone).all())


def _erase_sightings(person_id: UUID) -> int:
    """Forget the rooms; the mark at the meeting stays without a name."""
    own = select(Enrolment.id).where(Enrolment.person_id == person_id)
    gone = delete(RoomSighting).where(RoomSighting.enrolment_id.in_(own)).returning(RoomSighting.id)
    return len(db.session.scalars(gone).all())


GROUPS = PersonalData(
    name="rooms.member",
    tables=("cohort_group_member",),
    purpose=_l("Saber a qué grupo de la cohorte, y por tanto a qué sala, le toca ir a cada persona."),
    retention=_l("Mientras exista el grupo; al borrar la cuenta se borra."),
    export=_export_groups,
    erase=_erase_groups,
)
SIGHTINGS = PersonalData(
    name="rooms.sighting",
    tables=("room_sighting",),
    purpose=_l("Saber en qué sala se registró cada persona cuando la sesión tiene varias."),
    retention=_l("Mientras el programa rinda cuentas; al borrar la cuenta se borra."),
    export=_export_sightings,
    erase=_erase_sightings,
)

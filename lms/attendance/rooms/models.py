"""Groups of a cohort, the rooms of a meeting, and who was seen in which."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import UTCDateTime


class CohortGroup(Base):
    """A named set of people of a cohort."""

    __tablename__ = "cohort_group"
    __table_args__ = (UniqueConstraint("cohort_id", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    cohort_id: Mapped[UUID] = mapped_column(ForeignKey("cohort.id"))
    name: Mapped[str] = mapped_column(String(120))


class GroupMember(Base):
    """Somebody of a group."""

    __tablename__ = "cohort_group_member"
    __table_args__ = (UniqueConstraint("group_id", "enrolment_id"), Index(None, "enrolment_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    group_id: Mapped[UUID] = mapped_column(ForeignKey("cohort_group.id", ondelete="CASCADE"))
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"))


class MeetingRoom(Base):
    """One of the rooms in which a meeting happens at the same time; who is there is marked at the meeting."""

    __tablename__ = "meeting_room"
    __table_args__ = (UniqueConstraint("meeting_id", "name"), Index(None, "group_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    name: Mapped[str] = mapped_column(String(120))
    group_id: Mapped[UUID | None] = mapped_column(ForeignKey("cohort_group.id"))
    """Whose room it is; null for whoever has no other."""
    secret: Mapped[str] = mapped_column(String(64))
    """Key from which the codes of its own screen are made; never leaves the server."""


class RoomSighting(Base):
    """Somebody was seen in a room: there they scanned the code, or tapped their name."""

    __tablename__ = "room_sighting"
    __table_args__ = (UniqueConstraint("room_id", "enrolment_id"), Index(None, "enrolment_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    room_id: Mapped[UUID] = mapped_column(ForeignKey("meeting_room.id"))
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"))
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime)

"""Tablets at doors, and people who were on no list."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.attendance.kiosk.rules import MOST_TRIES, WalkInState
from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import UTCDateTime, text_enum

__all__ = ["Kiosk", "WalkIn", "WalkInState"]


class Kiosk(Base):
    """A tablet that somebody who keeps the register left at the door of one meeting; nobody is signed in on it."""

    __tablename__ = "kiosk"
    __table_args__ = (Index(None, "meeting_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    key_digest: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of the key in the tablet's cookie: a copy of the database opens nothing."""
    pin_hash: Mapped[str] = mapped_column(String(200))
    """Argon2id of the PIN with which the tablet is taken away."""
    tries: Mapped[int] = mapped_column(default=0)
    """Wrong PINs since it was opened or unlocked."""
    opened_by: Mapped[UUID]
    """Who left it there and answers for what is tapped on it."""
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    room_id: Mapped[UUID | None] = mapped_column(ForeignKey("meeting_room.id"))
    """At whose door it stands where the meeting has several rooms; null for the meeting's only one."""
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    @property
    def is_locked(self) -> bool:
        """Say whether the PIN was tried too often."""
        return self.tries >= MOST_TRIES


class WalkIn(Base):
    """Somebody who was on no list, wrote their name at the door and takes part until the staff decides."""

    __tablename__ = "walk_in"
    __table_args__ = (UniqueConstraint("meeting_id", "form_key"), Index(None, "enrolment_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"))
    form_key: Mapped[str] = mapped_column(String(64))
    """Of the page on which they wrote: sending it twice makes one person."""
    email: Mapped[str] = mapped_column(String(254), default="")
    """What they typed, which nobody has checked; becomes theirs when the staff accepts them and nobody else has it."""
    state: Mapped[WalkInState] = mapped_column(text_enum(WalkInState), default=WalkInState.PENDING)
    arrived_at: Mapped[datetime] = mapped_column(UTCDateTime)
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

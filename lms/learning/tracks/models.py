"""Changes of the sector of an enrolment."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import UTCDateTime, text_enum
from lms.learning.tracks.rules import TrackState

IS_WAITING = text("state = 'waiting'")


class TrackRequest(Base):
    """A change of sector: asked for, or made by the staff at once. The rows of an enrolment are its history."""

    __tablename__ = "track_request"
    __table_args__ = (
        # One at a time waits for an answer.
        Index(
            "uq_track_request_waiting",
            "enrolment_id",
            unique=True,
            sqlite_where=IS_WAITING,
            postgresql_where=IS_WAITING,
        ),
        Index(None, "enrolment_id", "asked_at"),
        Index(None, "state", "asked_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"))
    before: Mapped[str | None] = mapped_column(String(20))
    """The sector when it was asked for; null for all of them open."""
    after: Mapped[str | None] = mapped_column(String(20))
    state: Mapped[TrackState] = mapped_column(text_enum(TrackState))
    reason: Mapped[str] = mapped_column(Text, default="")
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    asked_by: Mapped[UUID | None]
    """The person, their focal point, or whoever of the staff changed it."""
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by: Mapped[UUID | None]
    note: Mapped[str] = mapped_column(Text, default="")
    """What the staff answered."""

"""Meetings of a cohort and the marks of the people enrolled in it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.attendance.rules import Mark, Method, Window, window_of
from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import UTCDateTime, text_enum

__all__ = ["Attendance", "Mark", "Meeting", "Method"]


class Meeting(Base):
    """One planned session of a cohort."""

    __tablename__ = "meeting"
    __table_args__ = (Index(None, "cohort_id", "starts_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    cohort_id: Mapped[UUID] = mapped_column(ForeignKey("cohort.id"))
    title: Mapped[str] = mapped_column(String(200))
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)
    venue: Mapped[str] = mapped_column(String(250), default="")
    facilitator: Mapped[str] = mapped_column(String(160), default="")
    secret: Mapped[str] = mapped_column(String(64))
    """Key from which the rotating codes are made; never leaves the server."""
    opens_minutes_before: Mapped[int] = mapped_column(default=30)
    """Check-in opens so many minutes before the start."""
    late_after_minutes: Mapped[int] = mapped_column(default=15)
    """From so many minutes after the start a check-in counts as late."""
    is_mandatory: Mapped[bool] = mapped_column(default=False)
    """Without it there is no certificate, whatever the share."""
    cancelled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """A cancelled meeting is not planned any more and counts for nobody; null while it stands."""

    @property
    def window(self) -> Window:
        """Return the instants that decide about marks."""
        return window_of(
            self.starts_at,
            self.ends_at,
            opens_minutes_before=self.opens_minutes_before,
            late_after_minutes=self.late_after_minutes,
        )


class Attendance(Base):
    """A person's mark at a meeting; there is at most one, and it keeps how it was taken."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("meeting_id", "enrolment_id"), Index(None, "enrolment_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"))
    mark: Mapped[Mark] = mapped_column(text_enum(Mark))
    method: Mapped[Method] = mapped_column(text_enum(Method))
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    recorded_by: Mapped[UUID | None]
    """Who took the mark: the trainer, or the trainee themselves; null for the system."""
    checked_in_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When the person themselves read the code in the room; null without. A correction leaves it."""
    note: Mapped[str] = mapped_column(String(250), default="")

"""What people say of the meetings that they miss."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.attendance.excuses.rules import LONGEST_TEXT, ExcuseState, Grounds
from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import UTCDateTime, text_enum

__all__ = ["Excuse", "ExcuseState", "Grounds"]


class Excuse(Base):
    """A person asks that an absence be taken as justified; there is one for each meeting, which may be asked again."""

    __tablename__ = "excuse"
    __table_args__ = (
        UniqueConstraint("meeting_id", "enrolment_id"),
        Index(None, "enrolment_id"),
        Index(None, "state", "changed_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"))
    grounds: Mapped[Grounds] = mapped_column(text_enum(Grounds))
    text: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    state: Mapped[ExcuseState] = mapped_column(text_enum(ExcuseState), default=ExcuseState.PENDING)
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    """When it came to its present state."""
    decided_by: Mapped[UUID | None]
    answer: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    """What whoever decided tells the person."""
    paper_id: Mapped[UUID | None]
    """Key of the paper in the storage; null without one, or once it was erased."""
    paper_digest: Mapped[str] = mapped_column(String(64), default="")
    paper_format: Mapped[str] = mapped_column(String(10), default="")

    @property
    def has_paper(self) -> bool:
        """Say whether a paper is kept."""
        return self.paper_id is not None

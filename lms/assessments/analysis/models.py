"""What people said of a pattern after looking at it. The patterns themselves are never stored."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import UTCDateTime


class PatternReview(Base):
    """Somebody who runs the cohort looked at a pattern and put it aside; nothing else follows from it."""

    __tablename__ = "pattern_review"
    __table_args__ = (
        UniqueConstraint("unit_id", "rule", "enrolment_id", "other_id"),
        Index(None, "enrolment_id"),
        Index(None, "other_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    rule: Mapped[str] = mapped_column(String(20))
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"))
    other_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"))
    """The other person of a pair; the same one again for what concerns one person, so that the constraint holds."""
    note: Mapped[str] = mapped_column(String(250), default="")
    reviewed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    reviewed_by: Mapped[UUID | None]

"""A plan as it was sent to a superior; its texts are the answers of an attempt."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import UTCDateTime, text_enum


class PlanState(StrEnum):
    """Where a plan stands; a draft is an attempt that was not sent."""

    DRAFT = "draft"
    SENT = "sent"
    CHANGES = "changes"
    APPROVED = "approved"


class Plan(Base):
    """One sending of a plan. Mended, it is sent anew as another row with another attempt."""

    __tablename__ = "application_plan"
    __table_args__ = (Index(None, "state", "sent_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id"), unique=True)
    superior_name: Mapped[str] = mapped_column(String(160))
    superior_post: Mapped[str] = mapped_column(String(160))
    superior_email: Mapped[str] = mapped_column(String(254))
    """Empty once it is of no more use."""
    state: Mapped[PlanState] = mapped_column(text_enum(PlanState))
    """Sent, changes or approved."""
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime)
    mailed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    """When the last letter was ordered."""
    letters: Mapped[int]
    """How many letters were ordered, reminders too."""
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by: Mapped[UUID | None]
    """The person who answered in the application; null for the superior with the link."""
    comment: Mapped[str] = mapped_column(Text, server_default="")
    """For the person who wrote the plan."""

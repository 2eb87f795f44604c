"""Which notices a cohort sends, what became of each, who wants none, and when a programme keeps quiet."""

from datetime import datetime, time
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.attendance.notices.rules import LONGEST_EXTRA, NoticeKind, NoticeState, Quiet, Reason
from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import UTCDateTime, text_enum


class CohortNotice(Base):
    """A cohort sends a kind of notice, or not; cohorts without a row do not."""

    __tablename__ = "cohort_notice"
    __table_args__ = (UniqueConstraint("cohort_id", "kind"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    cohort_id: Mapped[UUID] = mapped_column(ForeignKey("cohort.id"))
    kind: Mapped[NoticeKind] = mapped_column(text_enum(NoticeKind))
    is_on: Mapped[bool] = mapped_column(default=False)
    amount: Mapped[int]
    """Hours, days or lessons: as ``DEFAULTS`` says of its kind."""
    extra: Mapped[str] = mapped_column(String(LONGEST_EXTRA), default="")
    """One more sentence in the letter, plain text with names in braces."""


class Notice(Base):
    """A notice to one person, once for each occasion; it stays as the log."""

    __tablename__ = "notice"
    __table_args__ = (
        Index(None, "cohort_id", "decided_at"),
        Index(None, "state", "due_at"),
        Index(None, "person_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    cohort_id: Mapped[UUID] = mapped_column(ForeignKey("cohort.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[NoticeKind] = mapped_column(text_enum(NoticeKind))
    occasion: Mapped[str] = mapped_column(String(80))
    """Which of the things of its kind: a meeting at its time; empty where a cohort has one."""
    key: Mapped[str] = mapped_column(String(200), unique=True)
    """Cohort, kind, occasion and person, so that nobody is told the same twice."""
    state: Mapped[NoticeState] = mapped_column(text_enum(NoticeState))
    reason: Mapped[Reason | None] = mapped_column(text_enum(Reason))
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    """Not before this moment."""
    decided_at: Mapped[datetime] = mapped_column(UTCDateTime)
    """When it came to its present state."""
    copies: Mapped[int] = mapped_column(default=0)
    """How often it was sent: more than once only when somebody asked for it."""


class NoticeRefusal(Base):
    """A person wants no notices but the indispensable ones."""

    __tablename__ = "notice_refusal"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    refused_at: Mapped[datetime] = mapped_column(UTCDateTime)


class QuietHours(Base):
    """When a programme writes to nobody; programmes without a row keep the usual hours."""

    __tablename__ = "quiet_hours"

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), primary_key=True)
    starts: Mapped[time] = mapped_column(Time)
    ends: Mapped[time] = mapped_column(Time)
    on_weekends: Mapped[bool] = mapped_column(default=True)

    @property
    def quiet(self) -> Quiet:
        """Return the hours as the rule takes them."""
        return Quiet(starts=self.starts, ends=self.ends, on_weekends=self.on_weekends)

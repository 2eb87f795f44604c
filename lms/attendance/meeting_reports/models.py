"""Reports of calls that were sent, whom the names in them stand for, and which columns unknown ones have."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.attendance.meeting_reports.planning import TOKEN_LENGTH
from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import Json, JsonValue, UTCDateTime

LONGEST_NAME = 120


class CallReport(Base):
    """A report that somebody sent for a meeting; the file is kept in private for some time, the counts for good."""

    __tablename__ = "call_report"
    __table_args__ = (
        UniqueConstraint("meeting_id", "digest"),
        Index(None, "cohort_id"),
        Index(None, "erase_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    """Where it was sent; it may tell of others of the cohort too."""
    cohort_id: Mapped[UUID] = mapped_column(ForeignKey("cohort.id"))
    digest: Mapped[str] = mapped_column(String(64))
    """Hash of the bytes: the same file again is the same report."""
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    sent_by: Mapped[UUID | None]
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime)
    applied_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When marks were last given from it; null while somebody looks at it."""
    outcome: Mapped[Json | None] = mapped_column(JsonValue)
    """How many marks were given, changed, left and kept against it, by meeting; null before."""
    erase_at: Mapped[datetime] = mapped_column(UTCDateTime)
    """When the file is erased."""
    file_id: Mapped[UUID | None]
    """Key of the file in the storage; null once it was erased."""
    file_digest: Mapped[str] = mapped_column(String(64), default="")

    @property
    def has_file(self) -> bool:
        """Say whether the file is kept."""
        return self.file_id is not None


class CallAlias(Base):
    """Somebody said whom a name in the calls of a cohort stands for; the next reports ask no more."""

    __tablename__ = "call_alias"
    __table_args__ = (UniqueConstraint("cohort_id", "token"), Index(None, "enrolment_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    cohort_id: Mapped[UUID] = mapped_column(ForeignKey("cohort.id"))
    token: Mapped[str] = mapped_column(String(TOKEN_LENGTH))
    """Of the participant's address, or of their folded name without one."""
    shown: Mapped[str] = mapped_column(String(LONGEST_NAME))
    """The name as the call showed it."""
    enrolment_id: Mapped[UUID | None] = mapped_column(ForeignKey("enrolment.id"))
    """Null: nobody of the group."""
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime] = mapped_column(UTCDateTime)


class CallColumns(Base):
    """Which column of an unknown report tells what, for every later one of the programme with the same heading."""

    __tablename__ = "call_columns"
    __table_args__ = (UniqueConstraint("programme_id", "heading"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"))
    heading: Mapped[str] = mapped_column(String(64))
    """Fingerprint of the heading."""
    columns: Mapped[Json] = mapped_column(JsonValue)
    """Position of the column by the name of what it tells."""

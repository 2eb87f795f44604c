"""Sheets on paper and whose each row is."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.attendance.paper.rules import row_code
from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import UTCDateTime


class PaperSheet(Base):
    """A list of a meeting's people as it was printed; its rows never change."""

    __tablename__ = "paper_sheet"
    __table_args__ = (UniqueConstraint("meeting_id", "code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    code: Mapped[str] = mapped_column(String(10))
    """What tells it from other sheets of the meeting, printed on it."""
    prepared_at: Mapped[datetime] = mapped_column(UTCDateTime)
    prepared_by: Mapped[UUID | None]
    room_id: Mapped[UUID | None] = mapped_column(ForeignKey("meeting_room.id"))
    """Of which room's people it is where the meeting has several; null for everybody."""
    entered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When its signatures were last typed in; null before."""
    scan_id: Mapped[UUID | None]
    """Key of the picture of the signed sheet in the storage; null without one, or once it was erased."""
    scan_digest: Mapped[str] = mapped_column(String(64), default="")
    scan_format: Mapped[str] = mapped_column(String(10), default="")
    scanned_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    @property
    def has_scan(self) -> bool:
        """Say whether a picture is kept."""
        return self.scan_id is not None

    def code_of(self, number: int) -> str:
        """Return the code of a row as it is printed."""
        return row_code(self.code, number)


class PaperRow(Base):
    """Whose a row of a sheet is."""

    __tablename__ = "paper_row"
    __table_args__ = (UniqueConstraint("sheet_id", "number"), Index(None, "enrolment_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    sheet_id: Mapped[UUID] = mapped_column(ForeignKey("paper_sheet.id"))
    number: Mapped[int]
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"))

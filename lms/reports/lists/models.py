"""Lists of enrolments that somebody asked for."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import UTCDateTime


class EnrolmentList(Base):
    """Every enrolment of a programme in one file: made by a job, kept in private for some days."""

    __tablename__ = "enrolment_list"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    """Who asked for it, and alone of those of its programme may take it."""
    form: Mapped[str] = mapped_column(String(4))
    """Its ending: csv or xlsx."""
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    erase_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    digest: Mapped[str] = mapped_column(String(64), default="")
    """By which the storage has its bytes; empty until they are made."""
    rows: Mapped[int] = mapped_column(default=0)
    size: Mapped[int] = mapped_column(default=0)

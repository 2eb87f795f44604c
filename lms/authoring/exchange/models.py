"""Booklets that were made: drawing one takes seconds, so it is kept by what it was made of."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import UTCDateTime


class Booklet(Base):
    """The PDF of a course, for exactly these files at this address."""

    __tablename__ = "booklet"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    stamp: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 over the address of the course and its files."""
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    sha256: Mapped[str | None] = mapped_column(String(64))
    """Hash of the PDF in the storage; null until it is drawn."""
    size: Mapped[int | None]
    """Bytes of the PDF; null until it is drawn."""

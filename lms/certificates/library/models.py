"""Designs that administrators uploaded; a published version never changes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import UTCDateTime


class CertificateDesign(Base):
    """One version of an uploaded design."""

    __tablename__ = "certificate_design"
    __table_args__ = (UniqueConstraint("name", "version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(60))
    """Name of its folder, as policies and documents know it."""
    version: Mapped[int]
    """As its metadata says."""
    title: Mapped[str] = mapped_column(String(250))
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 over its folder, which documents keep."""
    file_digest: Mapped[str] = mapped_column(String(64))
    """Name by which the storage has the zip."""
    file_size: Mapped[int]
    uploaded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    uploaded_by: Mapped[UUID | None]
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """From then on documents may be drawn with it; null while it is being looked at."""

"""Links to the totals of a programme."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import UTCDateTime


class DonorLink(Base):
    """An address without account that shows the totals of a programme until a day, or until it is closed."""

    __tablename__ = "donor_link"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), index=True)
    reader: Mapped[str] = mapped_column(String(160))
    """Which body it was given to, never a person."""
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_day: Mapped[date]
    """On which it opens for the last time."""
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

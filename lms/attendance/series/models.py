"""The days on which a programme holds no meetings."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.ids import new_id


class Holiday(Base):
    """A day on which a programme's people do not work; series of meetings skip it."""

    __tablename__ = "holiday"
    __table_args__ = (UniqueConstraint("programme_id", "day"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"))
    day: Mapped[date]
    name: Mapped[str] = mapped_column(String(120))

"""Which address of a person's calendar is the good one."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base


class CalendarFeed(Base):
    """How often a person changed the address of their calendar; without a row, never."""

    __tablename__ = "calendar_feed"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(default=0)
    """Addresses of an earlier one answer nothing."""

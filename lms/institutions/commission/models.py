"""Who holds the seats of a commission. The seat itself is the membership of an institution in a programme."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import text_enum
from lms.institutions.commission.rules import HolderRank


class SeatHolder(Base):
    """Somebody holds a seat, as titular or alternate, from one day to another, by a resolution."""

    __tablename__ = "seat_holder"
    __table_args__ = (
        Index(None, "membership_id", "starts_on"),
        # A seat has one titular and one alternate at a time.
        Index(
            "uq_seat_holder_open",
            "membership_id",
            "rank",
            unique=True,
            sqlite_where=text("ends_on IS NULL"),
            postgresql_where=text("ends_on IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"))
    rank: Mapped[HolderRank] = mapped_column(text_enum(HolderRank))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    """An account of the installation; null for somebody who has none."""
    name: Mapped[str] = mapped_column(String(160), default="")
    """As the resolution writes it, of somebody without an account."""
    post: Mapped[str] = mapped_column(String(200))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    """Last day, counted; null while it lasts."""
    resolution: Mapped[str] = mapped_column(String(120), default="")
    """Number of the act that names them; empty is shown as missing."""
    resolution_on: Mapped[date | None]

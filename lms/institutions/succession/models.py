"""Mergers and divisions of institutions, with what each of them moved."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import Json, JsonValue, UTCDateTime


class Succession(Base):
    """An institution is part of others from a day on; what it moved is written down for the way back."""

    __tablename__ = "succession"
    __table_args__ = (
        # An institution ends once.
        Index(
            "uq_succession_standing",
            "institution_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    institution_id: Mapped[UUID] = mapped_column(ForeignKey("institution.id"))
    starts_on: Mapped[date]
    """First day on which it is part of them."""
    decided_at: Mapped[datetime] = mapped_column(UTCDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    moves: Mapped[list[Any]] = mapped_column(JSON)
    """Affiliations that went: see ``rules.Move``."""
    units: Mapped[list[Any]] = mapped_column(JSON)
    """Ids of its units that went, each with where to, in hexadecimal."""
    handed: Mapped[Json | None] = mapped_column(JsonValue)
    """What each upper slice gave to them, by its name: see ``InstitutionTie.hand_over``."""


class Successor(Base):
    """An institution that goes on with the tasks of one that ended."""

    __tablename__ = "successor"
    __table_args__ = (UniqueConstraint("succession_id", "institution_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    succession_id: Mapped[UUID] = mapped_column(ForeignKey("succession.id"))
    institution_id: Mapped[UUID] = mapped_column(ForeignKey("institution.id"), index=True)
    position: Mapped[int]
    """The first one goes on with the tasks; the others come in the order in which they were chosen."""

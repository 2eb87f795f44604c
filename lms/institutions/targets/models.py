"""How many people an institution should see trained in a sector and period."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import text_enum
from lms.institutions.targets.rules import TargetSource


class TrainingTarget(Base):
    """A number of people to train, of an institution with everything below it, by sector and period."""

    __tablename__ = "training_target"
    __table_args__ = (
        UniqueConstraint("programme_id", "institution_id", "sector", "period"),
        CheckConstraint("people > 0", name="people_positive"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"))
    institution_id: Mapped[UUID] = mapped_column(ForeignKey("institution.id"), index=True)
    sector: Mapped[str] = mapped_column(String(20), default="")
    """A key of the table of sectors; empty for all of them."""
    period: Mapped[str] = mapped_column(String(7))
    """As ``rules.read_period`` reads it: 2026, 2026-S1, 2026-T3."""
    people: Mapped[int]
    source: Mapped[TargetSource] = mapped_column(text_enum(TargetSource))
    agreement_id: Mapped[UUID | None] = mapped_column(ForeignKey("agreement.id"), index=True)
    """The agreement that promises it; null for another source."""
    workforce: Mapped[int | None]
    """People who work there, of whom the target is a part; null for another source."""
    reference: Mapped[str] = mapped_column(String(250))
    """Where it is written: a clause, a session, a count of staff with its date."""

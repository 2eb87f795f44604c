"""The written policies about hours, and the hours that were closed when a course was completed."""

from datetime import datetime
from fractions import Fraction
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.attendance.hours.rules import Policy
from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import ExactFraction, Json, JsonValue, UTCDateTime

LONGEST_NOTE = 500


class HoursPolicy(Base):
    """One version of what a programme counts as hours; the highest holds. Rows are added and never changed."""

    __tablename__ = "hours_policy"
    __table_args__ = (UniqueConstraint("programme_id", "version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"))
    version: Mapped[int]
    minimum_stay: Mapped[Fraction] = mapped_column(ExactFraction)
    credits_excused: Mapped[bool]
    credits_online: Mapped[bool]
    online_share: Mapped[Fraction] = mapped_column(ExactFraction)
    online_seconds: Mapped[int | None]
    day_seconds: Mapped[int | None]
    asked_seconds: Mapped[int | None]
    prints_hours: Mapped[bool] = mapped_column(default=False)
    """Whether certificates print the credited hours and where they come from."""
    states: Mapped[Json] = mapped_column(JsonValue)
    """What each state was worth, by its code, as ``{"label": …, "role": …, "credit": "1/2"}``."""
    note: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")
    """Why it was written, such as the agreement of the commission."""
    set_at: Mapped[datetime] = mapped_column(UTCDateTime)
    set_by: Mapped[UUID | None]

    @property
    def policy(self) -> Policy:
        """Return it as the rule about hours reads it."""
        return Policy(
            minimum_stay=self.minimum_stay,
            credits_excused=self.credits_excused,
            credits_online=self.credits_online,
            online_share=self.online_share,
            online_seconds=self.online_seconds,
            day_seconds=self.day_seconds,
            asked_seconds=self.asked_seconds,
        )


class HoursLedger(Base):
    """The hours of an enrolment as they stood when the course was completed. Written once, never changed."""

    __tablename__ = "hours_ledger"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"), unique=True)
    version: Mapped[int]
    """Version of the programme's policy; 0 before it wrote any."""
    asked_seconds: Mapped[int | None]
    """What that version asked for; null where it asked for no hours."""
    prints_hours: Mapped[bool]
    """Whether that version has certificates print the hours."""
    lines: Mapped[list[Json]] = mapped_column(JsonValue)
    """One for each credit: see ``lms.attendance.hours.records``."""
    minutes: Mapped[int] = mapped_column(default=0, server_default="0")
    """What the lines add up to in whole minutes, so that a report adds up thousands of people without reading them."""
    closed_at: Mapped[datetime] = mapped_column(UTCDateTime)

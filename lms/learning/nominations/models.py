"""Calls, their quotas, and who was nominated."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import UTCDateTime, text_enum
from lms.learning.nominations.rules import NominationState, Window

IS_LIVE = text("state IN ('late', 'proposed', 'waiting', 'accepted')")


class NominationCall(Base):
    """The institutions may nominate people for a cohort from one instant to another."""

    __tablename__ = "nomination_call"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    cohort_id: Mapped[UUID] = mapped_column(ForeignKey("cohort.id"), unique=True)
    opens_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closes_at: Mapped[datetime] = mapped_column(UTCDateTime)
    """From this instant on a nomination is late."""
    substitutes_until: Mapped[datetime] = mapped_column(UTCDateTime)
    """From this instant on an institution no longer replaces nor withdraws an accepted person."""
    instructions: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    @property
    def window(self) -> Window:
        """Return the instants that the rules weigh."""
        return Window(
            opens_at=self.opens_at, closes_at=self.closes_at, substitutes_until=self.substitutes_until
        )


class NominationQuota(Base):
    """How many people an institution and everything below it may send; a nearer quota goes before a farther one."""

    __tablename__ = "nomination_quota"
    __table_args__ = (UniqueConstraint("call_id", "institution_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    call_id: Mapped[UUID] = mapped_column(ForeignKey("nomination_call.id"))
    institution_id: Mapped[UUID] = mapped_column(ForeignKey("institution.id"), index=True)
    places: Mapped[int]
    released: Mapped[int] = mapped_column(default=0)
    """Of the places, how many were given to everybody because nobody used them."""


class Nomination(Base):
    """A person whom an institution sends. It keeps the institution of its date."""

    __tablename__ = "nomination"
    __table_args__ = (
        # A person is nominated once at a time; what was declined or withdrawn stays as history.
        Index(
            "uq_nomination_live",
            "call_id",
            "person_id",
            unique=True,
            sqlite_where=IS_LIVE,
            postgresql_where=IS_LIVE,
        ),
        Index(None, "call_id", "state", "queued_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    call_id: Mapped[UUID] = mapped_column(ForeignKey("nomination_call.id"))
    quota_id: Mapped[UUID] = mapped_column(ForeignKey("nomination_quota.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    institution_id: Mapped[UUID] = mapped_column(ForeignKey("institution.id"), index=True)
    state: Mapped[NominationState] = mapped_column(text_enum(NominationState))
    from_common: Mapped[bool] = mapped_column(default=False)
    """Holds one of the places given to everybody, not one of its quota."""
    queued_at: Mapped[datetime] = mapped_column(UTCDateTime)
    """When it came: the order of those who wait. Whoever takes a place over takes this too."""
    proposed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    proposed_by: Mapped[UUID | None]
    """The person who nominated."""
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When the staff said accepted, waiting or declined; null before."""
    decided_by: Mapped[UUID | None]
    """Null before the verdict, and for a person who moved up by themselves."""
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was declined or withdrawn."""
    late_reason: Mapped[str] = mapped_column(Text, default="")
    """Why it came after the deadline, as the institution says; empty for one in time."""
    exception_reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was admitted all the same."""
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("nomination.id"), unique=True)
    """Whose place the person took over."""

"""Sessions of a commission with their agenda, presences, proposals, accords, letters and notes.

The product calls a session a sitting here: a *session* is a browser's, and a *meeting* is a cohort's.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import Json, JsonValue, UTCDateTime, text_enum
from lms.institutions.sessions.rules import (
    AccordState,
    Modality,
    PresenceKind,
    ProposalState,
    QuorumRule,
    SittingKind,
    SittingState,
    Vote,
)

LONGEST_TEXT = 1000


class SittingRules(Base):
    """How the commission of a programme meets; without a row, more than half of the seats make a quorum."""

    __tablename__ = "sitting_rules"

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), primary_key=True)
    quorum: Mapped[QuorumRule] = mapped_column(text_enum(QuorumRule))


class Sitting(Base):
    """One session of the commission of a programme."""

    __tablename__ = "sitting"
    __table_args__ = (
        UniqueConstraint("programme_id", "kind", "year", "number"),
        CheckConstraint("number > 0", name="number_positive"),
        Index(None, "day"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), index=True)
    kind: Mapped[SittingKind] = mapped_column(text_enum(SittingKind))
    number: Mapped[int]
    """Within the kind and the year."""
    year: Mapped[int]
    day: Mapped[date]
    """By the clock of the programme: who holds a seat on it is a member of this session."""
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    modality: Mapped[Modality] = mapped_column(text_enum(Modality))
    place: Mapped[str] = mapped_column(String(250))
    state: Mapped[SittingState] = mapped_column(text_enum(SittingState), default=SittingState.CONVENED)
    quorum: Mapped[QuorumRule | None] = mapped_column(text_enum(QuorumRule))
    """The rule as it was when the session began; null before."""
    seats: Mapped[int | None]
    """How many seats there were when it began."""
    seats_present: Mapped[int | None]
    """How many of them were present when it began."""
    held_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    approved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    minutes: Mapped[Json | None] = mapped_column(JsonValue)
    """What the minutes say since they were approved; null before."""
    minutes_pdf: Mapped[str] = mapped_column(String(64), default="")
    """SHA-256 of their PDF in the storage; empty until the job made it."""
    draft_pdf: Mapped[str | None] = mapped_column(String(64))
    """SHA-256 of a PDF of the minutes before their approval, in the storage; null while there is none."""
    draft_of: Mapped[str | None] = mapped_column(String(64))
    """SHA-256 of what that PDF was asked to say; while it differs from now, it is not the latest."""
    draft_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When that PDF was made; null while it is being made, or nobody asked for one."""


class AgendaItem(Base):
    """A point of the agenda."""

    __tablename__ = "agenda_item"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("sitting.id"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(250))
    note: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    """What was said about it, for the minutes."""


class Presence(Base):
    """Who came for an institution with a seat or as a guest; without a row nobody noted it."""

    __tablename__ = "sitting_presence"
    __table_args__ = (UniqueConstraint("sitting_id", "membership_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("sitting.id"))
    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), index=True)
    kind: Mapped[PresenceKind] = mapped_column(text_enum(PresenceKind))
    noted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When that was noted last; null for what was noted before the product kept it."""


class Proposal(Base):
    """Something put to the vote, and its result in seats."""

    __tablename__ = "proposal"
    __table_args__ = (UniqueConstraint("sitting_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("sitting.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(String(LONGEST_TEXT))
    state: Mapped[ProposalState] = mapped_column(text_enum(ProposalState), default=ProposalState.PENDING)
    in_favour: Mapped[int] = mapped_column(default=0)
    against: Mapped[int] = mapped_column(default=0)
    abstained: Mapped[int] = mapped_column(default=0)

    @property
    def vote(self) -> Vote:
        """Return the result."""
        return Vote(in_favour=self.in_favour, against=self.against, abstained=self.abstained)


class Accord(Base):
    """Something the commission agreed to do, «acuerdo»; with a proposal, once that is approved."""

    __tablename__ = "accord"
    __table_args__ = (UniqueConstraint("sitting_id", "number"), Index(None, "state", "due_on"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("sitting.id"))
    proposal_id: Mapped[UUID | None] = mapped_column(ForeignKey("proposal.id"), index=True)
    number: Mapped[int | None]
    """Given when it is adopted; null while it is only proposed."""
    text: Mapped[str] = mapped_column(String(LONGEST_TEXT))
    institution_id: Mapped[UUID | None] = mapped_column(ForeignKey("institution.id"), index=True)
    """Who answers for it; null when the whole commission does."""
    due_on: Mapped[date | None]
    state: Mapped[AccordState] = mapped_column(text_enum(AccordState))
    state_on: Mapped[date | None]
    """Since when it is in that state; null before anything happened."""


class AccordStep(Base):
    """An accord came to a state on a day. Added, never changed."""

    __tablename__ = "accord_step"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    accord_id: Mapped[UUID] = mapped_column(ForeignKey("accord.id"), index=True)
    state: Mapped[AccordState] = mapped_column(text_enum(AccordState))
    happened_on: Mapped[date]
    note: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)


class AccordPaper(Base):
    """A document with its folio that follows an accord: an issued report, or a table as it stood at an instant."""

    __tablename__ = "accord_paper"
    __table_args__ = (UniqueConstraint("accord_id", "source", "key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    accord_id: Mapped[UUID] = mapped_column(ForeignKey("accord.id"))
    source: Mapped[str] = mapped_column(String(60))
    """Name of where it comes from, among the contributions of ``register_sitting_papers``."""
    key: Mapped[str] = mapped_column(String(120))
    """By which its source knows it."""
    folio: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(250))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    """Instant of its figures."""
    table: Mapped[Json | None] = mapped_column(JsonValue)
    """Its cells as they were printed, with small ones hidden already; null for one that its source keeps."""


class SittingLetter(Base):
    """The convocation went to somebody who holds a seat; sent again, it is one more."""

    __tablename__ = "sitting_letter"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("sitting.id"), index=True)
    holder_id: Mapped[UUID] = mapped_column(ForeignKey("seat_holder.id"), index=True)
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime)
    job_id: Mapped[UUID | None]
    """The row of the queue of mail, while that keeps it; null for somebody without an address."""


class SittingNote(Base):
    """What is said about minutes after they were approved. Added, never changed."""

    __tablename__ = "sitting_note"
    __table_args__ = (UniqueConstraint("sitting_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("sitting.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)

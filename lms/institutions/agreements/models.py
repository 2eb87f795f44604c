"""Agreements with their parties, duties, commitments, papers and amendments."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import UTCDateTime, text_enum
from lms.institutions.agreements.rules import (
    AgreementKind,
    AmendmentKind,
    Channel,
    DutyKind,
    DutyState,
    PartyRole,
    Standing,
    standing_of,
)

LONGEST_TEXT = 1000


class Agreement(Base):
    """What several institutions agreed to do together for some months."""

    __tablename__ = "agreement"
    __table_args__ = (
        Index(None, "search_text"),
        Index(None, "ends_on"),
        CheckConstraint("months IS NULL OR months > 0", name="months_positive"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    programme_id: Mapped[UUID | None] = mapped_column(ForeignKey("programme.id"), index=True)
    """The programme that carries it out; null while there is none: then only whoever reaches everything keeps it."""
    code: Mapped[str] = mapped_column(String(40), unique=True)
    """How the office numbers it, such as CONV-2026-004."""
    title: Mapped[str] = mapped_column(String(250))
    kind: Mapped[AgreementKind] = mapped_column(text_enum(AgreementKind))
    purpose: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    starts_on: Mapped[date | None]
    """First day, from which the months count; null until it is signed."""
    months: Mapped[int | None]
    """How long it was signed for, without extensions; null for an agreement without a term."""
    ends_on: Mapped[date | None]
    """Last day with everything that changed it, counted; null until it is signed, or without a term."""
    is_without_funds: Mapped[bool] = mapped_column(default=False)
    """It moves no money: «sin erogación de recursos»."""
    holds_cohorts: Mapped[bool] = mapped_column(default=False)
    """New cohorts of its programme begin only while it, or another such agreement, is in force."""
    renews_id: Mapped[UUID | None] = mapped_column(ForeignKey("agreement.id"), unique=True)
    """The earlier agreement that this one carries on; each is renewed once."""
    search_text: Mapped[str] = mapped_column(String(600), default="")
    """Code, title and names of outside parties folded for search; kept by the service."""
    was_ended: Mapped[bool] = mapped_column(default=False)
    """Ended before its time, by an amendment that says so."""

    def standing(self, day: date) -> Standing:
        """Return what the agreement is on a day."""
        return standing_of(self.starts_on, self.ends_on, day, was_ended=self.was_ended)

    def days_left(self, day: date) -> int | None:
        """Return how many days are left after a day, negative once it ended; None without a last day."""
        return (self.ends_on - day).days if self.ends_on else None


class AgreementParty(Base):
    """An institution of the directory, or an outside body by name, that takes part in an agreement."""

    __tablename__ = "agreement_party"
    __table_args__ = (UniqueConstraint("agreement_id", "place_key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
    institution_id: Mapped[UUID | None] = mapped_column(ForeignKey("institution.id"), index=True)
    name: Mapped[str] = mapped_column(String(250), default="")
    """Of an outside body; empty for an institution of the directory."""
    role: Mapped[PartyRole] = mapped_column(text_enum(PartyRole))
    signed_by: Mapped[str] = mapped_column(String(200), default="")
    """The post of whoever signs for it; never a name."""
    place_key: Mapped[str] = mapped_column(String(64))
    """The institution, or the folded name, hashed: nobody is a party twice."""


class AgreementDuty(Base):
    """An obligation or a product of an agreement: who answers for it, until when, how far it is."""

    __tablename__ = "agreement_duty"
    __table_args__ = (Index(None, "agreement_id", "due_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
    kind: Mapped[DutyKind] = mapped_column(text_enum(DutyKind))
    text: Mapped[str] = mapped_column(String(400))
    party_id: Mapped[UUID | None] = mapped_column(ForeignKey("agreement_party.id"), index=True)
    """Who answers for it; null when all do."""
    due_on: Mapped[date | None]
    state: Mapped[DutyState] = mapped_column(text_enum(DutyState), default=DutyState.PENDING)
    state_on: Mapped[date | None]
    """Since when it is in that state; null before anything happened."""


class Campaign(Base):
    """What a duty of kind campaign says besides: whom it tells, how, where, when, and how many it reached."""

    __tablename__ = "agreement_campaign"
    __table_args__ = (CheckConstraint("reach IS NULL OR reach >= 0", name="reach_counted"),)

    duty_id: Mapped[UUID] = mapped_column(ForeignKey("agreement_duty.id"), primary_key=True)
    audience: Mapped[str] = mapped_column(String(250))
    channel: Mapped[Channel] = mapped_column(text_enum(Channel))
    place: Mapped[str] = mapped_column(String(250))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    """Last day, counted; null for a single day, or while nobody knows it."""
    reach: Mapped[int | None]
    """How many people, as whoever ran it says; null until somebody does."""
    reach_method: Mapped[str] = mapped_column(String(400), default="")
    """How that number was measured."""


class AgreementStep(Base):
    """A duty came to a state on a day, by an act that says so. Added, never changed."""

    __tablename__ = "agreement_step"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    duty_id: Mapped[UUID] = mapped_column(ForeignKey("agreement_duty.id"), index=True)
    state: Mapped[DutyState] = mapped_column(text_enum(DutyState))
    happened_on: Mapped[date]
    reference: Mapped[str] = mapped_column(String(200), default="")
    """Number of the act, ordinance or letter."""
    note: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)


class AgreementCommitment(Base):
    """A number that the agreement promises and that fills itself from what is counted."""

    __tablename__ = "agreement_commitment"
    __table_args__ = (UniqueConstraint("agreement_id", "counter", "sector", "party_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
    counter: Mapped[str] = mapped_column(String(60))
    """Name of what is counted, among the contributions of ``register_commitment_counters``."""
    sector: Mapped[str] = mapped_column(String(20), default="")
    """A key of the table of sectors; empty counts every sector."""
    party_id: Mapped[UUID | None] = mapped_column(ForeignKey("agreement_party.id"), index=True)
    """Only what that institution does, and everything below it; null counts the whole programme."""
    wanted: Mapped[int]


class AgreementFile(Base):
    """A paper of an agreement: the signed text, an annex, evidence of a product."""

    __tablename__ = "agreement_file"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"), index=True)
    duty_id: Mapped[UUID | None] = mapped_column(ForeignKey("agreement_duty.id"), index=True)
    """The campaign of which it is evidence; null for a paper of the agreement as a whole."""
    title: Mapped[str] = mapped_column(String(160))
    digest: Mapped[str] = mapped_column(String(64))
    format: Mapped[str] = mapped_column(String(10))
    size: Mapped[int]
    """In bytes."""
    added_at: Mapped[datetime] = mapped_column(UTCDateTime)


class AgreementAmendment(Base):
    """An extension, an addendum or an early end, in the order in which they were signed. Added, never changed."""

    __tablename__ = "agreement_amendment"
    __table_args__ = (UniqueConstraint("agreement_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
    number: Mapped[int]
    kind: Mapped[AmendmentKind] = mapped_column(text_enum(AmendmentKind))
    signed_on: Mapped[date]
    months: Mapped[int | None]
    """How many months an extension adds; null for the others."""
    text: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    ends_before: Mapped[date | None]
    ends_after: Mapped[date | None]


class AgreementWarning(Base):
    """Somebody was warned that an agreement ends on a day: each warning goes out once."""

    __tablename__ = "agreement_warning"
    __table_args__ = (UniqueConstraint("agreement_id", "ends_on", "days"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
    ends_on: Mapped[date]
    days: Mapped[int]
    """How many days before the last one it was due."""
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime)

"""Quarterly reports with their versions, who gets them, and the counter of their folios."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import Json, JsonValue, UTCDateTime, text_enum


class VersionState(StrEnum):
    """How far a version of a report is."""

    DRAFT = "draft"
    """Its figures are taken; its words may change, and it may be taken again or discarded."""
    MAKING = "making"
    """Approved, with its folio; a job makes the files."""
    ISSUED = "issued"
    """It never changes again."""


class ReportCounter(Base):
    """The last folio of reports of an authority and year; its row is locked while one is approved."""

    __tablename__ = "report_counter"

    authority: Mapped[str] = mapped_column(String(12), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class QuarterlyReport(Base):
    """The report of a programme about one quarter, through all its versions."""

    __tablename__ = "quarterly_report"
    __table_args__ = (UniqueConstraint("programme_id", "period"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), index=True)
    period: Mapped[str] = mapped_column(String(7))
    """Such as 2026-Q4."""
    folio: Mapped[str | None] = mapped_column(String(40), unique=True)
    """Null until its first version is approved."""
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)


class ReportVersion(Base):
    """One snapshot of a report and, once it is approved, the files that were made of it."""

    __tablename__ = "report_version"
    __table_args__ = (UniqueConstraint("report_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    report_id: Mapped[UUID] = mapped_column(ForeignKey("quarterly_report.id"), index=True)
    number: Mapped[int]
    state: Mapped[VersionState] = mapped_column(text_enum(VersionState))
    cut_off: Mapped[datetime] = mapped_column(UTCDateTime)
    """Instant at which the figures were taken."""
    data: Mapped[Json] = mapped_column(JsonValue, deferred=True)
    """The snapshot, as in the data file: small cells are not in it. Read when it is asked for: it may be megabytes."""
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why a later version corrects the one before; empty for the first."""
    sends_itself: Mapped[bool] = mapped_column(default=False)
    """Whether it goes to the recipients as soon as its files are made."""
    approved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    issued_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When its files were kept."""
    files: Mapped[Json] = mapped_column(JsonValue)
    """Digest and size of each file by its form: pdf, xlsx, zip, json."""
    signed_with: Mapped[str | None] = mapped_column(ForeignKey("signing_certificate.sha256"), index=True)
    """Fingerprint of the certificate that signed its PDF when it was issued; null where none did."""

    report: Mapped[QuarterlyReport] = relationship(lazy="joined")


class ReportSettings(Base):
    """What a programme does with its reports: when they are prepared, and whether anybody may see the figures."""

    __tablename__ = "report_settings"

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), primary_key=True)
    days_after: Mapped[int | None]
    """Prepared so many days after each quarter; null where nobody wants that."""
    sends_itself: Mapped[bool] = mapped_column(default=False)
    """Whether it is approved and sent without anybody looking."""
    is_open: Mapped[bool] = mapped_column(default=False)
    """Whether the figures of the latest report are public."""
    licence: Mapped[str] = mapped_column(String(500), default="")


class ReportRecipient(Base):
    """Somebody who gets the reports of a programme: a person of the directory or an address outside."""

    __tablename__ = "report_recipient"
    __table_args__ = (UniqueConstraint("programme_id", "address"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    """Null for an address outside."""
    address: Mapped[str] = mapped_column(String(254))
    is_approver: Mapped[bool] = mapped_column(default=False)
    """Gets word of a draft that waits for approval."""
    is_active: Mapped[bool] = mapped_column(default=True)


class ReportDelivery(Base):
    """A letter with the link to a version, to one recipient; sent again, it is one more."""

    __tablename__ = "report_delivery"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("report_version.id"), index=True)
    recipient_id: Mapped[UUID] = mapped_column(ForeignKey("report_recipient.id"), index=True)
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime)
    has_file: Mapped[bool] = mapped_column(default=False)
    """Whether the PDF went with it."""
    job_id: Mapped[UUID]
    """The row of the queue of mail, while that keeps it."""

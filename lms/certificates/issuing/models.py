"""Issued certificates: everything about them is frozen at issue and survives what it came from."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.certificates.issuing.document import Document
from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import Json, JsonValue, UTCDateTime, text_enum


class RevokeReason(StrEnum):
    """Why a certificate stopped being valid; the public page never says which."""

    ISSUED_BY_MISTAKE = "issued-by-mistake"
    WRONG_DATA = "wrong-data"
    IRREGULARITY = "irregularity"
    HOLDER_REQUEST = "holder-request"


class Certificate(Base):
    """A document issued once: its data, design, PDF and hash never change."""

    __tablename__ = "certificate"
    __table_args__ = (
        Index(None, "enrolment_id"),
        # One certificate stands per enrolment; after a cancellation a new one may be issued, with its own folio.
        Index(
            "uq_certificate_standing",
            "enrolment_id",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), index=True)
    institution_id: Mapped[UUID] = mapped_column(ForeignKey("institution.id"), index=True)
    """The institution of the completion's date."""
    folio: Mapped[str] = mapped_column(String(40), unique=True)
    """Sequential within authority and year, without gaps: QROO-2026-000041."""
    code: Mapped[str] = mapped_column(String(12), unique=True)
    """Ten random readable characters in groups, as printed: RT7K-4M2Q-9D; the public address ends with them."""
    data: Mapped[Json] = mapped_column(JsonValue)
    """What the document says, as plain values: see ``lms.certificates.issuing.document``."""
    design: Mapped[str] = mapped_column(String(60))
    design_version: Mapped[int]
    design_digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 over the design folder that drew it."""
    pdf_sha256: Mapped[str] = mapped_column(String(64), index=True)
    """Hash and storage name of the PDF's bytes."""
    pdf_size: Mapped[int]
    issued_at: Mapped[datetime] = mapped_column(UTCDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When it stopped being valid; null while it stands."""
    revoke_reason: Mapped[RevokeReason | None] = mapped_column(text_enum(RevokeReason))

    @property
    def document(self) -> Document:
        """Return what the document says."""
        return Document.from_json(self.data)

    @property
    def is_valid(self) -> bool:
        """Say whether it stands."""
        return self.revoked_at is None


class FolioCounter(Base):
    """The last folio of an authority and year; its row is locked while a certificate is issued."""

    __tablename__ = "folio_counter"

    authority: Mapped[str] = mapped_column(String(12), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]

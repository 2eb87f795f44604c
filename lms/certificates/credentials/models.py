"""Keys that sign badges, the places of badges in the lists of what is revoked, and certificates that signed files."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import UTCDateTime


class BadgeKey(Base):
    """A pair of Ed25519 keys of one issuer; the public half stays published when another pair takes its turn."""

    __tablename__ = "badge_key"
    __table_args__ = (
        # Of one issuer, one key signs.
        Index(
            "uq_badge_key_standing",
            "did",
            unique=True,
            sqlite_where=text("retired_at IS NULL"),
            postgresql_where=text("retired_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    did: Mapped[str] = mapped_column(String(255))
    """Identifier of the issuer: did:web and the host under which the product was reached when it was made."""
    public: Mapped[str] = mapped_column(String(60), unique=True)
    """The public half as a Multikey: z6Mk…."""
    sealed: Mapped[str] = mapped_column(Text)
    """The private half, readable only with the installation's secret key."""
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    retired_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When it signed for the last time; null while it signs."""
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When it was said that somebody else may know it: what it signed no longer counts. Null while nobody said so."""


class BadgePlace(Base):
    """The bit of one version of one document in a list of what is revoked; no place is given twice."""

    __tablename__ = "badge_place"
    __table_args__ = (UniqueConstraint("list_number", "position"), UniqueConstraint("code", "version"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    list_number: Mapped[int]
    """From 1 on."""
    position: Mapped[int]
    """Drawn by lot, so that it tells nothing about when or after whom the document was issued."""
    code: Mapped[str] = mapped_column(String(12))
    """Public code of the document."""
    version: Mapped[int]


class SigningCertificate(Base):
    """A certificate that signed at least one file; kept so that the file can be checked when another one signs."""

    __tablename__ = "signing_certificate"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Its fingerprint, in hexadecimal."""
    subject: Mapped[str] = mapped_column(String(500))
    issuer: Mapped[str] = mapped_column(String(500))
    serial: Mapped[str] = mapped_column(String(50))
    """In hexadecimal, as the authority prints it."""
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)
    pem: Mapped[str] = mapped_column(Text)
    """The certificate itself, which is public."""
    first_used_at: Mapped[datetime] = mapped_column(UTCDateTime)

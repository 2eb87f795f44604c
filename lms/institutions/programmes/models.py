"""Programmes, the institutions that take part in them, and what each is expected to reach."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import text_enum
from lms.institutions.programmes.rules import Scale


class MembershipKind(StrEnum):
    """What an institution is to a commission."""

    MEMBER = "member"
    PERMANENT_GUEST = "permanent-guest"
    """Voice, no seat: «invitada permanente»."""
    SECRETARIAT = "secretariat"
    """The technical secretariat, when it is a body of its own."""


class Programme(Base):
    """A commission's training programme: whose certificates, whose scale, whose targets."""

    __tablename__ = "programme"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    """Short capital name of the authority; folios begin with it, such as QROO."""
    name: Mapped[str] = mapped_column(String(250))
    issuer_name: Mapped[str] = mapped_column(String(250))
    """Who issues the certificates, as the document prints it."""
    issuer_unit: Mapped[str] = mapped_column(String(250), default="")
    issuer_logo: Mapped[str] = mapped_column(String(64), default="")
    """Name of its picture in the storage, a PNG; empty without one."""
    country: Mapped[str] = mapped_column(String(2))
    """ISO 3166-1 alpha-2."""
    territory: Mapped[str] = mapped_column(String(120), default="")
    timezone: Mapped[str] = mapped_column(String(60))
    scale: Mapped[Scale] = mapped_column(text_enum(Scale))
    pass_mark: Mapped[float] = mapped_column(default=0.8)
    """Fraction of a quiz that passes, "configured by the institution"."""
    attendance_share: Mapped[float] = mapped_column(default=0.8)
    """Fraction of all planned sessions that a trainee must attend."""
    target_share: Mapped[float] = mapped_column(default=0.8)
    """Fraction of enrolled people who should complete, for institutions without a target of their own."""
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    """Last day; null while it has no end."""


class Membership(Base):
    """An institution takes part in a programme from one day to another."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("programme_id", "institution_id", "starts_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), index=True)
    institution_id: Mapped[UUID] = mapped_column(ForeignKey("institution.id"), index=True)
    kind: Mapped[MembershipKind] = mapped_column(text_enum(MembershipKind))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    resolution: Mapped[str] = mapped_column(String(120), default="", server_default="")
    """Number of the norm that gives the seat; empty is shown as missing."""
    resolution_on: Mapped[date | None]
    """Day of that norm."""
    resolution_text: Mapped[str] = mapped_column(String(1000), default="", server_default="")
    """What it says of the seat."""


class Target(Base):
    """What one institution should reach in one year."""

    __tablename__ = "target"
    __table_args__ = (UniqueConstraint("programme_id", "institution_id", "year"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), index=True)
    institution_id: Mapped[UUID] = mapped_column(ForeignKey("institution.id"))
    year: Mapped[int]
    share: Mapped[float]
    """Fraction of enrolled people who complete, in [0, 1]."""
    source: Mapped[str] = mapped_column(String(250), default="")
    """Where the number was agreed, such as a session of the commission."""


class Signatory(Base):
    """Who signs a programme's certificates, in order, by post; the printed name is a setting of the commission."""

    __tablename__ = "signatory"
    __table_args__ = (UniqueConstraint("programme_id", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(160))
    post: Mapped[str] = mapped_column(String(200))


class Issuer(Base):
    """An authority that issues certificates together with the programme's own, in order after it."""

    __tablename__ = "issuer"
    __table_args__ = (UniqueConstraint("programme_id", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), index=True)
    position: Mapped[int]
    """From 2 on; the programme's own authority is the first."""
    name: Mapped[str] = mapped_column(String(250))
    unit: Mapped[str] = mapped_column(String(250), default="")
    logo: Mapped[str] = mapped_column(String(64), default="")
    """Name of its picture in the storage, a PNG; empty without one."""

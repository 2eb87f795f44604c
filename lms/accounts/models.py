"""People, their sessions and their roles."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.accounts import rules
from lms.core.actors import Role, ScopeKind
from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import UTCDateTime, text_enum


class Person(Base):
    """Somebody who trains, teaches, reviews or administers. Never a victim: the product keeps training data only."""

    __tablename__ = "person"
    __table_args__ = (
        Index(
            "ix_person_by_name",
            "search_text",
            "id",
            sqlite_where=text("merged_into_id IS NULL"),
            postgresql_where=text("merged_into_id IS NULL"),
        ),
        Index(None, "name_key"),
        Index(None, "email_key"),
        Index(None, "national_id"),
        Index(
            "ix_person_merged",
            "merged_into_id",
            sqlite_where=text("merged_into_id IS NOT NULL"),
            postgresql_where=text("merged_into_id IS NOT NULL"),
        ),
        Index("ix_person_test", "id", sqlite_where=text("is_test = 1"), postgresql_where=text("is_test")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    given_names: Mapped[str] = mapped_column(String(120))
    first_surname: Mapped[str] = mapped_column(String(120), default="")
    second_surname: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    """Lower case; null for a person without e-mail, whom the focal point registers."""
    password_hash: Mapped[str | None] = mapped_column(String(200))
    """Argon2id; null until the invitation is accepted."""
    language: Mapped[str | None] = mapped_column(String(5))
    """Chosen language; null follows the browser."""
    appearance: Mapped[str | None] = mapped_column(String(5))
    """"light" or "dark"; null follows the system."""
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    search_text: Mapped[str] = mapped_column(String(600), default="")
    """Name and address folded for search; kept by the service."""
    national_id: Mapped[str | None] = mapped_column(String(40))
    """Number of the country's own register (CURP, cédula, DNI) in capitals without marks; null when not asked.

    Two people may carry the same: an office mistypes it, and a list of possible duplicates shows it.
    """
    name_key: Mapped[str] = mapped_column(String(400), default="", server_default="")
    """Words of the name, folded and sorted: equal for whoever may be the same person; kept by the service."""
    email_key: Mapped[str] = mapped_column(String(254), default="", server_default="")
    """Address as most servers deliver it, see ``rules.email_key``; empty without one."""
    is_provisional: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether they were written down at a door with name and institution only, to be completed or merged."""
    is_test: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether an office keeps the record to try things out: no figure counts it and no document is made for it."""
    merged_into_id: Mapped[UUID | None]
    """The record that this one became part of; null for every record that stands. No account opens it."""

    @property
    def name(self) -> str:
        """Return the full name as documents print it."""
        return rules.full_name(self.given_names, self.first_surname, self.second_surname)

    @property
    def public_name(self) -> str:
        """Return the name that a public page may show: the second surname is an initial."""
        return rules.public_name(self.given_names, self.first_surname, self.second_surname)

    @property
    def has_accepted(self) -> bool:
        """Say whether the person has chosen a password."""
        return self.password_hash is not None


class PersonAddress(Base):
    """A further address of a person, kept when two records became one: it still finds and reaches them."""

    __tablename__ = "person_address"

    email: Mapped[str] = mapped_column(String(254), primary_key=True)
    """Lower case."""
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    since: Mapped[datetime] = mapped_column(UTCDateTime)


class SignInSession(Base):
    """A browser in which a person signed in; revoking the row signs it out at once."""

    __tablename__ = "sign_in_session"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key_digest: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of the key in the cookie: a copy of the database opens no session."""
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    device: Mapped[str] = mapped_column(String(60), default="")
    """Kind of browser and system in a few words, for the person's own list; no address is kept."""
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class RoleAssignment(Base):
    """A role that a person holds in one scope."""

    __tablename__ = "role_assignment"
    __table_args__ = (UniqueConstraint("person_id", "role", "kind", "scope_key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role] = mapped_column(text_enum(Role))
    kind: Mapped[ScopeKind] = mapped_column(text_enum(ScopeKind))
    scope_id: Mapped[UUID | None]
    """The programme, institution or cohort; null for everywhere."""
    scope_key: Mapped[str] = mapped_column(String(36), default="")
    """The scope's id as text, empty for everywhere: a unique constraint does not compare nulls."""
    given_at: Mapped[datetime] = mapped_column(UTCDateTime)

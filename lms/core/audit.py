"""The audit trail: one row per event; a job seals committed rows into a hash chain that shows tampering."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base, db
from lms.core.types import Json, JsonValue, UTCDateTime

START = "0" * 64


class AuditEntry(Base):
    """A fact that happened, who made it happen and what it was about. Rows are never changed, only sealed."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index(None, "subject_id", "at"), Index(None, "code", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    code: Mapped[str] = mapped_column(String(80))
    actor_id: Mapped[UUID | None]
    """The person; null when the system did it."""
    subject_id: Mapped[UUID]
    data: Mapped[Json] = mapped_column(JsonValue)
    seal: Mapped[str | None] = mapped_column(String(64))
    """Hash over this row and the seal before it; null until the sealing job has passed."""


def seal_of(previous: str, entry: AuditEntry) -> str:
    """Return the SHA-256 that chains an entry to the seal before it."""
    body = [
        previous,
        entry.id,
        entry.at.isoformat(),
        entry.code,
        str(entry.actor_id),
        str(entry.subject_id),
        entry.data,
    ]
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def seal_entries(limit: int = 1000) -> int:
    """Seal the next committed entries in order and return how many.

    Chaining inside ``publish`` would make every writer queue for the head of the chain.
    """
    last = db.session.scalar(
        select(AuditEntry).where(AuditEntry.seal.is_not(None)).order_by(AuditEntry.id.desc()).limit(1)
    )
    seal = last.seal if last and last.seal else START
    pending = db.session.scalars(
        select(AuditEntry).where(AuditEntry.seal.is_(None)).order_by(AuditEntry.id).limit(limit)
    ).all()
    for entry in pending:
        seal = seal_of(seal, entry)
        entry.seal = seal
    return len(pending)


def verify_chain(entries: Iterable[AuditEntry] | None = None) -> int | None:
    """Return the id of the first sealed entry that does not fit the chain, None when all do."""
    rows = entries or db.session.scalars(
        select(AuditEntry).where(AuditEntry.seal.is_not(None)).order_by(AuditEntry.id)
    )
    seal = START
    for entry in rows:
        seal = seal_of(seal, entry)
        if entry.seal != seal:
            return entry.id
    return None

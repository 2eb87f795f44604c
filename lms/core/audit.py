"""The audit trail: one row per event; a job seals committed rows into a hash chain that shows tampering."""

import hashlib
import json
from contextlib import closing
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Select, String, select
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
    seal_number: Mapped[int | None] = mapped_column(unique=True)
    """Place in the chain, given when sealing: ids are given before a commit, so a lower one may appear later."""
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
    """Seal the next committed entries and return how many.

    Chaining inside ``publish`` would make every writer queue for the head of the chain. Two jobs that seal at once
    collide on ``seal_number``; the loser is tried again.
    """
    last = db.session.scalar(_sealed().order_by(None).order_by(AuditEntry.seal_number.desc()).limit(1))
    seal, number = (last.seal or START, last.seal_number or 0) if last else (START, 0)
    pending = db.session.scalars(
        select(AuditEntry).where(AuditEntry.seal.is_(None)).order_by(AuditEntry.id).limit(limit)
    ).all()
    for entry in pending:
        number += 1
        seal = seal_of(seal, entry)
        entry.seal, entry.seal_number = seal, number
    return len(pending)


def verify_chain() -> int | None:
    """Return the id of the first sealed entry that does not fit the chain, None when all do."""
    seal = START
    with closing(db.session.scalars(_sealed().execution_options(yield_per=500))) as entries:
        for number, entry in enumerate(entries, start=1):
            seal = seal_of(seal, entry)
            if entry.seal != seal or entry.seal_number != number:
                return int(entry.id)
    return None


def _sealed() -> Select[Any]:
    return select(AuditEntry).where(AuditEntry.seal.is_not(None)).order_by(AuditEntry.seal_number)

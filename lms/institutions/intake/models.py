"""Large files on their way in: the file, and its rows in batches that are judged and saved one by one."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import Json, JsonValue, UTCDateTime, text_enum


class RunState(StrEnum):
    """Where a file stands."""

    JUDGING = "judging"
    """Its rows are being compared with what is known; nothing is written."""
    JUDGED = "judged"
    """Somebody has to look and say so."""
    SAVING = "saving"
    SAVED = "saved"


class IntakeRun(Base):
    """A file of more rows than one transaction takes."""

    __tablename__ = "intake_run"
    __table_args__ = (Index(None, "created_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    """Who sent it, and who alone may see it."""
    file_name: Mapped[str] = mapped_column(String(80))
    file_format: Mapped[str] = mapped_column(String(4))
    """csv or xlsx: what comes back is the same."""
    header: Mapped[list[str]] = mapped_column(JsonValue)
    state: Mapped[RunState] = mapped_column(text_enum(RunState))
    total: Mapped[int]
    """Rows of the file."""
    done: Mapped[int] = mapped_column(server_default="0")
    """Rows that the present step has behind it."""
    as_of: Mapped[date]
    """The day on which rows without a first day in the post begin."""
    invites: Mapped[bool] = mapped_column(server_default=false())
    """Whether new people are invited."""
    adds_possible: Mapped[bool] = mapped_column(server_default=false())
    """Whether rows that may be somebody who is known are added as new people."""
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class IntakeBatch(Base):
    """Some hundred rows of a file: the step between two transactions, from which an import goes on after a fall."""

    __tablename__ = "intake_batch"
    __table_args__ = (UniqueConstraint("run_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    run_id: Mapped[UUID] = mapped_column(ForeignKey("intake_run.id", ondelete="CASCADE"))
    number: Mapped[int]
    """Order in the file, from 0."""
    rows: Mapped[list[list[Any]]] = mapped_column(JsonValue)
    """Of each row its line, its cells, and the line of an earlier row that is the same person, or 0."""
    verdicts: Mapped[list[list[str]] | None] = mapped_column(JsonValue)
    """Of each row outcome, label and detail; null before it is judged."""
    counts: Mapped[Json | None] = mapped_column(JsonValue)
    """Rows by outcome; null before."""
    saved: Mapped[Json | None] = mapped_column(JsonValue)
    """Rows by outcome as they were saved; null before. Written with the people in one transaction."""

"""The job row: what was asked, how often it was tried, where it stands."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import Json, JsonValue, UTCDateTime, text_enum


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"
    """Failed as often as it may; an administrator can put it back."""


class Job(Base):
    """One order, from the moment it was asked until it is done or dead."""

    __tablename__ = "job"
    __table_args__ = (Index(None, "state", "run_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(String(80))
    payload: Mapped[Json] = mapped_column(JsonValue)
    key: Mapped[str | None] = mapped_column(String(200), unique=True)
    """Idempotency key; null for orders that may repeat."""
    state: Mapped[JobState] = mapped_column(text_enum(JobState), default=JobState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    run_at: Mapped[datetime] = mapped_column(UTCDateTime)
    """Not before this instant; a retry moves it into the future."""
    beat_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """Last sign of life of the worker that runs it; null while it waits."""
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    done_steps: Mapped[int] = mapped_column(default=0)
    total_steps: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")
    """The last failure in one line; empty when there was none."""

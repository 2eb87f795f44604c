"""Attempts and their answers. The quiz itself is part of the immutable release, so an attempt keeps what it saw."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import JsonValue, UTCDateTime


class Attempt(Base):
    """One try at a quiz by an enrolled person."""

    __tablename__ = "attempt"
    __table_args__ = (UniqueConstraint("enrolment_id", "unit_id", "number"), Index(None, "unit_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    number: Mapped[int]
    """Ordinal of the try, from 1."""
    seed: Mapped[int]
    """Decides the order of the options; stored so that the page is the same whenever it is opened."""
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """Null while answers may still change."""
    earned: Mapped[float | None]
    """Sum of what the questions earned; null before submitting."""
    possible: Mapped[int]
    """Number of questions: each is worth 1."""
    is_passed: Mapped[bool | None]


class Answer(Base):
    """What a person answered to one question, as it was given."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("attempt_id", "question_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id"))
    question_id: Mapped[str] = mapped_column(String(80))
    chosen: Mapped[list[Any]] = mapped_column(JsonValue)
    """Keys of the options; an empty list is an answer taken back."""
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
    earned: Mapped[float | None]
    """Fraction in [0, 1]; null before submitting."""

"""Attempts and their answers. The quiz itself is part of the immutable release; an attempt keeps what it asked."""

from datetime import datetime
from fractions import Fraction
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import ExactFraction, JsonValue, UTCDateTime


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
    question_ids: Mapped[list[str]] = mapped_column(JsonValue)
    """The questions asked, in order: those for the person's sector and the programme's country on that day."""
    pass_mark: Mapped[Fraction] = mapped_column(ExactFraction)
    """Share in [0, 1] that passes, as it was when the attempt began."""
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    form: Mapped[int] = mapped_column(server_default="0")
    """Number of the form of the quiz that it asks, from 0."""
    ends_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """Instant until which answers count; null without a limit. The server's clock decides, never the browser's."""
    is_expired: Mapped[bool] = mapped_column(server_default=false())
    """Whether its time ended it, not the person."""
    submitted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """Null while answers may still change."""
    earned: Mapped[Fraction | None] = mapped_column(ExactFraction)
    """Sum of what the questions earned; null before submitting, and until a person graded what only a person can."""
    possible: Mapped[int]
    """Number of questions that count: each is worth 1. A survey has none."""
    is_passed: Mapped[bool | None]
    """Null as long as ``earned`` is."""

    @property
    def is_in_review(self) -> bool:
        """Say whether it was handed in and waits for a person to grade it."""
        return self.submitted_at is not None and self.earned is None


class Answer(Base):
    """What a person answered to one question, as it was given."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("attempt_id", "question_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id"))
    question_id: Mapped[str] = mapped_column(String(80))
    chosen: Mapped[list[str]] = mapped_column(JsonValue)
    """What the form sent: keys of options, or "key:value"; an empty list is an answer taken back."""
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
    """When it arrived."""
    given_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When it was given, by what the browser says of its delay; null for one that arrived as it was given."""
    is_late: Mapped[bool] = mapped_column(server_default=false())
    """Whether it was given in time and arrived after it, when the signal came back."""
    source: Mapped[str] = mapped_column(String(40), server_default="")
    """The page that sent it, an opaque word; empty for a form without script."""
    turn: Mapped[int] = mapped_column(BigInteger, server_default="0")
    """Ordinal among what that page sent: with it a replay changes nothing and an older answer replaces none newer."""
    earned: Mapped[Fraction | None] = mapped_column(ExactFraction)
    """Share of the question's point, in [0, 1]; null before submitting, until graded, and for what is not scored."""


class AnswerFile(Base):
    """A file that answers a question of an attempt, as it was handed in; its bytes are in the storage."""

    __tablename__ = "answer_file"
    __table_args__ = (UniqueConstraint("attempt_id", "question_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id"))
    question_id: Mapped[str] = mapped_column(String(80))
    digest: Mapped[str] = mapped_column(String(64))
    """Where the storage keeps the bytes, behind those of the id: no other row leads there."""
    name: Mapped[str] = mapped_column(String(120))
    """What the person called it, made harmless; its ending is the true one."""
    format: Mapped[str] = mapped_column(String(20))
    size: Mapped[int]
    """Bytes of the file itself."""
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)


class AnswerGrade(Base):
    """What a person said of an answer that only a person can grade; the audit trail keeps what it was before."""

    __tablename__ = "answer_grade"
    __table_args__ = (UniqueConstraint("answer_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    answer_id: Mapped[UUID] = mapped_column(ForeignKey("answer.id"))
    fraction: Mapped[Fraction] = mapped_column(ExactFraction)
    """Share of the question's point, in [0, 1]."""
    levels: Mapped[dict[str, int]] = mapped_column(JsonValue)
    """Level of each criterion of the rubric, from 0, by the criterion's key; empty without a rubric."""
    comment: Mapped[str] = mapped_column(Text)
    """For the person who answered."""
    graded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    graded_by: Mapped[UUID | None]
    """The person who graded; null for the system."""


class ExtraAttempt(Base):
    """One more try at a quiz than its author allows, given to one person by whoever runs the cohort."""

    __tablename__ = "extra_attempt"
    __table_args__ = (Index(None, "enrolment_id", "unit_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    given_at: Mapped[datetime] = mapped_column(UTCDateTime)


class ExtraTime(Base):
    """More time in every timed quiz of a course, given to one person by whoever runs the cohort."""

    __tablename__ = "extra_time"
    __table_args__ = (UniqueConstraint("enrolment_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"))
    percent: Mapped[int]
    """What the author's limit is multiplied with: 150 is half as much again."""
    minutes: Mapped[int]
    """Minutes on top of that."""
    reason: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime] = mapped_column(UTCDateTime)
    given_by: Mapped[UUID | None]
    """The person who gave it; null for the system."""

"""Which quizzes have two markers, what each marker said, and phrases for comments."""

from datetime import datetime
from fractions import Fraction
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import ExactFraction, JsonValue, UTCDateTime


class DoubleMarking(Base):
    """Each answer to a quiz of a cohort is graded by two people who do not know of each other."""

    __tablename__ = "double_marking"
    __table_args__ = (UniqueConstraint("cohort_id", "unit_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    cohort_id: Mapped[UUID] = mapped_column(ForeignKey("cohort.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    set_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Mark(Base):
    """What one of two markers said of an answer; the grade follows from both."""

    __tablename__ = "answer_mark"
    __table_args__ = (UniqueConstraint("answer_id", "place"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    answer_id: Mapped[UUID] = mapped_column(ForeignKey("answer.id"))
    place: Mapped[int]
    """1 or 2."""
    fraction: Mapped[Fraction] = mapped_column(ExactFraction)
    levels: Mapped[dict[str, int]] = mapped_column(JsonValue)
    comment: Mapped[str] = mapped_column(Text)
    marked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    marked_by: Mapped[UUID | None]


class Phrase(Base):
    """A comment to be used again: the marker's own, or shared by those who grade a cohort."""

    __tablename__ = "grading_phrase"
    __table_args__ = (Index(None, "person_id"), Index(None, "cohort_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    """Who wrote it."""
    cohort_id: Mapped[UUID | None] = mapped_column(ForeignKey("cohort.id"))
    """With whose markers it is shared; null for its writer only."""
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Regrade(Base):
    """A correction of results because the key of a question was wrong; it also holds for attempts that follow."""

    __tablename__ = "regrade"
    __table_args__ = (Index(None, "unit_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    question_id: Mapped[str] = mapped_column(String(80))
    change: Mapped[str] = mapped_column(String(20))
    """accept, annul or key."""
    value: Mapped[str] = mapped_column(String(40))
    """The option that is taken as right, or the id of the unit whose key holds; empty to annul."""
    reason: Mapped[str] = mapped_column(Text)
    programmes: Mapped[list[str] | None] = mapped_column(JsonValue)
    """Ids of the programmes whose results it corrects; null for all."""
    cohort_id: Mapped[UUID | None] = mapped_column(ForeignKey("cohort.id"))
    """The one cohort for which it holds, which brought it from the release it had before; null for all."""
    enrolment_id: Mapped[UUID | None] = mapped_column(ForeignKey("enrolment.id"), index=True)
    """The one enrolment for which it holds, which brought it from the cohort it had before; null for all."""
    ordered_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ordered_by: Mapped[UUID | None]
    total: Mapped[int]
    """Attempts to look at when it was ordered."""
    done: Mapped[int] = mapped_column(server_default="0")
    changed: Mapped[int] = mapped_column(server_default="0")
    """Attempts whose result changed."""
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class RegradedAttempt(Base):
    """What a correction made of one attempt."""

    __tablename__ = "regraded_attempt"
    __table_args__ = (UniqueConstraint("regrade_id", "attempt_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    regrade_id: Mapped[UUID] = mapped_column(ForeignKey("regrade.id"))
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id"))
    before: Mapped[Fraction] = mapped_column(ExactFraction)
    """Share of the question's point."""
    after: Mapped[Fraction] = mapped_column(ExactFraction)

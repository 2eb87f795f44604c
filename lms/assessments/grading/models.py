"""Which quizzes have two markers, what each marker said, and phrases for comments."""

from datetime import datetime
from fractions import Fraction
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
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

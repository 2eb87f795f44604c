"""The bank as a projection of releases: it can be made again from them at any time, and nothing else points at it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import JsonValue, UTCDateTime


class QuestionRevision(Base):
    """What a question of a course said in one release or several."""

    __tablename__ = "question_revision"
    __table_args__ = (UniqueConstraint("course_id", "question_id", "revision"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"))
    question_id: Mapped[str] = mapped_column(String(120))
    """As its author named it; the same through all its revisions."""
    revision: Mapped[str] = mapped_column(String(12))
    """Hash of the compiled question: see ``lms.assessments.question_types.revisions``."""
    kind: Mapped[str] = mapped_column(String(40))
    """Name of its question type."""
    level: Mapped[str] = mapped_column(String(10))
    """R, A, J, or empty."""
    module: Mapped[int]
    """Number that its author gave, or of the module in which it is asked."""
    sector: Mapped[str] = mapped_column(String(40))
    country: Mapped[str] = mapped_column(String(10))
    objective: Mapped[str] = mapped_column(String(120))
    tags: Mapped[list[str]] = mapped_column(JsonValue)
    labels: Mapped[str] = mapped_column(Text)
    """Objective and tags between bars, folded, for the filter."""
    is_retired: Mapped[bool]
    stem: Mapped[str] = mapped_column(Text)
    """What it asks, without marks."""
    search_text: Mapped[str] = mapped_column(Text)
    """Everything that it says, folded."""
    first_seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    """When the first release with it was made."""
    last_number: Mapped[int]
    """Of the newest release with it."""
    people: Mapped[int] = mapped_column(default=0, server_default="0")
    """Whose first result at it counted when it was last measured; see ``lms.assessments.bank.measuring``."""
    facility: Mapped[float | None]
    """Mean score in [0, 1]; null with too few people."""
    discrimination: Mapped[float | None]
    """Mean score of the best minus that of the weakest, in [-1, 1]; null with too few people."""
    advice: Mapped[str] = mapped_column(String(10), default="", server_default="")
    """What to do with it, a value of ``Advice``; empty until measured and for what is not scored."""


class QuestionUse(Base):
    """A quiz of a release that has this revision of a question."""

    __tablename__ = "question_use"
    __table_args__ = (UniqueConstraint("revision_id", "unit_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("question_revision.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), index=True)

"""Drafts with their files and history, who works on them, and their reviews."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.authoring.rules import Part, ReviewState
from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import JsonValue, UTCDateTime, text_enum

__all__ = [
    "Draft",
    "DraftFile",
    "DraftPerson",
    "FileRevision",
    "Leftover",
    "Part",
    "Review",
    "ReviewComment",
    "ReviewState",
]


class Draft(Base):
    """The working copy of a course: the folder that its next release will be made of."""

    __tablename__ = "draft"
    __table_args__ = (
        Index(
            "ix_draft_slug_open",
            "slug",
            unique=True,
            sqlite_where=text("discarded_at IS NULL"),
            postgresql_where=text("discarded_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(String(80))
    """Address of the course; a course has one open draft at a time."""
    title: Mapped[str] = mapped_column(String(250))
    """As curso.yaml says it, or as it said when it could last be read."""
    search_text: Mapped[str] = mapped_column(String(400))
    course_id: Mapped[UUID | None] = mapped_column(ForeignKey("course.id"), index=True)
    """Null until its first release."""
    based_on_id: Mapped[UUID | None] = mapped_column(ForeignKey("release.id"))
    """The release whose files it started from, or the last one made of it."""
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    changed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """Who changed it last; null for the system."""
    tree_hash: Mapped[str] = mapped_column(String(64))
    """Of its files as they are: the content hash that a release of them would carry."""
    text_hash: Mapped[str] = mapped_column(String(64))
    """The same without the signatures: what a review is of, so that signing what is under review leaves it open."""
    errors: Mapped[int] = mapped_column(default=0)
    warnings: Mapped[int] = mapped_column(default=0)
    """Problems found when it was last changed."""
    discarded_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class DraftFile(Base):
    """A file of a draft as it is now; its bytes are in the storage."""

    __tablename__ = "draft_file"
    __table_args__ = (UniqueConstraint("draft_id", "path"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    draft_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id"))
    path: Mapped[str] = mapped_column(String(300))
    """Relative to the course folder, with slashes."""
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    """Bytes."""
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
    saved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))


class FileRevision(Base):
    """What a file was after somebody changed it: nothing that was saved is lost."""

    __tablename__ = "file_revision"
    __table_args__ = (Index(None, "draft_id", "path", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    draft_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id"))
    path: Mapped[str] = mapped_column(String(300))
    sha256: Mapped[str | None] = mapped_column(String(64))
    """Null when the file was deleted."""
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    """When it was changed; of several saves in one sitting, the first."""
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(String(250), default="")


class Leftover(Base):
    """A text that no history names any more: another of the same sitting took its place. Its bytes go after a while."""

    __tablename__ = "draft_leftover"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    since: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


class DraftPerson(Base):
    """Somebody who works on a draft without reaching every draft of the installation."""

    __tablename__ = "draft_person"
    __table_args__ = (UniqueConstraint("draft_id", "person_id", "part"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    draft_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    part: Mapped[Part] = mapped_column(text_enum(Part))
    since: Mapped[datetime] = mapped_column(UTCDateTime)


class Review(Base):
    """Authors ask that somebody else reads a draft before it is released."""

    __tablename__ = "review"
    __table_args__ = (
        Index(None, "draft_id", "requested_at"),
        Index(
            "ix_review_draft_id_open",
            "draft_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    draft_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id"))
    requested_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    requested_at: Mapped[datetime] = mapped_column(UTCDateTime)
    request_note: Mapped[str] = mapped_column(Text, default="")
    """What the authors want to have read with care."""
    text_hash: Mapped[str] = mapped_column(String(64))
    """Of the files to be read, without signatures: an approval is of these bytes and of no others."""
    files: Mapped[dict[str, str]] = mapped_column(JsonValue, deferred=True)
    """SHA-256 of each of those files by path."""
    state: Mapped[ReviewState] = mapped_column(text_enum(ReviewState))
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    note: Mapped[str] = mapped_column(Text, default="")
    """What was decided, in words; the reason when somebody approved alone."""


class ReviewComment(Base):
    """A remark of a review about a line of a file, or about the whole when it names none."""

    __tablename__ = "review_comment"
    __table_args__ = (Index(None, "review_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    review_id: Mapped[UUID] = mapped_column(ForeignKey("review.id"))
    path: Mapped[str] = mapped_column(String(300), default="")
    line: Mapped[int] = mapped_column(default=0)
    """Counted from one; 0 for the whole file."""
    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)

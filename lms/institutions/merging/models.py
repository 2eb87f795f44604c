"""Which records became one, every cell that this changed, and which pairs are two people."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import Json, JsonValue, UTCDateTime


class PersonMerge(Base):
    """A record of a person became part of another one, until somebody takes that back."""

    __tablename__ = "person_merge"
    __table_args__ = (Index(None, "kept_id"), Index(None, "gone_id"), Index(None, "merged_at"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kept_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    """The record that stands."""
    gone_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    """The record that became part of it; its row stays, closed."""
    gone_name: Mapped[str] = mapped_column(String(400))
    merged_at: Mapped[datetime] = mapped_column(UTCDateTime)
    merged_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """Null for the system."""
    tally: Mapped[list[Json]] = mapped_column(JsonValue)
    """What moved and what stayed, counted by kind of row: ``name``, ``moved``, ``stayed``, ``filled``."""
    watched: Mapped[Json] = mapped_column(JsonValue)
    """Enrolments whose rows must be as they were for the merge to be undone: "moved" and "grown" ids."""
    census: Mapped[Json] = mapped_column(JsonValue)
    """By kind of row, the hash over what hung from those enrolments right after."""
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    undone_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))


class MergeChange(Base):
    """One cell that a merge wrote, with what stood there before."""

    __tablename__ = "person_merge_change"
    __table_args__ = (UniqueConstraint("merge_id", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    merge_id: Mapped[UUID] = mapped_column(ForeignKey("person_merge.id"))
    position: Mapped[int]
    """Order of writing, from 0; undoing goes backwards."""
    table_name: Mapped[str] = mapped_column(String(80))
    row_key: Mapped[str] = mapped_column(String(260))
    """The row's primary key as text."""
    column_name: Mapped[str] = mapped_column(String(80))
    before: Mapped[list[object]] = mapped_column(JsonValue)
    after: Mapped[list[object]] = mapped_column(JsonValue)
    """Kind and value, see ``cells``."""


class DistinctPeople(Base):
    """Somebody looked at two records that are alike and said that they are two people."""

    __tablename__ = "distinct_people"
    __table_args__ = (UniqueConstraint("first_id", "second_id"), Index(None, "second_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    first_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    """The smaller of the two ids, as text."""
    second_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    decided_at: Mapped[datetime] = mapped_column(UTCDateTime)
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

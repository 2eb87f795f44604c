"""Courses and their releases. A release is immutable: learners stay on theirs whatever the author edits."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import Json, JsonValue, UTCDateTime, text_enum
from lms.courses.changes import ChangeClass


class UnitKind(StrEnum):
    """What a station of a module is."""

    LESSON = "lesson"
    QUIZ = "quiz"
    SIMULATION = "simulation"


class Course(Base):
    """A course through all its releases."""

    __tablename__ = "course"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(250))
    """Title of the latest release."""
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Release(Base):
    """One compiled, numbered, hashed edition of a course."""

    __tablename__ = "release"
    __table_args__ = (UniqueConstraint("course_id", "number"), UniqueConstraint("course_id", "content_hash"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"), index=True)
    number: Mapped[int]
    content_hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 over the source folder."""
    title: Mapped[str] = mapped_column(String(250))
    summary: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(10))
    hours: Mapped[float]
    sector: Mapped[str | None] = mapped_column(String(20))
    """Set for a course of one sector; null when the course branches by sector."""
    sectors: Mapped[list[str]] = mapped_column(JsonValue)
    """Ids of the sectors that it speaks to, in the order people see them; empty when it is the same for all."""
    jurisdictions: Mapped[list[str]] = mapped_column(JsonValue)
    """ISO 3166-1 codes whose norms it cites, or "general"."""
    outlines: Mapped[Json] = mapped_column(JsonValue, default=dict, server_default=text("'{}'"))
    """By language, what the cover says in it: title, summary, notice, and modules by slug."""
    places: Mapped[Json] = mapped_column(JsonValue, default=dict, server_default=text("'{}'"))
    """By ISO 3166 code, what a place sets otherwise: title, notice, pass_mark."""
    notice: Mapped[str] = mapped_column(Text, default="")
    credits: Mapped[str] = mapped_column(Text, default="")
    pass_mark: Mapped[float]
    attendance_share: Mapped[float]
    released_at: Mapped[datetime] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """No new cohort may take it after this; null while it may."""
    change_class: Mapped[ChangeClass | None] = mapped_column(text_enum(ChangeClass))
    """What its author declared about the change since the release before; null when there is none before."""
    notes: Mapped[str] = mapped_column(Text, default="", server_default="")
    """What changed, for people who study it."""


class ReleasedModule(Base):
    """A module of a release: one station of the route."""

    __tablename__ = "released_module"
    __table_args__ = (UniqueConstraint("release_id", "slug"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    release_id: Mapped[UUID] = mapped_column(ForeignKey("release.id"), index=True)
    position: Mapped[int]
    """Order within the release and the number people call it by; an introduction may be 0."""
    slug: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(250))
    objective: Mapped[str] = mapped_column(Text, default="")
    hours: Mapped[float]
    origin: Mapped[str] = mapped_column(String(100), default="", server_default="")
    """The release from which it was taken, as ``course@number``; empty when it is the course's own."""


class Unit(Base):
    """A lesson, quiz or simulation of a release, compiled: serving it does no Markdown work."""

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("module_id", "slug"), UniqueConstraint("release_id", "position"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    release_id: Mapped[UUID] = mapped_column(ForeignKey("release.id"), index=True)
    module_id: Mapped[UUID] = mapped_column(ForeignKey("released_module.id"), index=True)
    position: Mapped[int]
    """Order through the whole release, from 1."""
    kind: Mapped[UnitKind] = mapped_column(text_enum(UnitKind))
    slug: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(250))
    minutes: Mapped[int]
    shared_key: Mapped[str] = mapped_column(String(64), default="", server_default="", index=True)
    """The same for a unit wherever a course includes it; empty in releases from before there was such a thing."""
    body: Mapped[Json] = mapped_column(JsonValue, deferred=True)
    """The compiled page, keys included: see ``lms.courses.compiler.codec``. Never sent to a browser as is."""


class UnitTranslation(Base):
    """A unit in another language, with the questions and keys of the original."""

    __tablename__ = "unit_translation"
    __table_args__ = (UniqueConstraint("unit_id", "language"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    language: Mapped[str] = mapped_column(String(10))
    """ISO 639-1."""
    title: Mapped[str] = mapped_column(String(250))
    body: Mapped[Json] = mapped_column(JsonValue, deferred=True)
    """As that of the unit. Never sent to a browser as is."""


class ReleasedGlossary(Base):
    """The terms of a release in one language, compiled."""

    __tablename__ = "released_glossary"
    __table_args__ = (UniqueConstraint("release_id", "language"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    release_id: Mapped[UUID] = mapped_column(ForeignKey("release.id"))
    language: Mapped[str] = mapped_column(String(10))
    """ISO 639-1."""
    terms: Mapped[list[Json]] = mapped_column(JsonValue)
    """See ``lms.courses.compiler.codec.term_to_json``; a term that is not in this language says its own."""


class ReleaseAsset(Base):
    """A picture or download of a release, kept in the storage under its hash."""

    __tablename__ = "release_asset"
    __table_args__ = (UniqueConstraint("release_id", "sha256"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    release_id: Mapped[UUID] = mapped_column(ForeignKey("release.id"), index=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(80))


class ReleaseFile(Base):
    """A file of the folder that a release was made of, kept in the storage: a draft can start from it."""

    __tablename__ = "release_file"
    __table_args__ = (UniqueConstraint("release_id", "path"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    release_id: Mapped[UUID] = mapped_column(ForeignKey("release.id"), index=True)
    path: Mapped[str] = mapped_column(String(300))
    """Relative to the course folder, with slashes."""
    sha256: Mapped[str] = mapped_column(String(64))

"""Cohorts, who is enrolled in them, how far each has come, and completion as a fact."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import UTCDateTime, text_enum


class Modality(StrEnum):
    """How a cohort meets."""

    ONLINE = "online"
    ON_SITE = "on-site"
    BLENDED = "blended"


class EnrolmentState(StrEnum):
    """Whether an enrolment counts."""

    ACTIVE = "active"
    WITHDRAWN = "withdrawn"


class Cohort(Base):
    """An edition of a course for a group of people: it pins one release for ever."""

    __tablename__ = "cohort"
    __table_args__ = (
        UniqueConstraint("programme_id", "course_id", "year", "number"),
        Index(None, "search_text"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), index=True)
    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"), index=True)
    release_id: Mapped[UUID] = mapped_column(ForeignKey("release.id"), index=True)
    year: Mapped[int]
    number: Mapped[int]
    """Ordinal of the cohort within its programme, course and year."""
    name: Mapped[str] = mapped_column(String(160))
    modality: Mapped[Modality] = mapped_column(text_enum(Modality))
    venue: Mapped[str] = mapped_column(String(250), default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    """Last day on which progress counts."""
    agreement_id: Mapped[UUID | None] = mapped_column(ForeignKey("agreement.id"), index=True)
    """The agreement under which it runs; null for none."""
    capacity: Mapped[int | None]
    """Places; null for no limit."""
    search_text: Mapped[str] = mapped_column(String(500), default="")
    """Its name and the course's folded for search; kept by the service."""


class Enrolment(Base):
    """A person takes part in a cohort. It keeps the institution and sector of its date."""

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("cohort_id", "person_id"),
        Index(None, "person_id"),
        Index(None, "institution_id", "cohort_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    cohort_id: Mapped[UUID] = mapped_column(ForeignKey("cohort.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    institution_id: Mapped[UUID] = mapped_column(ForeignKey("institution.id"))
    sector: Mapped[str | None] = mapped_column(String(20))
    """The track: which branches of the lessons the person sees open; null shows all of them."""
    state: Mapped[EnrolmentState] = mapped_column(text_enum(EnrolmentState), default=EnrolmentState.ACTIVE)
    enrolled_at: Mapped[datetime] = mapped_column(UTCDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """First unit seen; null before."""
    last_unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    """Where the person left; null before starting."""
    merged_into_id: Mapped[UUID | None]
    """The enrolment of the same person in the same cohort that counts instead; null unless two records became one."""


class UnitProgress(Base):
    """A unit that an enrolled person has opened, and finished or not yet."""

    __tablename__ = "unit_progress"
    __table_args__ = (UniqueConstraint("enrolment_id", "unit_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """A lesson: the person went on; a quiz or a simulation: passed. Null before."""


class Completion(Base):
    """A person completed a cohort's course. Written once, never changed; it keeps everything of its date."""

    __tablename__ = "completion"
    __table_args__ = (
        Index(None, "programme_id", "completed_on"),
        Index(None, "institution_id", "completed_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"), unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"))
    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"))
    release_id: Mapped[UUID] = mapped_column(ForeignKey("release.id"))
    institution_id: Mapped[UUID] = mapped_column(ForeignKey("institution.id"))
    sector: Mapped[str | None] = mapped_column(String(20))
    hours: Mapped[float]
    completed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    completed_on: Mapped[date]
    """The day in the programme's time zone."""

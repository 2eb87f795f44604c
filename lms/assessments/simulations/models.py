"""Runs of simulations and the decisions in them. The story itself is part of the immutable release."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import Json, JsonValue, UTCDateTime


class Run(Base):
    """One time through a simulation by an enrolled person."""

    __tablename__ = "simulation_run"
    __table_args__ = (UniqueConstraint("enrolment_id", "unit_id", "number"), Index(None, "unit_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    number: Mapped[int]
    """Ordinal of the run, from 1."""
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """Null while decisions may still be made."""
    ending: Mapped[str | None] = mapped_column(String(60))
    """Id of the ending that was reached; null before, and in a run that was left to start again."""
    score: Mapped[Json | None] = mapped_column(JsonValue)
    """Points by axis at the ending, each choice counted once; null without an ending."""
    is_passed: Mapped[bool | None]
    """Null without an ending."""


class Decision(Base):
    """What a person chose in one scene of a run."""

    __tablename__ = "simulation_decision"
    __table_args__ = (UniqueConstraint("run_id", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    run_id: Mapped[UUID] = mapped_column(ForeignKey("simulation_run.id"))
    position: Mapped[int]
    """Order within the run, from 1."""
    scene: Mapped[str] = mapped_column(String(60))
    option: Mapped[str] = mapped_column(String(1))
    """Key of the choice."""
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)

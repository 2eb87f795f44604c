"""Meetings of a cohort, what was observed of the people enrolled in it, and the mark that follows."""

from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.attendance.folding import Seen, Terms
from lms.attendance.rules import (
    LETTERS,
    MINUTES_SHARE,
    Device,
    Earlier,
    Kind,
    Mark,
    Method,
    PlaceKind,
    Window,
    window_of,
)
from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import ExactFraction, Json, JsonValue, UTCDateTime, text_enum

__all__ = [
    "Attendance",
    "AttendanceObservation",
    "AttendancePolicy",
    "AttendanceReview",
    "AttendanceState",
    "Mark",
    "Meeting",
    "Method",
]


class Meeting(Base):
    """One planned session of a cohort."""

    __tablename__ = "meeting"
    __table_args__ = (Index(None, "cohort_id", "starts_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    cohort_id: Mapped[UUID] = mapped_column(ForeignKey("cohort.id"))
    title: Mapped[str] = mapped_column(String(200))
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)
    timezone: Mapped[str] = mapped_column(String(60))
    """Zone of the venue, on whose clocks every page shows the meeting."""
    venue: Mapped[str] = mapped_column(String(250), default="")
    room: Mapped[str] = mapped_column(String(120), default="")
    link: Mapped[str] = mapped_column(String(500), default="", server_default="")
    """Address by which whoever is not in the room joins; empty without one."""
    place: Mapped[PlaceKind] = mapped_column(text_enum(PlaceKind), default=PlaceKind.ON_SITE)
    series_id: Mapped[UUID | None] = mapped_column(index=True)
    """Ties the meetings that were planned as one series; null for one that stands alone."""
    facilitator: Mapped[str] = mapped_column(String(160), default="")
    secret: Mapped[str] = mapped_column(String(64))
    """Key from which the rotating codes are made; never leaves the server."""
    opens_minutes_before: Mapped[int] = mapped_column(default=30)
    """Check-in opens so many minutes before the start."""
    late_after_minutes: Mapped[int] = mapped_column(default=15)
    """From so many minutes after the start a check-in counts as late."""
    is_mandatory: Mapped[bool] = mapped_column(default=False)
    """Without it there is no certificate, whatever the share."""
    minimum_share: Mapped[Fraction] = mapped_column(ExactFraction, default=MINUTES_SHARE)
    """Part of its time below which somebody left early; frozen when it is planned, so no later policy changes it."""
    records_exit: Mapped[bool] = mapped_column(default=False)
    """Whether people say when they leave."""
    cancelled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """A cancelled meeting is not planned any more and counts for nobody; null while it stands."""

    @property
    def day(self) -> date:
        """Return the day on which it starts, on the clocks of its place."""
        return self.starts_at.astimezone(ZoneInfo(self.timezone)).date()

    @property
    def window(self) -> Window:
        """Return the instants that decide about marks."""
        return window_of(
            self.starts_at,
            self.ends_at,
            opens_minutes_before=self.opens_minutes_before,
            late_after_minutes=self.late_after_minutes,
        )

    @property
    def terms(self) -> Terms:
        """Return what the meeting says about marks."""
        return Terms(
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            late_from=self.window.late_from,
            minimum_share=self.minimum_share,
        )


class AttendanceObservation(Base):
    """Something noted about a person at a meeting: they came, they left, or somebody says how they attended.

    Rows are added and never changed; ``attendance`` is what follows from all of a person at a meeting.
    """

    __tablename__ = "attendance_observation"
    __table_args__ = (
        UniqueConstraint("meeting_id", "origin"),
        Index(None, "meeting_id", "enrolment_id"),
        Index(None, "enrolment_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"))
    kind: Mapped[Kind] = mapped_column(text_enum(Kind))
    state: Mapped[str] = mapped_column(String(40), default="")
    """Which of the programme's states a verdict gives; empty for entries and exits."""
    role: Mapped[Mark | None] = mapped_column(text_enum(Mark))
    """Whose part that state played when it was given; null for entries and exits."""
    stay: Mapped[str] = mapped_column(String(120), default="")
    """Ties an entry to its own exit where several run side by side, such as the devices of a call."""
    method: Mapped[str] = mapped_column(String(40))
    """Name of a registered way to mark."""
    actor_id: Mapped[UUID | None]
    """Who noted it: the trainer, or the trainee themselves; null for the system."""
    happened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    device: Mapped[Device] = mapped_column(text_enum(Device))
    browser: Mapped[str] = mapped_column(String(64), default="")
    """Tells two browsers apart within this meeting and says nothing about either; empty without one."""
    origin: Mapped[str] = mapped_column(String(120))
    """Where it comes from, so that sending it again is harmless."""
    note: Mapped[str] = mapped_column(String(250), default="")

    @property
    def seen(self) -> Seen:
        """Return what the rule about marks needs of it."""
        return Seen(id=self.id, kind=self.kind, happened_at=self.happened_at, stay=self.stay, role=self.role)


class Attendance(Base):
    """A person's mark at a meeting, which follows from what was observed; there is at most one."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("meeting_id", "enrolment_id"), Index(None, "enrolment_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"))
    mark: Mapped[Mark] = mapped_column(text_enum(Mark))
    state: Mapped[str] = mapped_column(String(40))
    """Which of the programme's states it is; it plays the part of the mark."""
    seconds: Mapped[int] = mapped_column(default=0)
    """Whole seconds that the person was there, inside the meeting."""
    method: Mapped[str] = mapped_column(String(40))
    """Name of the registered way in which the deciding observation was made."""
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    recorded_by: Mapped[UUID | None]
    """Who took the mark: the trainer, or the trainee themselves; null for the system."""
    checked_in_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When the person was first seen coming in, such as when they read the code; a correction leaves it."""
    note: Mapped[str] = mapped_column(String(250), default="")

    @property
    def minutes(self) -> int:
        """Return the whole minutes that the person was there; what is summed are the seconds."""
        return self.seconds // 60


class AttendanceState(Base):
    """A way to have attended, as a programme calls it, and what part of a meeting it is worth there."""

    __tablename__ = "attendance_state"
    __table_args__ = (UniqueConstraint("programme_id", "code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"))
    code: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(80), default="")
    """The programme's own words; empty takes those of the role, in the reader's language."""
    credit: Mapped[Fraction] = mapped_column(ExactFraction)
    """Part of a meeting in [0, 1] that counts as attended, from the last change on."""
    earlier: Mapped[list[Json]] = mapped_column(JsonValue, default=list, server_default="[]")
    """What it was worth at earlier meetings, as ``{"before": "2026-11-20", "credit": "1/2"}``, the oldest first."""
    letter: Mapped[str] = mapped_column(String(1), default="", server_default="")
    """Key of the roll call, which no other state in use has; empty takes that of the role where it is the usual one."""
    retired_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """Since when it is not offered any more; marks that have it keep it. Null while it is in use."""
    role: Mapped[Mark] = mapped_column(text_enum(Mark))
    is_default: Mapped[bool] = mapped_column(default=True)
    """Whether coming and going lead to it by themselves; each role has one such state."""

    @property
    def key(self) -> str:
        """Return its key at the roll call; empty for none."""
        return self.letter or (LETTERS[self.role] if self.is_default else "")

    @property
    def history(self) -> tuple[Earlier, ...]:
        """Return what it was worth at earlier meetings, the oldest first."""
        return read_earlier(self.earlier)


def read_earlier(kept: list[Json]) -> tuple[Earlier, ...]:
    """Return what ``AttendanceState.earlier`` keeps."""
    return tuple(
        Earlier(before=date.fromisoformat(each["before"]), credit=Fraction(each["credit"])) for each in kept
    )


def write_earlier(history: Iterable[Earlier]) -> list[Json]:
    """Return it as ``AttendanceState.earlier`` keeps it."""
    return [{"before": each.before.isoformat(), "credit": str(each.credit)} for each in history]


class AttendancePolicy(Base):
    """What a programme's new meetings ask of those who leave before the end; programmes without a row ask the usual."""

    __tablename__ = "attendance_policy"

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), primary_key=True)
    minimum_share: Mapped[Fraction] = mapped_column(ExactFraction, default=MINUTES_SHARE)


class AttendanceReview(Base):
    """A person looked at something odd about a meeting's marks and said what they make of it; no mark changes by it."""

    __tablename__ = "attendance_review"
    __table_args__ = (UniqueConstraint("meeting_id", "key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    key: Mapped[str] = mapped_column(String(120))
    """What was odd, as ``anomalies`` names it."""
    note: Mapped[str] = mapped_column(String(250), default="")
    reviewed_by: Mapped[UUID | None]
    reviewed_at: Mapped[datetime] = mapped_column(UTCDateTime)

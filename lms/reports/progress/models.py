"""The plan of a programme, its reporting periods, and what each member reports."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import Json, JsonValue, UTCDateTime, text_enum
from lms.reports.frozen.rules import Quarter
from lms.reports.progress.rules import (
    OPEN,
    Answer,
    Joining,
    PeriodChangeKind,
    StepKind,
    SubmissionState,
    quarter_named,
)


class ProgressIndicator(Base):
    """Something that the plan measures every quarter."""

    __tablename__ = "progress_indicator"
    __table_args__ = (UniqueConstraint("programme_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"))
    number: Mapped[str] = mapped_column(String(20))
    """Its code in the plan, such as I-03."""
    objective: Mapped[str] = mapped_column(String(20))
    """The priority objective that it belongs to: OP1, OP2, OP3."""
    name: Mapped[str] = mapped_column(String(250))
    definition: Mapped[str] = mapped_column(String(2000), default="")
    unit: Mapped[str] = mapped_column(String(60))
    source: Mapped[str] = mapped_column(String(250), default="")
    joining: Mapped[Joining] = mapped_column(text_enum(Joining))
    is_automatic: Mapped[bool] = mapped_column(default=False)
    """Whether its value is the people trained that this platform counts, which nobody types."""
    is_active: Mapped[bool] = mapped_column(default=True)
    """False once periods to come no longer ask for it."""


class ProgressResponsible(Base):
    """A member that answers for an indicator; an indicator without any is asked of every member."""

    __tablename__ = "progress_responsible"

    indicator_id: Mapped[UUID] = mapped_column(ForeignKey("progress_indicator.id"), primary_key=True)
    institution_id: Mapped[UUID] = mapped_column(ForeignKey("institution.id"), primary_key=True)


class ProgressTarget(Base):
    """What each responsible member should reach of an indicator in a quarter."""

    __tablename__ = "progress_target"

    indicator_id: Mapped[UUID] = mapped_column(ForeignKey("progress_indicator.id"), primary_key=True)
    period: Mapped[str] = mapped_column(String(7), primary_key=True)
    value: Mapped[float]


class ReportingPeriod(Base):
    """A quarter for which the members of a day are asked until a deadline."""

    __tablename__ = "reporting_period"
    __table_args__ = (UniqueConstraint("programme_id", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"))
    name: Mapped[str] = mapped_column(String(7))
    """Such as 2026-T1."""
    members_on: Mapped[date]
    """The day whose members are asked."""
    due_on: Mapped[date]
    """Last day to send, as it is now."""
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """Since when nobody writes or sends; null while it is open."""

    @property
    def quarter(self) -> Quarter:
        """Return the quarter of its name."""
        found = quarter_named(self.name)
        if found is None:
            raise ValueError(self.name)
        return found


class PeriodChange(Base):
    """A period got another deadline, was closed or was opened again, with the reason. Added, never changed."""

    __tablename__ = "period_change"
    __table_args__ = (UniqueConstraint("period_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    period_id: Mapped[UUID] = mapped_column(ForeignKey("reporting_period.id"))
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    kind: Mapped[PeriodChangeKind] = mapped_column(text_enum(PeriodChangeKind))
    was_due_on: Mapped[date]
    """The deadline before."""
    due_on: Mapped[date]
    """The deadline since; the same for one that was closed."""
    reason: Mapped[str] = mapped_column(String(1000))


class ProgressSubmission(Base):
    """What a member reports of a period."""

    __tablename__ = "progress_submission"
    __table_args__ = (UniqueConstraint("period_id", "institution_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    period_id: Mapped[UUID] = mapped_column(ForeignKey("reporting_period.id"))
    institution_id: Mapped[UUID] = mapped_column(ForeignKey("institution.id"), index=True)
    """The member of which it tells."""
    heir_id: Mapped[UUID | None] = mapped_column(ForeignKey("institution.id"), index=True)
    """The institution that writes it since the member became part of it; null while the member itself does."""
    state: Mapped[SubmissionState] = mapped_column(text_enum(SubmissionState))
    revision: Mapped[int] = mapped_column(default=0)
    """Grows with each step, so that nobody saves over what they did not see."""
    content: Mapped[Json] = mapped_column(JsonValue)
    """An ``Answer`` as plain values for each indicator asked for, by its id in hexadecimal."""

    period: Mapped[ReportingPeriod] = relationship(lazy="joined", innerjoin=True)

    @property
    def is_open(self) -> bool:
        """Say whether the member may write."""
        return self.state in OPEN and self.period.closed_at is None

    @property
    def writer_id(self) -> UUID:
        """Return the institution that writes it."""
        return self.heir_id or self.institution_id

    @property
    def answers(self) -> dict[UUID, Answer]:
        """Return what is said of each indicator asked for."""
        return answers_of(self.content)


class ProgressStep(Base):
    """Something that happened to what a member reports, with everything as it was then."""

    __tablename__ = "progress_step"
    __table_args__ = (UniqueConstraint("submission_id", "number"), Index(None, "person_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("progress_submission.id"))
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    kind: Mapped[StepKind] = mapped_column(text_enum(StepKind))
    state: Mapped[SubmissionState] = mapped_column(text_enum(SubmissionState))
    """How it stood afterwards."""
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """Who did it; null for the system, and once the account is erased."""
    heir_id: Mapped[UUID | None] = mapped_column(ForeignKey("institution.id"), index=True)
    """Who wrote it in place of the member afterwards; null while the member itself did."""
    note: Mapped[str] = mapped_column(String(1000), default="")
    """Why it was returned."""
    content: Mapped[Json] = mapped_column(JsonValue)


class ProgressReminder(Base):
    """A member was reminded of what it has not sent."""

    __tablename__ = "progress_reminder"
    __table_args__ = (UniqueConstraint("submission_id", "mark"), Index(None, "person_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("progress_submission.id"))
    mark: Mapped[str] = mapped_column(String(20))
    """Days from the deadline of one sent by itself; the day of one that somebody sent."""
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime)
    letters: Mapped[int]
    """To how many addresses; 0 where the member has no focal point with one."""
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """Who sent it; null for one sent by itself."""


def answers_of(content: Json) -> dict[UUID, Answer]:
    """Return the answers that are kept as plain values, by indicator."""
    return {UUID(hex=key): Answer.read(plain) for key, plain in content.items()}

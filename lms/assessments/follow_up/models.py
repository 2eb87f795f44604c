"""Who was asked, when, and what was answered."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.ids import new_id
from lms.core.types import JsonValue, UTCDateTime, text_enum


class Respondent(StrEnum):
    """Who answers."""

    SELF = "self"
    SUPERIOR = "superior"


class FollowUpSetting(Base):
    """A programme asks the people who completed its courses; without a row it does not."""

    __tablename__ = "follow_up_setting"

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), primary_key=True)
    day: Mapped[int]
    """Days after the completion."""


class FollowUp(Base):
    """The survey about one completion, asked once."""

    __tablename__ = "follow_up"
    __table_args__ = (Index(None, "closes_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    completion_id: Mapped[UUID] = mapped_column(ForeignKey("completion.id"), unique=True)
    asked_on: Mapped[date]
    closes_on: Mapped[date]
    reminded_on: Mapped[date | None]
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    superior_name: Mapped[str] = mapped_column(String(160), server_default="")
    superior_email: Mapped[str] = mapped_column(String(254), server_default="")
    """As the person wrote it; both are empty once they are of no more use."""
    superior_asked_on: Mapped[date | None]
    superior_reminded_on: Mapped[date | None]
    superior_answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class FollowUpAnswer(Base):
    """What was answered to one question of the survey."""

    __tablename__ = "follow_up_answer"
    __table_args__ = (UniqueConstraint("follow_up_id", "respondent", "question"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    follow_up_id: Mapped[UUID] = mapped_column(ForeignKey("follow_up.id"))
    respondent: Mapped[Respondent] = mapped_column(text_enum(Respondent))
    question: Mapped[str] = mapped_column(String(40))
    value: Mapped[int | None]
    """From 1 to 5; null for a text."""
    text: Mapped[str] = mapped_column(Text, server_default="")


class FollowUpReply(Base):
    """What was answered to one question of a course's own survey; whose survey it is, its unit says."""

    __tablename__ = "follow_up_reply"
    __table_args__ = (UniqueConstraint("follow_up_id", "unit_id", "question_id"), Index(None, "unit_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    follow_up_id: Mapped[UUID] = mapped_column(ForeignKey("follow_up.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    question_id: Mapped[str] = mapped_column(String(80))
    chosen: Mapped[list[str]] = mapped_column(JsonValue)
    """As the question's type keeps it: keys of options, "key:value", or a text."""


class MeasureInvitation(Base):
    """Somebody was told that a quiz of the follow-up of the course that they completed is open."""

    __tablename__ = "follow_up_measure"
    __table_args__ = (UniqueConstraint("completion_id", "unit_id"), Index(None, "unit_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    completion_id: Mapped[UUID] = mapped_column(ForeignKey("completion.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    asked_on: Mapped[date]
    reminded_on: Mapped[date | None]


class LetterRefusal(Base):
    """An address that wants no more letters of the survey, as a keyed digest that tells no address."""

    __tablename__ = "follow_up_refusal"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    refused_at: Mapped[datetime] = mapped_column(UTCDateTime)

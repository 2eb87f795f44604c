"""Changing the term of a period after it was opened: another deadline, an end, and opened again."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.institutions.programmes.queries import get_programme
from lms.reports.progress import letters, queries
from lms.reports.progress.errors import DeadlinePast, DeadlineSame, DeadlineTooEarly, PeriodClosed, PeriodOpen
from lms.reports.progress.messages import DeadlineMoved, PeriodReopened, PeriodShut
from lms.reports.progress.models import PeriodChange, ReportingPeriod
from lms.reports.progress.rules import PeriodChangeKind


def move_deadline(period: ReportingPeriod, due_on: date, reason: str, *, actor: Actor, now: datetime) -> None:
    """Give a period another deadline, and write to whoever has not sent.

    Raises PeriodClosed, DeadlineSame, DeadlinePast and DeadlineTooEarly.
    """
    _hold(period)
    if period.closed_at is not None:
        raise PeriodClosed
    if due_on == period.due_on:
        raise DeadlineSame
    _check(period, due_on, now)
    was = period.due_on
    turn = _change(period, PeriodChangeKind.DEADLINE, due_on, reason, now)
    publish(
        DeadlineMoved(
            at=now, actor=actor, subject_id=period.programme_id, period=period.name, was=was, due_on=due_on,
            reason=reason,
        )
    )  # fmt: skip
    _tell(period, reason, turn, now)


def close(period: ReportingPeriod, reason: str, *, actor: Actor, now: datetime) -> None:
    """End a period: what was not sent stays as it is, and what was sent can still be accepted; raises PeriodClosed."""
    _hold(period)
    if period.closed_at is not None:
        raise PeriodClosed
    period.closed_at = now
    _change(period, PeriodChangeKind.CLOSED, period.due_on, reason, now)
    publish(
        PeriodShut(at=now, actor=actor, subject_id=period.programme_id, period=period.name, reason=reason)
    )


def reopen(period: ReportingPeriod, due_on: date, reason: str, *, actor: Actor, now: datetime) -> None:
    """Open a closed period until a day, and write to whoever has not sent.

    Raises PeriodOpen, DeadlinePast and DeadlineTooEarly.
    """
    _hold(period)
    if period.closed_at is None:
        raise PeriodOpen
    _check(period, due_on, now)
    period.closed_at = None
    turn = _change(period, PeriodChangeKind.REOPENED, due_on, reason, now)
    publish(
        PeriodReopened(
            at=now,
            actor=actor,
            subject_id=period.programme_id,
            period=period.name,
            due_on=due_on,
            reason=reason,
        )
    )
    _tell(period, reason, turn, now)


def _hold(period: ReportingPeriod) -> None:
    db.session.refresh(period, with_for_update=True)


def _check(period: ReportingPeriod, due_on: date, now: datetime) -> None:
    if due_on < period.quarter.first:
        raise DeadlineTooEarly
    if due_on < now.astimezone(ZoneInfo(get_programme(period.programme_id).timezone)).date():
        raise DeadlinePast


def _change(period: ReportingPeriod, kind: PeriodChangeKind, due_on: date, reason: str, now: datetime) -> int:
    """Write the change down and return its number."""
    number = len(queries.list_changes(period.id)) + 1
    db.session.add(
        PeriodChange(
            id=new_id(), period_id=period.id, number=number, at=now, kind=kind, was_due_on=period.due_on,
            due_on=due_on, reason=reason,
        )
    )  # fmt: skip
    period.due_on = due_on
    db.session.flush()
    return number


def _tell(period: ReportingPeriod, reason: str, turn: int, now: datetime) -> None:
    for submission, people in queries.list_writers(queries.list_open(period.id)):
        letters.write_moved(submission, people, reason, turn, now=now)

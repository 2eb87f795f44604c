"""Reads about what programmes call the ways to have attended, and what part of a meeting each is worth."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select

from lms.attendance.models import Attendance, AttendancePolicy, AttendanceState, Mark, Meeting
from lms.attendance.rules import CREDITS, MINUTES_SHARE, credit_on
from lms.core.db import db
from lms.learning.models import Cohort


def states_of(programme_id: UUID) -> list[AttendanceState]:
    """Return a programme's states in the order in which they are listed, retired ones last."""
    rows = db.session.scalars(
        select(AttendanceState).where(AttendanceState.programme_id == programme_id)
    ).all()
    return in_order(rows)


def in_order(states: Iterable[AttendanceState]) -> list[AttendanceState]:
    """Return states as they are listed: in use before retired, those of present people first, then by label."""
    order = list(Mark)
    return sorted(
        states,
        key=lambda row: (
            bool(row.retired_at),
            order.index(row.role),
            not row.is_default,
            row.label,
            row.code,
        ),
    )


def offered_of(programme_id: UUID) -> list[AttendanceState]:
    """Return the states that somebody may be given now: those that are not retired."""
    return [state for state in states_of(programme_id) if state.retired_at is None]


def minimum_share_of(programme_id: UUID) -> Fraction:
    """Return what part of their time the programme's new meetings ask for."""
    policy = db.session.get(AttendancePolicy, programme_id)
    return policy.minimum_share if policy else MINUTES_SHARE


@dataclass(frozen=True)
class RolesOf(Mapping[str, Mark]):
    """Whose part each state of a meeting's programme plays, retired ones too; the usual five are known without asking.

    A list that was taken along before a state was retired may still give it.
    """

    meeting: Meeting

    def __getitem__(self, code: str) -> Mark:
        """Return the role of a state; raises KeyError."""
        return Mark(code) if code in set(Mark) else self._own[code]

    def __iter__(self) -> Iterator[str]:
        """Iterate over all codes."""
        return iter({*Mark, *self._own})

    def __len__(self) -> int:
        """Return how many states there are."""
        return len({*Mark, *self._own})

    @cached_property
    def _own(self) -> dict[str, Mark]:
        rows = db.session.execute(
            select(AttendanceState.code, AttendanceState.role)
            .join(Cohort, Cohort.programme_id == AttendanceState.programme_id)
            .where(Cohort.id == self.meeting.cohort_id)
        ).all()
        return {row[0]: row[1] for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A mark with what the programme calls it and what part of a meeting it is worth there."""

    mark: Mark
    credit: Fraction
    label: str = ""
    """The programme's own words; empty for the usual ones."""
    letter: str = ""
    """What tells it from the usual state of the mark; empty for that one."""


def weigh(mark: Mark | None, state: AttendanceState | None, day: date) -> Weighed | None:
    """Return a mark as its state weighs it at a meeting of a day; the usual worth where the programme has none."""
    if mark is None:
        return None
    if state is None:
        return Weighed(mark=mark, credit=CREDITS[mark])
    credit = credit_on(day, state.credit, state.history) if state.earlier else state.credit
    letter = "" if state.is_default else state.letter
    return Weighed(mark=mark, credit=credit, label=state.label, letter=letter)


def state_of_mark() -> ColumnElement[bool]:
    """Return the condition that joins a mark to its state, within the programme of its cohort."""
    return (AttendanceState.programme_id == Cohort.programme_id) & (AttendanceState.code == Attendance.state)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """How a person stands at a meeting."""

    enrolment_id: UUID
    meeting_id: UUID
    code: str
    """Code of the state."""
    weighed: Weighed
    seconds: int
    """Whole seconds inside the meeting."""


def list_marked(enrolment_ids: Collection[UUID]) -> list[Marked]:
    """Return the marks of these enrolments at all meetings, in one query."""
    own = Attendance
    rows = db.session.execute(
        select(own.enrolment_id, own.state, own.mark, own.seconds, AttendanceState, Meeting)
        .join(Meeting, Meeting.id == own.meeting_id)
        .join(Cohort, Cohort.id == Meeting.cohort_id)
        .outerjoin(AttendanceState, state_of_mark())
        .where(own.enrolment_id.in_(enrolment_ids))
    ).all()
    return list(_marked(rows))


def _marked(rows: Iterable[Any]) -> Iterator[Marked]:
    known: dict[tuple[Mark, AttendanceState | None, Meeting], Weighed | None] = {}
    for enrolment_id, code, mark, seconds, state, meeting in rows:
        key = mark, state, meeting
        if key not in known:
            known[key] = weigh(mark, state, meeting.day)
        if weighed := known[key]:
            yield Marked(
                enrolment_id=enrolment_id,
                meeting_id=meeting.id,
                code=code,
                weighed=weighed,
                seconds=seconds,
            )

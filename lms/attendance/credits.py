"""Reads about what programmes call the ways to have attended, and what part of a meeting each is worth."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from uuid import UUID

from sqlalchemy import ColumnElement, select

from lms.attendance.models import Attendance, AttendancePolicy, AttendanceState, Mark, Meeting
from lms.attendance.rules import CREDITS, MINUTES_SHARE
from lms.core.db import db
from lms.learning.models import Cohort


def states_of(programme_id: UUID) -> list[AttendanceState]:
    """Return a programme's states: those of present people first, then by label."""
    rows = db.session.scalars(
        select(AttendanceState).where(AttendanceState.programme_id == programme_id)
    ).all()
    order = list(Mark)
    return sorted(rows, key=lambda row: (order.index(row.role), not row.is_default, row.label, row.code))


def minimum_share_of(programme_id: UUID) -> Fraction:
    """Return what part of their time the programme's new meetings ask for."""
    policy = db.session.get(AttendancePolicy, programme_id)
    return policy.minimum_share if policy else MINUTES_SHARE


@dataclass(frozen=True)
class RolesOf(Mapping[str, Mark]):
    """Whose part each state of a meeting's programme plays; the usual five are known without asking."""

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


def weigh(mark: Mark | None, credit: Fraction | None, label: str | None) -> Weighed | None:
    """Return a mark with the credit and label of its state, the usual ones where the programme has none."""
    if mark is None:
        return None
    return Weighed(mark=mark, credit=CREDITS[mark] if credit is None else credit, label=label or "")


def state_of_mark() -> ColumnElement[bool]:
    """Return the condition that joins a mark to its state, within the programme of its cohort."""
    return (AttendanceState.programme_id == Cohort.programme_id) & (AttendanceState.code == Attendance.state)

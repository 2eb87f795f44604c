"""Whose standing would be another one if states were worth something else or more were asked for; nothing changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Final

from sqlalchemy import select

from lms.accounts.models import Person
from lms.attendance.credits import Marked, Weighed, list_marked
from lms.attendance.models import AttendanceState, Meeting
from lms.attendance.register import planned_by_cohort, planned_of
from lms.attendance.rules import FIXED, Earlier, change_credit, credit_on
from lms.attendance.shares import Share, share_of
from lms.core.db import db
from lms.institutions.programmes.models import Programme
from lms.learning.models import Cohort, Completion, Enrolment, EnrolmentState
from lms.plugins.criteria import State

CHUNK: Final = 500
"""People whose marks are in memory at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What a state is worth, as ``AttendanceState`` keeps it."""

    credit: Fraction
    earlier: Sequence[Earlier]

    def on(self, day: date) -> Fraction:
        """Return what it is worth at a meeting of a day."""
        return credit_on(day, self.credit, self.earlier)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Somebody whose standing would be another one."""

    name: str
    cohort: str
    before: Share
    after: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What another worth of states, or another share that is asked for, would change."""

    people: int
    """How many were looked at: active, and without a completion."""
    changes: tuple[Change, ...]
    """Those whose standing would be another one, by cohort and name."""

    def count(self, state: State) -> int:
        """Return how many would come to stand like this."""
        return sum(each.after.state is state for each in self.changes)


def worths_after(
    states: Iterable[AttendanceState], credits_: Mapping[str, Fraction], since: date | None
) -> dict[str, Worth]:
    """Return by code what states would be worth with other credits from a day on; None means for all meetings."""
    found = {}
    for state in states:
        credit = state.credit if state.role in FIXED else credits_.get(state.code, state.credit)
        earlier = state.history
        if credit != state.credit:
            earlier = change_credit(state.credit, state.history, to=credit, since=since)
        found[state.code] = Worth(credit=credit, earlier=earlier)
    return found


def effect_of(programme: Programme, worths: Mapping[str, Worth], share: float, now: datetime) -> Effect:
    """Return whose standing would be another one; three queries for each five hundred people.

    Who completed the course keeps the completion, so they are left out.
    """
    people = db.session.execute(
        select(Enrolment.id, Cohort.id, Person, Cohort.name)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(Completion, Completion.enrolment_id == Enrolment.id)
        .where(
            Cohort.programme_id == programme.id,
            Enrolment.state == EnrolmentState.ACTIVE,
            Completion.id.is_(None),
        )
        .order_by(Cohort.name, Person.search_text, Person.id)
    ).all()
    meetings = planned_by_cohort({row[1] for row in people})
    changes: list[Change] = []
    for start in range(0, len(people), CHUNK):
        rows = people[start : start + CHUNK]
        marks = {(each.enrolment_id, each.meeting_id): each for each in list_marked([row[0] for row in rows])}
        for row in rows:
            own = [(each, marks.get((row[0], each.id))) for each in meetings.get(row[1], ())]
            before = _share(own, programme.attendance_share, now)
            after = _share([_after(*each, worths) for each in own], share, now)
            if before and after and before.state is not after.state:
                changes.append(Change(name=row[2].name, cohort=row[3], before=before, after=after))
    return Effect(people=len(people), changes=tuple(changes))


def _share(own: Iterable[tuple[Meeting, Marked | None]], threshold: float, now: datetime) -> Share | None:
    planned = [planned_of(meeting, mark.weighed if mark else None) for meeting, mark in own]
    return share_of(planned, threshold=threshold, now=now)


def _after(
    meeting: Meeting, mark: Marked | None, worths: Mapping[str, Worth]
) -> tuple[Meeting, Marked | None]:
    worth = worths.get(mark.code) if mark else None
    if mark is None or worth is None:
        return meeting, mark
    weighed: Weighed = replace(mark.weighed, credit=worth.on(meeting.day))
    return meeting, replace(mark, weighed=weighed)

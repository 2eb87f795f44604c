"""Reads about the meetings of every cohort that a member of staff sees: today's, those to come, earlier ones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, case, false, func, not_, or_, select

from lms.accounts.queries import is_real_person
from lms.attendance.models import Attendance, Meeting
from lms.attendance.permissions import AttendancePermission
from lms.attendance.queries import LocalMeeting, visible_to
from lms.core.actors import Actor
from lms.core.db import db
from lms.institutions.programmes.models import Programme
from lms.learning.models import Cohort, Enrolment, EnrolmentState
from lms.learning.queries import enrolment_condition

RECENT: Final = timedelta(days=30)
"""How far back the list goes when no month is chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A cohort that has meetings, the time zones of their venues, and the days of the first and the last one."""

    cohort_id: UUID
    name: str
    zones: tuple[ZoneInfo, ...]
    first: date
    last: date


def list_calendars(actor: Actor) -> list[Calendar]:
    """Return the cohorts in the actor's reach that have meetings, by name, in one query."""
    first, last = func.min(Meeting.starts_at), func.max(Meeting.starts_at)
    rows = db.session.execute(
        visible_to(actor, AttendancePermission.READ_REGISTER)
        .with_only_columns(Cohort.id, Cohort.name, Meeting.timezone, first, last)
        .group_by(Cohort.id, Cohort.name, Meeting.timezone)
        .order_by(Cohort.name, Cohort.id, Meeting.timezone)
    ).all()
    return [_calendar(list(group)) for _key, group in groupby(rows, key=itemgetter(0))]


def _calendar(rows: Sequence[Any]) -> Calendar:
    """Return the calendar of one cohort, whose rows are one for each time zone."""
    zones = tuple(ZoneInfo(row[2]) for row in rows)
    days = [
        moment.astimezone(zone).date() for row, zone in zip(rows, zones, strict=True) for moment in row[3:5]
    ]
    return Calendar(cohort_id=rows[0][0], name=rows[0][1], zones=zones, first=min(days), last=max(days))


def months_of(calendars: Sequence[Calendar]) -> list[date]:
    """Return the first day of every month from the first meeting to the last, newest first."""
    if not calendars:
        return []
    month = max(each.last for each in calendars).replace(day=1)
    oldest = min(each.first for each in calendars).replace(day=1)
    found = []
    while month >= oldest:
        found.append(month)
        month = (month - timedelta(days=1)).replace(day=1)
    return found


@dataclass(frozen=True, kw_only=True)
class Agenda:
    """The meetings that an actor sees at a moment, of one cohort or one month when asked.

    What day it is, the clocks of each meeting's venue say.
    """

    actor: Actor
    calendars: Sequence[Calendar]
    now: datetime
    cohort_id: UUID | None = None
    month: date | None = None
    """First day of the month; null for everything to come and the last 30 days."""

    @property
    def ahead(self) -> Select[Meeting, Cohort, Programme]:
        """Return the select of today's meetings, those that are on, and those to come, today's first."""
        is_ahead = or_(self._since(self._today), Meeting.ends_at >= self.now)
        is_later = case((self._since(self._tomorrow), 1), else_=0)
        return self._wanted().where(is_ahead).order_by(is_later, Meeting.starts_at, Meeting.id)

    @property
    def earlier(self) -> Select[Meeting, Cohort, Programme]:
        """Return the select of the meetings before today, newest first."""
        found = self._wanted().where(not_(self._since(self._today)), Meeting.ends_at < self.now)
        if self.month is None:
            found = found.where(self._since(lambda zone: self._today(zone) - RECENT))
        return found.order_by(Meeting.starts_at.desc(), Meeting.id)

    def _wanted(self) -> Select[Meeting, Cohort, Programme]:
        found = visible_to(self.actor, AttendancePermission.READ_REGISTER)
        if self.cohort_id:
            found = found.where(Cohort.id == self.cohort_id)
        if self.month:
            first, after = self.month, (self.month + timedelta(days=31)).replace(day=1)
            found = found.where(self._since(lambda _zone: first), not_(self._since(lambda _zone: after)))
        return found

    def _today(self, zone: ZoneInfo) -> date:
        return self.now.astimezone(zone).date()

    def _tomorrow(self, zone: ZoneInfo) -> date:
        return self._today(zone) + timedelta(days=1)

    def _since(self, day_of: Callable[[ZoneInfo], date]) -> ColumnElement[bool]:
        """Return the condition that a meeting starts on a day or after it, on the clocks of its place."""
        starts = (
            and_(Meeting.timezone == zone.key, Meeting.starts_at >= _midnight(day_of(zone), zone))
            for zone in self._zones
        )
        return or_(false(), *starts)

    @cached_property
    def _zones(self) -> list[ZoneInfo]:
        return sorted({zone for each in self.calendars for zone in each.zones}, key=lambda zone: zone.key)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return the instant at which a day begins in a place; where the clocks jump over midnight, that of the jump."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many of the people enrolled, as far as the reader sees them, have a mark at a meeting."""

    marked: int
    enrolled: int


def count_marked(actor: Actor, meetings: Sequence[LocalMeeting]) -> dict[UUID, Tally]:
    """Return by meeting how many of the people in the actor's reach who count have a mark, in one query."""
    mine = (Attendance.meeting_id == Meeting.id) & (Attendance.enrolment_id == Enrolment.id)
    rows = db.session.execute(
        select(Meeting.id, func.count(Attendance.id), func.count(Enrolment.id))
        .join(Enrolment, Enrolment.cohort_id == Meeting.cohort_id)
        .outerjoin(Attendance, mine)
        .where(
            Meeting.id.in_([each.id for each in meetings]),
            Enrolment.state == EnrolmentState.ACTIVE,
            is_real_person(Enrolment.person_id),
            enrolment_condition(actor, AttendancePermission.READ_REGISTER),
        )
        .group_by(Meeting.id)
    ).all()
    found = {row[0]: Tally(marked=row[1], enrolled=row[2]) for row in rows}
    return {each.id: found.get(each.id, Tally(marked=0, enrolled=0)) for each in meetings}


def sees_partly(actor: Actor) -> bool:
    """Say whether the actor sees some cohort only for the people of an institution."""
    reach = actor.reach(AttendancePermission.READ_REGISTER)
    return bool(reach.institutions) and not reach.everywhere

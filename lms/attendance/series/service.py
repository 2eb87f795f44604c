"""What can be done with series; meetings are written by the service of attendance."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from lms.attendance import service as attendance
from lms.attendance.models import Meeting
from lms.attendance.queries import LocalMeeting
from lms.attendance.rules import span
from lms.attendance.series import queries
from lms.attendance.series.messages import HolidaysSet, SeriesPlanned
from lms.attendance.series.models import Holiday
from lms.attendance.service import MeetingValues
from lms.core.actors import Actor
from lms.core.db import db
from lms.core.events import publish
from lms.core.ids import new_id
from lms.institutions.programmes.models import Programme
from lms.learning.models import Cohort

MOMENTS = frozenset({"starts_at", "ends_at"})


def plan_series(
    cohort: Cohort,
    meetings: Sequence[MeetingValues],
    *,
    minimum_share: Fraction | None,
    actor: Actor,
    now: datetime,
) -> list[Meeting]:
    """Plan meetings that belong together; raises what ``create_meeting`` does."""
    series_id = new_id()
    planned = [
        attendance.create_meeting(
            cohort, series_id=series_id, minimum_share=minimum_share, actor=actor, now=now, **values
        )
        for values in meetings
    ]
    publish(SeriesPlanned(at=now, actor=actor, subject_id=cohort.id, series_id=series_id, count=len(planned)))
    return planned


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One meeting of a series and what it would be."""

    local: LocalMeeting
    values: MeetingValues

    @property
    def changed(self) -> frozenset[str]:
        """Return the names of what would be other than it is."""
        return frozenset(
            name for name, value in self.values.items() if getattr(self.local.meeting, name) != value
        )

    @property
    def is_moved(self) -> bool:
        """Say whether it would be at another time."""
        return bool(self.changed & (MOMENTS | {"timezone"}))

    @property
    def starts(self) -> datetime:
        """Return when it would start, on the clocks of its place."""
        return self.values["starts_at"].astimezone(self._zone)

    @property
    def ends(self) -> datetime:
        """Return when it would end, there."""
        return self.values["ends_at"].astimezone(self._zone)

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.values.get("timezone", self.local.meeting.timezone))


def changes_of(anchor: LocalMeeting, values: MeetingValues, members: Sequence[LocalMeeting]) -> list[Change]:
    """Return what becomes of each meeting when one of them is changed so, and the others alike.

    Only what differs from that one is changed in the others: their own titles stay unless the title is changed.
    Days move by as many as that one's; hours are those of the place's clocks, so summer time shifts nothing.
    Raises TimeSkipped and EndRefused.
    """
    before, own = anchor.meeting, cast("Mapping[str, Any]", values)
    fields = {name: value for name, value in own.items() if getattr(before, name) != value}
    moved = {name for name in fields if name in MOMENTS or name == "timezone"}
    others = {name: value for name, value in fields.items() if name not in moved}
    found = []
    for local in members:
        kept: dict[str, Any] = {name: getattr(local.meeting, name) for name in own} | others
        if moved:
            kept |= _moved(anchor, values, local)
        found.append(Change(local=local, values=cast("MeetingValues", kept)))
    return found


def _moved(anchor: LocalMeeting, values: MeetingValues, local: LocalMeeting) -> dict[str, Any]:
    key = values.get("timezone", anchor.meeting.timezone)
    zone = ZoneInfo(key)
    starts, ends = values["starts_at"].astimezone(zone), values["ends_at"].astimezone(zone)
    shift = starts.date() - anchor.day
    before = [
        each.astimezone(anchor.zone).time() for each in (anchor.meeting.starts_at, anchor.meeting.ends_at)
    ]
    if before == [starts.time(), ends.time()]:
        starts, ends = (
            each.astimezone(local.zone) for each in (local.meeting.starts_at, local.meeting.ends_at)
        )
    starts_at, ends_at = span(local.day + shift, starts.time(), ends.time(), zone)
    return {"starts_at": starts_at, "ends_at": ends_at, "timezone": key}


def change_series(changes: Iterable[Change], *, actor: Actor, now: datetime) -> int:
    """Change meetings and tell people of each that they must know; return how many changed."""
    return sum(
        bool(attendance.change_meeting(each.local.meeting, actor=actor, now=now, **each.values))
        for each in changes
    )


def cancel_series(members: Sequence[LocalMeeting], *, actor: Actor, now: datetime) -> int:
    """Call off those that have no marks, and tell people; return how many."""
    held = queries.held_among([each.id for each in members])
    free = [each for each in members if each.id not in held]
    for each in free:
        attendance.cancel_meeting(each.meeting, actor=actor, now=now)
    return len(free)


def set_holidays(programme: Programme, days: Mapping[date, str], *, actor: Actor, now: datetime) -> int:
    """Add days on which nobody works, or rename those that are there; return how many are new or renamed."""
    known = {each.day: each for each in queries.list_holidays(programme.id)}
    changed = 0
    for day, name in days.items():
        if day not in known:
            db.session.add(Holiday(programme_id=programme.id, day=day, name=name))
        elif known[day].name != name:
            known[day].name = name
        else:
            continue
        changed += 1
    if changed:
        publish(HolidaysSet(at=now, actor=actor, subject_id=programme.id, added=changed, removed=0))
    return changed


def remove_holidays(programme: Programme, holiday_ids: Iterable[UUID], *, actor: Actor, now: datetime) -> int:
    """Work on these days again; meetings that are planned stay as they are. Return how many were removed."""
    chosen = set(holiday_ids)
    found = [each for each in queries.list_holidays(programme.id) if each.id in chosen]
    for each in found:
        db.session.delete(each)
    if found:
        publish(HolidaysSet(at=now, actor=actor, subject_id=programme.id, added=0, removed=len(found)))
    return len(found)

"""When a notice goes, and to whom it does not. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

LONGEST_EXTRA: Final = 400
FARTHEST: Final = 21
"""Days around a moment among which a quieter or louder one is looked for; a week has five working days."""
SATURDAY: Final = 5


class NoticeKind(StrEnum):
    """What a scheduled notice is about."""

    MEETING_SOON = "meeting-soon"
    NOT_STARTED = "not-started"
    ALMOST_DONE = "almost-done"
    DEADLINE = "deadline"
    FOCAL_POINTS = "focal-points"
    CALL_CLOSING = "call-closing"
    CALL_RESULTS = "call-results"


DEFAULTS: Final[dict[NoticeKind, int]] = {
    NoticeKind.MEETING_SOON: 24,
    NoticeKind.NOT_STARTED: 3,
    NoticeKind.ALMOST_DONE: 2,
    NoticeKind.DEADLINE: 7,
    NoticeKind.FOCAL_POINTS: 5,
    NoticeKind.CALL_CLOSING: 3,
    NoticeKind.CALL_RESULTS: 1,
}
"""Hours before a meeting, days after the beginning, lessons left, days before the end, days after the beginning; of a
call, days before and after its deadline."""
ABOUT_CALLS: Final = frozenset({NoticeKind.CALL_CLOSING, NoticeKind.CALL_RESULTS})
"""For the focal points of a cohort with a call; they are on from its opening unless somebody turns them off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeValues:
    """What whoever runs a cohort says of one kind of notice."""

    is_on: bool
    amount: int
    extra: str


class NoticeState(StrEnum):
    """What became of a notice."""

    WAITING = "waiting"
    """It is not to be sent at this hour."""
    SENT = "sent"
    SKIPPED = "skipped"


class Reason(StrEnum):
    """Why a notice was not sent."""

    UNSUBSCRIBED = "unsubscribed"
    NO_ADDRESS = "no-address"
    CLOSED = "closed"
    """The cohort is over."""
    WITHDRAWN = "withdrawn"
    NOT_NEEDED = "not-needed"
    """Meanwhile the person began or completed the course, or the meeting was moved or called off."""
    TURNED_OFF = "turned-off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """The hours at which nobody is written to; equal ends mean none."""

    starts: time = time(20)
    ends: time = time(8)
    on_weekends: bool = True
    """Whether Saturdays and Sundays are quiet as a whole."""


def is_quiet(moment: datetime, quiet: Quiet, zone: ZoneInfo) -> bool:
    """Say whether nobody is written to at a moment, on the clocks of a place."""
    local = moment.astimezone(zone)
    if quiet.on_weekends and local.weekday() >= SATURDAY:
        return True
    at = local.time()
    if quiet.starts <= quiet.ends:
        return quiet.starts <= at < quiet.ends
    return at >= quiet.starts or at < quiet.ends


def next_loud(moment: datetime, quiet: Quiet, zone: ZoneInfo) -> datetime:
    """Return the first moment, this one or a later one, at which people are written to."""
    if not is_quiet(moment, quiet, zone):
        return moment
    later = (each for each in _edges(moment, quiet, zone, step=1) if each > moment)
    return next((each for each in later if not is_quiet(each, quiet, zone)), moment)


def last_loud(moment: datetime, quiet: Quiet, zone: ZoneInfo) -> datetime:
    """Return the last moment, this one or an earlier one, at which people are written to, to the minute."""
    if not is_quiet(moment, quiet, zone):
        return moment
    minute = timedelta(minutes=1)
    earlier = (each - minute for each in _edges(moment, quiet, zone, step=-1) if each <= moment)
    return next((each for each in earlier if not is_quiet(each, quiet, zone)), moment)


def moment_before(event: datetime, lead: timedelta, quiet: Quiet, zone: ZoneInfo) -> datetime:
    """Return when people are reminded of an event: so long before, later if half of that is left, else earlier."""
    planned = event - lead
    later = next_loud(planned, quiet, zone)
    return later if event - later >= lead / 2 else last_loud(planned, quiet, zone)


def moment_of_reminder(
    opens_at: datetime, closes_at: datetime, lead: timedelta, quiet: Quiet, zone: ZoneInfo
) -> datetime:
    """Return when whoever has places left is reminded of a deadline: so long before, never in the first half."""
    return max(moment_before(closes_at, lead, quiet, zone), opens_at + (closes_at - opens_at) / 2)


def _edges(moment: datetime, quiet: Quiet, zone: ZoneInfo, *, step: int) -> Iterator[datetime]:
    """Iterate over the instants near a moment at which quiet may begin or end: forwards or backwards."""
    today = moment.astimezone(zone).date()
    for days in range(FARTHEST):
        day = today + timedelta(days=days * step)
        edges = {_instant(day, at, zone) for at in (time(), quiet.starts, quiet.ends)}
        yield from sorted(edges, reverse=step < 0)


def _instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)


def fill_in(extra: str, values: dict[str, str]) -> str:
    """Return a sentence with the names in braces replaced; what is no name stays as it was written."""
    for name, value in values.items():
        extra = extra.replace("{" + name + "}", value)
    return extra

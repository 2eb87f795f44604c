"""The times and durations that call reports write, in each office's own manner. Pure."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

FARTHEST: Final = timedelta(hours=36)
"""A connection that began farther from the meeting belongs to another one: a link is often used every week."""
_SPACES: Final = re.compile(r"[\s\u00a0\u202f]+")
_DATE: Final = re.compile(r"^(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4}),? *(.*)$")
_CLOCK: Final = re.compile(
    r"^(\d{1,2})[:h.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?(?: ?([ap])\.? ?m\.?)?$", re.IGNORECASE
)
_PART: Final = re.compile(
    r"(\d+(?:[.,]\d+)?) ?(hours?|horas?|hrs?|h|minut[eo]s?|mins?|m|segundos?|seconds?|secs?|segs?|s)\b\.?"
)
_UNITS: Final = {"h": 3600, "m": 60, "s": 1}


def read_moment(text: str, *, near: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the instant that a cell tells, in UTC; None when it tells none.

    ``near`` is when the meeting began. It settles what the cell leaves open: the day when there is only a time,
    and the order of day and month, which an office in Mexico and one in the United States write differently.
    """
    plain = _SPACES.sub(" ", text).strip()
    if not plain:
        return None
    try:
        exact = datetime.fromisoformat(plain)
    except ValueError:
        return _nearest(_readings(plain, near.astimezone(zone).date()), near, zone)
    if exact.tzinfo:
        return exact.astimezone(UTC)
    return _nearest([exact], near, zone)


def read_seconds(text: str, *, unit: int = 60) -> int | None:
    """Return a duration in whole seconds: ``1:02:03``, ``1 h 2 min``, ``58`` in the column's unit; None for none.

    What lies under a second is dropped: nobody is credited what was not there.
    """
    plain = _SPACES.sub(" ", text).strip().casefold()
    if re.fullmatch(r"\d+(?:[.,]\d+)?", plain):
        return int(float(plain.replace(",", ".")) * unit)
    if clock := re.fullmatch(r"(\d+):(\d{2}):(\d{2})", plain):
        hours, minutes, seconds = (int(part) for part in clock.groups())
        return hours * 3600 + minutes * 60 + seconds
    parts = _PART.findall(plain)
    if not parts or _PART.sub("", plain).strip(" ,y"):
        return None
    return int(sum(float(amount.replace(",", ".")) * _UNITS[name[0]] for amount, name in parts))


def _readings(plain: str, day: date) -> list[datetime]:
    """Return what a cell may mean on the clocks of the place: both orders of day and month, three days around."""
    dated = _DATE.match(plain)
    at = _clock(dated[4] if dated else plain)
    if at is None:
        return []
    if dated:
        return [datetime.combine(each, at) for each in _days(dated[1], dated[2], dated[3])]
    return [datetime.combine(day + timedelta(days=step), at) for step in (-1, 0, 1)]


def _days(first: str, second: str, third: str) -> Iterator[date]:
    orders = [(first, second, third)] if len(first) == 4 else [(third, first, second), (third, second, first)]
    for year, month, day in orders:
        century = 2000 if len(year) <= 2 else 0
        try:
            yield date(century + int(year), int(month), int(day))
        except ValueError:
            continue


def _clock(text: str) -> time | None:
    found = _CLOCK.match(text.strip())
    if not found:
        return None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if half := (found[4] or "").casefold():
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def _nearest(readings: list[datetime], near: datetime, zone: ZoneInfo) -> datetime | None:
    instants = [reading.replace(tzinfo=zone).astimezone(UTC) for reading in readings]
    return min(instants, key=lambda instant: abs(instant - near), default=None)

"""From the rows of a report to connections; every row that tells none says why. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from lms.attendance.meeting_reports.moments import FARTHEST, read_moment, read_seconds
from lms.attendance.meeting_reports.rules import Stay
from lms.attendance.meeting_reports.tables import Field, Found

_ORIGINAL = re.compile(r"^(.*?)\s*\(([^()]+)\)$")
_YES = frozenset({"yes", "si", "sí", "true", "1"})


class Unused(StrEnum):
    """Why a row of a report is no connection."""

    NOBODY = "nobody"
    """It has neither a name nor an address."""
    NO_TIME = "no-time"
    """It has no time that can be read."""
    ENDS_BEFORE = "ends-before"
    """It ends before it begins."""
    OTHER_DAY = "other-day"
    """It tells of another meeting of the same link."""
    WAITING_ROOM = "waiting-room"
    """The person was only in the waiting room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row that is not used, and why."""

    line: int
    name: str
    reason: Unused


def read_stays(table: Found, *, near: datetime, zone: ZoneInfo) -> tuple[list[Stay], list[Row]]:
    """Return the connections of a table and the rows that are none, both in the order of the file.

    ``near`` is when the meeting began and ``zone`` the place's time zone, in which reports write their hours.
    """
    stays: list[Stay] = []
    unused: list[Row] = []
    for read in _read(table, near=near, zone=zone):
        if isinstance(read, Stay):
            stays.append(read)
        else:
            unused.append(read)
    return stays, unused


def _read(table: Found, *, near: datetime, zone: ZoneInfo) -> Iterator[Stay | Row]:
    for line, cells in table.rows:
        given = {name: cells[at] for name, at in table.columns.items() if at < len(cells)}
        stay = _stay(line, given, near=near, zone=zone)
        reason = _reason(given, stay, near)
        yield Row(line=line, name=stay.name, reason=reason) if reason else stay


def _stay(line: int, given: dict[Field, str], *, near: datetime, zone: ZoneInfo) -> Stay:
    name, other = _names(given)
    joined = read_moment(given.get(Field.JOINED, ""), near=near, zone=zone)
    left = read_moment(given.get(Field.LEFT, ""), near=joined or near, zone=zone)
    seconds = read_seconds(given.get(Field.DURATION, ""))
    if joined and not left and seconds is not None:
        left = joined + timedelta(seconds=seconds)
    first = read_moment(given.get(Field.FIRST_JOINED, ""), near=near, zone=zone)
    return Stay(
        line=line, name=name, other_name=other, email=given.get(Field.EMAIL, "").casefold(),
        joined_at=joined or first, left_at=left if joined else None, seconds=seconds,
    )  # fmt: skip


def _reason(given: dict[Field, str], stay: Stay, near: datetime) -> Unused | None:
    if not stay.name and not stay.email:
        return Unused.NOBODY
    if given.get(Field.WAITING, "").casefold() in _YES:
        return Unused.WAITING_ROOM
    if stay.seconds is None and not (stay.joined_at and stay.left_at):
        return Unused.NO_TIME
    if stay.joined_at and stay.left_at and stay.left_at < stay.joined_at:
        return Unused.ENDS_BEFORE
    if stay.joined_at and abs(stay.joined_at - near) > FARTHEST:
        return Unused.OTHER_DAY
    return None


def _names(given: dict[Field, str]) -> tuple[str, str]:
    """Return the name shown in the call and, when it was changed, that of the account."""
    full = given.get(Field.NAME) or f"{given.get(Field.FIRST_NAME, '')} {given.get(Field.LAST_NAME, '')}"
    full = " ".join(full.split())
    changed = _ORIGINAL.match(full)
    return (changed[1], changed[2]) if changed and changed[1] else (full, "")

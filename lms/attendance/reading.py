"""Reading a code in the room: whether it holds, when it was read, and on what."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from lms.attendance import codes, rules
from lms.attendance.errors import CodeRefused
from lms.attendance.models import Meeting
from lms.attendance.rules import Device, Kind
from lms.learning.models import Enrolment


class Reading(TypedDict, total=False):
    """How a code was read."""

    scanned_at: datetime
    """When, if that was not at the moment of asking."""
    device: Device
    browser: str
    screen: tuple[str, UUID]
    """Secret and id of what showed it, where the meeting has several rooms; the meeting's own otherwise."""


class Reader(TypedDict):
    """On what a code was read."""

    device: Device
    browser: str


def read_code(meeting: Meeting, code: str, reading: Reading, now: datetime) -> datetime:
    """Return when a code was read that was the meeting's at that moment; raises CodeRefused."""
    read_at = reading.get("scanned_at", now)
    rules.check_scan(read_at, now)
    secret, shown_by = reading.get("screen", (meeting.secret, meeting.id))
    if not codes.matches(secret, shown_by, code, read_at):
        raise CodeRefused
    return read_at


def reader_of(reading: Reading) -> Reader:
    """Return on what a code was read, as far as it is known."""
    return Reader(device=reading.get("device", Device.UNKNOWN), browser=reading.get("browser", ""))


def door_origin(step: str, own: Enrolment, doors: Sequence[Kind]) -> str:
    """Return the origin of an entry or exit: the same for two taps at once, another one after going out again."""
    turn = doors.count(Kind.EXIT)
    return f"{step}:{own.id}:{turn}" if turn else f"{step}:{own.id}"

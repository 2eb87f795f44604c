"""When a list may be taken along, when a mark happened, and when it contradicts another one. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

METHOD: Final = "offline"
"""Name of this way to mark."""
MOST_ITEMS: Final = 100
"""Marks of one request; a device with more sends several."""
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)


class Outcome(StrEnum):
    """What became of a mark that a device sent."""

    TAKEN = "taken"
    KNOWN = "known"
    """It had arrived before."""
    CONFLICT = "conflict"
    """Somebody else said something different meanwhile; nothing was noted."""
    REFUSED = "refused"
    UNCLEAR = "unclear"
    """The institution of somebody who was written down by hand is to be chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a person stands at a meeting now, and which observation decided it."""

    state: str
    method: str
    recorded_at: datetime
    origin: str
    author_id: UUID | None = None


def origin_of(device: UUID, number: int) -> str:
    """Return where a mark comes from: the device's random number and the mark's own on it."""
    return f"{METHOD}:{device.hex}:{number}"


def moment_of(device_ms: int, offset_ms: int, now: datetime) -> datetime:
    """Return when something happened by the device's clock and what that one differed from ours when last compared.

    Both are milliseconds, the first since 1970. A clock that was put forward since cannot tell of the future.
    """
    latest = (now - EPOCH) // _MILLISECOND
    return EPOCH + _MILLISECOND * max(0, min(device_ms + offset_ms, latest))


def is_offered(starts_at: datetime, ends_at: datetime, zone: ZoneInfo, now: datetime) -> bool:
    """Say whether a meeting is of today or tomorrow on the clocks of its place, or is still on since yesterday."""
    today = now.astimezone(zone).date()
    first, last = starts_at.astimezone(zone).date(), ends_at.astimezone(zone).date()
    return first in {today, today + timedelta(days=1)} or first < today <= last


def is_closed(ends_at: datetime, now: datetime, *, days: int) -> bool:
    """Say whether marks of a meeting come too late: so many days after its end they are taken no more."""
    return now > ends_at + timedelta(days=days)


def clashes(standing: Standing | None, *, device: UUID, state: str, seen: str) -> bool:
    """Say whether a mark contradicts what somebody else said and its author had not seen.

    A device does not contradict itself, so its marks may arrive in any order.
    """
    if standing is None or standing.origin.startswith(origin_of(device, 0)[:-1]):
        return False
    return standing.state not in {state, seen}

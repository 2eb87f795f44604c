"""How long somebody was in a call, from the pieces a report tells. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One connection that a report tells."""

    line: int
    """Line of the file, from 1."""
    name: str
    """As the person called themselves in the call."""
    other_name: str = ""
    """The name of the account when it differs."""
    email: str = ""
    joined_at: datetime | None = None
    left_at: datetime | None = None
    seconds: int | None = None
    """The duration that the report tells; used where it does not tell both ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """How long a person was in the meeting."""

    seconds: int
    """Whole seconds inside the meeting, each counted once."""
    first_at: datetime | None
    """When they first connected; null when the report tells only durations."""
    last_at: datetime | None
    """When they last left."""


def presence_of(stays: Sequence[Stay], *, starts_at: datetime, ends_at: datetime) -> Presence:
    """Return how long somebody was in a meeting: the union of the connections, cut to the meeting.

    Two devices at once count once, and coming back counts what was there. Durations without both ends cannot be
    told apart, so the longest of them counts, and never more than the meeting's length.
    """
    spans = [(stay.joined_at, stay.left_at) for stay in stays if stay.joined_at and stay.left_at]
    known = _union([(max(start, starts_at), min(end, ends_at)) for start, end in spans])
    told = [
        stay.seconds for stay in stays if stay.seconds is not None and not (stay.joined_at and stay.left_at)
    ]
    length = int((ends_at - starts_at).total_seconds())
    firsts = [stay.joined_at for stay in stays if stay.joined_at]
    lasts = [stay.left_at for stay in stays if stay.left_at]
    return Presence(
        seconds=min(length, max([int(known.total_seconds()), *told])),
        first_at=min(firsts, default=None),
        last_at=max(lasts, default=None),
    )


def _union(spans: Iterable[tuple[datetime, datetime]]) -> timedelta:
    """Return the time that the spans cover together; spans that end before they begin cover nothing."""
    covered, reached = timedelta(0), None
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        begin = start if reached is None else max(start, reached)
        if begin < end:
            covered += end - begin
            reached = end
    return covered

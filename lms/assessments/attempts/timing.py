"""Decisions about time: until when answers count, which answer is the newer one, when the next attempt may begin.

The server's clock decides. What a browser says of its own delay counts for at most the grace after the end. Pure.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Final
from zoneinfo import ZoneInfo

from lms.assessments.attempts.errors import TimeOver, TooSoon
from lms.courses.compiler.quiz_terms import Counting

GRACE: Final = timedelta(minutes=2)
"""How long after the end an answer may arrive that was given before it, because the signal was lost."""
WHOLE: Final = 100
"""Percent of a limit that is neither longer nor shorter."""
MOST_PERCENT: Final = 400
MOST_MINUTES: Final = 600
_SOURCE: Final = re.compile(r"[\w-]{1,40}", re.ASCII)
_LARGEST_TURN: Final = 2**53
_LONGEST_DELAY: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How an answer came: from which page, as its how manieth, and how long after it was given."""

    source: str = ""
    turn: int = 0
    delay: timedelta = timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """More time than the author gives, for one person."""

    percent: int = WHOLE
    minutes: int = 0


def delivery_of(source: str, turn: str, delay: str) -> Delivery:
    """Return what a form says of its delivery; what makes no sense is a form without script."""
    if not (_SOURCE.fullmatch(source) and _is_whole(turn) and _is_whole(delay)):
        return Delivery()
    late = min(timedelta(milliseconds=int(delay)), _LONGEST_DELAY)
    return Delivery(source=source, turn=min(int(turn), _LARGEST_TURN), delay=late)


def ends_at(
    started_at: datetime, limit_minutes: int | None, allowance: Allowance, closes_at: datetime
) -> datetime | None:
    """Return until when answers count: the limit with the person's allowance, or the end of the cohort before it."""
    if limit_minutes is None:
        return None
    seconds = limit_minutes * 60 * allowance.percent // WHOLE + allowance.minutes * 60
    return min(started_at + timedelta(seconds=seconds), closes_at)


def closes_at(ends_on: date, timezone: str) -> datetime:
    """Return the last instant of a day somewhere."""
    midnight = datetime.combine(ends_on + timedelta(days=1), time(), ZoneInfo(timezone))
    return midnight - timedelta(microseconds=1)


def given_at(now: datetime, started_at: datetime, delivery: Delivery) -> datetime:
    """Return when an answer was given, by what its page says of the delay; never before the attempt began."""
    return max(now - delivery.delay, started_at)


def is_late(end: datetime | None, given: datetime, now: datetime) -> bool:
    """Say whether an answer arrives after the end and still counts; raises TimeOver for one that does not."""
    if end is None or now <= end:
        return False
    if now > end + GRACE or given > end:
        raise TimeOver
    return True


def is_over(end: datetime | None, now: datetime) -> bool:
    """Say whether no answer that is given now counts."""
    return end is not None and now > end


def is_expired(end: datetime | None, now: datetime) -> bool:
    """Say whether no answer can arrive any more either: what is there is handed in."""
    return end is not None and now > end + GRACE


def next_start(last_submitted_at: datetime | None, wait_hours: int) -> datetime | None:
    """Return from when another attempt may begin; None for at any time."""
    return last_submitted_at + timedelta(hours=wait_hours) if last_submitted_at and wait_hours else None


def check_wait(start: datetime | None, now: datetime) -> None:
    """Refuse an attempt before its time; raises TooSoon."""
    if start is not None and now < start:
        raise TooSoon


def counted(shares: Sequence[Fraction], counting: Counting) -> Fraction:
    """Return what counts of the shares of some attempts, in their order; nothing for none."""
    if not shares:
        return Fraction(0)
    if counting is Counting.MEAN:
        return sum(shares, Fraction(0)) / len(shares)
    return shares[-1] if counting is Counting.LAST else max(shares)


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 16

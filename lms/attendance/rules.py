"""Decisions about meetings and marks: when one may check in, what it earns, when a meeting is. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Final
from zoneinfo import ZoneInfo

from lms.attendance.errors import (
    CheckInClosed,
    CheckInNotOpen,
    CodeRefused,
    EndRefused,
    RollTooEarly,
    TimeSkipped,
)

LONGEST: Final = timedelta(hours=12)
SCAN_LIFE: Final = timedelta(minutes=10)
"""How long a code that was read from the screen still opens the door: time enough to sign in on a phone."""
REGISTER_OPEN: Final = timedelta(hours=24)
"""How long after a meeting whoever keeps the register may still complete it before a missing mark is an absence."""


_LINK: Final = re.compile(r"https://[^\s/?#@.]+(\.[^\s/?#@.]+)+([/?#]\S*)?", re.IGNORECASE)
PLAIN_FRACTION: Final = re.compile(r"\d{1,3}(/[1-9]\d{0,2}|\.\d{1,4})?", re.ASCII)


class Mark(StrEnum):
    """How a person attended a meeting; a programme's own states each play the part of one of these."""

    PRESENT = "present"
    LATE = "late"
    LEFT_EARLY = "left-early"
    EXCUSED = "excused"
    ABSENT = "absent"


class Method(StrEnum):
    """The ways to mark that come with attendance; plugins register further ones, so columns hold any name."""

    ROLL_CALL = "roll-call"
    QR = "qr"
    CODE = "code"


class Kind(StrEnum):
    """What an observation says about a person at a meeting."""

    ENTRY = "entry"
    """They came in, or joined the call."""
    EXIT = "exit"
    """They left."""
    VERDICT = "verdict"
    """Somebody who answers for the register says how they attended."""


class Device(StrEnum):
    """The kind of thing on which a mark was made; never which one."""

    PHONE = "phone"
    TABLET = "tablet"
    COMPUTER = "computer"
    PAPER = "paper"
    FILE = "file"
    UNKNOWN = "unknown"
    """Nobody noted it, as for marks older than observations."""


class PlaceKind(StrEnum):
    """Where a meeting happens."""

    ON_SITE = "on-site"
    ONLINE = "online"
    MIXED = "mixed"


class Phase(StrEnum):
    """Where a meeting stands."""

    UPCOMING = "upcoming"
    OPEN = "open"
    """One can check in."""
    OVER = "over"


HERE: Final = frozenset({Mark.PRESENT, Mark.LATE, Mark.LEFT_EARLY})
"""Marks of people who came."""
SUFFICIENT: Final = frozenset({Mark.PRESENT, Mark.LATE, Mark.EXCUSED})
"""Marks that a mandatory meeting takes; whoever left early saw less of it than the meeting asks."""
CREDITS: Final[dict[Mark, Fraction]] = {
    Mark.PRESENT: Fraction(1),
    Mark.LATE: Fraction(1),
    Mark.LEFT_EARLY: Fraction(1, 2),
    Mark.EXCUSED: Fraction(1),
    Mark.ABSENT: Fraction(0),
}
"""What part of a meeting each mark is worth until a programme says otherwise."""
LETTERS: Final[dict[Mark, str]] = {
    Mark.PRESENT: "P",
    Mark.LATE: "T",
    Mark.LEFT_EARLY: "R",
    Mark.EXCUSED: "J",
    Mark.ABSENT: "A",
}
"""Keys of the usual states at the roll call."""
FIXED: Final = frozenset({Mark.PRESENT, Mark.ABSENT})
"""Being there is worth one and being absent nothing in every programme, or shares could not be compared."""
MINUTES_SHARE: Final = Fraction(3, 4)
"""Part of a meeting's time that counts as having been there, until a programme says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The instants of a meeting that decide about marks."""

    opens_at: datetime
    late_from: datetime
    closes_at: datetime

    def phase(self, at: datetime) -> Phase:
        """Return where the meeting stands at a moment; both ends belong to the open time."""
        if at < self.opens_at:
            return Phase.UPCOMING
        return Phase.OPEN if at <= self.closes_at else Phase.OVER


def window_of(
    starts_at: datetime, ends_at: datetime, *, opens_minutes_before: int, late_after_minutes: int
) -> Window:
    """Return the window of a meeting: from some minutes before its start to its end."""
    return Window(
        opens_at=starts_at - timedelta(minutes=opens_minutes_before),
        late_from=starts_at + timedelta(minutes=late_after_minutes),
        closes_at=ends_at,
    )


def mark_at(window: Window, at: datetime) -> Mark:
    """Return the mark that a check-in at this moment earns; raises CheckInNotOpen and CheckInClosed."""
    match window.phase(at):
        case Phase.UPCOMING:
            raise CheckInNotOpen(window.opens_at)
        case Phase.OVER:
            raise CheckInClosed(window.closes_at)
    return Mark.LATE if at >= window.late_from else Mark.PRESENT


def check_scan(read_at: datetime, now: datetime) -> None:
    """Refuse a code that was read too long ago or in the future; raises CodeRefused."""
    if not timedelta(0) <= now - read_at <= SCAN_LIFE:
        raise CodeRefused


def check_roll(window: Window, mark: Mark, now: datetime) -> None:
    """Refuse to say before a meeting who came to it; an absence may be justified beforehand. Raises RollTooEarly."""
    if mark is not Mark.EXCUSED and window.phase(now) is Phase.UPCOMING:
        raise RollTooEarly


def is_joinable(text: str) -> bool:
    """Say whether a text is an address at which a meeting may be joined: https, a host, and no user before it."""
    return _LINK.fullmatch(text) is not None


def read_fraction(text: str) -> Fraction | None:
    """Return a fraction of one that somebody typed as 1/2, 0.5, 0,5 or 50 %; None for anything else."""
    plain = text.replace(",", ".").replace(" ", "")
    number, is_percent = plain.removesuffix("%"), plain.endswith("%")
    if not PLAIN_FRACTION.fullmatch(number):
        return None
    value = Fraction(number) / (100 if is_percent else 1)
    return value if 0 <= value <= 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What a state was worth at the meetings before a day."""

    before: date
    credit: Fraction


def credit_on(day: date, credit: Fraction, earlier: Sequence[Earlier]) -> Fraction:
    """Return what a state is worth at a meeting of a day: ``credit`` from its last change on."""
    return next((each.credit for each in earlier if day < each.before), credit)


def change_credit(
    credit: Fraction, earlier: Sequence[Earlier], *, to: Fraction, since: date | None
) -> tuple[Earlier, ...]:
    """Return what a state was worth before, once it is worth something else from a day on; None changes all days."""
    if since is None:
        return ()
    kept = [each for each in earlier if each.before < since]
    last = credit_on(since - timedelta(days=1), credit, earlier)
    return (*kept, Earlier(before=since, credit=last)) if last != to else tuple(kept)


def local_moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the instant at which the clocks of a place show this day and time, in UTC.

    When they show it twice, because they are put back, it is the first time. When they jump over it, because
    they are put forward, raises TimeSkipped.
    """
    wall = datetime.combine(day, at, zone)
    instant = wall.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) != wall.replace(tzinfo=None):
        raise TimeSkipped
    return instant


def span(day: date, starts: time, ends: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the instants between which a meeting lasts; an end before the start is on the next day.

    Raises TimeSkipped and EndRefused.
    """
    last_day = day if ends > starts else day + timedelta(days=1)
    starts_at, ends_at = local_moment(day, starts, zone), local_moment(last_day, ends, zone)
    check_span(starts_at, ends_at)
    return starts_at, ends_at


def check_span(starts_at: datetime, ends_at: datetime) -> None:
    """Refuse a meeting without length or of more than twelve hours; raises EndRefused."""
    if not timedelta(0) < ends_at - starts_at <= LONGEST:
        raise EndRefused

"""What looks odd about the marks of a meeting. Pure; it lists for a person to judge and changes nothing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Final
from uuid import UUID

from lms.attendance.rules import REGISTER_OPEN, Kind, Mark, Window

TOGETHER: Final = timedelta(minutes=1)
"""Marks of several people from one browser within so much time are listed."""
CLOCK_LEEWAY: Final = timedelta(minutes=5)
"""So much may the clock of a phone without a line be fast before it is listed."""


class Odd(StrEnum):
    """In which way marks look odd."""

    SAME_BROWSER = "same-browser"
    OUT_OF_WINDOW = "out-of-window"
    RECORDED_LATE = "recorded-late"
    CLOCK_AHEAD = "clock-ahead"
    EXIT_ONLY = "exit-only"
    TWO_PLACES = "two-places"
    WRONG_ROOM = "wrong-room"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """An observation as these rules look at it."""

    enrolment_id: UUID
    kind: Kind
    role: Mark | None
    method: str
    happened_at: datetime
    recorded_at: datetime
    browser: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Oddity:
    """Marks that look odd together."""

    odd: Odd
    key: str
    """Names it within its meeting for as long as it is the same matter."""
    people: tuple[UUID, ...]
    """Enrolments, each once."""
    latest: datetime
    """When the last of these marks was recorded: a judgement from before does not cover it."""
    method: str = ""
    detail: str = ""
    """The other meeting, for people in two places."""


def find_oddities(traces: Sequence[Trace], window: Window) -> list[Oddity]:
    """Return what looks odd about what was observed at one meeting."""
    return [
        *_same_browser(traces),
        *_by_method(Odd.OUT_OF_WINDOW, (each for each in traces if _is_outside(each, window))),
        *_by_method(Odd.RECORDED_LATE, (each for each in traces if _is_late(each, window))),
        *_by_method(Odd.CLOCK_AHEAD, (each for each in traces if _is_ahead(each))),
        *_exit_only(traces),
    ]


def _same_browser(traces: Iterable[Trace]) -> Iterator[Oddity]:
    marked = (each for each in traces if each.browser and each.kind is Kind.ENTRY)
    ordered = sorted(marked, key=lambda each: (each.browser, each.happened_at, each.enrolment_id))
    for browser, group in groupby(ordered, key=lambda each: each.browser):
        close = _close_together(list(group))
        if close:
            yield _oddity(Odd.SAME_BROWSER, browser, close)


def _close_together(traces: Sequence[Trace]) -> list[Trace]:
    """Return the marks that have one of another person within a minute."""
    found = []
    for each in traces:
        others = (other for other in traces if other.enrolment_id != each.enrolment_id)
        if any(abs(other.happened_at - each.happened_at) <= TOGETHER for other in others):
            found.append(each)
    return found


def _is_outside(each: Trace, window: Window) -> bool:
    return each.kind is Kind.ENTRY and not window.opens_at <= each.happened_at <= window.closes_at


def _is_late(each: Trace, window: Window) -> bool:
    """Say whether a mark was written long after what it tells; a justified absence is decided afterwards by nature."""
    if each.recorded_at - each.happened_at > REGISTER_OPEN:
        return True
    is_word = each.kind is Kind.VERDICT and each.role is not Mark.EXCUSED
    return is_word and each.recorded_at > window.closes_at + REGISTER_OPEN


def _is_ahead(each: Trace) -> bool:
    return each.happened_at > each.recorded_at + CLOCK_LEEWAY


def _by_method(odd: Odd, traces: Iterable[Trace]) -> Iterator[Oddity]:
    ordered = sorted(traces, key=lambda each: each.method)
    for method, group in groupby(ordered, key=lambda each: each.method):
        yield _oddity(odd, method, list(group), method=method)


def _exit_only(traces: Sequence[Trace]) -> Iterator[Oddity]:
    known = {each.enrolment_id for each in traces if each.kind is not Kind.EXIT}
    alone = [each for each in traces if each.enrolment_id not in known]
    if alone:
        yield _oddity(Odd.EXIT_ONLY, "all", alone)


def _oddity(odd: Odd, name: str, traces: Sequence[Trace], method: str = "") -> Oddity:
    return Oddity(
        odd=odd,
        key=f"{odd}:{name}",
        people=tuple(dict.fromkeys(each.enrolment_id for each in traces)),
        latest=max(each.recorded_at for each in traces),
        method=method,
    )

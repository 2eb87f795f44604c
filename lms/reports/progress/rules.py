"""What members report: answers, when they are whole, how a cell of the matrix stands, when to remind. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final, Self

from lms.reports.frozen.rules import Quarter

MARKS: Final = (-7, -1, 1, 8, 15, 22, 29)
"""Days from the deadline on which whoever has not sent is reminded."""
LAST_MARK: Final = 35
_THOUSANDS: Final = re.compile(r"\d{1,3}([.,\s]\d{3})+")
_NUMBER: Final = re.compile(r"\d{1,12}([.,]\d{1,4})?")
_ADDRESS: Final = re.compile(r"https?://[^\s/]+\.[^\s]+", re.IGNORECASE)
_TARGET: Final = re.compile(r"\s*(?P<period>\S+)\s*[=:]\s*(?P<value>\S+)\s*")


class SubmissionState(StrEnum):
    """How far the report of a member is."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    """The secretariat wants something corrected, and said what."""
    ACCEPTED = "accepted"


OPEN: Final = frozenset({SubmissionState.DRAFT, SubmissionState.RETURNED})
"""The states in which the member writes, and is reminded."""


class StepKind(StrEnum):
    """What happened to the report of a member."""

    OPENED = "opened"
    SAVED = "saved"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    HANDED_OVER = "handed-over"
    """The member became part of another institution, which goes on with it."""
    GIVEN_BACK = "given-back"
    """That was undone."""


class PeriodChangeKind(StrEnum):
    """What happened to a period after it was opened."""

    DEADLINE = "deadline"
    CLOSED = "closed"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that happened to a period, by the day of its programme."""

    on: date
    kind: PeriodChangeKind
    was_due_on: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Until when a period was asked for, as it was known at the end of a day."""

    due_on: date
    is_closed: bool

    def is_late(self, day: date) -> bool:
        """Say whether what is not sent on a day is late: after the deadline, or once nobody can send it."""
        return self.is_closed or day > self.due_on


def term_on(day: date, due_on: date, changes: Sequence[Change]) -> Term:
    """Return the term as it was at the end of a day, from the deadline of now and every change, oldest first."""
    later = [each for each in changes if each.on > day]
    closings = [
        each.kind is PeriodChangeKind.CLOSED
        for each in changes
        if each.on <= day and each.kind is not PeriodChangeKind.DEADLINE
    ]
    return Term(due_on=later[0].was_due_on if later else due_on, is_closed=bool(closings) and closings[-1])


class Status(StrEnum):
    """How an indicator goes, as its member judges."""

    NOT_STARTED = "not-started"
    UNDER_WAY = "under-way"
    DELAYED = "delayed"
    DONE = "done"


class Joining(StrEnum):
    """How the values of members become one of the commission."""

    SUM = "sum"
    AVERAGE = "average"
    NONE = "none"
    """They are not comparable: only each member's value is shown."""


class CellState(StrEnum):
    """How a member stands with one indicator."""

    COMPLETE = "complete"
    NO_DATA = "no-data"
    """It was sent without a value."""
    RETURNED = "returned"
    LATE = "late"
    PENDING = "pending"
    NOT_ASKED = "not-asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A file that backs an answer."""

    key: str
    digest: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a member says of one indicator."""

    value: float | None = None
    typed: str = ""
    """What was typed as the value and is no number: a draft loses nothing."""
    status: Status | None = None
    narrative: str = ""
    address: str = ""
    evidence: Evidence | None = None
    cut_off: date | None = None
    """Day until which a figure of the platform counts; null for what the member wrote."""

    def plain(self) -> dict[str, Any]:
        """Return the answer as plain values."""
        file = self.evidence
        return {
            "value": self.value,
            "typed": self.typed,
            "status": self.status.value if self.status else None,
            "narrative": self.narrative,
            "address": self.address,
            "evidence": {name: getattr(file, name) for name in Evidence.__slots__} if file else None,
            "cut_off": self.cut_off.isoformat() if self.cut_off else None,
        }

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the answer that was kept as plain values; what is not there is empty."""
        status, file, day = plain.get("status"), plain.get("evidence"), plain.get("cut_off")
        return cls(
            value=plain.get("value"),
            typed=plain.get("typed", ""),
            status=Status(status) if status else None,
            narrative=plain.get("narrative", ""),
            address=plain.get("address", ""),
            evidence=Evidence(**file) if file else None,
            cut_off=date.fromisoformat(day) if day else None,
        )


def quarter_named(written: str) -> Quarter | None:
    """Return the quarter that people write 2026-T1, in any case; None for what is none."""
    return Quarter.named(written.strip().upper().replace("T", "Q"))


def name_of(quarter: Quarter) -> str:
    """Return the name that people give a quarter: 2026-T1."""
    return f"{quarter.year}-T{quarter.number}"


def read_number(written: str) -> float:
    """Return a number with a point or a comma before its decimals.

    Raises ValueError for what is none, and where a mark may separate thousands as well as decimals.
    """
    text = written.strip()
    if _THOUSANDS.fullmatch(text) or not _NUMBER.fullmatch(text):
        raise ValueError(written)
    return float(text.replace(",", "."))


def read_targets(written: str) -> dict[str, float]:
    """Return the targets by quarter that stand in lines, or between bars, as «2026-T1 = 40»; raises ValueError."""
    targets: dict[str, float] = {}
    for line in re.split(r"[\n|]", written):
        if not line.strip():
            continue
        found = _TARGET.fullmatch(line)
        quarter = quarter_named(found["period"]) if found else None
        if found is None or quarter is None:
            raise ValueError(line)
        targets[name_of(quarter)] = read_number(found["value"])
    return targets


def write_number(value: float) -> str:
    """Return a number as it can be typed again."""
    return str(int(value)) if value == int(value) else str(value)


def gaps(answer: Answer, *, is_automatic: bool) -> tuple[str, ...]:
    """Return the names of the fields that keep an answer from being sent."""
    missing = []
    if not is_automatic and answer.value is None and (answer.typed or not answer.narrative):
        missing.append("value")
    if answer.status is None:
        missing.append("status")
    if answer.address and not is_web_address(answer.address):
        missing.append("address")
    return tuple(missing)


def is_web_address(text: str) -> bool:
    """Say whether a text is an address that a browser may be sent to."""
    return _ADDRESS.fullmatch(text) is not None


def cell_state(state: SubmissionState, answer: Answer | None, *, is_late: bool) -> CellState:
    """Return how a member stands with an indicator; no answer means that it is not asked for."""
    if answer is None:
        return CellState.NOT_ASKED
    if state is SubmissionState.RETURNED:
        return CellState.RETURNED
    if state is SubmissionState.DRAFT:
        return CellState.LATE if is_late else CellState.PENDING
    return CellState.COMPLETE if answer.value is not None else CellState.NO_DATA


def join(values: Sequence[float], joining: Joining) -> float | None:
    """Return the commission's value of an indicator; None without values, or where they do not join."""
    if not values or joining is Joining.NONE:
        return None
    return sum(values) if joining is Joining.SUM else sum(values) / len(values)


def change_of(now: Mapping[Any, float], before: Mapping[Any, float], joining: Joining) -> float | None:
    """Return how a value moved since the quarter before; None unless the same members reported both times."""
    if not now or set(now) != set(before):
        return None
    after, earlier = join([*now.values()], joining), join([*before.values()], joining)
    return None if after is None or earlier is None else after - earlier


def reminder_mark(today: date, due_on: date) -> int | None:
    """Return the reminder whose day has come, in days from the deadline; None before the first and at the end."""
    days = (today - due_on).days
    passed = [mark for mark in MARKS if mark <= days]
    return passed[-1] if passed and days <= LAST_MARK else None


def mark_name(mark: int, terms: int) -> str:
    """Return how a reminder is known: by its days, and by how often the deadline moved before."""
    return f"{mark:+d}/{terms}" if terms else f"{mark:+d}"


def nearest_member(path: Iterable[Any], members: frozenset[Any]) -> Any | None:
    """Return the member to which an institution belongs: the last on the way down to it; None without one."""
    return next((each for each in reversed([*path]) if each in members), None)

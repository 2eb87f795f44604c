"""How long an agreement lasts, what stands of it on a day, and which states its duties pass through. Pure.

The calendar rule: a period of n months from a day ends on the eve of the day with the same number n months later, so
that 24 months from 15 March 2026 end on 14 March 2028. Where that month has no such day, the period ends on the last
day of it: one month from 31 January ends on 28 February, or on the 29th of a leap year. Extensions are counted from
the first day with all months together, never from an end that was computed, so that no days are lost on the way.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from lms.core.small_cells import SMALLEST, Hidden

WARNING_DAYS: Final = (90, 30, 7)
"""How many days before the last one somebody is warned, and warned again."""
LONGEST_MONTHS: Final = 600


class AgreementKind(StrEnum):
    """What sort of agreement it is."""

    RECOGNITION = "recognition"
    FRAMEWORK = "framework"
    SPECIFIC = "specific"
    INTENT = "letter-of-intent"
    LOCAL = "local"
    UNIVERSITY = "university"
    INTERNATIONAL = "international"


class PartyRole(StrEnum):
    """What a party is to the agreement."""

    SIGNATORY = "signatory"
    COOPERATING = "cooperating"
    ACADEMIC = "academic"
    BENEFICIARY = "beneficiary"
    DONOR = "donor"
    WITNESS = "witness"


class Standing(StrEnum):
    """What an agreement is on a day."""

    DRAFT = "draft"
    """Not signed: it has no first day."""
    UPCOMING = "upcoming"
    IN_FORCE = "in-force"
    EXPIRING = "expiring"
    """In force, and within the first warning of its end."""
    EXPIRED = "expired"
    ENDED = "ended"
    """Ended before its time."""


class AmendmentKind(StrEnum):
    """What changes an agreement after it was signed."""

    EXTENSION = "extension"
    ADDENDUM = "addendum"
    TERMINATION = "termination"


class DutyKind(StrEnum):
    """What a party owes: something done, or something delivered."""

    OBLIGATION = "obligation"
    PRODUCT = "product"
    CAMPAIGN = "campaign"
    """Something told to a public: it has an audience, a channel, a place, days and a reach."""


class Channel(StrEnum):
    """How a campaign reaches its audience."""

    IN_PERSON = "in-person"
    RADIO = "radio"
    TELEVISION = "television"
    SOCIAL = "social"
    MESSAGES = "messages"
    PRINT = "print"
    STREET = "street"
    MIXED = "mixed"


class DutyState(StrEnum):
    """How far an obligation or a product is."""

    PENDING = "pending"
    UNDER_WAY = "under-way"
    CONSULTED = "consulted"
    APPROVED = "approved"
    DELIVERED = "delivered"
    FULFILLED = "fulfilled"
    CANCELLED = "cancelled"


STATES_OF: Final[Mapping[DutyKind, tuple[DutyState, ...]]] = {
    DutyKind.OBLIGATION: (
        DutyState.PENDING,
        DutyState.UNDER_WAY,
        DutyState.FULFILLED,
        DutyState.CANCELLED,
    ),
    DutyKind.PRODUCT: (
        DutyState.PENDING,
        DutyState.UNDER_WAY,
        DutyState.CONSULTED,
        DutyState.APPROVED,
        DutyState.DELIVERED,
        DutyState.CANCELLED,
    ),
    DutyKind.CAMPAIGN: (
        DutyState.PENDING,
        DutyState.UNDER_WAY,
        DutyState.FULFILLED,
        DutyState.CANCELLED,
    ),
}
"""The states of each kind, in the order in which they follow."""
CLOSED: Final = frozenset({DutyState.DELIVERED, DutyState.FULFILLED, DutyState.CANCELLED})
"""States after which nothing is due any more."""
DONE: Final = frozenset({DutyState.DELIVERED, DutyState.FULFILLED})


def end_of(starts_on: date, months: int) -> date:
    """Return the last day of a period of months by the calendar rule; ``months`` is at least 1."""
    year, month = divmod(starts_on.year * 12 + starts_on.month - 1 + months, 12)
    length = monthrange(year, month + 1)[1]
    if starts_on.day > length:
        return date(year, month + 1, length)
    return date(year, month + 1, starts_on.day) - timedelta(days=1)


def standing_of(
    starts_on: date | None, ends_on: date | None, day: date, *, was_ended: bool = False
) -> Standing:
    """Return what an agreement is on a day; without a last day it lasts."""
    if starts_on is None:
        return Standing.DRAFT
    if ends_on is not None and ends_on < day:
        return Standing.ENDED if was_ended else Standing.EXPIRED
    if starts_on > day:
        return Standing.UPCOMING
    if ends_on is not None and (ends_on - day).days <= WARNING_DAYS[0]:
        return Standing.EXPIRING
    return Standing.IN_FORCE


def warning_due(days_left: int) -> int | None:
    """Return the narrowest warning whose time has come, in days before the end; None while there is none."""
    reached = [each for each in WARNING_DAYS if 0 <= days_left <= each]
    return min(reached) if reached else None


def holds_through(spans: list[tuple[date, date | None]], day: date) -> bool:
    """Say whether a day lies within one of these spans; a span without a last day lasts."""
    return any(first <= day and (last is None or day <= last) for first, last in spans)


def is_overdue(due_on: date | None, state: DutyState, day: date) -> bool:
    """Say whether something is owed since before a day."""
    return due_on is not None and due_on < day and state not in CLOSED


def ends_early(first: date, last: date | None, day: date | None) -> bool:
    """Say whether a day ends an agreement before its time: from its first day on, before its last."""
    return day is not None and first <= day and (last is None or day < last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Which people a number counts: of a party or all (empty), of a sector or all (empty)."""

    party: str
    sector: str


def protect(figures: Mapping[Figure, int]) -> dict[Figure, int | Hidden]:
    """Return the numbers with small ones hidden, and each total from which one hidden number would follow.

    A total with its parts is a line: all sectors of a party with each of them, or all parties with each of them.
    What the parts leave of the total counts as one more part that is not shown.
    """
    hidden = {each for each, number in figures.items() if 0 < number < SMALLEST}
    small = frozenset(hidden)
    while True:
        told = {
            total
            for total, parts in _lines(figures)
            if total not in hidden and _tells(total, parts, figures, hidden)
        }
        if not told:
            break
        hidden |= told
    return {
        each: (Hidden.SMALL if each in small else Hidden.PROTECTS) if each in hidden else number
        for each, number in figures.items()
    }


def _lines(figures: Iterable[Figure]) -> list[tuple[Figure, list[Figure]]]:
    known = list(figures)
    lines = []
    for total in known:
        if not total.sector:
            lines.append((total, [each for each in known if each.party == total.party and each.sector]))
        if not total.party:
            lines.append((total, [each for each in known if each.sector == total.sector and each.party]))
    return [(total, parts) for total, parts in lines if parts]


def _tells(total: Figure, parts: list[Figure], figures: Mapping[Figure, int], hidden: set[Figure]) -> bool:
    """Say whether a total tells a hidden part: the only one, or several that are fewer than five together."""
    rest = figures[total] - sum(figures[each] for each in parts)
    unknown = [figures[each] for each in parts if each in hidden] + ([rest] if rest > 0 else [])
    is_small = any(0 < number < SMALLEST for number in unknown)
    return is_small and (len(unknown) == 1 or sum(unknown) < SMALLEST)

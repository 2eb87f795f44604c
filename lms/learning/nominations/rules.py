"""Decisions about calls and nominations: windows, places, who is next, who may change what. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from lms.learning.nominations.errors import (
    CallClosed,
    CallDatesCrossed,
    CallNotOpen,
    NominationSettled,
    QuotaFull,
    QuotaTooSmall,
    TooLateToChange,
)


class NominationState(StrEnum):
    """Where a nomination stands."""

    LATE = "late"
    """Asked for after the deadline; holds no place until the staff admits it by exception."""
    PROPOSED = "proposed"
    """Holds a place of its quota and waits for the verdict."""
    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    """Another person took the place over."""


LIVE = frozenset(
    {NominationState.LATE, NominationState.PROPOSED, NominationState.WAITING, NominationState.ACCEPTED}
)
"""A person has at most one nomination in these states in a call."""
HOLDING = frozenset({NominationState.PROPOSED, NominationState.ACCEPTED})
"""These take a place, of the quota or of the common ones."""
UNDECIDED = frozenset({NominationState.LATE, NominationState.PROPOSED, NominationState.WAITING})


class Phase(StrEnum):
    """Where a call stands in time."""

    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """The places of an institution and everything below it, and how many of them are taken."""

    id: UUID
    places: int
    released: int = 0
    """Of the places, how many the staff gave to everybody."""
    taken: int = 0
    """People who hold one of its own places: proposed or accepted."""

    @property
    def free(self) -> int:
        """Return how many of its own places are left."""
        return max(0, self.places - self.released - self.taken)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A person who waits, as the rule for the next place sees them."""

    id: UUID
    quota_id: UUID
    is_vetted: bool
    """Whether the staff has already said that the person may take part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A person who leaves the list of those who wait."""

    id: UUID
    from_common: bool
    is_accepted: bool
    """Accepted at once; otherwise the person now holds a place and waits for the verdict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The instants of a call."""

    opens_at: datetime
    closes_at: datetime
    substitutes_until: datetime


def phase_of(window: Window, now: datetime) -> Phase:
    """Return whether nominations are taken now: from the opening until just before the deadline."""
    if now < window.opens_at:
        return Phase.UPCOMING
    return Phase.OPEN if now < window.closes_at else Phase.CLOSED


def check_window(window: Window) -> None:
    """Refuse a call that closes before it opens; raises CallDatesCrossed."""
    if not window.opens_at < window.closes_at <= window.substitutes_until:
        raise CallDatesCrossed


def state_when_asked(window: Window, now: datetime, *, has_reason: bool, has_place: bool) -> NominationState:
    """Return how a nomination begins; raises CallNotOpen, and CallClosed for a late one without a reason."""
    match phase_of(window, now):
        case Phase.UPCOMING:
            raise CallNotOpen
        case Phase.CLOSED if not has_reason:
            raise CallClosed
        case Phase.CLOSED:
            return NominationState.LATE
        case _:
            return first_state(has_place=has_place)


def first_state(*, has_place: bool) -> NominationState:
    """Return how a nomination begins that came in time, or was admitted by exception."""
    return NominationState.PROPOSED if has_place else NominationState.WAITING


def governing(path: Sequence[UUID], quotas: Collection[UUID]) -> UUID | None:
    """Return whose quota an institution uses: its own, else that of the nearest body above; None without any.

    ``path`` goes from the root down to the institution itself.
    """
    return next((each for each in reversed(path) if each in quotas), None)


def common_free(quotas: Iterable[Quota], taken: int) -> int:
    """Return how many of the places given to everybody are left; ``taken`` counts who holds one."""
    return max(0, sum(each.released for each in quotas) - taken)


def choose_place(own_free: int, common: int) -> bool:
    """Return whether a person takes a common place instead of one of their quota; raises QuotaFull."""
    if own_free > 0:
        return False
    if common > 0:
        return True
    raise QuotaFull


def promote(
    waiting: Sequence[Waiting], quotas: Mapping[UUID, Quota], *, common: int, capacity: int | None
) -> list[Step]:
    """Return who leaves the list, in the order in which they came.

    A person takes a place of their own quota, else a common one; nobody moves when the cohort itself is full
    (``capacity`` is how many more people fit in; None for no limit).
    """
    free = {key: quota.free for key, quota in quotas.items()}
    steps: list[Step] = []
    for each in waiting:
        if capacity is not None and capacity <= 0:
            break
        from_common = free[each.quota_id] <= 0
        if from_common and common <= 0:
            continue
        if from_common:
            common -= 1
        else:
            free[each.quota_id] -= 1
        if capacity is not None:
            capacity -= 1
        steps.append(Step(id=each.id, from_common=from_common, is_accepted=each.is_vetted))
    return steps


def check_places(places: int, *, released: int, taken: int) -> None:
    """Refuse a quota below the places already taken or given to everybody; raises QuotaTooSmall."""
    if places < released + taken:
        raise QuotaTooSmall


def check_change(
    state: NominationState, window: Window, now: datetime, *, is_staff: bool, is_completed: bool
) -> None:
    """Refuse to withdraw or replace what is settled; raises NominationSettled and TooLateToChange.

    After the cut-off an institution no longer takes back an accepted person; the staff still may. Nobody takes
    back a completed course.
    """
    if state not in LIVE or is_completed:
        raise NominationSettled
    if state is NominationState.ACCEPTED and now >= window.substitutes_until and not is_staff:
        raise TooLateToChange

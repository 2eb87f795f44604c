"""When an absence may be justified, and how long its paper is kept. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from lms.attendance.excuses.errors import ExcuseTooLate

ASK_WITHIN: Final = timedelta(days=10)
"""How long after a meeting its absence may still be justified."""
PAPER_LIFE: Final = timedelta(days=90)
"""How long a paper is kept after the decision: time to complain about it. Then only the decision stays."""
LONGEST_TEXT: Final = 400


class Grounds(StrEnum):
    """Why somebody could not come, without more detail than the decision needs."""

    SERVICE = "service"
    HEALTH = "health"
    FAMILY = "family"
    ACCESS = "access"
    OTHER = "other"


class ExcuseState(StrEnum):
    """Where it stands."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


DECIDED: Final = frozenset({ExcuseState.ACCEPTED, ExcuseState.REFUSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Plea:
    """What a person says."""

    grounds: Grounds
    text: str = ""
    paper: bytes = b""
    """A scan or photograph; empty without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What whoever keeps the register says."""

    is_accepted: bool
    answer: str = ""


def check_time(ends_at: datetime, now: datetime) -> None:
    """Refuse to justify an absence of long ago; raises ExcuseTooLate."""
    if now > ends_at + ASK_WITHIN:
        raise ExcuseTooLate


def is_paper_over(state: ExcuseState, changed_at: datetime, now: datetime) -> bool:
    """Say whether the paper has served its purpose."""
    return state is not ExcuseState.PENDING and now > changed_at + PAPER_LIFE

"""Decisions about plans: when a superior is reminded, and how long an address is of use. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

LINK_LIFE: Final = timedelta(days=60)
REMIND_AFTER: Final = timedelta(days=7)
MOST_REMINDERS: Final = 1
LONGEST_COMMENT: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Superior:
    """Who approves a plan, as the person names them."""

    name: str
    post: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody says of a plan."""

    is_approved: bool
    comment: str = ""


def is_reminder_due(mailed_at: datetime, letters: int, now: datetime) -> bool:
    """Say whether a superior who has not answered the first letter hears once more."""
    return letters <= MOST_REMINDERS and now - mailed_at >= REMIND_AFTER


def is_address_useless(mailed_at: datetime, decided_at: datetime | None, now: datetime) -> bool:
    """Say whether no letter to the superior can follow: the plan was answered, or no link of theirs lives."""
    return decided_at is not None or now - mailed_at > LINK_LIFE

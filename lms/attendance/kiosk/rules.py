"""Decisions of the tablet at the door: whose name a search finds, how long it stays open, how often a PIN is tried."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from lms.attendance.kiosk.errors import SearchTooShort
from lms.core.folding import fold

PIN: Final = re.compile(r"\d{4,8}", re.ASCII)
MOST_TRIES: Final = 5
"""Wrong PINs after which only whoever keeps the register lets the tablet go."""
STAYS_OPEN: Final = timedelta(hours=1)
"""After the end of the meeting: whoever forgets the tablet leaves nothing that answers."""
MOST_FOUND: Final = 8
"""So many names are shown at most; with more the search says to write another surname and shows none."""
FEWEST_LETTERS: Final = 3


class WalkInState(StrEnum):
    """What became of somebody who was on no list."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


def searched_words(text: str) -> list[str]:
    """Return the folded words of a search; raises SearchTooShort while none of them has three letters."""
    typed = fold(text).split()
    if max((sum(c.isalpha() for c in word) for word in typed), default=0) < FEWEST_LETTERS:
        raise SearchTooShort
    return typed


def is_found(name: str, typed: Sequence[str]) -> bool:
    """Say whether each word begins a word of the name, in any order: surnames may come first."""
    own = fold(name).split()
    return all(any(word.startswith(each) for word in own) for each in typed)


def is_open(ends_at: datetime, closed_at: datetime | None, now: datetime) -> bool:
    """Say whether a tablet still answers."""
    return closed_at is None and now <= ends_at + STAYS_OPEN

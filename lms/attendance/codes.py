"""The code on the screen of a room: it changes every half minute and only the server can tell the next one. Pure."""

import hmac
from datetime import datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

from lms.core.ids import READABLE, normalise_code

LENGTH: Final = 6
SLOT_SECONDS: Final = 30
SLOTS_ACCEPTED: Final = 2
"""The present slot and the one before: whoever began to type as the code changed is not sent back."""

SLOTS_REMEMBERED: Final = 20
"""For so many slots a code that has changed is told from one that never was."""


def code_at(secret: str, meeting_id: UUID, at: datetime) -> str:
    """Return the code that a meeting's screen shows at a moment."""
    return _code(secret, meeting_id, _slot(at))


def matches(secret: str, meeting_id: UUID, typed: str, at: datetime) -> bool:
    """Say whether what was typed at a moment is the meeting's code of that slot or of the one before.

    Every candidate is compared in full, in a time that tells nothing about how much of it was right.
    """
    given = normalise_code(typed).encode()
    slot = _slot(at)
    codes = [_code(secret, meeting_id, slot - back) for back in range(SLOTS_ACCEPTED)]
    return any([hmac.compare_digest(given, code.encode()) for code in codes])  # noqa: C419 - all are compared


def was_shown(secret: str, meeting_id: UUID, typed: str, at: datetime) -> bool:
    """Say whether this was the meeting's code in the last ten minutes: whoever holds it is late, not mistaken."""
    given, slot = normalise_code(typed).encode(), _slot(at)
    older = range(SLOTS_ACCEPTED, SLOTS_REMEMBERED)
    codes = [_code(secret, meeting_id, slot - back) for back in older]
    return any([hmac.compare_digest(given, code.encode()) for code in codes])  # noqa: C419 - all are compared


def seconds_left(at: datetime) -> int:
    """Return in how many seconds the code changes, from 1 to 30."""
    return SLOT_SECONDS - int(at.timestamp()) % SLOT_SECONDS


def _slot(at: datetime) -> int:
    return int(at.timestamp()) // SLOT_SECONDS


def _code(secret: str, meeting_id: UUID, slot: int) -> str:
    digest = hmac.digest(secret.encode(), meeting_id.bytes + slot.to_bytes(8, "big"), sha256)
    number, letters = int.from_bytes(digest, "big"), []
    for _ in range(LENGTH):
        number, index = divmod(number, len(READABLE))
        letters.append(READABLE[index])
    return "".join(letters)

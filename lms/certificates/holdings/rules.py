"""What a list of documents may be narrowed to. Pure."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

AHEAD: Final = timedelta(days=60)
"""What ends within this is said to end soon."""


class Shown(StrEnum):
    """How the documents of a list stand."""

    VALID = "valid"
    ENDING = "ending"
    """Valid, and about to end."""
    EXPIRED = "expired"
    RENEWED = "renewed"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What narrows the list of an institution."""

    text: str = ""
    shown: Shown | None = None
    kind: str = ""

    @property
    def is_narrow(self) -> bool:
        """Say whether anything narrows it."""
        return bool(self.text or self.shown or self.kind)

"""How far a number is to be trusted: a word that the course compiler knows too, so it imports nothing."""

from enum import StrEnum


class Standing(StrEnum):
    """How far a number is to be trusted on a day."""

    CONFIRMED = "confirmed"
    OLD = "old"
    """Somebody checked it, longer ago than the limit."""
    NEVER = "never"
    HELD = "held"
    """It asks to be verified, and no named person has signed what it says: nobody but its keepers reads it."""

"""Decisions about grades that two people give. Pure."""

from fractions import Fraction
from typing import Final

MOST_APART: Final = Fraction(1, 5)
"""By how much of the point two markers may differ without a third."""


def agreed(first: Fraction, second: Fraction) -> Fraction | None:
    """Return the mean of two grades that are near enough; None when somebody must decide."""
    return None if abs(first - second) > MOST_APART else (first + second) / 2


def joined(first: str, second: str) -> str:
    """Return what two markers said, as the person reads it."""
    return "\n\n".join(dict.fromkeys(each for each in (first.strip(), second.strip()) if each))

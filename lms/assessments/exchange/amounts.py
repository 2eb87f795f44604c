"""Numbers of other systems: exact, small enough to write, and never an exception."""

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Final

from lms.assessments.exchange.asked import Losses
from lms.core.i18n import _l

_NUMBER: Final = re.compile(r"[+-]?(?:\d{1,30}(?:[.,]\d{0,30})?|[.,]\d{1,30})(?:[eE][+-]?\d{1,2})?", re.ASCII)
_PLACES: Final = 12


@lru_cache(maxsize=1_000)
def number(text: str) -> Fraction | None:
    """Return the number of a text, with point or comma, None for anything else."""
    kept = text.strip().replace("\N{MINUS SIGN}", "-")
    return (
        Fraction(kept.replace(",", ".").rstrip("."))
        if _NUMBER.fullmatch(kept) and "." not in kept.partition("e")[2]
        else None
    )


@lru_cache(maxsize=1_000)
def share(text: str) -> Fraction:
    """Return a percentage as a share, nothing for what is no number."""
    found = number(text)
    return Fraction(0) if found is None else max(min(found, Fraction(100)), Fraction(-100)) / 100


def digits(value: Fraction) -> str:
    """Return a number with its decimals, as many as matter."""
    if value.denominator == 1:
        return str(value.numerator)
    whole = f"{float(value):.0f}" if abs(value) > 10**15 else ""
    scaled = round(value * 10**_PLACES)
    sign, size = "-" if scaled < 0 else "", f"{abs(scaled):0{_PLACES + 1}d}"
    return whole or f"{sign}{size[:-_PLACES]}.{size[-_PLACES:]}".rstrip("0").rstrip(".")


def one_tolerance(found: Sequence[Fraction], losses: Losses) -> str:
    """Return the tolerance of a question whose answers each have one; the narrowest when they differ."""
    least = min(found, default=Fraction(0))
    if any(each != least for each in found):
        losses.note(
            ", ".join(map(digits, found)),
            _l("Una pregunta tiene una sola tolerancia: quedó la menor, %(least)s.", least=digits(least)),
        )
    return digits(least) if least > 0 else ""

"""How a share is written on a programme's scale: "8,5 de 10", "13,5 de 20", "85 %".

A figure is cut, never rounded up, to two decimals or to as many as the pass mark has: what is shown reaches the
mark exactly when the person does.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Final

from lms.core.i18n import _
from lms.institutions.programmes.rules import Scale
from lms.web.formats import SPACE, decimal

TOP: Final = {Scale.TEN: 10, Scale.TWENTY: 20, Scale.PERCENT: 100}
DECIMALS: Final = 2
MOST_DECIMALS: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A share as it is written: the number, and what follows it in smaller type."""

    number: str
    unit: str

    def __str__(self) -> str:
        """Return both in one line."""
        return self.number + self.unit


def figure(share: Fraction, scale: Scale, *, mark: Fraction, language: str) -> Figure:
    """Return a share in [0, 1] on the scale, written so that it compares with this pass mark as it really does."""
    value = share * TOP[scale]
    digits = max(DECIMALS, _digits(mark * TOP[scale]))
    number, shown = _cut(value, digits)
    return Figure(number=decimal(number, shown, language=language), unit=_unit(scale, language))


def _unit(scale: Scale, language: str) -> str:
    if scale is Scale.PERCENT:
        return "%" if language == "en" else f"{SPACE}%"
    return SPACE + str(_("de %(top)s", top=TOP[scale]))


def _digits(value: Fraction) -> int:
    """Return how many decimals the value has; 0 for one without end, which nobody writes as a mark."""
    rest, digits = value, 0
    while rest.denominator != 1 and digits < MOST_DECIMALS:
        rest, digits = rest * 10, digits + 1
    return digits if rest.denominator == 1 else 0


def _cut(value: Fraction, digits: int) -> tuple[Decimal, int]:
    """Return the value without what lies beyond these decimals, and how many of them say something: 8, not 8,00."""
    kept = Fraction(floor(value * 10**digits), 10**digits)
    return Decimal(kept.numerator) / Decimal(kept.denominator), _digits(kept)

"""Numbers as people write them, with a comma or a point, and perhaps a unit. Exact: nothing is rounded."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

LONGEST: Final = 100
"""Characters of a number with its unit; nobody needs more."""
_NUMBER: Final = re.compile(r"([+\-\N{MINUS SIGN}]?)\s*(\d[\d\s.,]*)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and what follows it."""

    value: Fraction
    unit: str


def read_quantity(text: str) -> Quantity | None:
    """Return what a text says in numbers, None when it says none.

    A comma or point that stands once is the decimal mark: 1.5 and 1,5 are the same, and so are 1.500 and 1.5. One
    that stands several times groups thousands, as a space does; with both of them, the last is the decimal mark.
    """
    found = _NUMBER.fullmatch(text.strip()[:LONGEST])
    digits = "".join(found[2].split()) if found else ""
    if found is None or not re.fullmatch(r"\d+(?:[.,]\d+)*", digits.rstrip(".,"), re.ASCII):
        return None
    value = Fraction(_with_point(digits.rstrip(".,")))
    return Quantity(value if found[1] in {"", "+"} else -value, found[3].strip())


def _with_point(digits: str) -> str:
    comma, point = digits.count(","), digits.count(".")
    if comma and point:
        mark = max(",.", key=digits.rfind)
        other = "." if mark == "," else ","
        digits = digits.replace(other, "")
        return digits.replace(mark, "") if digits.count(mark) > 1 else digits.replace(mark, ".")
    return digits.replace(",", "").replace(".", "") if comma + point > 1 else digits.replace(",", ".")

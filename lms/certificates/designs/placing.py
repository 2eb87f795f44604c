"""A composed page taken apart: the lines, rules and QR that are written by stamping, and the rest.

Only what has exactly this form is taken out; the rest goes the long way through the layout library, which is
slower and never wrong.
"""

import re
from dataclasses import dataclass
from html import unescape
from typing import Final, NamedTuple

from lms.certificates.designs.templates import QR

_NUMBER: Final = r"(-?[0-9]+(?:\.[0-9]+)?)"
_PIECE: Final = re.compile(
    rf'<div class="(line(?: [\w -]*)?)" style="left: {_NUMBER}mm; top: {_NUMBER}mm; font-size: {_NUMBER}pt">'
    r"([^<]*)</div>"
    rf'|<div class="(rule(?: [\w -]*)?)" style="left: {_NUMBER}mm; top: {_NUMBER}mm; '
    rf'width: {_NUMBER}mm; height: {_NUMBER}mm"></div>'
    rf'|<div class="picture" style="left: {_NUMBER}mm; top: {_NUMBER}mm; width: {_NUMBER}mm; height: {_NUMBER}mm">'
    rf'<img src="{re.escape(QR)}" style="width: {_NUMBER}mm; height: {_NUMBER}mm"></div>'
)


class Line(NamedTuple):
    """A line of text; places are in millimetres from the upper left corner, its size in points."""

    style: str
    left: float
    top: float
    size: float
    text: str


class Rule(NamedTuple):
    """A filled box, in millimetres."""

    style: str
    left: float
    top: float
    width: float
    height: float


class Code(NamedTuple):
    """Where the QR goes, in millimetres."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, kw_only=True)
class TakenApart:
    """What is stamped on one page, and the HTML without it."""

    rest: str
    lines: tuple[Line, ...]
    rules: tuple[Rule, ...]
    codes: tuple[Code, ...]

    @property
    def styles(self) -> frozenset[str]:
        """Return the classes of the lines and rules."""
        return frozenset([line.style for line in self.lines] + [rule.style for rule in self.rules])


def take_apart(html: str) -> TakenApart:
    """Return the page in its parts."""
    lines, rules, codes = list[Line](), list[Rule](), list[Code]()

    def take(found: re.Match[str]) -> str:
        parts = found.groups()
        if parts[0] is not None:
            left, top, size = map(float, parts[1:4])
            # The layout library draws nothing for an empty line.
            if text := unescape(parts[4]).strip():
                lines.append(Line(_named(parts[0]), left, top, size, text))
        elif parts[5] is not None:
            rules.append(Rule(_named(parts[5]), *map(float, parts[6:10])))
        else:
            codes.append(Code(*map(float, parts[10:14])))
        return ""

    rest = _PIECE.sub(take, html)
    return TakenApart(
        rest="\n".join(rest.split()), lines=tuple(lines), rules=tuple(rules), codes=tuple(codes)
    )


def _named(classes: str) -> str:
    return " ".join(classes.split())

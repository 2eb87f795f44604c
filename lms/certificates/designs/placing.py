"""A composed page taken apart: the lines, rules and QR that are written by stamping, and the rest.

Only what has exactly this form is taken out; the rest goes the long way through the layout library, which is
slower and never wrong.
"""

import re
from collections.abc import Sequence
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

_RULE, _CODE = 5, 10
"""Where the groups of a rule and of the QR start."""
_OPENING: Final = ("<div", "<img", "<span", "<p", "<t", "<h", "<ul", "<ol")


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
    """Return the page in its parts. A rule before something that stays is left with it: that may lie on top of it."""
    lines, rules, codes = list[Line](), list[Rule](), list[Code]()
    pieces = list(_PIECE.finditer(html))
    kept, place = _end_of_rest(html, pieces), 0
    rest = list[str]()
    for found in pieces:
        parts = found.groups()
        if parts[_RULE] is not None and found.start() < kept:
            continue
        rest.append(html[place : found.start()])
        place = found.end()
        if parts[_RULE] is not None:
            rules.append(Rule(_named(parts[_RULE]), *map(float, parts[_RULE + 1 : _CODE])))
        elif parts[0] is None:
            codes.append(Code(*map(float, parts[_CODE : _CODE + 4])))
        elif text := unescape(parts[4]).strip():  # the layout library draws nothing for an empty line
            left, top, size = map(float, parts[1:4])
            lines.append(Line(_named(parts[0]), left, top, size, text))
    left_over = "".join([*rest, html[place:]])
    return TakenApart(
        rest="\n".join(left_over.split()), lines=tuple(lines), rules=tuple(rules), codes=tuple(codes)
    )


def _end_of_rest(html: str, pieces: Sequence[re.Match[str]]) -> int:
    """Return where the last element that is no piece starts."""
    starts = [0, *(found.end() for found in pieces)]
    ends = [*(found.start() for found in pieces), len(html)]
    for start, end in zip(reversed(starts), reversed(ends), strict=True):
        at = max(html.rfind(tag, start, end) for tag in _OPENING)
        if at >= 0:
            return at
    return 0


def _named(classes: str) -> str:
    return " ".join(classes.split())

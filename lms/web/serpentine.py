"""The serpentine of a room: one station per enrolled person and no names; the line grows as people arrive."""

from itertools import pairwise
from typing import Final

from markupsafe import Markup

from lms.core.i18n import _

PER_ROW: Final = 13
STEP: Final = 30
"""Distance between stations, in units of the drawing."""
_HALF: Final = STEP // 2
Point = tuple[int, int]


def serpentine(total: int, done: int) -> Markup:
    """Return the drawing of so many stations of which the first are reached; empty for an empty room."""
    if total == 0:
        return Markup("")
    reached = max(0, min(done, total))
    points = [_place(index) for index in range(total)]
    return _SVG.format(
        width=PER_ROW * STEP + 6,
        height=-(-total // PER_ROW) * STEP,
        title=_("%(done)s de %(total)s personas registradas", done=reached, total=total),
        track=_line(points),
        done=_line(points[:reached]),
        stations=Markup("").join(_station(point, index, reached) for index, point in enumerate(points)),
    )


def _place(index: int) -> Point:
    """Return the middle of a station; every second row runs backwards."""
    row, col = divmod(index, PER_ROW)
    return _HALF + (col if row % 2 == 0 else PER_ROW - 1 - col) * STEP, _HALF + row * STEP


def _line(points: list[Point]) -> str:
    """Return the path through the points: straight along a row, a half circle to the next."""
    if not points:
        return ""
    parts = [f"M{points[0][0]} {points[0][1]}"]
    for before, (x, y) in pairwise(points):
        outwards = int(x > PER_ROW * _HALF)
        parts.append(f"H{x}" if y == before[1] else f"A{_HALF} {_HALF} 0 0 {outwards} {x} {y}")
    return "".join(parts)


def _station(point: Point, index: int, reached: int) -> Markup:
    last = index == reached - 1
    state = "s-last" if last else "s-on" if index < reached else "s-off"
    return Markup('<circle cx="{}" cy="{}" r="{}" class="{}"/>').format(*point, 9 if last else 7, state)


_SVG: Final = Markup(
    '<svg class="serpentine" viewBox="-3 0 {width} {height}" role="img" aria-label="{title}">'
    '<path class="s-track" d="{track}"/><path class="s-done" d="{done}"/>{stations}</svg>'
)

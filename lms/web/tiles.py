"""Tiles: the drawn cover of a course, always the same for the same seed; 1 to 3 KB of inline SVG.

A wall of quarter discs in two tones and one continuous route that rises from left to right through stations.
Colours come from the style sheets: --tiles-a and --tiles-b (tones), --tiles-line, --tiles-dot.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from markupsafe import Markup

SIDE: Final = 40
"""Side of a tile, in units of the drawing."""
_HALF: Final = SIDE // 2
_MASK: Final = 2**64 - 1
Cell = tuple[int, int]
"""Column and row, from the top left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """The measures of a wall: its tiles, the rows where the route enters and leaves, its stations."""

    cols: int
    rows: int
    start: int
    end: int = 0
    stations: int = 4
    from_station: bool = False
    """The route begins inside the picture, at a station."""
    fade: bool = False
    """The wall thins out towards the left, where text stands."""


WALLS: Final[dict[str, Wall]] = {
    "cover": Wall(cols=8, rows=3, start=2),
    "thumbnail": Wall(cols=3, rows=3, start=2, stations=2),
    "panel": Wall(cols=7, rows=5, start=4, from_station=True, fade=True),
    "hero": Wall(cols=10, rows=8, start=6, end=1, stations=5, from_station=True, fade=True),
    "login": Wall(cols=8, rows=9, start=7, end=1, stations=5),
    "band": Wall(cols=4, rows=12, start=10, end=7, stations=0, from_station=True),
}
"""The walls of the pages, by where they stand."""


class _Dice:
    """Numbers that look random and depend on the seed alone (xorshift)."""

    def __init__(self, seed: str) -> None:
        self._state = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big") or 1

    def __call__(self, sides: int) -> int:
        self._state ^= (self._state << 13) & _MASK
        self._state ^= self._state >> 7
        self._state ^= (self._state << 17) & _MASK
        return self._state % sides


def tiles(seed: str, wall: str = "cover", stations: int | None = None) -> Markup:
    """Return the wall of this kind for this seed (a course's slug), with one station per module if given."""
    shape = WALLS[wall]
    return draw(seed, shape if stations is None else replace(shape, stations=stations))


def draw(seed: str, wall: Wall) -> Markup:
    """Return the drawing of a wall; decorative, so hidden from screen readers."""
    dice = _Dice(seed)
    first, second = _discs(dice, wall)
    route = _route(dice, wall)
    line, straights = _line(route, wall)
    return _SVG.format(
        width=wall.cols * SIDE,
        height=wall.rows * SIDE,
        align="xMin" if wall.from_station else "xMid",
        first=first,
        second=second,
        line=line,
        stations=Markup("").join(_STATION.format(x, y) for x, y in _stops(straights, wall)),
    )


def _discs(dice: _Dice, wall: Wall) -> tuple[str, str]:
    """Return the paths of the two tones."""
    tones: tuple[list[str], list[str]] = ([], [])
    for row in range(wall.rows):
        for col in range(wall.cols):
            for tone, corner in _tile(dice, wall, col):
                tones[tone].append(_quarter(col * SIDE, row * SIDE, corner))
    return "".join(tones[0]), "".join(tones[1])


def _tile(dice: _Dice, wall: Wall, col: int) -> Iterator[tuple[int, int]]:
    """Yield tone and corner of each quarter disc of one tile: none, one, or two that face each other."""
    kind = dice(10)
    if wall.fade and dice(100) > 26 + 150 * col / wall.cols:
        dice(4)  # a tile left out still takes its throw, so the rest of the wall stays as it is
    elif kind < 8:
        yield (0 if kind < 6 else 1), dice(4)
    elif kind == 8:
        corner = dice(2)
        yield 0, corner
        yield 0, corner + 2


def _quarter(x: int, y: int, corner: int) -> str:
    """Return a quarter disc with its vertex at a corner: 0 top left, then clockwise."""
    t = SIDE
    return (
        f"M{x} {y}h{t}a{t} {t} 0 0 1-{t} {t}z",
        f"M{x + t} {y}v{t}a{t} {t} 0 0 1-{t}-{t}z",
        f"M{x + t} {y + t}h-{t}a{t} {t} 0 0 1 {t}-{t}z",
        f"M{x} {y + t}v-{t}a{t} {t} 0 0 1 {t} {t}z",
    )[corner]


def _climbs(dice: _Dice, wall: Wall) -> list[int]:
    """Return the columns where the route changes row, apart from one another where there is room."""
    wanted = min(abs(wall.start - wall.end), max(1, wall.cols // 3))
    chosen: list[int] = []
    while len(chosen) < wanted:
        col = 1 + dice(max(1, wall.cols - 2))
        if wall.cols < 6 or all(abs(col - other) > 1 for other in chosen):
            chosen.append(col)
    return chosen


def _route(dice: _Dice, wall: Wall) -> list[Cell]:
    """Return the cells of the route: it always moves on and only gets closer to its end."""
    climbs, row, cells = _climbs(dice, wall), wall.start, []
    for col in range(wall.cols):
        cells.append((col, row))
        for _ in range(_rise(dice, climbs, col, abs(wall.end - row)) if col in climbs else 0):
            row += 1 if wall.end > row else -1
            cells.append((col, row))
    return cells


def _rise(dice: _Dice, climbs: list[int], col: int, missing: int) -> int:
    """Return how many rows to climb here, leaving at least one for each climb to come."""
    left = sum(other > col for other in climbs)
    if left == 0:
        return missing
    return max(1, min(missing - left, 1 + dice(max(1, missing - left))))


def _line(route: list[Cell], wall: Wall) -> tuple[str, list[Cell]]:
    """Return the path of the line and the middles of its straight tiles, where stations fit."""
    parts = [f"M{_HALF if wall.from_station else 0} {wall.start * SIDE + _HALF}"]
    straights: list[Cell] = []
    came = (1, 0)
    beyond = (wall.cols, route[-1][1])
    for cell, following in pairwise([*route, beyond]):
        leaves = (following[0] - cell[0], following[1] - cell[1])
        middle = (cell[0] * SIDE + _HALF, cell[1] * SIDE + _HALF)
        parts.append(_stretch(middle, came, leaves))
        if came == leaves:
            straights.append(middle)
        came = leaves
    return "".join(parts), straights


def _stretch(middle: Cell, came: Cell, leaves: Cell) -> str:
    """Return the line through one tile: straight on, or a quarter circle."""
    x, y = middle[0] + leaves[0] * _HALF, middle[1] + leaves[1] * _HALF
    if came == leaves:
        return f"L{x} {y}"
    clockwise = int(came[0] * leaves[1] - came[1] * leaves[0] > 0)
    return f"A{_HALF} {_HALF} 0 0 {clockwise} {x} {y}"


def _stops(straights: list[Cell], wall: Wall) -> list[Cell]:
    """Return where the stations are: spread evenly, and at the start of a route that begins inside."""
    count = min(wall.stations, len(straights))
    stops = [straights[round(j * (len(straights) - 1) / max(1, count - 1))] for j in range(count)]
    if not wall.from_station:
        return stops
    return [(_HALF, wall.start * SIDE + _HALF), *(stop for stop in stops if stop[0] > SIDE)]


_STATION: Final = Markup('<circle cx="{}" cy="{}" r="7.6"/>')
_SVG: Final = Markup(
    '<svg viewBox="0 0 {width} {height}" preserveAspectRatio="{align}YMid slice" aria-hidden="true"'
    ' focusable="false"><path fill="var(--tiles-a)" d="{first}"/><path fill="var(--tiles-b)" d="{second}"/>'
    '<path fill="none" stroke="var(--tiles-line)" stroke-width="8" d="{line}"/>'
    '<g fill="var(--tiles-dot)" stroke="var(--tiles-line)" stroke-width="4">{stations}</g></svg>'
)

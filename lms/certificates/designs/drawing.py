"""The pictures drawn for one certificate, as vectors: the wall and its route, the mark, the QR code."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import segno

from lms.certificates.designs.stations import Group
from lms.web.tiles import SIDE, tiles

WALL_COLUMNS: Final = 4
LINE_ROW: Final = 7
"""The row of the wall at which the route leaves it."""

# Measures of the route in tiles, as on the screens: ring, radii of the discs, between neighbours.
_RING, _STATION, _GOAL, _STEP = 0.1, 0.1917, 0.2667, 0.33

Point = tuple[int, int]

INK: Final = "#02141a"
"""The colour of the QR."""
# Every reader reads every mask; choosing the best of the eight takes ten times as long as drawing one.
_QR_MASK: Final = 2
_DARK: Final = re.compile(rb"\x01+")

MOST_PIPS: Final = 3

_MARK: Final = (
    '<g fill="none" stroke="{line}" stroke-width="3.6">'
    '<path d="M7.5 21.4V9.5a5 5 0 0 1 5-5H18a5.5 5.5 0 0 1 0 11h-3.5"/>'
    '<path d="M14.5 15.5a10 10 0 0 1 10 10"/>'
    '<circle cx="7.5" cy="25.6" r="2.7" stroke-width="2.6"/></g>'
    '<circle cx="24.4" cy="25.6" r="4" fill="{goal}"/>'
)


@dataclass(frozen=True, kw_only=True)
class RoutePlan:
    """Where a design wants the wall and the route, in millimetres, and their colours (`metadata.toml`)."""

    page_width: float
    page_height: float
    band_width: float
    stations_left: float
    """Left edge of the first station and its label."""
    goal_right: float
    """Right edge of the disc at the end."""
    ground: str = "#e3f2f6"
    tile: str = "#cde7ed"
    tile_strong: str = "#b3d9e3"
    line: str = "#055061"
    goal: str = "#f6b933"

    @property
    def cell(self) -> float:
        """Return the side of a tile."""
        return self.band_width / WALL_COLUMNS

    @property
    def line_at(self) -> float:
        """Return how far from the top of the page the route runs."""
        return (LINE_ROW + 0.5) * self.cell

    @property
    def goal_centre(self) -> float:
        """Return where the disc at the end has its centre."""
        return self.goal_right - _GOAL * self.cell

    def label_width(self, count: int) -> float:
        """Return the room of each of so many labels, the gap to the next included."""
        return (self.goal_right - 2 * _GOAL * self.cell - self.stations_left) / max(count, 1)


# The documents of one cohort share the picture.
@lru_cache(maxsize=8)
def draw_route(plan: RoutePlan, seed: str, groups: tuple[Group, ...]) -> bytes:
    """Return the page-wide picture: the wall of this seed, the line with its stations, the disc at the end."""
    body = (
        f'<rect width="{plan.band_width}" height="{plan.page_height}" fill="{plan.ground}"/>',
        f'<g transform="scale({plan.cell / SIDE})">{_wall(plan, seed)}</g>',
        *(_station(plan, index, len(groups), group) for index, group in enumerate(groups)),
        _disc(plan, plan.goal_centre, _GOAL, plan.line),
        _disc(plan, plan.goal_centre, _GOAL - _RING, plan.goal),
    )
    return _svg(plan.page_width, plan.page_height, "".join(body))


def draw_mark(plan: RoutePlan) -> bytes:
    """Return the mark of the platform, 32 units wide."""
    return _svg(32, 32, _MARK.format(line=plan.line, goal=plan.goal))


@dataclass(frozen=True, kw_only=True)
class QrCode:
    """A QR, a unit per module."""

    rows: tuple[bytes, ...]
    """From the top; a byte per module, one where it is dark."""

    @property
    def side(self) -> int:
        """Return how many modules wide and high it is."""
        return len(self.rows)

    def boxes(self) -> Iterator[tuple[int, int, int, int]]:
        """Yield the dark runs of each row as boxes: left, top, width, height."""
        for top, row in enumerate(self.rows):
            for run in _DARK.finditer(row):
                yield run.start(), top, run.end() - run.start(), 1


@lru_cache(maxsize=4)
def encode_qr(address: str) -> QrCode:
    """Return the QR of an address, level M; the page leaves the quiet zone of four modules."""
    code = segno.make_qr(address, error="m", boost_error=False, mask=_QR_MASK).matrix
    return QrCode(rows=tuple(bytes(row) for row in code))


def draw_qr(address: str) -> bytes:
    """Return the same as a picture."""
    code = encode_qr(address)
    path = "".join("M" + "L".join(f"{x} {y}" for x, y in each) + "z" for each in _outlines(code.rows))
    return _svg(code.side, code.side, f'<path fill="{INK}" d="{path}"/>')


def _svg(width: float, height: float, body: str) -> bytes:
    size = f'width="{width}mm" height="{height}mm" viewBox="0 0 {width} {height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{body}</svg>'.encode()


def _wall(plan: RoutePlan, seed: str) -> str:
    """Return the wall that the screens show for this seed, in the colours of the design, its line led on."""
    drawing = re.sub(r"^<svg[^>]*>|</svg>$", "", str(tiles(seed, "band")))
    # The same stroke goes on to the end of the page: two strokes would show a seam where they meet.
    end = plan.goal_centre * SIDE / plan.cell
    drawing = re.sub(r'(stroke="var\(--tiles-line\)"[^>]* d="[^"]*)"', rf'\g<1>H{end:.3f}"', drawing, count=1)
    colours = {"a": plan.tile, "b": plan.tile_strong, "line": plan.line, "dot": "#ffffff"}
    for name, colour in colours.items():
        drawing = drawing.replace(f"var(--tiles-{name})", colour)
    return drawing


def _station(plan: RoutePlan, index: int, count: int, group: Group) -> str:
    """Return a ring for one module; for neighbours together, a longer one with a pip for each.

    More than three would run into the next station: one ring stands for them all, and the label counts them.
    """
    first = plan.stations_left + index * plan.label_width(count) + _STATION * plan.cell
    shown = len(group.titles) if len(group.titles) <= MOST_PIPS else 1
    pips = [first + number * _STEP * plan.cell for number in range(shown)]
    ends = _disc(plan, pips[0], _STATION, plan.line) + _disc(plan, pips[-1], _STATION, plan.line)
    bar = _bar(plan, pips[0], pips[-1]) if shown > 1 else ""
    return bar + ends + "".join(_disc(plan, pip, _STATION - _RING, "#ffffff") for pip in pips)


def _bar(plan: RoutePlan, start: float, end: float) -> str:
    height = 2 * _STATION * plan.cell
    box = (
        f'x="{start:.3f}" y="{plan.line_at - height / 2:.3f}" width="{end - start:.3f}" height="{height:.3f}"'
    )
    return f'<rect {box} fill="{plan.line}"/>'


def _disc(plan: RoutePlan, centre: float, tiles_wide: float, colour: str) -> str:
    radius = tiles_wide * plan.cell
    return f'<circle cx="{centre:.3f}" cy="{plan.line_at:.3f}" r="{radius:.3f}" fill="{colour}"/>'


def _outlines(matrix: Sequence[Sequence[int]]) -> Iterator[list[Point]]:
    """Yield the closed outlines of the dark areas; squares side by side would show hairlines between them."""
    edges = _edges(matrix)
    while edges:
        start = point = next(iter(edges))
        corners, heading = [], None
        while True:
            following = edges[point].pop()
            if not edges[point]:
                del edges[point]
            turn = (following[0] - point[0], following[1] - point[1])
            if turn != heading:
                corners.append(point)
            heading, point = turn, following
            if point == start:
                break
        yield corners


def _edges(matrix: Sequence[Sequence[int]]) -> dict[Point, list[Point]]:
    """Return the edges between dark and light, each with the dark side at its right."""
    dark = {(x, y) for y, row in enumerate(matrix) for x, is_dark in enumerate(row) if is_dark}
    edges: dict[Point, list[Point]] = {}
    for x, y in sorted(dark):
        corners = ((x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1))
        outside = ((x, y - 1), (x + 1, y), (x, y + 1), (x - 1, y))
        for index, neighbour in enumerate(outside):
            if neighbour not in dark:
                edges.setdefault(corners[index], []).append(corners[(index + 1) % 4])
    return edges

"""The charts of a printed report as SVG, in the colours of the screens; hidden figures are hatched. Pure."""

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from itertools import groupby
from typing import Final

from lms.core.small_cells import Hidden
from lms.reports.frozen.snapshot import SnapCell
from lms.web.formats import whole_percent
from lms.web.tiles import Wall
from lms.web.tiles import draw as draw_wall

ROUTE, INK, FAINT, LINE, TRACK, MAIZE = "#055061", "#10201f", "#566768", "#c3d3d5", "#e1eaea", "#f6b933"
SECTOR_COLOURS: Final = {
    "health": "#0a8a6c",
    "education": "#b58d1f",
    "justice": "#27308a",
    "security": "#4a5862",
    "migration": "#6e2810",
    "labour": "#6b6f06",
    "protection": "#cf5f9f",
    "tourism": "#3a93df",
}
"""The colours of lms/web/styles/tokens.css, which no style sheet brings into a PDF."""
SHINES: Final = 0.12
"""How much of its colour lies under a line."""
FONT: Final = 'font-family="Ruta Sans"'
_WALL: Final = Wall(cols=10, rows=4, start=3, stations=4)
_BAR_WIDTH, _BAR_HEIGHT = 130, 12
_WIDE, _HIGH, _LEFT, _RIGHT, _TOP, _BOTTOM = 240, 120, 6, 34, 10, 20


def cover_wall(seed: str) -> bytes:
    """Return the wall of a programme, as wide as the page."""
    drawing = str(draw_wall(seed, _WALL))
    colours = {"a": "#0a4351", "b": "#0d4a58", "line": "#ffffff", "dot": MAIZE}
    for name, colour in colours.items():
        drawing = drawing.replace(f"var(--tiles-{name})", colour)
    body = drawing[drawing.index(">") + 1 :].removesuffix("</svg>")
    return _svg(400, 160, f'<rect width="400" height="160" fill="#022d37"/>{body}')


@lru_cache(maxsize=512)
def bar(share: int, target: int) -> bytes:
    """Return the bar of a share with the mark of its target, both in percent."""
    middle = _BAR_HEIGHT / 2
    width = _BAR_WIDTH * min(max(share, 0), 100) / 100
    at = _BAR_WIDTH * min(max(target, 0), 100) / 100
    return _svg(
        _BAR_WIDTH,
        _BAR_HEIGHT,
        f'<rect x="0" y="{middle - 3}" width="{_BAR_WIDTH}" height="6" fill="{TRACK}"/>'
        f'<rect x="0" y="{middle - 3}" width="{width:.1f}" height="6" fill="{ROUTE}"/>'
        f'<rect x="{at - 2.2:.1f}" y="0" width="4.4" height="{_BAR_HEIGHT}" fill="#ffffff"/>'
        f'<rect x="{at - 1:.1f}" y="0" width="2" height="{_BAR_HEIGHT}" fill="{INK}"/>',
    )


@lru_cache(maxsize=1)
def hidden_bar() -> bytes:
    """Return the bar of a hidden share: hatched all along."""
    return _svg(_BAR_WIDTH, _BAR_HEIGHT, _hatch(0, 3, _BAR_WIDTH, 6))


def funnel(shares: Sequence[SnapCell]) -> bytes:
    """Return the ribbon from enrolment to certificate; a hidden step takes the width of the one before."""
    width, height = 520, 46
    known: list[float] = []
    for share in shares:
        known.append(float(share) if isinstance(share, int | float) else (known or [1.0])[-1])
    step, middle = width / max(len(known), 1), height / 2
    half = [2 + share * (middle - 4) for share in known]
    tops, feet = [], []
    for at, thick in enumerate(half):
        following = half[min(at + 1, len(half) - 1)]
        tops.append(f"L{at * step:.1f} {middle - thick:.1f}L{(at + 1) * step:.1f} {middle - following:.1f}")
        feet.append(f"L{(at + 1) * step:.1f} {middle + following:.1f}L{at * step:.1f} {middle + thick:.1f}")
    path = "M" + "".join([*tops, *reversed(feet)])[1:] + "Z"
    dots = "".join(
        f'<circle cx="{at * step + 8:.1f}" cy="{middle}" r="4" fill="{_dot(share, is_last=at == len(known) - 1)}"/>'
        for at, share in enumerate(shares)
    )
    return _svg(width, height, f'<path d="{path}" fill="{ROUTE}"/>{dots}')


def _dot(share: SnapCell, *, is_last: bool) -> str:
    if isinstance(share, Hidden):
        return "#5aa3b5"
    return MAIZE if is_last else "#ffffff"


def sector_chart(
    mark: str,
    points: Sequence[SnapCell],
    others: Sequence[Sequence[SnapCell]],
    target: float,
    ends: tuple[str, str],
) -> bytes:
    """Return the line of a sector over those of the others, the target dotted; ``ends`` name the outer months."""
    colour = SECTOR_COLOURS.get(mark, ROUTE)
    grid = "".join(
        f'<path d="M{_LEFT} {_y(value):.1f}H{_WIDE - _RIGHT}" stroke="{LINE}" stroke-width="0.6" fill="none"/>'
        for value in (0, 0.5, 1)
    )
    ghosts = "".join(
        f'<path d="{path}" fill="none" stroke="{LINE}" stroke-width="0.9"/>'
        for other in others
        if (path := _path(other))
    )
    goal = _y(target)
    dots = (
        f'<path d="M{_LEFT} {goal:.1f}H{_WIDE - _RIGHT}" fill="none" stroke="{INK}" stroke-width="0.9" '
        'stroke-dasharray="1.6 2.4"/>'
    )
    names = (
        f'<text x="{_LEFT}" y="{_HIGH - 5}" {FONT} font-size="9" fill="{FAINT}">{escape(ends[0])}</text>'
        f'<text x="{_WIDE - _RIGHT}" y="{_HIGH - 5}" {FONT} font-size="9" fill="{FAINT}" text-anchor="end">'
        f"{escape(ends[1])}</text>"
    )
    return _svg(_WIDE, _HIGH, _area(points, colour) + grid + ghosts + dots + _own(points, colour) + names)


def _known(points: Sequence[SnapCell]) -> list[tuple[float, float]]:
    """Return the places, across and in height, of what is not hidden."""
    return [
        (_x(at, len(points)), _y(value)) for at, value in enumerate(points) if isinstance(value, int | float)
    ]


def _area(points: Sequence[SnapCell], colour: str) -> str:
    """Return what lies under the line, below everything else: flat, for older archives refuse what shines through."""
    places = [
        (at, _x(at, len(points)), _y(value))
        for at, value in enumerate(points)
        if isinstance(value, int | float)
    ]
    runs = groupby(enumerate(places), key=lambda each: each[1][0] - each[0])
    ground = "".join(_ground([(x, y) for _, (_, x, y) in run]) for _, run in runs)
    return f'<path d="{ground}" fill="{_pale(colour)}"/>' if ground else ""


def _ground(run: Sequence[tuple[float, float]]) -> str:
    """Return what lies under one run of months that are shown, one after the other."""
    across = "L".join(f"{x:.1f} {y:.1f}" for x, y in run)
    return f"M{run[0][0]:.1f} {_y(0):.1f}L{across}L{run[-1][0]:.1f} {_y(0):.1f}Z"


def _pale(colour: str) -> str:
    """Return a colour as it looks where a little of it shines through on white."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * SHINES):02x}" for part in parts)


def _own(points: Sequence[SnapCell], colour: str) -> str:
    hidden = [at for at, value in enumerate(points) if not isinstance(value, int | float)]
    feet = "".join(_hatch(_x(at, len(points)) - 7, _y(0) - 8, 14, 8) for at in hidden)
    values = [float(value) for value in points if isinstance(value, int | float)]
    if not values:
        return feet
    x, y = _known(points)[-1]
    return (
        f'{feet}<path d="{_path(points)}" fill="none" stroke="{colour}" stroke-width="2.2"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.6" fill="{colour}"/>'
        f'<text x="{x + 7:.1f}" y="{y + 4:.1f}" {FONT} font-weight="bold" font-size="12" fill="{INK}">'
        f"{whole_percent(values[-1])}</text>"
    )


def _x(at: int, count: int) -> float:
    return _LEFT + at * (_WIDE - _LEFT - _RIGHT) / max(1, count - 1)


def _y(value: float) -> float:
    return _TOP + (1 - value) * (_HIGH - _TOP - _BOTTOM)


def _path(points: Sequence[SnapCell]) -> str:
    steps, pen = [], "M"
    for at, value in enumerate(points):
        if not isinstance(value, int | float):
            pen = "M"
            continue
        steps.append(f"{pen}{_x(at, len(points)):.1f} {_y(value):.1f}")
        pen = "L"
    return "".join(steps)


def _hatch(left: float, top: float, width: float, height: float) -> str:
    """Return strokes that stay inside the box: the layout library knows no clipping."""
    strokes = "".join(
        f"M{left + at:.1f} {top + height:.1f}L{left + at + height:.1f} {top:.1f}"
        for at in range(0, max(1, int(width - height)), 4)
    )
    return f'<path d="{strokes}" fill="none" stroke="#768888" stroke-width="0.8"/>'


def _svg(width: float, height: float, body: str) -> bytes:
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{body}</svg>'.encode()

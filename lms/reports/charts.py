"""Small multiples: one line chart per sector, drawn as SVG on the server. Same axes, 0 to 100. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from markupsafe import Markup, escape

from lms.core.small_cells import Hidden
from lms.web.formats import whole_percent

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 280, 150, 8, 34, 12, 22
FOOT = 8
"""Half of the width of the hatched foot of a month that is hidden."""
Points = tuple[float | Hidden, ...]


@dataclass(frozen=True)
class ChartWords:
    """What is written in a chart: its first and last month, its target, what a protected figure is called."""

    first: str
    last: str
    target: str
    protected: str


def line_chart(
    points: Points, others: Sequence[Points], target: float, words: ChartWords, text: str
) -> Markup:
    """Return the chart of one sector: its line over the others as ghosts, the target dotted.

    Points are fractions in [0, 1]; a hidden one breaks the line and the area under it, and is drawn as a hatched
    foot. ``text`` says the chart in a sentence.
    """
    grid = "".join(f"M{LEFT} {_y(value):.1f}H{WIDTH - RIGHT}" for value in (0, 0.5, 1))
    ghosts = "".join(f'<path d="{_path(other)}"/>' for other in others if _path(other))
    parts = (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(text)}">',
        f'<g class="chart__axis"><path d="{grid}"/></g>',
        f'<g class="chart__ghosts">{ghosts}</g>',
        f'<path class="chart__target" d="M{LEFT} {_y(target):.1f}H{WIDTH - RIGHT}"/>',
        _area(points),
        _suppressed(points, words.protected),
        f'<text x="{LEFT}" y="{HEIGHT - 6}">{escape(words.first)}</text>',
        f'<text x="{WIDTH - RIGHT}" y="{HEIGHT - 6}" text-anchor="end">{escape(words.last)}</text>',
        _scale(points, target, words.target),
        "</svg>",
    )
    return Markup("").join(Markup(part) for part in parts)  # noqa: S704  # numbers and escaped text only


def _x(index: int, count: int) -> float:
    return LEFT + index * (WIDTH - LEFT - RIGHT) / max(1, count - 1)


def _y(value: float) -> float:
    return TOP + (1 - value) * (HEIGHT - TOP - BOTTOM)


@lru_cache(maxsize=256)
def _path(points: Points) -> str:
    """Return the line; each chart draws all the others too."""
    steps, pen = [], "M"
    for index, value in enumerate(points):
        if isinstance(value, Hidden):
            pen = "M"
            continue
        steps.append(f"{pen}{_x(index, len(points)):.1f} {_y(value):.1f}")
        pen = "L"
    return "".join(steps)


def _area(points: Points) -> str:
    known = [(index, value) for index, value in enumerate(points) if not isinstance(value, Hidden)]
    if not known:
        return ""
    last, end = known[-1]
    runs = groupby(enumerate(known), key=lambda each: each[1][0] - each[0])
    ground = "".join(_ground([point for _, point in run], len(points)) for _, run in runs)
    return (
        f'<path class="chart__area" d="{ground}"/>'
        f'<path class="chart__line" d="{_path(points)}"/>'
        f'<circle class="chart__end" cx="{_x(last, len(points)):.1f}" cy="{_y(end):.1f}" r="4.5"/>'
    )


def _ground(run: Sequence[tuple[int, float]], count: int) -> str:
    """Return what lies under one run of months that are shown, one after the other."""
    across = "L".join(f"{_x(index, count):.1f} {_y(value):.1f}" for index, value in run)
    x0, x1 = _x(run[0][0], count), _x(run[-1][0], count)
    return f"M{x0:.1f} {_y(0):.1f}L{across}L{x1:.1f} {_y(0):.1f}z"


def _suppressed(points: Points, protected: str) -> str:
    hidden = [index for index, value in enumerate(points) if isinstance(value, Hidden)]
    if not hidden:
        return ""
    feet = "".join(_foot(_x(index, len(points))) for index in hidden)
    x, y = _x(hidden[0], len(points)), _y(0) - 15
    word = "<5" if points[hidden[0]] is Hidden.SMALL else protected
    anchor = ' text-anchor="end"' if x > WIDTH / 2 else ""
    return f'<path class="chart__suppressed" d="{feet}"/><text x="{x:.1f}" y="{y:.1f}"{anchor}>{escape(word)}</text>'


def _foot(x: float) -> str:
    """Return the hatched foot of one month, which stays between the first month and the last."""
    left, right = max(LEFT, x - FOOT), min(WIDTH - RIGHT, x + FOOT)
    return f"M{left:.1f} {_y(0) - 9:.1f}h{right - left:.1f}v9h-{right - left:.1f}z"


def _scale(points: Points, target: float, word: str) -> str:
    last = points[-1] if points else Hidden.SMALL
    x = WIDTH - RIGHT + 8
    marks = [(1.0, "100"), (0.0, "0")]
    text = "".join(
        f'<text x="{x}" y="{_y(v) + 4:.1f}">{name}</text>' for v, name in marks if _is_far(last, v)
    )
    if not isinstance(last, Hidden):
        text += f'<text class="chart__value" x="{x}" y="{_y(last) + 5:.1f}">{whole_percent(last)}</text>'
    if not _is_far(last, target):
        return text
    return f'{text}<text x="{x}" y="{_y(target) + 4:.1f}">{escape(word)}</text>'


def _is_far(last: float | Hidden, value: float) -> bool:
    return isinstance(last, Hidden) or abs(last - value) > 0.12

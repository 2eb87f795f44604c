"""Small multiples: one line chart per sector, drawn as SVG on the server. Same axes, 0 to 100. Pure."""

from collections.abc import Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from lms.core.small_cells import Hidden
from lms.web.formats import whole_percent

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 280, 150, 8, 34, 12, 22
Points = tuple[float | Hidden, ...]


def line_chart(
    points: Points, others: Sequence[Points], target: float, labels: tuple[str, str], text: str
) -> Markup:
    """Return the chart of one sector: its line over the others as ghosts, the target dotted.

    Points are fractions in [0, 1]; a hidden one breaks the line and is drawn as a hatched foot. ``labels`` name
    the first and last month; ``text`` says the chart in a sentence.
    """
    grid = "".join(f"M{LEFT} {_y(value):.1f}H{WIDTH - RIGHT}" for value in (0, 0.5, 1))
    ghosts = "".join(f'<path d="{_path(other)}"/>' for other in others if _path(other))
    parts = (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(text)}">',
        f'<g class="chart__axis"><path d="{grid}"/></g>',
        f'<g class="chart__ghosts">{ghosts}</g>',
        f'<path class="chart__target" d="M{LEFT} {_y(target):.1f}H{WIDTH - RIGHT}"/>',
        _area(points),
        _suppressed(points),
        f'<text x="{LEFT}" y="{HEIGHT - 6}">{escape(labels[0])}</text>',
        f'<text x="{WIDTH - RIGHT}" y="{HEIGHT - 6}" text-anchor="end">{escape(labels[1])}</text>',
        _scale(points, target),
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
    (first, _), (last, end) = known[0], known[-1]
    across = "L".join(f"{_x(i, len(points)):.1f} {_y(v):.1f}" for i, v in known)
    x0, x1 = _x(first, len(points)), _x(last, len(points))
    return (
        f'<path class="chart__area" d="M{x0:.1f} {_y(0):.1f}L{across}L{x1:.1f} {_y(0):.1f}z"/>'
        f'<path class="chart__line" d="{_path(points)}"/>'
        f'<circle class="chart__end" cx="{x1:.1f}" cy="{_y(end):.1f}" r="4.5"/>'
    )


def _suppressed(points: Points) -> str:
    hidden = [index for index, value in enumerate(points) if isinstance(value, Hidden)]
    if not hidden:
        return ""
    feet = "".join(f"M{_x(i, len(points)) - 8:.1f} {_y(0) - 9:.1f}h16v9h-16z" for i in hidden)
    x, y = _x(hidden[0], len(points)), _y(0) - 15
    word = "&lt;5" if points[hidden[0]] is Hidden.SMALL else "×"
    return f'<path class="chart__suppressed" d="{feet}"/><text x="{x:.1f}" y="{y:.1f}">{word}</text>'


def _scale(points: Points, target: float) -> str:
    last = points[-1] if points else Hidden.SMALL
    x = WIDTH - RIGHT + 8
    marks = [(1.0, "100"), (0.0, "0")]
    text = "".join(
        f'<text x="{x}" y="{_y(v) + 4:.1f}">{name}</text>' for v, name in marks if _is_far(last, v)
    )
    if not isinstance(last, Hidden):
        text += f'<text class="chart__value" x="{x}" y="{_y(last) + 5:.1f}">{whole_percent(last)}</text>'
    return text + (f'<text x="{x}" y="{_y(target) + 4:.1f}">meta</text>' if _is_far(last, target) else "")


def _is_far(last: float | Hidden, value: float) -> bool:
    return isinstance(last, Hidden) or abs(last - value) > 0.12

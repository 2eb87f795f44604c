"""Before and after as two dots on one line, drawn as SVG on the server. Pure."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from lms.assessments.gain.rules import Gain

WIDTH, LEFT, RIGHT, TOP, STEP, FOOT = 360, 8, 8, 6, 46, 20


def dot_chart(groups: Sequence[tuple[str, Gain]], text: str) -> Markup:
    """Return the chart of some named groups, one line each: a hollow dot before, a full one after, with intervals.

    The axis goes from 0 to 100 % of the points; ``text`` says the chart in a sentence.
    """
    height = TOP + STEP * len(groups) + FOOT
    bottom = height - FOOT
    grid = "".join(f"M{_x(value):.1f} {TOP}V{bottom}" for value in (0, 0.25, 0.5, 0.75, 1))
    parts = (
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(text)}">',
        f'<g class="chart__axis"><path d="{grid}"/></g>',
        "".join(_line(TOP + STEP * n, name, gain) for n, (name, gain) in enumerate(groups)),
        "".join(
            f'<text x="{_x(value):.1f}" y="{height - 5}" text-anchor="{anchor}">{mark}</text>'
            for value, mark, anchor in ((0, "0", "start"), (0.5, "50", "middle"), (1, "100 %", "end"))
        ),
        "</svg>",
    )
    return Markup("").join(Markup(part) for part in parts)  # noqa: S704  # numbers and escaped text only


def _line(top: float, name: str, gain: Gain) -> str:
    y = top + 30
    before, after = _x(gain.before.value), _x(gain.after.value)
    ends = "".join(
        f"M{_x(each.low):.1f} {y + shift}H{_x(each.high):.1f}"
        for each, shift in ((gain.before, 8), (gain.after, 8))
    )
    return (
        f'<text class="chart__name" x="{LEFT}" y="{top + 14}">{escape(name)} · n = {gain.n}</text>'
        f'<path class="chart__line" d="M{before:.1f} {y}H{after:.1f}"/>'
        f'<path class="chart__whisker" d="{ends}"/>'
        f'<circle class="chart__before" cx="{before:.1f}" cy="{y}" r="5"/>'
        f'<circle class="chart__end" cx="{after:.1f}" cy="{y}" r="6"/>'
    )


def _x(value: float) -> float:
    return LEFT + min(max(value, 0.0), 1.0) * (WIDTH - LEFT - RIGHT)

"""Before, after and months later as dots on one line, drawn as SVG on the server. Pure."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from lms.assessments.gain.rules import Gain, Later

WIDTH, LEFT, RIGHT, TOP, STEP, FOOT = 300, 8, 8, 6, 46, 20
"""In the units of the drawing, which is about as wide as a phone shows it: its text is never smaller than written."""

LATER, HALF = 26, 0.5


def dot_chart(groups: Sequence[tuple[str, Gain]], text: str) -> Markup:
    """Return the chart of some named groups, one line each: a hollow dot before, a full one after, with intervals.

    Where the follow-up was answered by enough people a square stands at it, on a line of its own: its people are fewer.

    The axis goes from 0 to 100 % of the points; ``text`` says the chart in a sentence.
    """
    tops = [TOP]
    for _name, gain in groups:
        tops.append(tops[-1] + STEP + (LATER if gain.later else 0))
    height = tops[-1] + FOOT
    bottom = height - FOOT
    grid = "".join(f"M{_x(value):.1f} {TOP}V{bottom}" for value in (0, 0.25, 0.5, 0.75, 1))
    parts = (
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(text)}">',
        f'<g class="chart__axis"><path d="{grid}"/></g>',
        "".join(_line(top, name, gain) for top, (name, gain) in zip(tops, groups, strict=False)),
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
        f"{_later(y + STEP - 20, gain.later) if gain.later else ''}"
    )


def _later(y: float, later: Later) -> str:
    """Return the third point with its interval and, as the second one, how many people it is of."""
    x = _x(later.value.value)
    ends = f"M{_x(later.value.low):.1f} {y + 8}H{_x(later.value.high):.1f}"
    side = "end" if later.value.value > HALF else "start"
    return (
        f'<path class="chart__whisker" d="{ends}"/>'
        f'<rect class="chart__end" x="{x - 5:.1f}" y="{y - 5}" width="10" height="10"/>'
        f'<text x="{x + (-12 if side == "end" else 12):.1f}" y="{y + 4}" text-anchor="{side}">n = {later.n}</text>'
    )


def _x(value: float) -> float:
    return LEFT + min(max(value, 0.0), 1.0) * (WIDTH - LEFT - RIGHT)

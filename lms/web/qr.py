"""QR codes, at error level M: as SVG for pages, as PNG for documents and posters."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby
from typing import Final

import segno
from markupsafe import Markup

QUIET_ZONE: Final = 4
"""Light modules around the code, as the standard asks."""


def qr_svg(text: str, title: str) -> Markup:
    """Return the code as one inline svg that says its title to screen readers."""
    rows = _code(text).matrix
    return _SVG.format(
        low=-QUIET_ZONE, side=len(rows) + 2 * QUIET_ZONE, title=title, dark="".join(_runs(rows))
    )


def qr_png(text: str, scale: int) -> bytes:
    """Return the code as a PNG with so many pixels per module."""
    out = BytesIO()
    _code(text).save(out, kind="png", scale=scale, border=QUIET_ZONE)
    return out.getvalue()


def _code(text: str) -> segno.QRCode:
    return segno.make_qr(text, error="m", boost_error=False)


def _runs(rows: Sequence[Sequence[int]]) -> Iterator[str]:
    """Yield a path for each horizontal run of dark modules."""
    for y, row in enumerate(rows):
        x = 0
        for dark, group in groupby(row, key=bool):
            length = len(list(group))
            if dark:
                yield f"M{x} {y}h{length}v1h-{length}z"
            x += length


_SVG: Final = Markup(
    '<svg class="qr" viewBox="{low} {low} {side} {side}" role="img" aria-label="{title}"'
    ' shape-rendering="crispEdges">'
    '<path fill="#fff" d="M{low} {low}h{side}v{side}h-{side}z"/><path fill="#02141a" d="{dark}"/></svg>'
)

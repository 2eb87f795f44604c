"""What a phone has to fetch to show a page for the first time: it must stay within 100 KB."""

import gzip
import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from lms.core.i18n import _
from lms.courses.compiler.course import Course
from lms.web.assets import STATIC_FOLDER

BUDGET: Final = 100_000
"""Bytes on the wire for the first page that somebody opens, on a telephone paid by the megabyte."""
_SHEETS: Final = ("css/core.css", "vendor/htmx.min.js")
_READY: Final = ("fonts/ruta-sans.woff2", "img/favicon.svg")
_FRAME: Final = 4_000
"""Bytes of the page around the text, compressed."""
_PICTURE: Final = re.compile(r"/([0-9a-f]{64})/")


def weigh(html: str, course: Course) -> int:
    """Return the bytes of a page with everything it needs: its text, its pictures, and what every page loads."""
    # Video, audio and downloads travel only when somebody asks for them.
    shown = (asset for asset in course.assets if asset.media_type.startswith("image/"))
    sizes: Mapping[str, int] = {asset.sha256: len(asset.content) for asset in shown}
    pictures = sum(sizes.get(digest, 0) for digest in set(_PICTURE.findall(html)))
    return _chrome() + len(gzip.compress(html.encode())) + pictures


def said(weight: int) -> str:
    """Return a weight against its budget, as the editor says it."""
    return str(_("%(weight)s KB de %(budget)s", weight=-(-weight // 1000), budget=BUDGET // 1000))


@cache
def _chrome() -> int:
    packed = sum(len(gzip.compress((STATIC_FOLDER / name).read_bytes())) for name in _SHEETS)
    return packed + sum((STATIC_FOLDER / name).stat().st_size for name in _READY) + _FRAME

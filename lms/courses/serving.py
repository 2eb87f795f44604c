"""Ask the live blocks of a lesson for today's HTML: telephone numbers, routes and whatever a plugin decides late."""

import logging
from collections.abc import Iterable
from functools import lru_cache

from lms.core.context import registry
from lms.courses.compiler.clean import clean
from lms.courses.compiler.course import Lesson, LivePart, Part
from lms.courses.rules import live_parts
from lms.plugins.blocks import MarkdownBlock, Reader

_log = logging.getLogger(__name__)
# What a route or a number looks like today is the same for everybody of a place.
_clean = lru_cache(maxsize=256)(clean)


def live_html(lesson: Lesson, reader: Reader) -> list[str]:
    """Return the HTML of each live part of a lesson, in reading order; empty where its frozen version must do."""
    return live_html_of(lesson.parts, reader)


def live_html_of(passage: Iterable[Part], reader: Reader) -> list[str]:
    """Return the HTML of each live part of any page, as `live_html` does for a lesson."""
    parts = live_parts(passage)
    answers: dict[int, str] = {}
    for name in {part.block: None for part in parts}:
        mine = [(index, part) for index, part in enumerate(parts) if part.block == name]
        html = _serve(name, [part for _, part in mine], reader)
        answers.update(zip((index for index, _ in mine), html, strict=False))
    return [answers.get(index, "") for index in range(len(parts))]


def _serve(name: str, parts: list[LivePart], reader: Reader) -> list[str]:
    block: MarkdownBlock | None = registry("markdown_blocks").get(name)
    if block is None:
        return []
    try:
        return [_clean(html) for html in block.serve([dict(part.data) for part in parts], reader)]
    except Exception:  # noqa: BLE001 - a guest's fault must not take the lesson away
        _log.exception("live block failed", extra={"block": name})
        return []

"""Markdown of a question as HTML or as plain words, for formats that know no Markdown."""

import re
from functools import lru_cache
from html import unescape
from typing import Final

from markdown_it import MarkdownIt

_ENGINE: Final = MarkdownIt("commonmark", {"html": True, "xhtmlOut": True}).enable("table")
_PARAGRAPH: Final = re.compile(r"<p>((?:(?!</?p>).)*)</p>\s*", re.DOTALL)
_TAG: Final = re.compile(r"<[^>]*>")
_MARKS: Final = re.compile(r"[*_`\\<>&\[\]#\n]")


@lru_cache(maxsize=4_096)
def html_of(markdown: str) -> str:
    """Return the HTML of some Markdown."""
    return _ENGINE.render(markdown).strip() if markdown else ""


def inline_html_of(markdown: str) -> str:
    """Return the HTML of one line, without a paragraph around it."""
    html = html_of(markdown)
    only = _PARAGRAPH.fullmatch(html)
    return only[1] if only else html


def words_of(markdown: str) -> str:
    """Return the words of some Markdown, on one line."""
    if not _MARKS.search(markdown):
        return " ".join(markdown.split())
    return " ".join(unescape(_TAG.sub(" " if "\n" in markdown else "", html_of(markdown))).split())

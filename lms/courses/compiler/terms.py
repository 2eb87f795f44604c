"""Link the first use of each glossary term: `[[term]]`, or `[[term|text to show]]`."""

import re
from html import unescape

from lms.courses.compiler.glossary import TermIndex

WRITTEN = re.compile(r"\[\[([^\[\]|\n]+)(?:\|([^\[\]|\n]+))?\]\]")
# The bar would split table cells, so terms travel through Markdown under other marks.
_OPEN, _BAR, _CLOSE = "\ue002", "\ue003", "\ue004"
_MARKED = re.compile(f"{_OPEN}([^{_CLOSE}{_BAR}]*){_BAR}([^{_CLOSE}]*){_CLOSE}")


def mark_terms(markdown: str) -> str:
    """Return the text with its terms under marks that Markdown leaves alone."""
    if "[[" not in markdown:
        return markdown
    return WRITTEN.sub(lambda m: f"{_OPEN}{m[1].strip()}{_BAR}{(m[2] or m[1]).strip()}{_CLOSE}", markdown)


def plain_terms(text: str) -> str:
    """Return the text with only the words of its terms."""
    return _MARKED.sub(lambda m: m[2], text) if _OPEN in text else text


def written_terms(markdown: str) -> str:
    """Return Markdown with only the words of its terms."""
    return plain_terms(mark_terms(markdown))


def link_terms(html: str, index: TermIndex, linked: dict[str, None]) -> str:
    """Return the HTML with the terms linked that `linked` does not hold yet, and note them there."""

    def link(marked: re.Match[str]) -> str:
        slug = index.find(unescape(marked[1]))
        if slug is None or slug in linked:
            return marked[2]
        linked[slug] = None
        return f'<a class="term" href="#g-{slug}" id="t-{slug}">{marked[2]}</a>'

    return _MARKED.sub(link, html)

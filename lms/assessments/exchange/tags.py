"""HTML as its tags and its texts: quickly where it is as tidy as an editor writes it, patiently everywhere else."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Final

_TAG: Final = re.compile(r'<(/?)([A-Za-z][A-Za-z0-9]*)((?:\s+[A-Za-z][\w:-]*(?:="[^"<>]*")?)*)\s*(/?)>')
_VALUE: Final = re.compile(r'([A-Za-z][\w:-]*)(?:="([^"]*)")?')
_RAW: Final = re.compile(
    r"(?:script|style|title|textarea|xmp|iframe|noembed|noframes|noscript|plaintext|svg|math)", re.IGNORECASE
)
"""Tags inside which HTML is read by other rules."""
_PARAGRAPH: Final = re.compile(r'\s*<p(?: dir="\w+")?(?: style="text-align: ?\w+;?")?>([^<]*)</p>\s*')


def paragraph(text: str) -> str | None:
    """Return the words of HTML that is one paragraph without any mark, None for any other."""
    found = _PARAGRAPH.fullmatch(text)
    return unescape(found[1]) if found else None


def read_tags(text: str, reader: HTMLParser) -> None:
    """Tell the reader every tag and every text of some HTML, in order: what its own `feed` would tell, but sooner."""
    pieces = _TAG.split(text)
    if any("<" in each for each in pieces[::5]) or any(map(_RAW.fullmatch, pieces[2::5])):
        reader.feed(text)
        reader.close()
        return
    for at in range(0, len(pieces), 5):
        if words := pieces[at]:
            reader.handle_data(unescape(words) if "&" in words else words)
        if at + 1 < len(pieces):
            slash, name, attributes, closes = pieces[at + 1 : at + 5]
            _tell(reader, name.lower(), attributes, is_end=bool(slash), is_both=bool(closes))


def _tell(reader: HTMLParser, tag: str, attributes: str, *, is_end: bool, is_both: bool) -> None:
    if not is_end:
        found = _VALUE.findall(attributes) if attributes else ()
        reader.handle_starttag(tag, [(name.lower(), unescape(value)) for name, value in found])
    if is_end or is_both:
        reader.handle_endtag(tag)

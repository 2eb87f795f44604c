"""Reduce HTML to what a reader gets of it, so that the answers of two Markdown engines can be compared."""

import re
from html.parser import HTMLParser
from urllib.parse import unquote

_BLOCKS = frozenset(
    {
        *("blockquote", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li"),
        *("ol", "p", "pre", "table", "td", "th", "tr", "ul"),
    }
)
_SHOWN = {"a": ("href", "title"), "img": ("src", "alt", "title"), "ol": ("start",)}
_ADDRESSES = ("href", "src")
_VOID = frozenset({"br", "hr", "img"})
_UNSEEN = frozenset({"thead", "tbody"})
# A parser looks for the end of each of these anew, which takes for ever when there are many without one.
_NOT_SHOWN = re.compile(
    r"<!--(?:-?>|.*?(?:-->|\Z))|<\?.*?(?:\?>|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<![a-zA-Z][^>]*(?:>|\Z)",
    re.DOTALL,
)
Event = tuple[str, ...]


def events_of(html: str) -> list[Event]:
    """Return the elements and words of HTML in order: what shows nothing is left out."""
    reader = _Reader()
    reader.feed(without_comments(html))
    reader.close()
    return reader.finished()


def without_comments(html: str) -> str:
    """Return HTML without what no reader sees: comments, declarations and instructions."""
    return _NOT_SHOWN.sub("", html)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._events: list[Event] = []
        self._text = ""
        self._preformatted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            return
        self._end_text(tag)
        self._preformatted += tag == "pre"
        shown = dict(attrs)
        values = (
            f"{name}={_shown(name, shown[name] or '')}" for name in _SHOWN.get(tag, ()) if name in shown
        )
        self._events.append((tag, *(value for value in values if value != "start=1")))

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN or tag in _VOID:
            return
        self._end_text(tag)
        self._preformatted -= tag == "pre"
        self._events.append((f"/{tag}",))

    def handle_data(self, data: str) -> None:
        self._text += data

    def finished(self) -> list[Event]:
        self._end_text("p")
        return self._events

    def _end_text(self, tag: str) -> None:
        """Note the text read so far; beside a block the white space at its edge is not seen."""
        text, self._text = self._text, ""
        if self._preformatted:
            text = text.strip("\n")
        else:
            text = _collapsed(text)
            if tag in _BLOCKS:
                text = text.rstrip(" ")
            if not self._events or self._events[-1][0].lstrip("/") in _BLOCKS:
                text = text.lstrip(" ")
        if text:
            self._events.append(("", text))


def _collapsed(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        return " " if text else ""
    return f"{' ' * text[0].isspace()}{words}{' ' * text[-1].isspace()}"


def _shown(name: str, value: str) -> str:
    return unquote(value) if name in _ADDRESSES else " ".join(value.split())

"""Tell a corrected spelling from a changed text. Pure: two lists of texts in, a judgement out."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from html.parser import HTMLParser
from typing import Final

SMALL_SHARE: Final = 0.01
"""At most this share of a page's words may change for it to be a matter of spelling."""
SMALL_WORDS: Final = 2
"""So many words may change on any page, however short."""
ALIKE: Final = 0.6
"""How alike, from 0 to 1, a word and its correction are: two words that share no more are two words."""
_WORD: Final = re.compile(r"\w+")
_DIGIT: Final = re.compile(r"\d")
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TITLES: Final = frozenset({"title", "text", "term"})
"""Keys of a body whose text is a heading."""
_EXACT: Final = frozenset(
    {"key", "id", "kind", "type", "block", "url", "sector", "sectors", "country", "jurisdiction"}
)
"""Keys of a body whose text is a name or an address, not prose."""
# fmt: off
DECISIVE: Final = frozenset({
    "no", "ni", "nunca", "jamás", "sin", "siempre", "solo", "sólo", "salvo", "excepto", "debe", "deben", "deberá",
    "puede", "pueden", "podrá", "prohíbe", "prohibido", "obligatorio", "todos", "todas", "ninguno", "ninguna",
    "nadie", "antes", "después",
    "not", "never", "always", "only", "except", "must", "may", "shall", "should", "cannot", "none", "nobody", "all",
    "before", "after",
})
# fmt: on
"""Words that turn a sentence around: to put one in or to take one out is never a matter of spelling."""


class WordingChange(StrEnum):
    """What happened to the words of a page."""

    NONE = "none"
    SMALL = "small"
    LARGE = "large"
    NUMBER = "number"
    SENSE = "sense"
    HEADING = "heading"
    BLOCKS = "blocks"


def compare_wording(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> WordingChange:
    """Judge two editions of a page, each as (key, text) in the same order; a text under ``…html`` is HTML."""
    pages = [_read(texts) for texts in (old, new)]
    before, after = pages
    if before.headings != after.headings:
        return WordingChange.HEADING
    if before.frame != after.frame:
        return WordingChange.BLOCKS
    changed = [pair for a, b in zip(before.runs, after.runs, strict=True) if a != b for pair in _swaps(a, b)]
    return _judge(changed, sum(map(len, before.runs)))


def _judge(swaps: list[tuple[list[str], list[str]]], total: int) -> WordingChange:
    if not swaps:
        return WordingChange.NONE
    words = [word for old, new in swaps for word in (*old, *new)]
    if any(_DIGIT.search(word) for word in words):
        return WordingChange.NUMBER
    if any(word.casefold() in DECISIVE for word in words):
        return WordingChange.SENSE
    count = sum(max(len(old), len(new)) for old, new in swaps)
    is_small = count <= max(SMALL_WORDS, SMALL_SHARE * total)
    return WordingChange.SMALL if is_small and all(map(_is_alike, swaps)) else WordingChange.LARGE


def _is_alike(swap: tuple[list[str], list[str]]) -> bool:
    """Say whether the new words are the old ones with another spelling, such as two that became one."""
    old, new = ("".join(words).casefold() for words in swap)
    return SequenceMatcher(None, old, new, autojunk=False).ratio() >= ALIKE


def _swaps(old: list[str], new: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield old[i:j], new[k:m]


class _Reading(HTMLParser):
    """Reads texts into a frame of marks that may not change, the headings, and runs of words that may."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.frame: list[object] = []
        self.headings: list[str] = []
        self.runs: list[list[str]] = [[]]
        self._in_heading = False

    def plain(self, key: str, text: str) -> None:
        self.frame.append(key)
        if key in _EXACT:
            self.frame.append(text)
        elif key in _TITLES:
            self.headings.append(text)
        else:
            self._words(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_heading = self._in_heading or tag in _HEADINGS
        # The anchor of a heading is made of its text, and headings are compared by themselves.
        self.frame.append((tag, tuple(pair for pair in attrs if not (tag in _HEADINGS and pair[0] == "id"))))
        self.runs.append([])

    def handle_endtag(self, tag: str) -> None:
        self._in_heading = self._in_heading and tag not in _HEADINGS
        self.frame.append(f"/{tag}")
        self.runs.append([])

    def handle_data(self, data: str) -> None:
        if self._in_heading:
            self.headings.append(data)
        else:
            self._words(data)

    def _words(self, text: str) -> None:
        self.runs[-1] += _WORD.findall(text)
        self.runs.append([])


def _read(texts: Sequence[tuple[str, str]]) -> _Reading:
    reading = _Reading()
    for key, text in texts:
        if key.endswith("html"):
            reading.frame.append(key)
            reading.feed(text)
            reading.close()
            reading.reset()
        else:
            reading.plain(key, text)
    return reading

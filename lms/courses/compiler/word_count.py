"""Count the words of HTML: what a learner reads."""

import re
from html import unescape

_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"\w+")
_BYTES = "cp1252"
"""An encoding of one byte for each letter, with everything that Spanish prose uses."""


def _blank_unless_word(code: int) -> int:
    letter = bytes([code]).decode(_BYTES, "replace")
    return code if _WORD.fullmatch(letter) else ord(" ")


_WORDS_ONLY = bytes(map(_blank_unless_word, range(256)))


def count_words(html: str) -> int:
    """Return the words of some HTML: its runs of letters and digits outside tags."""
    text = _TAG.sub(" ", html)
    if "&" in text:
        text = unescape(text)
    try:
        return len(text.encode(_BYTES).translate(_WORDS_ONLY).split())
    except UnicodeEncodeError:
        return len(_WORD.findall(text))

"""Between bytes of a file and the text of a browser's box: what is not edited stays as it was, byte for byte. Pure.

A box submits its lines with CR LF whatever the file holds, and knows nothing of a byte order mark. So the line ends
and the mark of the file are put back, and each line that nobody touched keeps the end it had.
"""

import re
from difflib import SequenceMatcher
from typing import Final

from lms.authoring.rules import TEXT_ENDINGS

BOM: Final = b"\xef\xbb\xbf"
_END: Final = re.compile(r"(\r\n|\r|\n)")
_NAMES_OF_TEXTS: Final = frozenset({"README", "LICENSE"})


def read_text(content: bytes) -> str | None:
    """Return the text with LF line ends and without the mark; None for what a box cannot hold."""
    try:
        text = content.removeprefix(BOM).decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else normal(text)


def is_text(path: str) -> bool:
    """Say whether a file of this name is edited as text."""
    return path.lower().endswith(TEXT_ENDINGS) or path.rpartition("/")[2] in _NAMES_OF_TEXTS


def write_text(before: bytes, typed: str) -> bytes:
    """Return the bytes of a file after somebody edited its text; without a change, the very bytes it had."""
    mark = BOM if before.startswith(BOM) else b""
    old, new = before.removeprefix(BOM).decode("utf-8"), normal(typed)
    if normal(old) == new:
        return before
    ends = set(_END.findall(old))
    if len(ends) <= 1:
        return mark + new.replace("\n", next(iter(ends), "\n")).encode()
    return mark + _mixed(old, new).encode()


def normal(text: str) -> str:
    """Return a text with LF line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _lines(text: str) -> list[tuple[str, str]]:
    """Return each line with its own end; the last one has none."""
    pieces = [*_END.split(text), ""]
    return list(zip(pieces[::2], pieces[1::2], strict=True))


def _mixed(old: str, new: str) -> str:
    """Return the new text with the old end on each line that stayed, and the commonest one on the others."""
    known, wanted = _lines(old), new.split("\n")
    found = _END.findall(old)
    common = max(dict.fromkeys(found), key=found.count)
    ends = [common] * len(wanted)
    same = SequenceMatcher(None, [line for line, _end in known], wanted, autojunk=False)
    for start, at, count in same.get_matching_blocks():
        for step in range(count):
            ends[at + step] = known[start + step][1] or common
    written = "".join(line + end for line, end in zip(wanted, [*ends[:-1], ""], strict=True))
    # A lone CR before an empty line with LF would read as one line end: then all get the commonest.
    return written if normal(written) == new else new.replace("\n", common)

"""The bytes of somebody's file as text: whatever the encoding, never an exception."""

from typing import Final

from lms.assessments.exchange.asked import Losses
from lms.core.i18n import _l

MAX_BYTES: Final = 20_000_000
"""Of one file."""
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def read_text(content: bytes, losses: Losses) -> str:
    """Return the text with LF ends; a file that is not UTF-8 is read as Windows wrote it, and that is noted."""
    content = _within(content, losses)
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _ends(content[len(mark) :].decode(encoding, "replace"))
    try:
        return _ends(content.decode("utf-8"))
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        losses.note("", _l("El archivo no está en UTF-8: se leyó como de Windows. Revise las tildes."), line)
        return _ends(content.decode("cp1252", "replace"))


def _within(content: bytes, losses: Losses) -> bytes:
    if len(content) <= MAX_BYTES:
        return content
    losses.note(
        "", _l("El archivo pesa más de %(limit)s MB: no entra lo que sigue.", limit=MAX_BYTES // 1_000_000), 0
    )
    return content[:MAX_BYTES]


def _ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")

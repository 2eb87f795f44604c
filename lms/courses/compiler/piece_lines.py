"""Find the lines of a page at which the pieces stand that were taken out of it."""

from collections.abc import Sequence

from lms.courses.compiler.terms import written_terms

_SHORT = 6
"""Letters of a line below which being part of a piece says nothing."""


def starts_of(pieces: Sequence[str], lines: Sequence[str]) -> list[int]:
    """Return the index of the line at which each piece starts; pieces stand in reading order, or nearly."""
    plain = [written_terms(line).strip() for line in lines]
    starts: list[int] = []
    cursor = 0
    for piece in pieces:
        needle = _needle(piece)
        start = _find(needle, plain, cursor)
        if start is None:
            start = _find(needle, plain, 0) or 0
        else:
            cursor = start
        starts.append(start)
    return starts


def line_of(text: str, start: int, offset: int, lines: Sequence[str]) -> int:
    """Return the index of a line of a piece: the one at its offset from the start, or the next like it."""
    needle = written_terms(text).strip()
    place = start + offset
    if place < len(lines) and needle in written_terms(lines[place]):
        return place
    found = (index for index in range(start, len(lines)) if needle and needle in written_terms(lines[index]))
    return next(found, min(start, len(lines) - 1))


def _needle(piece: str) -> str:
    return next((written_terms(line).strip().lstrip("\\") for line in piece.split("\n") if line.strip()), "")


def _find(needle: str, plain: Sequence[str], start: int) -> int | None:
    for index in range(start, len(plain)):
        line = plain[index]
        if needle in line or (len(line) > _SHORT and line in needle):
            return index
    return None

"""Find the texts that would keep a Markdown converter busy without end."""

import re

_MARKS = re.compile(r"\]\(|[\[\])]|\n[ \t]*\n")
_ABBREVIATION = re.compile(r"^ {0,3}\*\[", re.MULTILINE)
MAX_OPEN = 24
"""Brackets open at once within a paragraph; the converter's time grows with their square."""
_MAX_ABBREVIATIONS = 200


def tangle_in(text: str) -> int | None:
    """Return the position at which a text is too tangled to convert, or None."""
    if "*[" not in text and not any(_may_be_tangled(paragraph) for paragraph in text.split("\n\n")):
        return None
    brackets = addresses = 0
    for mark in _MARKS.finditer(text):
        match mark[0]:
            case "[":
                brackets += 1
            case "]":
                brackets = max(brackets - 1, 0)
            case "](":
                brackets, addresses = max(brackets - 1, 0), addresses + 1
            case ")":
                addresses = max(addresses - 1, 0)
            case _:
                brackets = addresses = 0
        if max(brackets, addresses) > MAX_OPEN:
            return mark.start()
    abbreviations = [found.start() for found in _ABBREVIATION.finditer(text)]
    return abbreviations[_MAX_ABBREVIATIONS] if len(abbreviations) > _MAX_ABBREVIATIONS else None


def _may_be_tangled(paragraph: str) -> bool:
    return paragraph.count("[") > MAX_OPEN or paragraph.count("](") > MAX_OPEN

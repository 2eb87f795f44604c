"""Find the sentences of a page, with the line at which each begins."""

import re
from collections.abc import Iterable, Iterator

_NEW = re.compile(r"\s*(?:[-*+]\s|\d+[.)]\s|>|[(\[][ xX]?[)\]]\s|:\s|\[\^[^\]]+\]:|#{1,6}\s|:{3,}|\||\{:)")
_SKIP = re.compile(r"\s*(?:#{1,6}\s|:{3,}|\||\{:|\*\[)")
_END = re.compile(r"[.!?…]+[»”\")\]*_]*\s+(?=[¿¡«“\"(\[*_]*[A-ZÁÉÍÓÚÑ0-9])")
_ADDRESS = re.compile(r"\]\([^)]*\)|<https?://[^>]*>")
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")


def sentences(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    """Give the first line and the number of words of each sentence."""
    paragraph: list[tuple[int, str]] = []
    for number, line in lines:
        if not line.strip() or _NEW.match(line):
            yield from _of_paragraph(paragraph)
            paragraph = []
        if line.strip() and not _SKIP.match(line):
            paragraph.append((number, _ADDRESS.sub("]", line)))
    yield from _of_paragraph(paragraph)


def _of_paragraph(paragraph: list[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    text = " ".join(line for _, line in paragraph)
    start = 0
    for end in (*(found.end() for found in _END.finditer(text)), len(text)):
        words = len(_WORD.findall(text[start:end]))
        if words:
            yield _line_at(paragraph, start), words
        start = end


def _line_at(paragraph: list[tuple[int, str]], position: int) -> int:
    passed = 0
    for number, line in paragraph:
        passed += len(line) + 1
        if position < passed:
            return number
    return paragraph[-1][0]

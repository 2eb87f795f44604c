"""Find the sentences of a page, and say which are too long."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lms.courses.compiler.codes import Code
from lms.courses.compiler.diagnostics import Findings

MAX_WORDS = 40
"""Words of a sentence; the style rules ask for about twenty."""
_MAY_START = frozenset("-*+0123456789>([:#|{")
_NEW = re.compile(r"\s*(?:[-*+]\s|\d+[.)]\s|>|[(\[][ xX]?[)\]]\s|:\s|\[\^[^\]]+\]:|#{1,6}\s|:{3,}|\||\{:)")
_SKIP = re.compile(r"\s*(?:#{1,6}\s|:{3,}|\||\{:|\*\[)")
_END = re.compile(r"[.!?…]+[»”\")\]*_]*\s+(?=[¿¡«“\"(\[*_]*[A-ZÁÉÍÓÚÑ0-9])")
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")


class Sentence(NamedTuple):
    """Some words that end with a full stop, and the line at which they begin."""

    line: int
    words: list[str]


def sentences(lines: Iterable[tuple[int, str]]) -> Iterator[Sentence]:
    """Give the sentences of some lines; headings, tables and the heads of blocks hold none."""
    paragraph: list[tuple[int, str]] = []
    for number, line in lines:
        stripped = line.lstrip()
        if not stripped:
            yield from _of_paragraph(paragraph)
            paragraph = []
            continue
        if stripped[0] in _MAY_START:
            if _NEW.match(line):
                yield from _of_paragraph(paragraph)
                paragraph = []
            if _SKIP.match(line):
                continue
        paragraph.append((number, line))
    yield from _of_paragraph(paragraph)


def check_sentences(path: str, found: Iterable[Sentence], findings: Findings) -> None:
    """Nobody reads a sentence of more than forty words on a telephone."""
    for sentence in found:
        count = len(sentence.words)
        if count > MAX_WORDS:
            message = f"La frase tiene {count} palabras: divídala (el máximo es {MAX_WORDS})."
            findings.warning(Code.LONG_SENTENCE, path, sentence.line, message)


def _of_paragraph(paragraph: list[tuple[int, str]]) -> Iterator[Sentence]:
    if not paragraph:
        return
    text = paragraph[0][1] if len(paragraph) == 1 else " ".join([line for _, line in paragraph])
    start = 0
    for end in (*[found.end() for found in _END.finditer(text)], len(text)):
        words = _WORD.findall(text, start, end)
        if words:
            yield Sentence(line=_line_at(paragraph, start), words=words)
        start = end


def _line_at(paragraph: list[tuple[int, str]], position: int) -> int:
    if len(paragraph) == 1:
        return paragraph[0][0]
    passed = 0
    for number, line in paragraph:
        passed += len(line) + 1
        if position < passed:
            return number
    return paragraph[-1][0]

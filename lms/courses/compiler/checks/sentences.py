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
    text: str

    @property
    def words(self) -> list[str]:
        """The words, in order; at least one."""
        return words_of(self.text)

    @property
    def is_long(self) -> bool:
        """Whether it has more words than anybody reads on a telephone."""
        # Each word but the last needs a letter and what parts it from the next.
        return len(self.text) > 2 * MAX_WORDS and len(self.words) > MAX_WORDS


def words_of(text: str) -> list[str]:
    """Return the words of a text; none goes beyond a space."""
    return _WORD.findall(text)


def sentences(lines: Iterable[tuple[int, str]]) -> Iterator[Sentence]:
    """Give the sentences of some lines; headings, tables and the heads of blocks hold none."""
    for paragraph in _paragraphs(lines):
        text = paragraph[0][1] if len(paragraph) == 1 else " ".join([line for _, line in paragraph])
        start = 0
        for found in _END.finditer(text):
            end = found.end()
            if _WORD.search(text, start, end):
                yield Sentence(_line_at(paragraph, start), text[start:end])
            start = end
        if _WORD.search(text, start):
            yield Sentence(_line_at(paragraph, start), text[start:])


def check_sentences(path: str, found: Iterable[Sentence], findings: Findings) -> None:
    """Nobody reads a sentence of more than forty words on a telephone."""
    for sentence in found:
        if sentence.is_long:
            count = len(sentence.words)
            message = f"La frase tiene {count} palabras: divídala (el máximo es {MAX_WORDS})."
            findings.warning(Code.LONG_SENTENCE, path, sentence.line, message)


def _paragraphs(lines: Iterable[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    paragraph: list[tuple[int, str]] = []
    for number, line in lines:
        stripped = line.lstrip()
        may_start = stripped[:1] in _MAY_START
        if paragraph and (not stripped or (may_start and _NEW.match(line))):
            yield paragraph
            paragraph = []
        if stripped and not (may_start and _SKIP.match(line)):
            paragraph.append((number, line))
    if paragraph:
        yield paragraph


def _line_at(paragraph: list[tuple[int, str]], position: int) -> int:
    if len(paragraph) == 1:
        return paragraph[0][0]
    passed = 0
    for number, line in paragraph:
        passed += len(line) + 1
        if position < passed:
            return number
    return paragraph[-1][0]

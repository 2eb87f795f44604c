"""The rules of writing: one function each, over the lines of a page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lms.courses.compiler.codes import Code
from lms.courses.compiler.course import Lesson
from lms.courses.compiler.diagnostics import Findings, did_you_mean
from lms.courses.compiler.glossary import TermIndex
from lms.courses.compiler.sentences import sentences
from lms.courses.compiler.splitter import fenced_code_lines
from lms.courses.compiler.terms import WRITTEN
from lms.courses.compiler.wording import phone_numbers_in, words_to_avoid_in

MAX_WORDS = 40
"""Words of a sentence; the style rules ask for about twenty."""
WORDS_PER_MINUTE = 180
_TOLERANCE = 2
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+\S")
_HTML = re.compile(
    r"</?(?:a|b|br|button|center|div|em|font|form|h[1-6]|hr|i|iframe|img|input|li|object|ol|p|script|span"
    r"|strong|style|sub|sup|svg|table|td|th|tr|u|ul|video|audio)\b[^<>]*>",
    re.IGNORECASE,
)
_CODE = re.compile(r"`+[^`]*`+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The text of a page, for the rules to read."""

    path: str
    lines: tuple[str, ...]
    first_line: int
    code: frozenset[int]
    """Indexes of the lines inside code fences."""

    def prose(self) -> Iterator[tuple[int, str]]:
        """Give each line outside code with its number, code between backticks blanked."""
        for index, line in enumerate(self.lines):
            if index not in self.code:
                yield self.first_line + index, _CODE.sub(lambda m: " " * len(m[0]), line)


def check_page(path: str, body: str, first_line: int, terms: TermIndex, findings: Findings) -> None:
    """Report what breaks a rule of writing on a page whose body begins at a line of its file."""
    written = _written(path, body, first_line)
    check_headings(written, findings)
    _check_text(written, terms, findings)


def check_glossary(path: str, text: str, terms: TermIndex, findings: Findings) -> None:
    """Report what breaks a rule of writing in the glossary, whose headings are its terms."""
    _check_text(_written(path, text, 1), terms, findings)


def _written(path: str, body: str, first_line: int) -> Written:
    lines = body.split("\n")
    return Written(path=path, lines=tuple(lines), first_line=first_line, code=fenced_code_lines(lines))


def _check_text(written: Written, terms: TermIndex, findings: Findings) -> None:
    check_terms(written, terms, findings)
    check_html(written, findings)
    check_phone_numbers(written, findings)
    check_words(written, findings)
    check_sentences(written, findings)


def check_terms(written: Written, terms: TermIndex, findings: Findings) -> None:
    """Every [[term]] is in the glossary."""
    for number, line in written.prose():
        for found in WRITTEN.finditer(line):
            term = found[1].strip()
            if terms.find(term) is None:
                message = f"«{term}» no está en glosario.md.{did_you_mean(term, terms.forms)}"
                findings.error(Code.UNKNOWN_TERM, written.path, number, message)


def check_headings(written: Written, findings: Findings) -> None:
    """The title is the only first-level heading, and no level is skipped."""
    previous = 1
    for number, line in written.prose():
        found = _HEADING.match(line)
        if found is None:
            continue
        level = len(found[1])
        if level == 1:
            message = "El título de la página ya es el primer nivel: empiece con «##»."
            findings.error(Code.TOP_HEADING, written.path, number, message)
        elif level > previous + 1:
            message = f"Salta un nivel: use «{'#' * (previous + 1)}»."
            findings.warning(Code.SKIPPED_HEADING, written.path, number, message)
        previous = level


def check_html(written: Written, findings: Findings) -> None:
    """Pages are Markdown: tags of HTML are taken out."""
    for number, line in written.prose():
        found = _HTML.search(line)
        if found is not None:
            message = f"«{found[0]}» es HTML y se quita: use Markdown o un bloque «:::»."
            findings.warning(Code.RAW_HTML, written.path, number, message)


def check_phone_numbers(written: Written, findings: Findings) -> None:
    """Phone numbers live in the directory, where they are kept up to date."""
    for number, line in written.prose():
        for phone in phone_numbers_in(line):
            message = f"«{phone}» parece un teléfono: va en el directorio, no en el texto."
            findings.warning(Code.PHONE_NUMBER, written.path, number, message)


def check_words(written: Written, findings: Findings) -> None:
    """People come first in the words we choose."""
    for number, line in written.prose():
        for word, better in words_to_avoid_in(line):
            message = f"Evite «{word}»: {better}."
            findings.warning(Code.WORD_TO_AVOID, written.path, number, message)


def check_sentences(written: Written, findings: Findings) -> None:
    """Nobody reads a sentence of more than forty words on a telephone."""
    for number, words in sentences(written.prose()):
        if words > MAX_WORDS:
            message = f"La frase tiene {words} palabras: divídala (el máximo es {MAX_WORDS})."
            findings.warning(Code.LONG_SENTENCE, written.path, number, message)


def check_length(lesson: Lesson, questions: int, path: str, line: int, findings: Findings) -> None:
    """The minutes announced are about what reading takes."""
    minutes = max(lesson.words / WORDS_PER_MINUTE + questions, 1)
    if minutes / _TOLERANCE <= lesson.minutes <= minutes * _TOLERANCE:
        return
    message = f"Dice {lesson.minutes} minutos y la lectura toma unos {round(minutes)}: ajústelo."
    findings.warning(Code.MINUTES, path, line, message)

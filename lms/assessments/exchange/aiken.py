"""Aiken: a question on a line, its options with letters, and the letter of the right one."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Final

from lms.assessments.exchange.asked import Answer, Asked, Loss, Losses, Reading, Unreadable, Writing
from lms.assessments.exchange.finishing import finished
from lms.assessments.exchange.leaving import note_common, taken
from lms.assessments.exchange.markup import from_plain
from lms.assessments.exchange.plain import one_line
from lms.assessments.exchange.received import read_text
from lms.assessments.exchange.rendered import words_of
from lms.core.i18n import _l

_OPTION: Final = re.compile(r"([A-Z])[.)](?:\s+(.*)|$)")
_ANSWER: Final = re.compile(r"(?:ANSWER|RESPUESTA)\s*:\s*(.*)", re.IGNORECASE)
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LIKE_AN_OPTION: Final = re.compile(r"(?:[A-Z][.)](?=\s|$)|ANSWER\s*:)")

_Lines = list[tuple[int, str]]


def read_aiken(content: bytes) -> Reading:
    """Return the questions of an Aiken file."""
    losses = Losses()
    text = read_text(content, losses)
    early = losses.found
    reading = finished(_questions(text, losses), losses)
    return Reading(items=reading.items, losses=(*early, *reading.losses))


def write_aiken(questions: Iterable[Asked]) -> Writing:
    """Return an Aiken file with the questions of one right option, and what it cannot hold."""
    losses = Losses()
    lost: list[Loss] = []
    text = "\n".join(taken(questions, _block, losses, lost))
    return Writing(
        content=text.encode(), ending="aiken.txt", media_type="text/plain; charset=utf-8", losses=tuple(lost)
    )


def _questions(text: str, losses: Losses) -> Iterator[Callable[[], Asked | None]]:
    lines: _Lines = []
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        found = _ANSWER.match(line) if lines else None
        if found:
            yield partial(_question, lines, found[1].strip(), losses)
            lines = []
        elif line:
            # A question after options that no answer closed begins anew: what was before it is told.
            if any(_OPTION.match(each) for _line, each in lines) and not _OPTION.match(line) and text:
                yield partial(_unanswered, lines, losses)
                lines = []
            lines.append((number, line))
    if lines:
        yield partial(_unanswered, lines, losses)


def _unanswered(lines: _Lines, losses: Losses) -> Asked | None:
    losses.line = lines[0][0]
    losses.note(lines[0][1], _l("Le falta la línea «ANSWER:» con la letra de la respuesta."))
    return None


def _question(lines: _Lines, answer: str, losses: Losses) -> Asked:
    losses.line = lines[0][0]
    first = next((at for at, (_line, text) in enumerate(lines) if _OPTION.match(text)), len(lines))
    options = [found for _line, text in lines[first:] if (found := _OPTION.match(text))]
    letters = [found[1] for found in options]
    if answer.upper() not in letters:
        raise Unreadable(_l("La respuesta «%(answer)s» no es la letra de una opción.", answer=answer[:20]))
    return Asked(
        kind="single",
        id="",
        line=losses.line,
        stem="\n\n".join(from_plain(text) for _line, text in lines[:first]),
        answers=tuple(
            Answer(text=one_line(from_plain(found[2] or "")), is_right=found[1] == answer.upper())
            for found in options
        ),
    )


def _block(asked: Asked, losses: Losses) -> str | None:
    right = [at for at, answer in enumerate(asked.answers) if answer.is_right]
    if asked.kind not in {"single", "true-false"} or len(right) != 1:
        losses.note(asked.stem, _l("Aiken solo tiene preguntas de una respuesta correcta: no sale."))
        return None
    note_common(asked, losses)
    if any(answer.feedback for answer in asked.answers) or asked.explanation:
        losses.note(asked.stem, _l("Aiken no tiene retroalimentación ni explicación."))
    if asked.labels:
        losses.note(" ".join(asked.labels.values()), _l("Aiken no tiene etiquetas ni nivel."))
    lines = [
        _safe(words_of(asked.stem)),
        *(f"{_LETTERS[at]}. {words_of(each.text)}" for at, each in enumerate(asked.answers)),
    ]
    return "\n".join([*lines, f"ANSWER: {_LETTERS[right[0]]}", ""])


def _safe(line: str) -> str:
    """Return a stem that looks like no option."""
    return f"– {line}" if _LIKE_AN_OPTION.match(line) else line

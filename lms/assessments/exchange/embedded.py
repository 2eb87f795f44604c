"""Texts with gaps, as Moodle writes them and as a bank does."""

import re
from collections.abc import Sequence
from html import unescape
from typing import Final

from lms.assessments.exchange.asked import Losses, Unreadable
from lms.assessments.exchange.plain import one_line
from lms.core.i18n import _l

GAP: Final = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_CLOZE: Final = re.compile(r"\{(\d*):([A-Z_]+):((?:\\.|[^\\}])*)\}", re.DOTALL)
_GROUPED: Final = re.compile(r"\[\[(\d{1,3})\]\]")
_ANSWER: Final = re.compile(r"(?<!\\)~")
_FEEDBACK: Final = re.compile(r"(?<!\\)#")
_WEIGHT: Final = re.compile(r"%(-?\d{1,3}(?:\.\d+)?)%")
_ESCAPED: Final = re.compile(r"\\([}#~/\"\\])")
_CHOSEN: Final = re.compile(r"(?:MULTI|MC|MCH|MCV|MULTICHOICE|MR|MULTIRESPONSE)")
_UNFIT: Final = re.compile(r"[{}|=\n]")

NO_STEM: Final = "Complete el texto."
"""What a text with gaps asks when it does not say so."""

Marked = tuple[str, list[str]]
"""A text with a mark for each gap, and the gaps as a bank writes them."""


def mark(index: int) -> str:
    """Return what stands for a gap while its text is converted."""
    return f"ZQX{index}XQZ"


def gaps_from_cloze(text: str, losses: Losses) -> Marked:
    """Return a text with embedded answers; raises Unreadable when it has none."""
    gaps: list[str] = []

    def take(found: re.Match[str]) -> str:
        gaps.append(_cloze_gap(found[2], found[3], losses))
        return mark(len(gaps) - 1)

    made = _CLOZE.sub(take, text)
    if not gaps:
        raise Unreadable(_l("Es un texto con huecos y no se entiende ninguno."))
    return made, gaps


def gaps_from_groups(text: str, choices: Sequence[tuple[str, str]]) -> Marked:
    """Return a text with numbered gaps, each of which offers the words of its group; raises Unreadable."""
    gaps: list[str] = []

    def take(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        if not 0 <= at < len(choices):
            raise Unreadable(_l("Un hueco pide una opción que no está."))
        right, group = choices[at]
        offered = list(dict.fromkeys(word for word, each in choices if each == group))
        gaps.append(written_gap([(word, word == right) for word in offered]))
        return mark(len(gaps) - 1)

    made = _GROUPED.sub(take, text)
    if not gaps:
        raise Unreadable(_l("Es un texto con huecos y no se entiende ninguno."))
    return made, gaps


def parted(markdown: str) -> tuple[str, str]:
    """Return what stands before the paragraph of the first gap, and the text with gaps."""
    paragraphs = markdown.strip().split("\n\n")
    first = next((at for at, each in enumerate(paragraphs) if mark(0) in each), 0)
    return "\n\n".join(paragraphs[:first]).strip() or NO_STEM, "\n\n".join(paragraphs[first:])


def written_gap(choices: Sequence[tuple[str, bool]]) -> str:
    """Return a gap to choose for, as a bank writes it; raises Unreadable when it cannot."""
    words = [(fit(word), is_right) for word, is_right in choices]
    if len({word for word, _is_right in words}) < max(len(words), 2) or not all(
        word for word, _is_right in words
    ):
        raise Unreadable(_l("Un hueco tiene menos de dos opciones distintas."))
    if sum(is_right for _word, is_right in words) != 1:
        raise Unreadable(_l("Un hueco debe tener una opción correcta, y solo una."))
    return "{{" + " | ".join(f"{'(x) ' if is_right else ''}{word}" for word, is_right in words) + "}}"


def accepting_gap(texts: Sequence[str]) -> str:
    """Return a gap to write in, with every text that it accepts; raises Unreadable without one."""
    words = list(dict.fromkeys(filter(None, map(fit, texts))))
    if not words:
        raise Unreadable(_l("Un hueco no dice qué se acepta."))
    return "{{" + " = ".join(words) + "}}"


def fit(word: str) -> str:
    """Return a word that a gap can hold."""
    return one_line(_UNFIT.sub(" ", word))


def gap_of(inside: str) -> tuple[bool, list[tuple[str, bool]]]:
    """Return whether a gap of a bank is chosen for, and its texts with whether each is right."""
    if "|" not in inside:
        return False, [(one_line(each), True) for each in inside.split("=")]
    found = []
    for each in inside.split("|"):
        marked = re.fullmatch(r"\s*\(\s*([xX]?)\s*\)\s*(.*)", each, re.DOTALL)
        found.append((one_line(marked[2] if marked else each), bool(marked and marked[1])))
    return True, found


def _cloze_gap(kind: str, inside: str, losses: Losses) -> str:
    answers = []
    for each in _ANSWER.split(inside):
        text, *feedback = _FEEDBACK.split(each, maxsplit=1)
        if feedback and feedback[0].strip():
            losses.note(feedback[0], _l("Un hueco no lleva retroalimentación por respuesta."))
        weight, text = _weighed(text.strip(), losses)
        answers.append((unescape(_ESCAPED.sub(r"\1", text)).strip(), weight))
    if _CHOSEN.match(kind):
        best = max((weight for _text, weight in answers), default=0)
        return written_gap([(text, weight == best > 0) for text, weight in answers])
    if kind.startswith(("N", "NUM")):
        losses.note(inside, _l("El hueco pide un número: se compara como texto, sin tolerancia."))
        answers = [(text.partition(":")[0], weight) for text, weight in answers]
    return accepting_gap([text for text, weight in answers if weight > 0 and text != "*"])


def _weighed(text: str, losses: Losses) -> tuple[float, str]:
    if text.startswith("="):
        return 100.0, text[1:]
    found = _WEIGHT.match(text)
    if found is None:
        return 0.0, text
    weight = float(found[1])
    if weight not in {0.0, 100.0}:
        losses.note(text, _l("Un hueco no tiene respuestas a medias: se acepta entera o no se acepta."))
    return weight, text[found.end() :]

"""The last step of every reader: names for the questions, and what the checker will ask of them."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final

from lms.assessments.exchange.asked import Asked, Item, Loss, Losses, Reading, Unreadable, short
from lms.assessments.exchange.bank_text import bank_text
from lms.assessments.exchange.plain import FORBIDDEN
from lms.core.i18n import _l
from lms.core.text import Text
from lms.courses.compiler.slugs import SLUG, slugify

MOST_QUESTIONS: Final = 20_000
"""Of one file."""
_LONGEST_ID: Final = 60
_LEAST, _MOST_PARTS = 2, 26
_CHOICES: Final = frozenset({"single", "multiple", "true-false"})
_FED: Final = _CHOICES
_FORMULA: Final = re.compile(r"\$\$.+?\$\$|\\\\\\?[(\[].+?\\\\\\?[)\]]", re.DOTALL)
"""LaTeX between the signs of Moodle, once its backslashes are escaped."""


def finished(questions: Iterable[Callable[[], Asked | None]], losses: Losses) -> Reading:
    """Return what comes in; each call gives a question, or nothing after it noted why, and one failure fails no other.

    The notes that a question took become its own.
    """
    items: list[Item] = []
    lost: list[Loss] = []
    taken: set[str] = set()
    for make in questions:
        losses.found, losses.line = [], 0
        try:
            asked = make()
        except Unreadable as reason:
            asked = None
            losses.note("", reason.why)
        item = _item(asked, taken, losses) if asked is not None else None
        lost += (
            replace(each, id=item.asked.id if item else "", what=each.what or _what(asked))
            for each in losses.found
        )
        if item is not None:
            items.append(item)
        if len(items) >= MOST_QUESTIONS:
            lost.append(
                Loss(
                    line=losses.line,
                    what="",
                    why=_l("El archivo trae más de %(most)s preguntas: divídalo.", most=MOST_QUESTIONS),
                )
            )
            break
    return Reading(items=tuple(items), losses=tuple(lost))


def _item(asked: Asked, taken: set[str], losses: Losses) -> Item | None:
    try:
        _check(asked)
    except Unreadable as reason:
        losses.note(asked.stem or asked.id, reason.why)
        return None
    asked = replace(asked, id=_named(asked, taken))
    for why in _wants(asked):
        losses.note(asked.stem, why)
    for formula in _formulas(asked):
        losses.note(
            formula, _l("Una fórmula en LaTeX queda como texto: escríbala con palabras o como imagen.")
        )
    return Item(asked=asked, text=FORBIDDEN.sub("", bank_text(asked)))


def _named(asked: Asked, taken: set[str]) -> str:
    """Return an id of its own, from its title or from its first words."""
    base = asked.id if SLUG.fullmatch(asked.id) else slugify(asked.id)
    base = (base or slugify(asked.stem[:80]) or "pregunta")[:_LONGEST_ID].strip("-")
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    taken.add(name)
    return name


def _check(asked: Asked) -> None:
    """Refuse what no bank could hold, whatever its author did afterwards."""
    why = next(
        (why for is_wrong, why in (*_choice_faults(asked), *_arranged_faults(asked)) if is_wrong), None
    )
    if why is not None:
        raise Unreadable(why)


def _choice_faults(asked: Asked) -> Iterator[tuple[bool, Text]]:
    yield not asked.stem.strip() and asked.kind != "cloze", _l("La pregunta no tiene enunciado.")
    yield asked.kind in _CHOICES and len(asked.answers) < _LEAST, _l("Tiene menos de dos opciones.")
    yield asked.kind in {"short", "numeric"} and not asked.answers, _l("No dice qué respuesta se acepta.")
    yield any(not answer.text.strip() for answer in asked.answers), _l("Una de sus respuestas está vacía.")


def _arranged_faults(asked: Asked) -> Iterator[tuple[bool, Text]]:
    lefts, rights = [pair for pair in asked.pairs if pair.left.strip()], {pair.right for pair in asked.pairs}
    if asked.kind == "matching":
        yield len(lefts) < _LEAST or len(rights) < _LEAST, _l("Tiene menos de dos parejas.")
        yield any(not right.strip() for right in rights), _l("Una pareja no tiene lado derecho.")
    if asked.kind == "ordering":
        yield (
            len(asked.steps) <= _LEAST or not all(map(str.strip, asked.steps)),
            _l("Tiene menos de tres pasos, o uno está vacío."),
        )
        yield len(set(asked.steps)) < len(asked.steps), _l("Dos pasos dicen lo mismo.")
    parts = max(len(asked.answers), len(asked.pairs), len(asked.steps))
    yield parts > _MOST_PARTS, _l("Tiene más de %(most)s opciones.", most=_MOST_PARTS)


def _wants(asked: Asked) -> Iterator[Text]:
    """Say what the checker will ask the author to write."""
    right = sum(answer.is_right for answer in asked.answers)
    if asked.kind in {"single", "true-false"} and right != 1:
        yield (
            _l("No dice cuál es la respuesta correcta: márquela con (x).")
            if not right
            else _l("Marca varias correctas y solo se elige una: deje una (x), o cambie a [ ].")
        )
    if asked.kind in {"multiple", "short", "numeric"} and not right:
        yield _l("No dice qué respuestas son correctas: márquelas con x.")
    if asked.kind in _FED:
        missing = sum(not answer.feedback.strip() for answer in asked.answers)
        if missing == len(asked.answers):
            yield _l("No trae retroalimentación: el revisor la pedirá en cada opción.")
        elif missing:
            yield _l(
                "Le falta retroalimentación a %(count)s de sus opciones: el revisor la pedirá.", count=missing
            )


def _formulas(asked: Asked) -> Iterator[str]:
    texts = (asked.stem, asked.explanation, *(f"{each.text} {each.feedback}" for each in asked.answers))
    for text in texts:
        if "$$" in text or "\\\\" in text:
            yield from (found[0].replace("\\\\", "\\") for found in _FORMULA.finditer(text))


def _what(asked: Asked | None) -> str:
    return short(asked.stem) if asked else ""

"""Questions whose parts are arranged: pairs to match, and steps to put in order.

What is arranged gets its letter from the alphabet of its texts, so that no letter tells where its place is.
"""

import re
from collections.abc import Sequence
from typing import Final

from lms.courses.compiler.codes import Code
from lms.courses.compiler.kinds.asking import KEYS, Asking, Planned, PlannedOption
from lms.courses.compiler.kinds.bodies import DraftItem, read_body

_PAIR: Final = re.compile(r" {0,3}[-*+][ \t]+(.*(?:=>|→).*)")
_ARROW: Final = re.compile(r"=>|→")
_STEP: Final = re.compile(r" {0,3}\d{1,2}[.)][ \t]+(.*)")
_LEAST: Final = 2


def plan_matching(asking: Asking) -> Planned:
    """Return pairs; a right side without left is there to mislead."""
    draft = read_body(asking.block.body, asking.first_line, _PAIR)
    asking.refuse_loose(draft.loose)
    sides = [(item, *_sides(item.text)) for item in draft.items]
    for item, _left, right in sides:
        if not right:
            asking.wrong("Falta lo que va después de la flecha: escriba «- esto => aquello».", item.line)
    rights = list(dict.fromkeys(right for _item, _left, right in sides if right))
    pairs = [(item, left, right) for item, left, right in sides if left and right]
    if len(pairs) < _LEAST or len(rights) < _LEAST:
        asking.wrong("Hacen falta al menos dos parejas: escriba una por línea, «- esto => aquello».")
    _check_count(asking, len(rights), len(pairs))
    letters = _letters(rights)
    return Planned(
        stem=draft.stem,
        explanation=draft.explanation,
        options=_options(asking, rights),
        details={
            "pairs": [
                {
                    "key": str(number),
                    "html": asking.inline(left),
                    "right": letters[right],
                    "feedback_html": asking.paragraphs(item.feedback),
                }
                for number, (item, left, right) in enumerate(pairs, 1)
            ]
        },
    )


def plan_ordering(asking: Asking) -> Planned:
    """Return steps, which the author writes in their order."""
    draft = read_body(asking.block.body, asking.first_line, _STEP)
    asking.refuse_loose(draft.loose)
    steps = [item.text for item in draft.items]
    if len(steps) <= _LEAST:
        asking.wrong("Hacen falta al menos tres pasos: escríbalos en su orden, «1. primero».")
    _check_count(asking, len(steps), 0)
    _check_steps(asking, draft.items)
    letters = _letters(steps)
    return Planned(
        stem=draft.stem,
        explanation=draft.explanation,
        options=_options(asking, steps),
        details={"order": [letters[step] for step in steps]},
    )


def _sides(text: str) -> tuple[str, str]:
    left, _, right = _ARROW.sub("\n", text, count=1).partition("\n")
    return left.strip(), right.strip()


def _check_steps(asking: Asking, items: Sequence[DraftItem]) -> None:
    seen: set[str] = set()
    for item in items:
        if item.feedback:
            asking.wrong("Un paso no lleva retroalimentación: pásela a «Explicación:».", item.line)
        if not item.text or item.text in seen:
            message = "Este paso está vacío o repetido: cada uno debe decir algo distinto."
            asking.wrong(message, item.line, Code.REPEATED_OPTION)
        seen.add(item.text)


def _check_count(asking: Asking, options: int, pairs: int) -> None:
    if max(options, pairs) > len(KEYS):
        asking.wrong(f"Hay más de {len(KEYS)}: divida la pregunta.")


def _letters(texts: Sequence[str]) -> dict[str, str]:
    ranked = sorted(set(texts), key=lambda text: (text.casefold(), text))
    return {text: KEYS[index % len(KEYS)] for index, text in enumerate(ranked)}


def _options(asking: Asking, texts: Sequence[str]) -> tuple[PlannedOption, ...]:
    letters = _letters(texts)
    return tuple(
        PlannedOption(is_right=False, text=asking.inline(text), feedback="", key=letters[text])
        for text in texts
    )

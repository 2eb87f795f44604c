"""A scale: statements with which one agrees more or less. Nothing of it is right or wrong."""

import re
from typing import Final

from lms.courses.compiler.kinds.asking import KEYS, Asking, Details, Planned
from lms.courses.compiler.kinds.bodies import DraftBody, read_body

_HEAD: Final = re.compile(r"\s*\**(?:Escala|Scale)\s*:\**[ \t]*(.*)", re.IGNORECASE)
_ITEM: Final = re.compile(r" {0,3}[-*+][ \t]+(.*)")
_ASIDE: Final = re.compile(r"\((.+)\)")
_LEAST, _MOST = 2, 11


def plan(asking: Asking) -> Planned:
    """Return a scale with its statements; without statements the stem is the only one."""
    draft = read_body(asking.block.body, asking.first_line, _ITEM, _HEAD)
    asking.refuse_loose(draft.loose)
    statements = [
        {"key": str(number), "html": asking.inline(item.text)} for number, item in enumerate(draft.items, 1)
    ]
    for item in draft.items:
        if not item.text:
            asking.wrong("La frase está vacía: escríbala o quítela.", item.line)
    details: Details = {"scale": _scale(asking, draft), "statements": statements}
    return Planned(stem=draft.stem, explanation=draft.explanation, details=details)


def _scale(asking: Asking, draft: DraftBody) -> list[Details]:
    """Return the labels in order; the one in parentheses answers without a place on the scale."""
    words = [each.strip() for each in draft.head.text.split("/")] if draft.head else []
    places = [word for word in words if not _ASIDE.fullmatch(word)]
    line = draft.head.line if draft.head else 0
    if not _LEAST <= len(places) <= _MOST or not all(words):
        message = "Falta la escala: escriba una línea como «Escala: Nada / Poco / Mucho / (No aplica)»."
        asking.wrong(message, line)
    elif len({word.casefold() for word in words}) < len(words):
        asking.wrong("Dos puntos de la escala dicen lo mismo: cambie uno.", line)
    return [_point(KEYS[index % len(KEYS)], word) for index, word in enumerate(words)]


def _point(key: str, word: str) -> Details:
    aside = _ASIDE.fullmatch(word)
    return {"key": key, "text": aside[1] if aside else word, "is_aside": aside is not None}

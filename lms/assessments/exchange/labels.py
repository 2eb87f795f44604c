"""What a question is about, as attributes here and as tags elsewhere."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from lms.assessments.exchange.asked import LABELS
from lms.courses.compiler.slugs import SLUG, slugify

_FITS: Final[Mapping[str, re.Pattern[str]]] = {
    "nivel": re.compile(r"[RAJ]"),
    "modulo": re.compile(r"[0-9]{1,2}"),
    "objetivo": SLUG,
    "sector": SLUG,
    "pais": re.compile(r"[A-Z]{2}"),
    "fuente": re.compile(r"[\w.-]+"),
}


def labels_from(tags: Iterable[str]) -> dict[str, str]:
    """Return attributes from tags: «nivel:R» is the level, any other tag one of its words."""
    found: dict[str, str] = {}
    words: list[str] = []
    for tag in tags:
        name, mark, value = (part.strip() for part in tag.partition(":"))
        if mark and name in _FITS and _FITS[name].fullmatch(value):
            found.setdefault(name, value)
        elif word := slugify(tag)[:40].strip("-"):
            words.append(word)
    if words:
        found["etiquetas"] = " ".join(dict.fromkeys(words))
    return {name: found[name] for name in LABELS if name in found}


def tags_from(labels: Mapping[str, str]) -> Iterator[str]:
    """Yield attributes as tags from which `labels_from` makes them again."""
    for name in LABELS:
        if name == "etiquetas":
            yield from labels.get(name, "").split()
        elif labels.get(name):
            yield f"{name}:{labels[name]}"

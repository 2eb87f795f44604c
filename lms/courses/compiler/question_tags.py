"""Read the tags of a question from its braces: module, objective, free tags and whether it is retired."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from lms.courses.compiler.slugs import SLUG

_MODULE: Final = re.compile(r"\d{1,2}", re.ASCII)
_RETIRED: Final = frozenset({"retirada", "retired"})
_STATES: Final = _RETIRED | {"publicada", "published"}
_AS_SLUG: Final = "use minúsculas sin tilde, cifras y guiones"


def tags_of(attributes: Mapping[str, str]) -> dict[str, Any]:
    """Return the arguments of a question that its attributes say, by canonical name; a wrong module is none."""
    module = attributes.get("module", "")
    return {
        "module": int(module) if _MODULE.fullmatch(module) else None,
        "objective": attributes.get("objective", ""),
        "tags": tuple(_words(attributes.get("tags", ""))),
        "is_retired": attributes.get("state") in _RETIRED,
    }


def wrong_tags(attributes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the name of each attribute with a value that does not serve, and what to write instead."""
    if attributes.get("state", "publicada") not in _STATES:
        yield "state", "estado es publicada o retirada"
    if not _MODULE.fullmatch(attributes.get("module", "0")):
        yield "module", "modulo es un número como 3"
    if not SLUG.fullmatch(attributes.get("objective", "x")):
        yield "objective", _AS_SLUG
    if not all(map(SLUG.fullmatch, _words(attributes.get("tags", "x")))):
        yield "tags", _AS_SLUG


def _words(text: str) -> list[str]:
    return text.replace(",", " ").split()

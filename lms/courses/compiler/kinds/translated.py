"""What only a kind of question knows, in two languages: the texts of the translation at the keys of the original."""

from collections.abc import Mapping
from typing import Any


def shape_of(details: Any) -> object:
    """Return details without their texts: what an original and its translation have in common."""
    if isinstance(details, Mapping):
        return {name: None if _is_text(name) else shape_of(each) for name, each in details.items()}
    if isinstance(details, list | tuple):
        return [shape_of(each) for each in details]
    return details


def merged(base: Any, own: Any) -> Any:
    """Return the details of the original with the texts of a translation of the same shape.

    Of accepted answers it keeps those of both languages: nobody is wrong for having answered in the other one.
    """
    if isinstance(base, Mapping):
        return {name: _text(name, base[name], own.get(name)) for name in base}
    if isinstance(base, list | tuple):
        return [merged(*both) for both in zip(base, own, strict=True)]
    return base


def _is_text(name: str) -> bool:
    return name.endswith(("html", "text", "texts"))


def _text(name: str, base: Any, own: Any) -> Any:
    if not _is_text(name):
        return merged(base, own)
    return list(dict.fromkeys((*base, *own))) if isinstance(base, list | tuple) else own or base

"""Answers in parts: each value a form sends is "key:value", where the key names the part."""

from collections.abc import Iterable, Mapping, Sequence


def read(values: Iterable[str], offered: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return the value of each part that is offered one, the first of several; whatever else was sent is dropped."""
    found: dict[str, str] = {}
    for each in values:
        key, _, value = each.partition(":")
        if key in offered and value in offered[key]:
            found.setdefault(key, value)
    return found


def written(found: Mapping[str, str], order: Sequence[str]) -> list[str]:
    """Return the parts as a form sends them, in this order."""
    return [f"{key}:{found[key]}" for key in order if key in found]

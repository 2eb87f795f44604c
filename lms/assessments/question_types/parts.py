"""Answers in parts: each value a form sends is "key:value", where the key names the part."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from lms.plugins.questions import Config, Grade


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


def credit(config: Config, *, right: int, given: int, total: int) -> Grade:
    """Return what an answer in parts earns: everything for all right, and in parts what the author declares.

    By hit each right part counts; otherwise each right part counts for and each wrong one against, never below
    nothing.
    """
    if right == total == given:
        return Grade(fraction=Fraction(1))
    if not config["partial"]:
        return Grade(fraction=Fraction(0))
    points = right if config.get("details", {}).get("is_by_hit") else max(2 * right - given, 0)
    return Grade(fraction=Fraction(points, total))

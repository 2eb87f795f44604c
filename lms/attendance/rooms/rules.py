"""Dividing people into groups. Pure."""

from collections.abc import Hashable, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import Final, TypeVar

Each = TypeVar("Each")
Label = TypeVar("Label", bound=Hashable)

FEWEST_PARTS: Final = 2
MOST_PARTS: Final = 20


class Division(StrEnum):
    """How the people of a cohort are divided into groups."""

    SECTOR = "sector"
    INSTITUTION = "institution"
    PARTS = "parts"
    """In the order of their names, in parts of the same size."""
    HAND = "hand"
    """One group, whose people somebody chooses."""


def parts_of(people: Sequence[Each], count: int) -> list[Sequence[Each]]:
    """Return people in so many parts, in their order; sizes differ by one at most and none is empty."""
    count = max(1, min(count, len(people)))
    length, more = divmod(len(people), count)
    ends = [length * number + min(number, more) for number in range(count + 1)]
    return [people[start:end] for start, end in pairwise(ends)]


def by_label(people: Sequence[tuple[Each, Label]]) -> dict[Label, list[Each]]:
    """Return people by what they have in common, in the order in which it first appears."""
    found: dict[Label, list[Each]] = {}
    for each, label in people:
        found.setdefault(label, []).append(each)
    return found

"""The transcript as stations of a route: one per module, or neighbours together when there are too many."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

MOST_STATIONS = 8
"""More labels than these do not fit legibly along a landscape page (design system, section 10)."""


@dataclass(frozen=True, kw_only=True)
class Group:
    """The modules of one station: their titles, and the numbers of the first and the last, from one."""

    titles: tuple[str, ...]
    first: int

    @property
    def last(self) -> int:
        """Return the number of the last module of the station."""
        return self.first + len(self.titles) - 1


def group_modules(titles: Sequence[str], most: int = MOST_STATIONS) -> list[Group]:
    """Return at most so many groups of neighbours, the larger ones first; every module appears once."""
    if not titles:
        return []
    size = ceil(len(titles) / most)
    count = ceil(len(titles) / size)
    smaller, larger = divmod(len(titles), count)
    groups, start = [], 0
    for index in range(count):
        end = start + smaller + (index < larger)
        groups.append(Group(titles=tuple(titles[start:end]), first=start + 1))
        start = end
    return groups

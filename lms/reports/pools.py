"""Which figures may be shown to somebody who asks for every combination of filters and subtracts. Pure.

Rows with fewer than five people are pooled with others until the pool tells of none of them; a figure is shown when
it is the sum of whole pools. The reasons, and why no subtraction helps, are in ADR 24; the threshold and the rule of
secondary suppression are those of the Handbook on Statistical Disclosure Control (Hundepool and others, chapter 4).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lms.core.small_cells import SMALLEST


class Sibling(NamedTuple):
    """One of the tables that are shown beside each other, such as the quarters of a year: a value for each row."""

    population: Sequence[int]
    values: Sequence[int]


@dataclass(frozen=True, slots=True)
class Pools:
    """A partition of the rows of a table."""

    owners: tuple[int, ...]
    """For each row the least row of its pool."""
    closed: frozenset[int] = frozenset()
    """Rows of pools that are not shown, not even as a sum: nothing was left to pool them with."""
    sizes: dict[int, int] = field(default_factory=dict)

    @classmethod
    def apart(cls, count: int) -> "Pools":
        """Return the partition in which every row is shown on its own."""
        return cls(tuple(range(count)), frozenset(), dict.fromkeys(range(count), 1))

    def is_single(self, row: int) -> bool:
        """Say whether a row is shown on its own."""
        return row not in self.closed and self.sizes[self.owners[row]] == 1

    def are_whole(self, rows: Collection[int]) -> bool:
        """Say whether the sum of these rows is shown: it cuts no pool."""
        counts: dict[int, int] = {}
        for row in rows:
            if row in self.closed:
                return False
            owner = self.owners[row]
            counts[owner] = counts.get(owner, 0) + 1
        return all(self.sizes[owner] == count for owner, count in counts.items())


def join(parts: Sequence[Pools]) -> Pools:
    """Return the finest partition whose pools are unions of the pools of each of these."""
    if len(parts) == 1:
        return parts[0]
    above = list(range(len(parts[0].owners)))
    for part in parts:
        for row, owner in enumerate(part.owners):
            if row != owner:
                first, second = _find(above, row), _find(above, owner)
                if first != second:
                    above[max(first, second)] = min(first, second)
    for row, lower in enumerate(above):
        above[row] = above[lower]  # what lies lower has been led to its root already
    closed = {above[row] for part in parts for row in part.closed}
    return _pools(above, closed)


def _find(above: list[int], row: int) -> int:
    while above[row] != row:
        above[row] = above[above[row]]
        row = above[row]
    return row


def _pools(owners: Sequence[int], closed: Collection[int]) -> Pools:
    sizes: dict[int, int] = {}
    for owner in owners:
        sizes[owner] = sizes.get(owner, 0) + 1
    return Pools(tuple(owners), frozenset(row for row, owner in enumerate(owners) if owner in closed), sizes)


def coarsen(start: Pools, siblings: Sequence[Sibling], kinds: Sequence[str], order: Sequence[int]) -> Pools:
    """Return pools, unions of those of the start, none of which tells of fewer than five people in any sibling.

    Rows of one kind, such as a sector, are pooled with each other before others, so that the figures of the kind stay
    whole; ``order`` lists the rows so that neighbours, which are pooled first, follow each other.
    """
    small = {row for sibling in siblings for row, value in enumerate(sibling.values) if 0 < value < SMALLEST}
    if not small:
        return start
    mixing = _Mixing(start, siblings, order, small)
    if all(pool.is_safe for pool in mixing.pools):
        return start
    by_kind: dict[str, list[_Pool]] = {}
    for pool in mixing.pools:
        kind = kinds[pool.rows[0]]
        is_mixed = len(pool.rows) > 1 and any(kinds[row] != kind for row in pool.rows)
        by_kind.setdefault("" if is_mixed else kind, []).append(pool)
    for pools in by_kind.values():
        mixing.settle(pools)
    mixing.settle([pool for pool in mixing.pools if pool.rows])
    return mixing.result(len(kinds))


@dataclass(eq=False, slots=True)
class _Pool:
    rows: list[int]
    is_closed: bool
    rank: int
    is_safe: bool


class _Mixing:
    """Pools while they grow."""

    def __init__(
        self, start: Pools, siblings: Sequence[Sibling], order: Sequence[int], small: set[int]
    ) -> None:
        self.siblings = siblings
        self.small = small
        ranks = {row: rank for rank, row in enumerate(order)}
        rows_of: dict[int, list[int]] = {}
        for row, owner in enumerate(start.owners):
            rows_of.setdefault(owner, []).append(row)
        self.pools = [
            _Pool(rows, rows[0] in start.closed, min(ranks[row] for row in rows), self.is_safe(rows))
            for rows in rows_of.values()
        ]
        self.pools.sort(key=lambda pool: pool.rank)

    def settle(self, pools: Sequence[_Pool]) -> None:
        """Merge unsafe pools with each other, and what is left over with the nearest that are safe."""
        kept: _Pool | None = None
        for pool in pools:
            if pool.is_safe or pool.is_closed:
                continue
            if kept is None:
                kept = pool
                continue
            self.merge(kept, pool)
            if kept.is_safe:
                kept = None
        if kept is not None:
            self.complete(kept, pools)

    def complete(self, pool: _Pool, others: Sequence[_Pool]) -> None:
        """Merge a pool with others until it is safe: with those that hide several rows already, first of all."""
        free = [
            other for other in others
            if other is not pool and other.rows and not other.is_closed and self.is_counted(other)
        ]  # fmt: skip
        free.sort(key=lambda other: (len(other.rows) == 1, abs(other.rank - pool.rank), other.rank))
        for other in free:
            if pool.is_safe:
                return
            self.merge(pool, other)

    def merge(self, pool: _Pool, other: _Pool) -> None:
        """Put the rows of another pool into a pool."""
        pool.rows += other.rows
        pool.rank = min(pool.rank, other.rank)
        pool.is_safe = self.is_safe(pool.rows)
        other.rows = []
        other.is_safe = True

    def is_counted(self, pool: _Pool) -> bool:
        """Say whether anybody is in it: who has nobody in any sibling hides nobody."""
        return any(sibling.population[row] for row in pool.rows for sibling in self.siblings)

    def is_safe(self, rows: Sequence[int]) -> bool:
        """Say whether the sum of these rows tells nothing in any sibling."""
        if len(rows) == 1:
            return rows[0] not in self.small
        if self.small.isdisjoint(rows):
            return True
        return all(_tells_nothing([sibling.values[row] for row in rows]) for sibling in self.siblings)

    def result(self, count: int) -> Pools:
        """Return the partition."""
        owners, closed = [0] * count, set()
        for pool in self.pools:
            if not pool.rows:
                continue
            least = min(pool.rows)
            for row in pool.rows:
                owners[row] = least
            if pool.is_closed or not pool.is_safe:
                closed.add(least)
        return _pools(owners, closed)


def _tells_nothing(values: Sequence[int]) -> bool:
    """Say whether the sum of these values tells none of them that is small.

    Small ones are marked, so a reader knows that each is 1 to 4 and every other 0 or at least 5. The sum must leave
    more than one possibility: 4 and 4 make 8 in no other way.
    """
    small = [value for value in values if 0 < value < SMALLEST]
    if not small:
        return True
    large = sum(1 for value in values if value >= SMALLEST)
    total = sum(values)
    if len(small) + large < 2 or total < SMALLEST:
        return False
    least = len(small) + SMALLEST * large
    return least < total and (large > 0 or total < (SMALLEST - 1) * len(small))

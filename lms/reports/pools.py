"""Which figures may be shown to somebody who asks for every combination of filters and subtracts. Pure.

Rows with fewer than five people are pooled with others until the pool tells of none of them; a figure is shown when
it is the sum of whole pools. The reasons, and why no subtraction helps, are in ADR 24; the threshold and the rule of
secondary suppression are those of the Handbook on Statistical Disclosure Control (Hundepool and others, chapter 4).
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lms.core.small_cells import SMALLEST


class Sibling(NamedTuple):
    """One of the tables that are shown beside each other, such as the quarters of a year: a value for each row."""

    population: Sequence[int]
    values: Sequence[int]


class Pools:
    """A partition of the rows of a table."""

    __slots__ = ("closed", "led", "owners", "singles", "sizes")

    owners: tuple[int, ...]
    """For each row the least row of its pool."""
    led: Sequence[int]
    """The rows that are not the least of their pool: few beside all."""
    closed: frozenset[int]
    """Rows of pools that are not shown, not even as a sum: nothing was left to pool them with."""
    sizes: Sequence[int]
    """For each row how many rows its pool has."""
    singles: Sequence[bool]
    """For each row whether it is shown on its own."""

    def __init__(self, owners: Sequence[int], closed: Collection[int] = ()) -> None:
        """Hold the pools with these owners, some of them closed."""
        self.owners = tuple(owners)
        self.led = [row for row, owner in enumerate(self.owners) if row != owner]
        counts = [1] * len(self.owners)
        for row in self.led:
            counts[self.owners[row]] += 1
        self.sizes = [counts[owner] for owner in self.owners]
        self.closed = (
            frozenset(n for n, owner in enumerate(self.owners) if owner in closed) if closed else frozenset()
        )
        singles = [size == 1 for size in self.sizes]
        for row in self.closed:
            singles[row] = False
        self.singles = singles

    @classmethod
    def apart(cls, count: int) -> "Pools":
        """Return the partition in which every row is shown on its own."""
        return cls(range(count))

    def is_single(self, row: int) -> bool:
        """Say whether a row is shown on its own."""
        return self.singles[row]

    def are_whole(self, rows: Collection[int]) -> bool:
        """Say whether the sum of these rows is shown: it cuts no pool."""
        if len(rows) == len(self.owners):
            return not self.closed
        singles, counts = self.singles, dict[int, int]()
        for row in rows:
            if not singles[row]:
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
        for row in part.led:
            first, second = _find(above, row), _find(above, part.owners[row])
            if first != second:
                above[max(first, second)] = min(first, second)
    for row, lower in enumerate(above):
        above[row] = above[lower]  # what lies lower has been led to its root already
    return Pools(above, {above[row] for part in parts for row in part.closed})


def _find(above: list[int], row: int) -> int:
    while above[row] != row:
        above[row] = above[above[row]]
        row = above[row]
    return row


def coarsen(start: Pools, siblings: Sequence[Sibling], kinds: Sequence[str], order: Sequence[int]) -> Pools:
    """Return pools, unions of those of the start, none of which tells of fewer than five people in any sibling.

    Rows of one kind, such as a sector, are pooled with each other before others, so that the figures of the kind stay
    whole; ``order`` lists the rows so that neighbours, which are pooled first, follow each other.
    """
    mixing = _Mixing(start, siblings, kinds, order)
    if not mixing.small or all(pool.is_safe for pool in mixing.pools):
        return start
    by_kind: dict[str, list[_Pool]] = {}
    for pool in mixing.pools:
        kind = kinds[pool.rows[0]]
        is_mixed = len(pool.rows) > 1 and any(kinds[row] != kind for row in pool.rows)
        by_kind.setdefault("" if is_mixed else kind, []).append(pool)
    for kind, pools in by_kind.items():
        mixing.settle(pools, kind)
    mixing.settle([pool for pool in mixing.pools if pool.rows])
    return mixing.result(len(kinds))


LARGE = 1 << 24
TOTAL = 1 << 48
COUNT = LARGE - 1
"""A weight is how many small values, how many others and their sum, in one number: adding weights adds all three."""


def _weigh(value: int) -> int:
    return value * TOTAL + LARGE if value >= SMALLEST else value * TOTAL + (value > 0)


@dataclass(eq=False, slots=True)
class _Pool:
    rows: list[int]
    is_closed: bool
    rank: int
    weights: list[int]
    """Of its rows, by sibling."""
    is_safe: bool = False


class _Mixing:
    """Pools while they grow.

    Only pools of several rows, and rows that must be pooled, are held as such; the others, which are nearly all, are
    single rows that whoever is left over is completed with.
    """

    def __init__(
        self, start: Pools, siblings: Sequence[Sibling], kinds: Sequence[str], order: Sequence[int]
    ) -> None:
        self.siblings = siblings
        self.small = {
            row for each in siblings for row, value in enumerate(each.values) if 0 < value < SMALLEST
        }
        self.kinds = kinds
        self.order = order
        self.singles: list[int] = []
        """Ranks of the rows that stand alone and may, ascending."""
        self.pools: list[_Pool] = []
        """By rank."""
        rows_of: dict[int, list[int]] = {}
        alone, small = start.singles, self.small
        for rank, row in enumerate(order):
            if alone[row] and row not in small:
                self.singles.append(rank)
                continue
            owner = start.owners[row]
            if owner in rows_of:
                rows_of[owner].append(row)
            else:
                rows_of[owner] = [row]
                self.pools.append(_Pool(rows_of[owner], row in start.closed, rank, []))
        for pool in self.pools:
            pool.weights = self.weigh(pool.rows)
            pool.is_safe = _are_safe(pool.weights)

    def settle(self, pools: Sequence[_Pool], kind: str | None = None) -> None:
        """Merge unsafe pools with each other, and what is left over with the nearest pools and rows that are safe.

        With a kind, only rows of this kind stand by.
        """
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
            self.complete(kept, pools, kind)

    def complete(self, pool: _Pool, others: Sequence[_Pool], kind: str | None = None) -> None:
        """Merge a pool with others until it is safe: with those that hide several rows already, first of all."""
        rank = pool.rank
        free = [
            other for other in others
            if other is not pool and other.rows and not other.is_closed and self.is_counted(other.rows)
        ]  # fmt: skip
        free.sort(key=lambda other: (abs(other.rank - rank), other.rank))
        for other in free:
            if pool.is_safe:
                return
            self.merge(pool, other)
        taken = set[int]()
        for near in _nearest(self.singles, rank):
            if pool.is_safe:
                break
            row = self.order[near]
            if kind in {None, self.kinds[row]} and self.is_counted((row,)):
                self.merge(pool, _Pool([row], is_closed=False, rank=near, weights=self.weigh((row,))))
                taken.add(near)
        if taken:
            self.singles = [near for near in self.singles if near not in taken]

    def merge(self, pool: _Pool, other: _Pool) -> None:
        """Put the rows of another pool into a pool."""
        pool.rows += other.rows
        pool.rank = min(pool.rank, other.rank)
        pool.weights = [mine + theirs for mine, theirs in zip(pool.weights, other.weights, strict=True)]
        pool.is_safe = _are_safe(pool.weights)
        other.rows = []
        other.is_safe = True

    def is_counted(self, rows: Sequence[int]) -> bool:
        """Say whether anybody is in them: who has nobody in any sibling hides nobody."""
        return any(sibling.population[row] for row in rows for sibling in self.siblings)

    def weigh(self, rows: Sequence[int]) -> list[int]:
        """Return the weights of rows, by sibling."""
        if len(rows) == 1:
            return [_weigh(sibling.values[rows[0]]) for sibling in self.siblings]
        return [sum([_weigh(sibling.values[row]) for row in rows]) for sibling in self.siblings]

    def result(self, count: int) -> Pools:
        """Return the partition."""
        owners, closed = list(range(count)), set()
        for pool in self.pools:
            if not pool.rows:
                continue
            least = min(pool.rows)
            for row in pool.rows:
                owners[row] = least
            if pool.is_closed or not pool.is_safe:
                closed.add(least)
        return Pools(owners, closed)


def _nearest(ranks: Sequence[int], rank: int) -> Iterator[int]:
    """Give ranks, which ascend, by how near they are to one of them; of two that are as near the lower one first."""
    after = bisect_left(ranks, rank)
    before = after - 1
    while before >= 0 or after < len(ranks):
        if after == len(ranks) or (before >= 0 and rank - ranks[before] <= ranks[after] - rank):
            yield ranks[before]
            before -= 1
        else:
            yield ranks[after]
            after += 1


def _are_safe(weights: Sequence[int]) -> bool:
    """Say whether the sums of pooled values tell none of them that is small, in any sibling.

    Small ones are marked, so a reader knows that each is 1 to 4 and every other 0 or at least 5. A sum must leave
    more than one possibility: 4 and 4 make 8 in no other way.
    """
    for weight in weights:
        small, large, total = weight & COUNT, weight // LARGE & COUNT, weight // TOTAL
        least = small + SMALLEST * large
        if small and not (
            small + large > 1
            and least < total
            and total >= SMALLEST
            and (large > 0 or total < (SMALLEST - 1) * small)
        ):
            return False
    return True

"""Whoever asks for every combination of filters and subtracts learns of no group of fewer than five people."""

import random
from dataclasses import replace
from datetime import date
from itertools import product
from uuid import UUID

import pytest

from lms.core.actors import Reach
from lms.core.small_cells import SMALLEST, Hidden
from lms.plugins.reports import Period, Question
from lms.reports.cube import Cube, cover
from lms.reports.pools import Pools, Sibling, coarsen
from lms.reports.queries.cube import COLUMNS, Figures, Place
from lms.reports.tallies.rules import EVER, Basis, bounds_of, periods_of

DAY = date(2026, 12, 31)
MONTHS = ("2025-02", "2025-03", "2025-08", "2026-01", "2026-02", "2026-05", "2026-11")
SECTORS = ("health", "justice", "")
PRIME = 2_147_483_647
MEASURES = ("enrolled", "completed")


class World:
    """A few institutions in which everybody who completes does so in the month in which they enrolled."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  # a story, not a secret
        self.keys = [(UUID(int=n // 2 + 1), self.chance.choice(SECTORS)) for n in range(9)]
        self.keys = sorted(set(self.keys))
        self.places = {key[0]: self.place(key[0]) for key in self.keys}
        self.facts = {
            basis: [[self.people() for _month in MONTHS] for _key in self.keys] for basis in ("then", "now")
        }
        self.figures = Figures(self.places, self.keys, dict(self.tables()))

    def place(self, number: UUID) -> Place:
        return Place(
            id=number, name=str(number.int), sector=None, territory=self.chance.choice("AB"), path=f"/{number.hex}/",
            search_text=str(number.int), is_member=True,
        )  # fmt: skip

    def people(self) -> tuple[int, int]:
        enrolled = self.chance.choice((0, 0, 0, 1, 3, 6, 9, 20, 40))
        return enrolled, self.chance.randint(0, enrolled)

    def tables(self):
        for basis, period in product(("then", "now"), PERIODS):
            inside = months_in(period)
            sums = [[sum(row[m][n] for m in inside) for row in self.facts[basis]] for n in (0, 1)]
            table = {name: [0] * len(self.keys) for name in COLUMNS}
            table |= dict.fromkeys(("enrolled", "started", "halfway"), sums[0])
            table |= dict.fromkeys(("completed", "certified"), sums[1])
            yield (basis, period), table


def months_in(period):
    return [n for n, month in enumerate(MONTHS) if period in periods_of(date.fromisoformat(f"{month}-01"))]


PERIODS = sorted({name for month in MONTHS for name in periods_of(date.fromisoformat(f"{month}-01"))})
PERIODS += ["2025-Q2", "2025-Q4", "2026-Q3", "2026-03", "2026-10"]


def ask(world, basis, period):
    first, last = bounds_of(period) or (date.min, DAY)
    question = Question(
        programme_id=UUID(int=0),
        period=Period(first=first, last=last),
        reach=Reach(everywhere=True),
        basis=basis,
    )
    return Cube(question, world.figures, day=DAY)


def filters(world):
    """Return the rows that each combination of sector, territory and search leaves."""
    rows = range(len(world.keys))
    for sector, territory, name in product((None, *SECTORS), (None, "A", "B"), (None, *world.places)):
        yield tuple(
            n for n in rows
            if sector in {None, world.keys[n][1]} and name in {None, world.keys[n][0]}
            and territory in {None, world.places[world.keys[n][0]].territory}
        )  # fmt: skip


class Observer:
    """Solves what was shown: a system of linear equations over the people of each row and month."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.known: dict[int, list[int]] = {}

    def reduced(self, vector: list[int]) -> list[int]:
        for place in range(self.size):
            if vector[place] and place in self.known:
                factor = vector[place]
                vector = [(a - factor * b) % PRIME for a, b in zip(vector, self.known[place], strict=True)]
        return vector

    def learn(self, vector: list[int]) -> None:
        vector = self.reduced(vector)
        lead = next((n for n, value in enumerate(vector) if value), None)
        if lead is not None:
            inverse = pow(vector[lead], -1, PRIME)
            self.known[lead] = [value * inverse % PRIME for value in vector]

    def knows(self, vector: list[int]) -> bool:
        return not any(self.reduced(vector))


def vector_of(world, rows, period):
    inside = set(months_in(period))
    return [
        int(n // len(MONTHS) in rows and n % len(MONTHS) in inside)
        for n in range(len(world.keys) * len(MONTHS))
    ]


@pytest.mark.parametrize(("seed", "basis", "measure"), list(product(range(6), ("then", "now"), MEASURES)))
def test_no_combination_of_filters_tells_of_fewer_than_five(seed, basis, measure):
    world = World(seed)
    observer = Observer(len(world.keys) * len(MONTHS))
    chosen = sorted(set(filters(world)))
    for period in PERIODS:
        cube = ask(world, basis, period)
        for rows in chosen:
            cells = [((row,), cube.cell(measure, row)) for row in rows]
            for inside, cell in [*cells, (rows, cube.total(measure, rows))]:
                if not isinstance(cell, Hidden):
                    assert not 0 < cell < SMALLEST
                    observer.learn(vector_of(world, set(inside), period))
    place = MEASURES.index(measure)
    for rows, period in product(chosen, PERIODS):
        value = sum(world.facts[basis][row][m][place] for row in rows for m in months_in(period))
        if 0 < value < SMALLEST:
            assert not observer.knows(vector_of(world, set(rows), period))


def test_months_of_no_period_hide_what_any_of_their_parts_hides():
    world = World(1)
    question = ask(world, "then", "2026").question
    cube = Cube(
        replace(question, period=Period(first=date(2026, 2, 1), last=date(2026, 5, 31))),
        world.figures,
        day=DAY,
    )
    assert cube.period is None
    assert cube.covering == ("2026-02", "2026-03", "2026-04", "2026-05")
    part = ask(world, "then", "2026-02")
    for row in range(len(world.keys)):
        assert part.pools("enrolled").is_single(row) or not cube.pools("enrolled").is_single(row)


def test_today_hides_whatever_the_past_hides():
    world = World(2)
    for period in PERIODS:
        then, now = ask(world, "then", period), ask(world, "now", period)
        for row in range(len(world.keys)):
            assert then.pools("completed").is_single(row) or not now.pools("completed").is_single(row)
    assert {Basis.THEN, Basis.NOW} == set(Basis)
    assert EVER in PERIODS


def test_days_are_covered_by_as_few_periods_as_can_be():
    assert cover(date(2025, 10, 1), date(2027, 2, 28)) == ("2025-Q4", "2026", "2027-01", "2027-02")


@pytest.mark.parametrize(
    ("values", "owners", "is_closed"),
    [
        ((30, 20), (0, 1), False),
        ((3, 20, 9), (0, 1, 0), False),  # the nearest in the order given
        ((4, 4, 40), (0, 0, 0), False),  # 4 and 4 make 8 in no other way
        ((2, 3, 40), (0, 0, 2), False),
        ((1, 5, 40), (0, 0, 0), False),  # 1 and 5 make 6 in no other way
        ((3,), (0,), True),
        ((3, 0), (0, 1), True),
    ],
)
def test_small_rows_are_pooled_until_their_sum_tells_none(values, owners, is_closed):
    order = sorted(range(len(values)), key=lambda row: values[row])
    pools = coarsen(Pools.apart(len(values)), [Sibling(values, values)], ["health"] * len(values), order)
    assert pools.owners == owners
    assert bool(pools.closed) == is_closed

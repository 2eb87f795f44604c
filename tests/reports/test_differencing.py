"""Whoever asks for every combination of filters and subtracts learns of no group of fewer than five people."""

import random
from collections import Counter
from datetime import date
from functools import lru_cache
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
SPANS = (
    ("2025-02_2026-02", "2025-08_2026-05", "2026-01_2026-11"),
    ("2025-01_2026-12", "2025-03_2026-11", "2025-08_2026-01"),
    ("2025-02_2025-08", "2025-03_2025-09", "2025-02_2026-05"),
)
"""Months that programmes name: some overlap, some begin or end with others, and one pair is a whole of years."""
PRIME = 2_147_483_647
MEASURES = ("enrolled", "completed")
NEVER = len(MONTHS)
"""The month in which those complete who do not."""


Fact = tuple[int, int, int]
"""A row, the month of enrolment and that of completion."""


class World:
    """A few institutions; who completes does so in the month in which they enrolled or in a later one."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  # a story, not a secret
        self.keys = [(UUID(int=n // 2 + 1), self.chance.choice(SECTORS)) for n in range(9)]
        self.keys = sorted(set(self.keys))
        self.places = {key[0]: self.place(key[0]) for key in self.keys}
        self.spans = SPANS[seed % len(SPANS)]
        self.periods = (*PERIODS, *self.spans)
        self.facts = {basis: [self.people() for _key in self.keys] for basis in ("then", "now")}
        self.figures = Figures(self.places, self.keys, dict(self.tables()))

    def place(self, number: UUID) -> Place:
        return Place(
            id=number, name=str(number.int), sector=None, territory=self.chance.choice("AB"), path=f"/{number.hex}/",
            search_text=str(number.int), is_member=True,
        )  # fmt: skip

    def people(self) -> Counter[tuple[int, int]]:
        """Return how many enrolled in one month and completed in another."""
        if self.chance.random() < 0.4:  # of nine only few, and none before the next year
            return Counter({(0, NEVER): 6, (0, NEVER - 2): self.chance.randint(1, 3)})
        found: Counter[tuple[int, int]] = Counter()
        for month in range(NEVER):
            for _person in range(self.chance.choice((0, 0, 0, 1, 3, 6, 9, 20, 40))):
                later = self.chance.randint(month, NEVER - 1)
                found[month, self.chance.choice((NEVER, NEVER, month, later))] += 1
        return found

    def value(self, basis, row, period, measure):
        inside = set(facts_in(period, measure))
        return sum(count for fact, count in self.facts[basis][row].items() if fact in inside)

    def tables(self):
        rows = range(len(self.keys))
        for basis, period in product(("then", "now"), self.periods):
            enrolled, completed = (
                [self.value(basis, row, period, measure) for row in rows] for measure in MEASURES
            )
            table = {name: [0] * len(self.keys) for name in COLUMNS}
            table |= dict.fromkeys(("enrolled", "started", "halfway"), enrolled)
            table |= dict.fromkeys(("completed", "certified"), completed)
            yield (basis, period), table


@lru_cache
def facts_in(period, measure):
    """Return the months of enrolment and of completion of whom a measure counts in a period."""
    first, last = bounds_of(period) or (date.min, DAY)
    days = [date.fromisoformat(f"{month}-01") for month in MONTHS]
    inside = [n for n, day in enumerate(days) if first <= day <= last]
    over = [n for n, day in enumerate(days) if day <= last] if measure == "completed" else range(NEVER + 1)
    return [(month, later) for month in inside for later in over if later >= month]


PERIODS = sorted({name for month in MONTHS for name in periods_of(date.fromisoformat(f"{month}-01"))})
PERIODS += ["2025-Q2", "2025-Q4", "2026-Q3"]
PERIODS += [f"{year}-{n:02}" for year in (2025, 2026) for n in range(1, 13)]
PERIODS = list(dict.fromkeys(PERIODS))


def ask(world, basis, period):
    first, last = bounds_of(period) or (date.min, DAY)
    question = Question(
        programme_id=UUID(int=0),
        period=Period(first=first, last=last, name=period),
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
    """Solves what was shown: a system of linear equations over the people of each row, by the months of their facts."""

    def __init__(self) -> None:
        self.known: dict[Fact, dict[Fact, int]] = {}

    def reduced(self, vector: dict[Fact, int]) -> dict[Fact, int]:
        vector = dict(vector)
        while lead := next((fact for fact in vector if fact in self.known), None):
            factor = vector[lead]
            for fact, value in self.known[lead].items():
                vector[fact] = (vector.get(fact, 0) - factor * value) % PRIME
            vector = {fact: value for fact, value in vector.items() if value}
        return vector

    def learn(self, vector: dict[Fact, int]) -> None:
        vector = self.reduced(vector)
        if vector:
            lead = min(vector)
            inverse = pow(vector[lead], -1, PRIME)
            known = {fact: value * inverse % PRIME for fact, value in vector.items()}
            for other, values in self.known.items():
                if factor := values.get(lead):
                    mixed = Counter(values)
                    mixed.subtract({fact: factor * value for fact, value in known.items()})
                    self.known[other] = {
                        fact: value % PRIME for fact, value in mixed.items() if value % PRIME
                    }
            self.known[lead] = known

    def knows(self, vector: dict[Fact, int]) -> bool:
        return not self.reduced(vector)


def vector_of(rows, period, measure):
    return {(row, *fact): 1 for row in rows for fact in facts_in(period, measure)}


def pools_of(cube, measure):
    """Return the rows of each pool that is open: every figure that is shown is a sum of such pools."""
    pools, found = cube.pools(measure), {}
    for row, owner in enumerate(pools.owners):
        if row not in pools.closed:
            found.setdefault(owner, []).append(row)
    return found.values()


@pytest.mark.parametrize(("seed", "basis", "measure"), list(product(range(6), ("then", "now"), MEASURES)))
def test_no_combination_of_filters_and_periods_tells_of_fewer_than_five(seed, basis, measure):
    world, observer = World(seed), Observer()
    for period in world.periods:
        for rows in pools_of(ask(world, basis, period), measure):
            assert not 0 < sum(world.value(basis, row, period, measure) for row in rows) < SMALLEST
            observer.learn(vector_of(rows, period, measure))
    for rows, period in product(sorted(set(filters(world))), world.periods):
        value = sum(world.value(basis, row, period, measure) for row in rows)
        if 0 < value < SMALLEST:
            assert not observer.knows(vector_of(rows, period, measure))


@pytest.mark.parametrize(("seed", "basis", "measure"), list(product(range(3), ("then", "now"), MEASURES)))
def test_a_figure_is_shown_where_it_cuts_no_pool(seed, basis, measure):
    world = World(seed)
    for period in world.periods:
        cube = ask(world, basis, period)
        whole = [set(rows) for rows in pools_of(cube, measure)]
        for rows in set(filters(world)):
            parts = [pool for pool in whole if not pool.isdisjoint(rows)]
            is_whole = set(rows) == set().union(*parts)
            total = cube.total(measure, rows)
            assert isinstance(total, Hidden) != is_whole
            assert not is_whole or total == sum(world.value(basis, row, period, measure) for row in rows)
            for row in rows:
                assert isinstance(cube.cell(measure, row), Hidden) != ({row} in whole)


def test_a_span_hides_what_any_of_its_parts_hides_and_never_says_of_whom_there_are_few():
    world = World(1)
    for span in world.spans:
        cube = ask(world, "then", span)
        for part, row in product(cover(*bounds_of(span)), range(len(world.keys))):
            is_shown = ask(world, "then", part).pools("completed").is_single(row)
            assert is_shown or cube.cell("completed", row) is Hidden.PROTECTS


def test_today_hides_whatever_the_past_hides():
    world = World(2)
    for period in world.periods:
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

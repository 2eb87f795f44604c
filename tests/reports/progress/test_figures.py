"""What the platform counts for indicators that ask different members tells nothing by subtraction."""

from itertools import combinations, product
from types import SimpleNamespace
from uuid import UUID

import pytest

from lms.core.small_cells import Hidden
from lms.reports.progress.figures import _protect
from lms.reports.progress.rules import Joining

INDICATOR = SimpleNamespace(indicator=SimpleNamespace(id=UUID(int=9), joining=Joining.SUM))


@pytest.mark.parametrize("counts", [(12, 3, 9), (7, 2, 0), (20, 4, 4), (6, 1, 30)])
def test_no_two_indicators_tell_a_member_that_each_hides(counts):
    counted = {UUID(int=n): count for n, count in enumerate(counts)}
    members = [SimpleNamespace(institution_id=each, answers={UUID(int=9): None}) for each in counted]
    told = []
    for size in (1, 2, 3):
        for asked in combinations(range(3), size):
            values, total = _protect(INDICATOR, [members[n] for n in asked], counted)
            told += [({n}, values[UUID(int=n)]) for n in asked] + [(set(asked), total)]
    shown = [(inside, value) for inside, value in told if not isinstance(value, Hidden)]
    possible = [
        guess
        for guess in product(range(40), repeat=3)
        if all(sum(guess[n] for n in inside) == value for inside, value in shown)
    ]
    assert counts in possible
    assert all(len({guess[n] for guess in possible}) > 1 for n in range(3) if 0 < counts[n] < 5)

"""The analysis of items against an independent library of statistics, and at its edges."""

import math
import random
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from lms.assessments.analysis.rules import Advice, Row, figures_of, quiz_figures
from lms.core.estimates import correlation, mean_of, proportion, student_quantile

ITEMS = [f"p{number}" for number in range(8)]
KEYS = {"a": True, "b": False, "c": False}


def rows_of(scores):
    """Return a row per person: who scores chose the right option, the others spread over the wrong ones."""
    return [
        Row(
            scores=dict(zip(ITEMS, person, strict=True)),
            chosen={
                item: ("a",) if score else ("bc"[(number + index) % 2],)
                for index, (item, score) in enumerate(zip(ITEMS, person, strict=True))
            },
        )
        for number, person in enumerate(scores)
    ]


@pytest.fixture(scope="module")
def scores():
    """Return what 120 people of different ability earned in eight questions of different difficulty."""
    chance = random.Random(20261122)  # noqa: S311 - people invented for a test
    people = [chance.gauss(0, 1) for _ in range(120)]
    return [[int(ability + chance.gauss(0, 1) > level / 4 - 1) for level in range(8)] for ability in people]


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_of_a_share_is_wilsons(counts):
    right, n = counts
    ours = proportion(right / n, n)
    theirs = stats.binomtest(right, n).proportion_ci(method="wilson")
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=4, max_size=60))
def test_a_correlation_and_its_interval(pairs):
    first, second = zip(*pairs, strict=True)
    ours = correlation(first, second)
    if len(set(first)) == 1 or len(set(second)) == 1:
        assert ours is None
        return
    theirs = stats.pearsonr(first, second)
    assert ours.value == pytest.approx(theirs.statistic, abs=1e-9)
    if abs(ours.value) < 1 - 1e-9:
        interval = theirs.confidence_interval()
        assert (ours.low, ours.high) == pytest.approx((interval.low, interval.high), abs=1e-6)


@pytest.mark.parametrize("freedom", [4, 9, 19, 59, 500])
def test_the_quantile_of_student(freedom):
    assert student_quantile(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), abs=2e-3)


@given(st.lists(st.floats(-5, 5), min_size=12, max_size=80))
def test_a_mean_and_its_interval(values):
    ours, error = mean_of(values), stats.sem(values)
    assert ours.value == pytest.approx(fmean(values))
    expected = stats.t.ppf(0.975, len(values) - 1) * error
    assert ours.high - ours.value == pytest.approx(expected, rel=1e-3, abs=1e-9)


def test_facility_link_and_discrimination(scores):
    table, rows = np.array(scores), rows_of(scores)
    for index, item in enumerate(ITEMS):
        found = figures_of(item, rows, KEYS)
        rest = np.delete(table, index, axis=1).mean(axis=1)
        assert found.facility.value == pytest.approx(table[:, index].mean())
        assert found.link.value == pytest.approx(stats.pointbiserialr(table[:, index], rest).statistic)
        size, order = round(0.27 * 120), np.argsort(-rest, kind="stable")
        upper, lower = table[order[:size], index].mean(), table[order[-size:], index].mean()
        assert found.discrimination == pytest.approx(upper - lower)
        assert sum(option.count for option in found.options) == 120


def test_alpha_and_the_error_of_measurement(scores):
    table = np.array(scores, dtype=float)
    k, total = table.shape[1], table.sum(axis=1)
    alpha = k / (k - 1) * (1 - table.var(axis=0, ddof=1).sum() / total.var(ddof=1))
    found = quiz_figures(rows_of(scores), ITEMS)
    assert found.alpha.value == pytest.approx(alpha)
    assert found.alpha.low < alpha < found.alpha.high
    assert found.error == pytest.approx(total.std(ddof=1) * math.sqrt(1 - alpha))
    assert (found.n, found.mean) == (120, pytest.approx(total.mean()))


def test_what_to_do_with_a_question(scores):
    rows = rows_of(scores)
    assert figures_of("p3", rows[:9], KEYS).advice is Advice.FEW
    assert figures_of("p3", rows, KEYS).advice is Advice.KEEP
    turned = [Row(scores={**row.scores, "p3": 1 - row.scores["p3"]}, chosen=row.chosen) for row in rows]
    assert figures_of("p3", turned, {"a": False, "b": True, "c": True}).advice is Advice.KEY
    # Most of the best are right: a negative relation and a stray or two do not put the key in doubt.
    order = sorted(rows, key=lambda row: sum(row.scores.values()) - row.scores["p3"], reverse=True)
    strays = [
        Row(
            scores={**row.scores, "p3": float(place > 7)},
            chosen={**row.chosen, "p3": ("a" if place > 7 else "b",)},
        )
        for place, row in enumerate(order)
    ]
    found = figures_of("p3", strays, KEYS)
    assert found.link.value < 0
    assert any(option.misleads for option in found.options)
    assert found.advice is not Advice.KEY
    easy = [Row(scores={**row.scores, "p3": 1.0}, chosen={**row.chosen, "p3": ("a",)}) for row in rows]
    assert figures_of("p3", easy, KEYS).advice is Advice.EASY
    assert figures_of("p3", rows, {**KEYS, "d": False}).advice is Advice.IDLE


@given(st.lists(st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=8, max_size=8), max_size=30))
def test_figures_stay_within_their_bounds(scores):
    rows = rows_of(scores)
    for item in ITEMS:
        found = figures_of(item, rows, KEYS)
        assert 0 <= found.facility.low <= found.facility.high <= 1
        assert found.link is None or -1 <= found.link.low <= found.link.high <= 1
        assert found.discrimination is None or -1 <= found.discrimination <= 1
        assert all(0 <= option.share <= 1 for option in found.options)
    whole = quiz_figures(rows, ITEMS)
    assert whole.alpha is None or whole.alpha.low <= whole.alpha.value <= whole.alpha.high <= 1

"""The figures of change, against hand-made cases and against scipy."""

import random

import numpy as np
import pytest
from scipy import special, stats

from lms.assessments.gain.rules import (
    Case,
    Pair,
    Score,
    attrition_of,
    difference_of_forms,
    effect_of,
    gain_of,
    gain_of_means,
    hedges,
    orders_of,
    pairs_of,
)


def _pairs(n: int, seed: int = 4, *, easier: float = 0.0, forms: bool = False) -> list[Pair]:
    """Return pairs of n people who gain 0.2; ``easier`` is what the first form gives away."""
    dice, found = random.Random(seed), []  # noqa: S311 - the same people in every run
    for number in range(n):
        level, order = dice.gauss(0.5, 0.12), (number % 2, 1 - number % 2) if forms else (0, 0)
        extra = [easier if forms and form == 0 else 0.0 for form in order]
        before = level + dice.gauss(0, 0.05) + extra[0]
        after = level + 0.2 + dice.gauss(0, 0.07) + extra[1]
        found.append(Pair(before=before, after=after, order=order))
    return found


def _columns(pairs: list[Pair]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([pair.before for pair in pairs]), np.array([pair.after for pair in pairs])


def test_people_are_counted_at_each_step_and_only_linked_results_are_compared() -> None:
    low, high = Score(share=0.4), Score(share=0.9, form=1)
    cases = [
        Case(initial=low, final=high, later=high), Case(initial=low), Case(final=high), Case(),
    ]  # fmt: skip
    found = attrition_of(cases)
    assert (found.enrolled, found.initial, found.both, found.followed) == (4, 2, 1, 1)
    assert pairs_of(cases) == [Pair(before=0.4, after=0.9, order=(0, 1), later=0.9)]


def test_the_third_point_is_of_those_who_answered_all_three_at_every_point() -> None:
    pairs = [
        Pair(before=0.2, after=0.8, later=0.7), Pair(before=0.4, after=0.8, later=0.8),
        Pair(before=0.9, after=1.0),
    ]  # fmt: skip
    gain = gain_of(pairs)
    assert gain
    assert gain.later
    assert (gain.n, gain.later.n) == (3, 2)
    assert [round(each.value, 3) for each in (gain.later.before, gain.later.after, gain.later.value)] == [
        0.3, 0.8, 0.75,
    ]  # fmt: skip
    assert gain.later.since_end.value == pytest.approx(-0.05)
    assert gain.later.since_start.value == pytest.approx(0.45)
    assert not gain.later.is_sure


def test_both_gains_follow_their_definitions_and_differ() -> None:
    gain = gain_of([Pair(before=0.0, after=0.5), Pair(before=0.8, after=1.0), Pair(before=1.0, after=1.0)])
    assert gain
    assert gain.of_people
    assert gain.of_people.value == pytest.approx((0.5 + 1.0) / 2)
    assert (gain.of_people.n, gain.at_top) == (2, 1)
    assert gain.of_means
    assert gain.of_means.value == pytest.approx((0.7 / 3) / (1.2 / 3))


@pytest.mark.parametrize("n", [10, 22, 200])
def test_the_difference_has_the_interval_of_the_paired_t_test(n: int) -> None:
    pairs = _pairs(n)
    before, after = _columns(pairs)
    expected = stats.ttest_rel(after, before).confidence_interval(0.95)
    gain = gain_of(pairs)
    assert gain
    assert (gain.difference.low, gain.difference.high) == pytest.approx(
        (expected.low, expected.high), abs=1e-4
    )
    assert gain.difference.value == pytest.approx(float(np.mean(after - before)))


def test_the_correction_for_few_people_is_that_of_the_exact_gamma_form() -> None:
    for freedom in (9, 21, 100):
        exact = np.exp(
            special.gammaln(freedom / 2) - special.gammaln((freedom - 1) / 2) - 0.5 * np.log(freedom / 2)
        )
        assert hedges(freedom) == pytest.approx(float(exact), abs=5e-4)


def test_both_effect_sizes_and_their_interval_agree_with_scipy() -> None:
    pairs = _pairs(150, seed=9)
    before, after = _columns(pairs)
    effect = effect_of(pairs)
    assert effect
    assert effect.change == pytest.approx(
        hedges(149) * stats.ttest_rel(after, before).statistic / np.sqrt(150)
    )

    def average(first: np.ndarray, last: np.ndarray, axis: int = -1) -> np.ndarray:
        spread = np.sqrt((np.var(first, ddof=1, axis=axis) + np.var(last, ddof=1, axis=axis)) / 2)
        return (np.mean(last, axis=axis) - np.mean(first, axis=axis)) / spread

    assert effect.average.value == pytest.approx(hedges(149) * float(average(before, after)))
    again = stats.bootstrap((before, after), average, paired=True, rng=1, n_resamples=2000)
    expected = again.confidence_interval
    width = effect.average.high - effect.average.low
    assert width == pytest.approx(expected.high - expected.low, rel=0.15)


def test_the_gain_of_the_means_has_the_interval_that_resampling_finds() -> None:
    pairs = _pairs(150, seed=3)

    def gain(first: np.ndarray, last: np.ndarray, axis: int = -1) -> np.ndarray:
        return (last.mean(axis) - first.mean(axis)) / (1 - first.mean(axis))

    expected = stats.bootstrap(_columns(pairs), gain, paired=True, rng=1, n_resamples=2000)
    found = gain_of_means(pairs)
    assert found
    assert found.low == pytest.approx(expected.confidence_interval.low, abs=0.01)
    assert found.high == pytest.approx(expected.confidence_interval.high, abs=0.01)


def test_an_easier_form_is_seen_and_does_not_pass_for_learning() -> None:
    pairs = _pairs(120, easier=0.1, forms=True)
    found, orders = difference_of_forms(pairs), orders_of(pairs)
    assert [order.forms for order in orders] == [(0, 1), (1, 0)]
    assert orders[0].change == pytest.approx(0.1, abs=0.05)
    assert orders[1].change == pytest.approx(0.3, abs=0.05)
    assert found
    one, two = ([pair.change for pair in pairs if pair.order == order.forms] for order in orders)
    expected = stats.ttest_ind(two, one, equal_var=False).confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx((expected.low / 2, expected.high / 2), abs=2e-4)
    assert found.low <= 0.1 <= found.high


def test_nothing_is_said_where_nothing_can_be() -> None:
    assert gain_of([]) is None
    assert gain_of([Pair(before=0.5, after=0.6)]) is None
    flat = [Pair(before=1.0, after=1.0)] * 12
    gain = gain_of(flat)
    assert gain
    assert (gain.effect, gain.of_means, gain.of_people) == (None, None, None)
    assert difference_of_forms(_pairs(20)) is None
    few = gain_of(_pairs(9))
    assert few
    assert not few.is_sure

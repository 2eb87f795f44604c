"""The funnel never tells of fewer than five people, not even by subtraction."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lms.core.small_cells import SMALLEST, Hidden
from lms.reports.overview import steps


def test_a_step_that_three_did_not_take_is_protected_and_the_next_loss_skips_it():
    stations = steps([200, 197, 164, 92, 92])
    assert stations[1].value is Hidden.PROTECTS
    assert stations[2].loss == 36


def test_a_step_hidden_by_its_table_is_hidden_in_the_funnel():
    stations = steps([200, Hidden.PROTECTS, 164, 92, 92])
    assert [station.loss for station in stations] == [0, 0, 36, 72, 0]


def test_nobody_enrolled_has_an_empty_funnel():
    assert [station.value for station in steps([0] * 5)] == [0, 0, 0, 0, 0]


@given(st.lists(st.integers(0, 60), min_size=5, max_size=5))
def test_no_two_shown_steps_differ_by_one_to_four(values):
    shown = [station.value for station in steps(sorted(values, reverse=True))]
    known = [value for value in shown if not isinstance(value, Hidden)]
    losses = [before - after for before, after in pairwise(known)]
    assert all(loss == 0 or loss >= SMALLEST for loss in losses)

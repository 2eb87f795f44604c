"""Which figures may be shown, and how the criterion stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessments.simulations.rules import SMALLEST, judge_simulations, shown_counts
from lms.plugins.criteria import State


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([], ()),
        ([0, 0], (None, None)),
        ([4, 0], (None, None)),
        ([5, 6], (5, 6)),
        ([20, 3], (None, None)),
        ([20, 3, 3], (20, None, None)),
        ([20, 9, 3], (20, None, None)),
        ([20, 0, 9], (20, None, None)),
        ([20, 1, 1, 9], (20, None, None, None)),
    ],
)
def test_small_counts_are_hidden_and_what_would_tell_them(counts, shown):
    assert shown_counts(counts) == shown


@given(st.lists(st.integers(0, 40), max_size=6))
def test_no_hidden_count_follows_from_the_sum(counts):
    shown = shown_counts(counts)
    hidden = [count for count, seen in zip(counts, shown, strict=True) if seen is None]
    assert all(
        seen is None or (seen == count and seen >= SMALLEST)
        for count, seen in zip(counts, shown, strict=True)
    )
    assert len(hidden) != 1 or len(counts) == 1
    assert not hidden or len(hidden) == len(counts) or sum(hidden) >= SMALLEST


@pytest.mark.parametrize(
    ("done", "total", "is_over", "state"),
    [
        (0, 0, False, State.MET),
        (1, 2, False, State.NOT_YET),
        (2, 2, True, State.MET),
        (1, 2, True, State.CANNOT),
    ],
)
def test_the_criterion(done, total, is_over, state):
    assert judge_simulations(done=done, total=total, is_over=is_over) is state

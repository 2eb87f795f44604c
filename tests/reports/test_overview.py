"""The funnel never tells of fewer than five people, not even by subtraction."""

from dataclasses import replace
from itertools import pairwise
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from lms.core.small_cells import SMALLEST, Hidden
from lms.reports.overview import STATIONS, funnel_of
from lms.reports.queries.completion import Group

EMPTY = Group(
    institution_id=uuid4(), path="/a/", sector="health", enrolled=0, started=0, halfway=0, completed=0,
    completed_before=0, certified=0,
)  # fmt: skip


def group(*values):
    return replace(EMPTY, **dict(zip(STATIONS, values, strict=True)))


def test_the_steps_add_up_over_institutions():
    stations = funnel_of([group(40, 30, 20, 10, 10), group(20, 20, 10, 5, 5)])
    assert [station.value for station in stations] == [60, 50, 30, 15, 15]
    assert [station.loss for station in stations] == [0, 10, 20, 15, 0]


def test_a_step_that_three_did_not_take_is_protected_and_the_next_loss_skips_it():
    stations = funnel_of([group(200, 197, 164, 92, 92)])
    assert stations[1].value is Hidden.PROTECTS
    assert stations[2].loss == 36


def test_nobody_enrolled_has_an_empty_funnel():
    assert [station.value for station in funnel_of([])] == [0, 0, 0, 0, 0]


@given(st.lists(st.integers(0, 60), min_size=5, max_size=5))
def test_no_two_shown_steps_differ_by_one_to_four(values):
    shown = [station.value for station in funnel_of([group(*sorted(values, reverse=True))])]
    known = [value for value in shown if not isinstance(value, Hidden)]
    steps = [before - after for before, after in pairwise(known)]
    assert all(step == 0 or step >= SMALLEST for step in steps)

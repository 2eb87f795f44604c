"""Decisions about learning, as tables."""

from datetime import date
from uuid import uuid4

import pytest

from lms.learning.errors import CapacityTooSmall, CohortFull, DatesCrossed
from lms.learning.rules import (
    Route,
    RouteModule,
    RouteUnit,
    check_capacity,
    check_dates,
    check_place,
    is_open,
    judge,
    judge_units,
    modules_done,
    next_number,
)
from lms.plugins.criteria import State, Verdict

MET, NOT_YET, CANNOT = State.MET, State.NOT_YET, State.CANNOT


def verdict(state):
    return Verdict(criterion="c", state=state, title="", detail="")


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([], NOT_YET),
        ([None], NOT_YET),
        ([MET], MET),
        ([MET, None, MET], MET),
        ([MET, NOT_YET], NOT_YET),
        ([NOT_YET, CANNOT, MET], CANNOT),
        ([CANNOT], CANNOT),
    ],
)
def test_cannot_beats_not_yet_beats_met_and_nothing_is_never_met(states, expected):
    assert judge(state and verdict(state) for state in states).state is expected


def test_a_criterion_that_does_not_apply_is_not_shown():
    assert len(judge([None, verdict(MET)]).verdicts) == 1


@pytest.mark.parametrize(
    ("finished", "total", "is_over", "expected"),
    [
        (0, 0, False, MET),
        (2, 2, True, MET),
        (1, 2, False, NOT_YET),
        (1, 2, True, CANNOT),
    ],
)
def test_lessons_are_met_missing_or_out_of_time(finished, total, is_over, expected):
    assert judge_units(finished=finished, total=total, is_over=is_over) is expected


def route(*finished):
    """Return a route with one module per string; a letter is a unit, a capital one is finished."""
    modules = []
    for number, letters in enumerate(finished, start=1):
        units = tuple(
            RouteUnit(
                id=uuid4(),
                is_quiz=letter in "qQ",
                module_slug=f"m{number}",
                slug=letter.lower(),
                title=letter,
                minutes=5,
                is_finished=letter.isupper(),
            )
            for letter in letters
        )
        modules.append(
            RouteModule(
                id=uuid4(),
                position=number,
                slug=f"m{number}",
                title="",
                objective="",
                hours=1,
                units=units,
            )
        )
    return Route(modules=tuple(modules))


def test_a_route_counts_stations_and_knows_how_far_each_has_come():
    own = route("AB", "Cdq", "e", "")
    assert [module.is_finished for module in own.modules] == [True, False, False, False]
    assert [module.percent for module in own.modules] == [100, 33, 0, 0]
    assert own.modules_done == 1
    assert own.modules[1].lessons == 2
    assert not own.is_finished


def test_a_finished_route_is_finished_and_an_empty_one_is_not():
    assert route("AB", "C").is_finished
    assert not Route(modules=()).is_finished


@pytest.mark.parametrize(
    ("letters", "last", "expected"),
    [
        (("ab", "c"), None, "a"),
        (("Ab", "c"), None, "b"),
        (("ab", "c"), 1, "b"),
        (("aB", "c"), 1, "c"),
        (("aB", "C"), 1, "a"),
        (("AB", "C"), 1, None),
    ],
)
def test_a_person_goes_on_where_they_left_and_never_into_something_finished(letters, last, expected):
    own = route(*letters)
    last_id = None if last is None else own.units[last].id
    step = own.resume(last_id)
    assert (step and step.slug) == expected


def test_neighbours_cross_modules_and_end():
    own = route("ab", "c")
    first, second, third = own.units
    assert own.neighbours(first) == (None, second)
    assert own.neighbours(second) == (first, third)
    assert own.neighbours(third) == (second, None)
    assert own.module_of(third) is own.modules[1]


def test_modules_are_done_when_every_unit_is():
    assert modules_done({"a": 2, "b": 1, "c": 0}, {"a": 2, "c": 0}) == 1
    assert modules_done({"a": 2}, {"a": 1}) == 0


@pytest.mark.parametrize(("day", "expected"), [(9, False), (10, True), (15, True), (20, True), (21, False)])
def test_a_cohort_is_open_on_its_first_and_last_day(day, expected):
    first, last = date(2026, 11, 10), date(2026, 11, 20)
    assert is_open(first, last, date(2026, 11, day)) is expected


def test_a_cohort_does_not_end_before_it_starts():
    check_dates(date(2026, 1, 1), date(2026, 1, 1))
    with pytest.raises(DatesCrossed):
        check_dates(date(2026, 1, 2), date(2026, 1, 1))


def test_places_and_capacity():
    check_place(2, 1)
    with pytest.raises(CohortFull):
        check_place(2, 2)
    check_capacity(2, 2)
    with pytest.raises(CapacityTooSmall):
        check_capacity(1, 2)


def test_numbers_go_on_after_the_highest():
    assert next_number([]) == 1
    assert next_number([1, 3]) == 4

"""How long agreements last, which warnings are due, and which figures are told."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.small_cells import Hidden
from lms.institutions.agreements.rules import (
    Figure,
    Standing,
    end_of,
    ends_early,
    holds_through,
    protect,
    standing_of,
    warning_due,
)

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("starts_on", "months", "ends_on"),
    [
        (date(2026, 3, 15), 24, date(2028, 3, 14)),
        (date(2026, 1, 1), 12, date(2026, 12, 31)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 28)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2026, 12, 1), 1, date(2026, 12, 31)),
    ],
)
def test_a_term_of_months_ends_by_the_calendar_rule(starts_on, months, ends_on):
    assert end_of(starts_on, months) == ends_on


@given(DAYS, st.integers(1, 120), st.integers(1, 120))
def test_more_months_never_end_earlier_and_a_later_start_neither(starts_on, months, more):
    assert end_of(starts_on, months) < end_of(starts_on, months + more)
    assert end_of(starts_on, months) <= end_of(starts_on + timedelta(days=1), months)
    lasts = (end_of(starts_on, months) - starts_on).days + 1
    assert 28 * months <= lasts <= 31 * months


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2026, 3, 14), Standing.UPCOMING),
        (date(2026, 3, 15), Standing.IN_FORCE),
        (date(2027, 12, 14), Standing.IN_FORCE),
        (date(2027, 12, 15), Standing.EXPIRING),
        (date(2028, 3, 14), Standing.EXPIRING),
        (date(2028, 3, 15), Standing.EXPIRED),
    ],
)
def test_an_agreement_stands_by_its_first_and_last_day(day, standing):
    assert standing_of(date(2026, 3, 15), date(2028, 3, 14), day) is standing


def test_without_first_day_it_is_a_draft_and_without_last_day_it_lasts():
    assert standing_of(None, None, date(2026, 1, 1)) is Standing.DRAFT
    assert standing_of(date(2020, 1, 1), None, date(2090, 1, 1)) is Standing.IN_FORCE
    assert standing_of(date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1), was_ended=True) is Standing.ENDED


@pytest.mark.parametrize(
    ("left", "days"), [(91, None), (90, 90), (31, 90), (30, 30), (8, 30), (7, 7), (0, 7), (-1, None)]
)
def test_the_narrowest_warning_whose_time_has_come_is_due(left, days):
    assert warning_due(left) == days


def test_a_day_lies_within_one_span_or_in_none():
    spans = [(date(2026, 1, 1), date(2026, 6, 30)), (date(2027, 1, 1), None)]
    held = [holds_through(spans, day) for day in (date(2026, 6, 30), date(2026, 7, 1), date(2030, 1, 1))]
    assert held == [True, False, True]


def test_an_early_end_lies_between_the_first_day_and_the_eve_of_the_last():
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    assert ends_early(first, last, first)
    assert ends_early(first, None, date(2040, 1, 1))
    assert not ends_early(first, last, last)
    assert not ends_early(first, last, date(2025, 12, 31))
    assert not ends_early(first, last, None)


def figure(party="", sector=""):
    return Figure(party=party, sector=sector)


def test_small_groups_are_not_told_and_no_total_tells_them():
    told = protect({figure(): 12, figure(sector="health"): 9, figure(sector="justice"): 3})
    assert told[figure(sector="justice")] is Hidden.SMALL
    assert told[figure(sector="health")] == 9
    assert told[figure()] is Hidden.PROTECTS


def test_a_total_hides_when_what_its_parts_leave_is_small():
    assert protect({figure(): 12, figure(sector="health"): 9})[figure()] is Hidden.PROTECTS
    assert protect({figure(): 19, figure(sector="health"): 9})[figure()] == 19
    assert protect({figure(): 0, figure(sector="health"): 0}) == {figure(): 0, figure(sector="health"): 0}


@given(
    st.dictionaries(st.sampled_from(["health", "justice", "labour"]), st.integers(0, 12), min_size=1),
    st.integers(0, 12),
)
def test_nobody_solves_for_a_group_of_fewer_than_five(parts, rest):
    figures = {figure(sector=sector): number for sector, number in parts.items()}
    figures[figure()] = sum(parts.values()) + rest
    told = protect(figures)
    assert all(not 0 < number < 5 for number in told.values() if not isinstance(number, Hidden))
    if not isinstance(told[figure()], Hidden):
        unknown = [parts[each.sector] for each in told if each.sector and isinstance(told[each], Hidden)]
        left = unknown + ([rest] if rest else [])
        assert not (len(left) == 1 and 0 < left[0] < 5)

"""What one person adds to the figures, by table and by property."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.reports.tallies.rules import (
    EVER,
    NOTHING,
    Key,
    Place,
    Study,
    Sums,
    bounds_of,
    count,
    period_named,
    periods_of,
)

HERE, THERE = Place(UUID(int=1), "health"), Place(UUID(int=2), "")


def study(number, enrolled, completed=None, *, then=HERE, now=HERE, **more):
    at = datetime.combine(enrolled, datetime.min.time(), UTC)
    return Study(
        enrolment_id=UUID(int=number), then=then, now=now, enrolled_at=at, enrolled_on=enrolled,
        is_started=more.get("is_started", False), is_halfway=False, completed_on=completed,
        is_certified=more.get("is_certified", False), minutes=2400,
    )  # fmt: skip


STUDIES = st.lists(
    st.builds(
        lambda number, day, later, then, now: study(
            number, day, date.fromordinal(day.toordinal() + later) if later else None, then=then, now=now
        ),
        st.integers(1, 10**6),
        st.dates(date(2024, 1, 1), date(2026, 12, 31)),
        st.integers(0, 200),
        st.sampled_from((HERE, THERE)),
        st.sampled_from((HERE, THERE)),
    ),
    max_size=4,
    unique_by=lambda each: each.enrolment_id,
)


@pytest.mark.parametrize(
    ("period", "bounds"),
    [
        ("2026", (date(2026, 1, 1), date(2026, 12, 31))),
        ("2026-Q4", (date(2026, 10, 1), date(2026, 12, 31))),
        ("2024-02", (date(2024, 2, 1), date(2024, 2, 29))),
        (EVER, None),
        ("2026-Q5", None),
        ("2026-13", None),
        ("0000", None),
        ("abcd", None),
        ("2026-", None),
        ("２０２６", None),
        ("9999-12", None),
        ("2026-01_9999-12", None),
        ("2026-01_2026-02_2026-03", None),
    ],
)
def test_periods_by_name(period, bounds):
    assert bounds_of(period) == bounds
    if bounds:
        assert period_named(*bounds, until=bounds[1]) == period


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (date(2026, 1, 1), date(2026, 5, 31), None),
        (date(2026, 1, 2), date(2026, 12, 31), None),
        (date(2026, 1, 1), date(2026, 11, 22), "2026"),
        (date(2026, 10, 1), date(2026, 11, 22), "2026-Q4"),
        (date(2026, 10, 1), date(2026, 11, 21), None),
        (date(2026, 11, 1), date(2026, 11, 30), "2026-11"),
        (date.min, date(2026, 11, 22), EVER),
        (date.min, date(2026, 11, 1), None),
    ],
)
def test_days_that_are_a_period(first, last, name):
    assert period_named(first, last, until=date(2026, 11, 22)) == name


def test_a_completion_after_the_period_does_not_count_in_it():
    counted = count([study(1, date(2026, 9, 20), date(2026, 10, 5), is_certified=True)])
    assert counted[Key("then", "2026-Q3", "", *HERE)].completed == 0
    assert counted[Key("then", "2026", "", *HERE)][3:] == (1, 1, 2400, 15)
    assert counted[Key("then", "2026", "2026-10", *HERE)] == NOTHING._replace(completed=1)


def test_whoever_studies_twice_counts_once_by_the_complete_course():
    counted = count([study(1, date(2026, 2, 1), date(2026, 3, 1)), study(2, date(2026, 5, 1), then=THERE)])
    assert counted[Key("then", "2026", "", *HERE)][:4] == (1, 1, 1, 1)
    assert Key("then", "2026", "", *THERE) not in counted
    assert counted[Key("then", "2026-Q2", "", *THERE)][:4] == (1, 0, 0, 0)


@given(STUDIES)
def test_each_person_counts_once_in_every_period_of_theirs_and_at_no_other(studies):
    counted = count(studies)
    expected = {period for each in studies for period in periods_of(each.enrolled_on)}
    for basis in ("then", "now"):
        rows = [key for key in counted if key.basis == basis and not key.month]
        assert sorted(key.period for key in rows) == sorted(expected)
        for key, measures in counted.items():
            assert measures.enrolled == (0 if key.month else 1)
            assert measures.certified <= measures.completed <= 1


@given(st.lists(st.tuples(STUDIES, STUDIES), max_size=3))
def test_what_is_exchanged_leads_from_one_to_the_other(people):
    pairs = [(count(before), count(after)) for before, after in people]
    sums, others = Sums(), Sums()
    for old, new in pairs:
        others.add(old)
        others.exchange(old, new)
        sums.add(new)
    assert others.taken() == sums.taken()

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.attendance.hours.rules import Claim, Policy, Reason, Source, ledger_of, measure, outlook_of
from lms.plugins.criteria import State

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR = 3600
WHOLE = Policy()


def meeting(key="a", *, at=NINE, hours=4, seconds=None, **values):
    seconds = hours * HOUR if seconds is None else seconds
    return Claim(
        source=Source.MEETING, key=key, title=f"Sesión {key}", day=at.date(), at=at, seconds=seconds,
        ends_at=at + timedelta(hours=hours), **values,
    )  # fmt: skip


def page(key="p", *, at=NINE, minutes=10):
    return Claim(source=Source.UNIT, key=key, title=key, day=at.date(), at=at, seconds=minutes * 60)


def credited(claims, policy=WHOLE, *, course_hours=40):
    return [
        (line.seconds, line.reason)
        for line in ledger_of(claims, policy, course_seconds=course_hours * HOUR).lines
    ]


@pytest.mark.parametrize(
    ("claim", "policy", "expected"),
    [
        (meeting(), WHOLE, (4 * HOUR, Reason.WHOLE)),
        (meeting(seconds=0), WHOLE, (0, Reason.NOT_THERE)),
        (meeting(seconds=2 * HOUR - 1), Policy(minimum_stay=Fraction(1, 2)), (0, Reason.SHORT_STAY)),
        (meeting(seconds=2 * HOUR), Policy(minimum_stay=Fraction(1, 2)), (2 * HOUR, Reason.WHOLE)),
        (meeting(seconds=3 * HOUR, credit=Fraction(1, 2)), WHOLE, (3 * HOUR // 2, Reason.STATE)),
        (meeting(seconds=0, is_excused=True), WHOLE, (0, Reason.NOT_THERE)),
        (meeting(seconds=0, is_excused=True), Policy(credits_excused=True), (4 * HOUR, Reason.EXCUSED)),
        (meeting(), Policy(day_seconds=3 * HOUR), (3 * HOUR, Reason.DAY_CAP)),
        (page(minutes=12), WHOLE, (720, Reason.WHOLE)),
        (page(minutes=12), Policy(credits_online=False), (0, Reason.NOT_ONLINE)),
    ],
)  # fmt: skip
def test_what_one_thing_is_worth(claim, policy, expected):
    assert credited([claim], policy) == [expected]


def test_time_studied_alone_is_capped_by_a_share_of_the_course():
    pages = [page(f"p{n}", at=NINE + timedelta(days=n), minutes=60) for n in range(3)]
    assert credited(pages, Policy(online_share=Fraction(1, 2)), course_hours=4) == [
        (HOUR, Reason.WHOLE), (HOUR, Reason.WHOLE), (0, Reason.ONLINE_CAP),
    ]  # fmt: skip


def test_a_day_takes_first_what_nobody_saw():
    claims = [page("early", at=NINE - timedelta(hours=2), minutes=120), meeting(hours=7)]
    assert credited(claims, Policy(day_seconds=8 * HOUR)) == [
        (HOUR, Reason.DAY_CAP),
        (7 * HOUR, Reason.WHOLE),
    ]


def test_two_rooms_at_one_time_count_that_time_once():
    claims = [meeting("a"), meeting("b", at=NINE + timedelta(hours=2))]
    assert credited(claims) == [(4 * HOUR, Reason.WHOLE), (2 * HOUR, Reason.SAME_TIME)]


def test_two_stays_of_the_same_hours_in_two_rooms_count_once_in_the_one_worth_more():
    two = ((NINE, NINE + timedelta(hours=2)),)
    rest = ((NINE + timedelta(hours=2), NINE + timedelta(hours=4)),)
    half = meeting("a", seconds=2 * HOUR, credit=Fraction(1, 2), stays=two)
    assert credited([half, meeting("b", seconds=2 * HOUR, stays=two)]) == [
        (0, Reason.SAME_TIME),
        (2 * HOUR, Reason.WHOLE),
    ]
    assert [seconds for seconds, _ in credited([half, meeting("b", seconds=2 * HOUR, stays=rest)])] == [
        HOUR,
        2 * HOUR,
    ]


@pytest.mark.parametrize(
    ("asked", "ahead", "expected"),
    [
        (4, 0, (State.MET, 0, 0)),
        (6, 3, (State.NOT_YET, 2 * HOUR, 3 * HOUR)),
        (6, 1, (State.CANNOT, 2 * HOUR, HOUR)),
    ],
)
def test_what_is_missing_and_whether_what_is_planned_still_reaches_it(asked, ahead, expected):
    later = [meeting("b", at=NINE + timedelta(days=1), hours=ahead)] if ahead else []
    found = outlook_of([meeting()], later, Policy(asked_seconds=asked * HOUR), course_seconds=HOUR)
    assert (found.state, found.missing, found.left) == expected


def test_what_is_ahead_counts_within_the_same_caps():
    later = [page(f"p{n}", at=NINE + timedelta(days=1), minutes=60) for n in range(5)]
    policy = Policy(asked_seconds=6 * HOUR, online_seconds=HOUR)
    assert outlook_of([meeting()], later, policy, course_seconds=40 * HOUR).reachable == 5 * HOUR


def test_one_session_after_another_shares_nothing():
    claims = [meeting("a"), meeting("b", at=NINE + timedelta(hours=4))]
    assert [reason for _seconds, reason in credited(claims)] == [Reason.WHOLE, Reason.WHOLE]


def test_minutes_are_cut_once_and_not_in_every_line():
    claims = [meeting(str(n), at=NINE + timedelta(days=n), seconds=90) for n in range(4)]
    ledger = ledger_of(claims, WHOLE, course_seconds=HOUR)
    assert (ledger.seconds(), ledger.minutes()) == (360, 6)


meetings = st.builds(
    lambda key, start, hours, part, credit, excused: meeting(
        str(key), at=NINE + timedelta(minutes=start), hours=hours, seconds=hours * HOUR * part // 100,
        credit=Fraction(credit, 4), is_excused=excused,
    ),
    st.integers(0, 30), st.integers(0, 6000), st.integers(1, 9), st.integers(0, 100), st.integers(0, 4), st.booleans(),
)  # fmt: skip
pages = st.builds(
    lambda key, start, minutes: page(f"p{key}", at=NINE + timedelta(minutes=start), minutes=minutes),
    st.integers(0, 30), st.integers(0, 6000), st.integers(1, 200),
)  # fmt: skip
policies = st.builds(
    Policy,
    minimum_stay=st.fractions(0, 1, max_denominator=8),
    credits_excused=st.booleans(),
    credits_online=st.booleans(),
    online_share=st.fractions(0, 1, max_denominator=8),
    online_seconds=st.none() | st.integers(0, 9 * HOUR),
    day_seconds=st.none() | st.integers(0, 12 * HOUR),
)


@given(st.lists(meetings | pages, max_size=14, unique_by=lambda claim: claim.key), policies, st.randoms())
def test_order_and_repetition_change_nothing_and_no_cap_is_passed(claims, policy, chance):
    course = 40 * HOUR
    ledger = ledger_of(claims, policy, course_seconds=course)
    again = [*claims, *claims]
    chance.shuffle(again)
    assert ledger_of(again, policy, course_seconds=course) == ledger
    assert ledger.seconds() == ledger.seconds(Source.MEETING) + ledger.seconds(Source.UNIT)
    assert ledger.minutes() == ledger.minutes(Source.MEETING) + ledger.minutes(Source.UNIT)
    assert ledger.seconds(Source.UNIT) <= policy.most_online(course)
    assert ledger.minutes(Source.UNIT) * 60 <= policy.most_online(course)
    assert all(0 <= line.seconds <= max(line.claim.length, line.claim.seconds) for line in ledger.lines)
    if policy.day_seconds is not None:
        days = {line.claim.day for line in ledger.lines}
        for day in days:
            assert sum(line.seconds for line in ledger.lines if line.claim.day == day) <= policy.day_seconds


@given(st.lists(meetings, max_size=10, unique_by=lambda claim: claim.key))
def test_sessions_never_count_more_time_than_went_by(claims):
    ledger = ledger_of(claims, replace(WHOLE, credits_excused=True), course_seconds=HOUR)
    assert ledger.seconds() <= measure(
        (claim.at, claim.ends_at) for claim in claims if claim.seconds or claim.is_excused
    )

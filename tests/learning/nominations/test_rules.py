"""Windows, shared quotas, who is next: tables and a property."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.learning.nominations import rules
from lms.learning.nominations.errors import (
    CallClosed,
    CallDatesCrossed,
    CallNotOpen,
    NominationSettled,
    QuotaFull,
    TooLateToChange,
)
from lms.learning.nominations.rules import NominationState, Quota, Waiting, Window

OPENS = datetime(2026, 11, 2, 14, tzinfo=UTC)
WINDOW = Window(
    opens_at=OPENS, closes_at=OPENS + timedelta(days=7), substitutes_until=OPENS + timedelta(days=20)
)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("moment", "has_reason", "has_place", "expected"),
    [
        (OPENS - SECOND, False, True, CallNotOpen),
        (OPENS - SECOND, True, True, CallNotOpen),
        (OPENS, False, True, NominationState.PROPOSED),
        (OPENS, False, False, NominationState.WAITING),
        (WINDOW.closes_at - SECOND, True, True, NominationState.PROPOSED),
        (WINDOW.closes_at, False, True, CallClosed),
        (WINDOW.closes_at, True, True, NominationState.LATE),
        (WINDOW.closes_at, True, False, NominationState.LATE),
    ],
)
def test_how_a_nomination_begins(moment, has_reason, has_place, expected):
    def asked():
        return rules.state_when_asked(WINDOW, moment, has_reason=has_reason, has_place=has_place)

    if isinstance(expected, NominationState):
        assert asked() is expected
    else:
        with pytest.raises(expected):
            asked()


@pytest.mark.parametrize(("closes", "until"), [(0, 5), (-1, 5), (3, 2)])
def test_a_call_closes_after_it_opens_and_substitutes_end_last(closes, until):
    with pytest.raises(CallDatesCrossed):
        rules.check_window(
            Window(
                opens_at=OPENS,
                closes_at=OPENS + timedelta(days=closes),
                substitutes_until=OPENS + timedelta(days=until),
            )
        )


def test_the_nearest_quota_governs():
    state, secretariat, hospital = UUID(int=1), UUID(int=2), UUID(int=3)
    path = [state, secretariat, hospital]
    assert rules.governing(path, {state, secretariat}) == secretariat
    assert rules.governing(path, {state, hospital}) == hospital
    assert rules.governing(path, set()) is None


def test_a_common_place_comes_after_the_own_ones():
    assert rules.choose_place(1, 5) is False
    assert rules.choose_place(0, 5) is True
    with pytest.raises(QuotaFull):
        rules.choose_place(0, 0)


@pytest.mark.parametrize(
    ("state", "days", "is_staff", "is_completed", "refusal"),
    [
        (NominationState.ACCEPTED, 19, False, False, None),
        (NominationState.ACCEPTED, 20, False, False, TooLateToChange),
        (NominationState.ACCEPTED, 20, True, False, None),
        (NominationState.ACCEPTED, 20, True, True, NominationSettled),
        (NominationState.WAITING, 20, False, False, None),
        (NominationState.REPLACED, 1, True, False, NominationSettled),
    ],
)
def test_until_when_a_place_is_given_back(state, days, is_staff, is_completed, refusal):
    moment = OPENS + timedelta(days=days)
    if refusal is None:
        rules.check_change(state, WINDOW, moment, is_staff=is_staff, is_completed=is_completed)
    else:
        with pytest.raises(refusal):
            rules.check_change(state, WINDOW, moment, is_staff=is_staff, is_completed=is_completed)


QUOTAS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=4)


@given(
    sizes=QUOTAS,
    asks=st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=12),
    common=st.integers(0, 3),
    capacity=st.none() | st.integers(0, 6),
)
def test_promoting_gives_no_place_twice_and_passes_over_nobody_who_had_one(sizes, asks, common, capacity):
    quotas = {
        UUID(int=at): Quota(id=UUID(int=at), places=places, released=min(released, places), taken=taken)
        for at, (places, released, taken) in enumerate(sizes)
    }
    waiting = [
        Waiting(id=UUID(int=100 + at), quota_id=UUID(int=which % len(sizes)), is_vetted=is_vetted)
        for at, (which, is_vetted) in enumerate(asks)
    ]
    steps = rules.promote(waiting, quotas, common=common, capacity=capacity)
    moved = {step.id: step for step in steps}
    assert [each.id for each in waiting if each.id in moved] == [step.id for step in steps], "in their order"
    assert sum(step.from_common for step in steps) <= common
    for key, quota in quotas.items():
        own = [each for each in waiting if each.quota_id == key and each.id in moved]
        assert sum(not moved[each.id].from_common for each in own) <= quota.free
    assert capacity is None or len(steps) <= capacity
    again = rules.promote(
        [each for each in waiting if each.id not in moved],
        {
            key: Quota(
                id=key,
                places=quota.places,
                released=quota.released,
                taken=quota.taken
                + sum(
                    1
                    for each in waiting
                    if each.quota_id == key and each.id in moved and not moved[each.id].from_common
                ),
            )
            for key, quota in quotas.items()
        },
        common=common - sum(step.from_common for step in steps),
        capacity=None if capacity is None else capacity - len(steps),
    )
    assert again == [], "asked again, nobody is left who fits in"

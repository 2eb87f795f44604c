"""Quorum and votes: decisions without an application."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.institutions.sessions.rules import PresenceKind, QuorumRule, Vote, count_present, seats_needed

RULE = QuorumRule


@pytest.mark.parametrize(
    ("seats", "rule", "needed"),
    [
        (13, RULE.MORE_THAN_HALF, 7),
        (14, RULE.MORE_THAN_HALF, 8),
        (14, RULE.HALF, 7),
        (13, RULE.HALF, 7),
        (12, RULE.TWO_THIRDS, 8),
        (13, RULE.TWO_THIRDS, 9),
        (17, RULE.THREE_QUARTERS, 13),
        (1, RULE.HALF, 1),
        (0, RULE.TWO_THIRDS, 1),
    ],
)
def test_a_quorum_is_the_least_number_of_seats_that_the_rule_asks_for(seats, rule, needed):
    assert seats_needed(seats, rule) == needed


@given(st.dictionaries(st.uuids(), st.sampled_from(PresenceKind)), st.lists(st.uuids(), max_size=3))
def test_a_seat_counts_once_whoever_came_and_nobody_without_a_seat_counts(
    kinds: dict[UUID, PresenceKind], guests
):
    seats = [each for each in kinds if each not in guests]
    expected = sum(kinds[each] is not PresenceKind.ABSENT for each in seats)
    assert count_present(kinds, seats + seats) == expected
    assert count_present({**kinds, **dict.fromkeys(guests, PresenceKind.TITULAR)}, seats) == expected


def test_who_abstains_is_on_neither_side():
    assert Vote(in_favour=2, against=1, abstained=9).is_carried
    assert not Vote(in_favour=2, against=2, abstained=1).is_carried

"""What an administrator may change of a person, when two names are one, where roles hold."""

import pytest

from lms.core.actors import Role, ScopeKind
from lms.institutions.people import rules


@pytest.mark.parametrize(
    ("is_everywhere", "holds_roles", "has_accepted", "expected"),
    [
        (True, True, True, rules.ALL_FIELDS),
        (False, False, False, rules.ALL_FIELDS),
        (False, False, True, rules.NAMES | {"is_active"}),
        (False, True, False, frozenset()),
        (False, True, True, frozenset()),
    ],
)
def test_an_account_in_use_is_not_handed_over(is_everywhere, holds_roles, has_accepted, expected):
    found = rules.open_fields(is_everywhere=is_everywhere, holds_roles=holds_roles, has_accepted=has_accepted)
    assert found == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("María Pech Canul", "MARIA PECH CANUL", True),
        ("María Pech Canul", "Pech Canul María", True),
        ("María Pech", "María Pech Canul", True),
        ("María Pech", "Mario Pech", False),
        ("María Pech", "", False),
    ],
)
def test_names_are_the_same_but_for_case_accents_order_and_a_missing_part(one, other, expected):
    assert rules.same_name(one, other) is expected


def test_roles_hold_where_they_mean_something():
    assert rules.can_hold(Role.FOCAL_POINT, ScopeKind.INSTITUTION)
    assert not rules.can_hold(Role.FOCAL_POINT, ScopeKind.EVERYWHERE)
    assert rules.can_hold(Role.ADMINISTRATOR, ScopeKind.EVERYWHERE)
    assert not any(rules.can_hold(Role.TRAINEE, kind) for kind in ScopeKind)

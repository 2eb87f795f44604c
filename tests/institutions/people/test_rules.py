"""What an administrator may change of a person, when two names are one, where roles hold."""

import pytest

from lms.core.actors import Role, ScopeKind
from lms.institutions.people import rules


@pytest.mark.parametrize(
    ("is_everywhere", "holds_roles", "has_accepted", "expected"),
    [
        (True, True, True, rules.ALL_FIELDS),
        (False, False, False, rules.ALL_FIELDS),
        (False, False, True, rules.ALL_FIELDS - {"email"}),
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


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Rosa", ("Rosa", "", "")),
        ("Rosa  Ek", ("Rosa", "Ek", "")),
        ("Rosa María Ek", ("Rosa María", "Ek", "")),
        ("Rosa María Ek Pech", ("Rosa María", "Ek", "Pech")),
        ("Rosa de la Cruz", ("Rosa", "de la Cruz", "")),
        ("José Ángel de la Peña y del Río", ("José Ángel", "de la Peña", "y del Río")),
    ],
)
def test_a_name_in_one_line_is_taken_apart_as_well_as_can_be_told(name, parts):
    assert rules.parts_of_name(name) == parts


def test_roles_hold_where_they_mean_something():
    assert rules.can_hold(Role.FOCAL_POINT, ScopeKind.INSTITUTION)
    assert not rules.can_hold(Role.FOCAL_POINT, ScopeKind.EVERYWHERE)
    assert rules.can_hold(Role.ADMINISTRATOR, ScopeKind.EVERYWHERE)
    assert not any(rules.can_hold(Role.TRAINEE, kind) for kind in ScopeKind)

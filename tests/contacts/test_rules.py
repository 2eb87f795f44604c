"""When a number is trusted, which emergency number serves a place, and what a contact must hold."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from lms.contacts.errors import ContactInvalid
from lms.contacts.rules import (
    FRESH_FOR,
    NOTICE,
    ContactValues,
    Kind,
    changed_fields,
    check_values,
    dialable,
    emergency_of,
    is_due,
    standing,
)
from lms.contacts.standing import Standing

TODAY = date(2026, 11, 20)
VALUES = ContactValues(
    key="mx-911",
    name="Emergencias",
    kind=Kind.HOTLINE,
    place="MX",
    number="911",
    source="https://example.org",
)


@pytest.mark.parametrize(
    ("verified_on", "expected"),
    [
        (None, Standing.NEVER),
        (TODAY, Standing.CONFIRMED),
        (TODAY - timedelta(days=90), Standing.CONFIRMED),
        (TODAY - timedelta(days=91), Standing.OLD),
        (TODAY - timedelta(days=900), Standing.OLD),
        (TODAY + timedelta(days=1), Standing.NEVER),
    ],
)
def test_a_number_is_trusted_for_ninety_days(verified_on, expected):
    assert standing(verified_on, TODAY) is expected


@pytest.mark.parametrize(
    ("verified_on", "expected"),
    [
        (None, True),
        (TODAY, False),
        (TODAY - FRESH_FOR + NOTICE, False),
        (TODAY - FRESH_FOR + NOTICE - timedelta(days=1), True),
    ],
)
def test_somebody_is_told_two_weeks_before(verified_on, expected):
    assert is_due(verified_on, TODAY) is expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("911", "911"),
        ("800 5533 000", "8005533000"),
        ("+52 (983) 000-0000", "+529830000000"),
        ("1800 DELITO", ""),
        ("9", ""),
        ("", ""),
    ],
)
def test_a_telephone_dials_digits(number, expected):
    assert dialable(number) == expected


def emergency(place, number):
    return replace(VALUES, place=place, number=number, is_emergency=True)


@pytest.mark.parametrize(
    ("place", "expected"), [("MX-ROO", "1"), ("MX-YUC", "2"), ("MX", "2"), ("PE", "3"), ("general", "3")]
)
def test_the_narrowest_emergency_number_serves_a_place(place, expected):
    known = [emergency("general", "3"), emergency("MX", "2"), emergency("MX-ROO", "1"), VALUES]
    assert emergency_of(place, known).number == expected


def test_a_place_without_an_emergency_number_has_none():
    assert emergency_of("EC", [emergency("MX", "911")]) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("key", "MX 911"),
        ("key", ""),
        ("key", "a" * 61),
        ("name", ""),
        ("place", "México"),
        ("number", ""),
        ("source", ""),
        ("source", "javascript:alert(1)"),
        ("url", "ftp://example.org"),
    ],
)
def test_what_a_contact_must_hold(field, value):
    with pytest.raises(ContactInvalid) as refusal:
        check_values(replace(VALUES, **{field: value}))
    assert refusal.value.field == field


def test_what_differs_is_named_in_the_order_of_the_form():
    other = replace(VALUES, number="112", name="Emergencias y rescate", sectors=("health",))
    assert changed_fields(VALUES, other) == ("name", "number", "sectors")
    assert changed_fields(VALUES, VALUES) == ()

"""Who gets a certificate: the whole truth table, and what folios look like."""

from itertools import product

import pytest

from lms.certificates.issuing.rules import eligibility, folio_of
from lms.plugins.criteria import State, Verdict

MET, NOT_YET, CANNOT = State.MET, State.NOT_YET, State.CANNOT


def verdict(state, name="one"):
    return Verdict(criterion=name, state=state, title=name, detail="")


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ((), NOT_YET),
        ((None,), NOT_YET),
        ((None, None), NOT_YET),
        ((MET,), MET),
        ((NOT_YET,), NOT_YET),
        ((CANNOT,), CANNOT),
        ((MET, None), MET),
        ((NOT_YET, None), NOT_YET),
        ((CANNOT, None), CANNOT),
        ((MET, MET), MET),
        ((MET, NOT_YET), NOT_YET),
        ((MET, CANNOT), CANNOT),
        ((NOT_YET, CANNOT), CANNOT),
        ((MET, NOT_YET, CANNOT), CANNOT),
    ],
)
def test_the_truth_table(states, expected):
    answer = eligibility([verdict(state) if state else None for state in states])

    assert answer.state is expected
    assert answer.is_eligible == (expected is MET)


@pytest.mark.parametrize("states", list(product([MET, NOT_YET, CANNOT, None], repeat=3)))
def test_one_is_eligible_exactly_if_something_is_asked_and_all_of_it_is_met(states):
    asked = [state for state in states if state]
    answer = eligibility([verdict(state) if state else None for state in states])

    assert answer.is_eligible == (bool(asked) and set(asked) == {MET})


@pytest.mark.parametrize("states", list(product([MET, NOT_YET, CANNOT], repeat=2)))
def test_the_order_of_the_requirements_changes_nothing(states):
    said = [verdict(state) for state in states]

    assert eligibility(said).state is eligibility(reversed(said)).state


def test_what_is_missing_leaves_out_what_is_met_and_leads_with_what_cannot_be():
    answer = eligibility([verdict(NOT_YET, "a"), verdict(MET, "b"), None, verdict(CANNOT, "c")])

    assert [each.criterion for each in answer.missing] == ["c", "a"]
    assert answer.met == 1
    assert len(answer.requirements) == 3


@pytest.mark.parametrize(
    ("number", "folio"), [(1, "QROO-2026-000001"), (41, "QROO-2026-000041"), (1234567, "QROO-2026-1234567")]
)
def test_folios(number, folio):
    assert folio_of("QROO", 2026, number) == folio

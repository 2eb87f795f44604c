"""Who gets which document: the whole truth table; how long documents are valid; what folios look like."""

from datetime import date
from fractions import Fraction
from itertools import product

import pytest

from lms.certificates.issuing.rules import (
    USUAL,
    Asked,
    Kind,
    Rule,
    Standing,
    Term,
    Validity,
    add_months,
    eligibility,
    folio_of,
    standing_of,
    validity_of,
)
from lms.plugins.criteria import State, Verdict

MET, NOT_YET, CANNOT = State.MET, State.NOT_YET, State.CANNOT
THINGS = (Asked.COMPLETION, Asked.QUIZZES, Asked.ATTENDANCE, Asked.HOURS)
UNKNOWN = "unknown"
"""Nobody said anything of it."""


def verdict(state, name="one"):
    return Verdict(criterion=name, state=state, title=name, detail="")


def rule_of(asked, *, is_issued=True, kind=Kind.CERTIFICADO):
    return Rule(
        kind=kind,
        is_issued=is_issued,
        asks_completion=Asked.COMPLETION in asked,
        asks_quizzes=Asked.QUIZZES in asked,
        attended_share=Fraction(4, 5) if Asked.ATTENDANCE in asked else None,
        asked_seconds=3600 if Asked.HOURS in asked else None,
    )


def said_of(states):
    return {
        thing: [verdict(state) if state else None] for thing, state in states.items() if state is not UNKNOWN
    }


def test_the_whole_truth_table():
    """Every rule, against everything that may be known: met, not yet, never, does not apply, nothing at all."""
    known = (MET, NOT_YET, CANNOT, None, UNKNOWN)
    for flags, is_issued in product(product((True, False), repeat=4), (True, False)):
        asked = [thing for thing, flag in zip(THINGS, flags, strict=True) if flag]
        rule = rule_of(asked, is_issued=is_issued)
        for states in product(known, repeat=4):
            found = dict(zip(THINGS, states, strict=True))
            answer = eligibility(rule, said_of(found))
            relevant = [found[thing] for thing in asked]
            if not is_issued or CANNOT in relevant:
                expected = CANNOT
            elif relevant and set(relevant) == {MET}:
                expected = MET
            else:
                expected = NOT_YET
            assert answer.state is expected, (rule, found)
            assert [each.asked for each in answer.requirements] == asked


@pytest.mark.parametrize("kind", Kind)
def test_a_withdrawn_enrolment_or_a_test_person_stops_everything_and_an_empty_world_gives_nothing(kind):
    rule = rule_of([Asked.COMPLETION], kind=kind)
    met = {Asked.COMPLETION: [verdict(MET)]}

    assert eligibility(rule, met).is_eligible
    for always in (Asked.ENROLMENT, Asked.PERSON):
        answer = eligibility(rule, {**met, always: [verdict(CANNOT)]})
        assert (answer.state, [each.asked for each in answer.missing]) == (CANNOT, [always])
    assert eligibility(rule, {}).state is NOT_YET
    assert eligibility(rule, {Asked.COMPLETION: []}).state is NOT_YET
    assert eligibility(rule_of([], kind=kind), {Asked.COMPLETION: [verdict(MET)]}).state is NOT_YET


@pytest.mark.parametrize("states", list(product([MET, NOT_YET, CANNOT, None], repeat=3)))
def test_of_many_conditions_for_one_thing_all_must_be_met_in_any_order(states):
    rule = rule_of([Asked.COMPLETION])
    said = [verdict(state) if state else None for state in states]
    answer = eligibility(rule, {Asked.COMPLETION: said})
    asked = {state for state in states if state}

    assert answer.is_eligible == (asked == {MET})
    assert answer.state is eligibility(rule, {Asked.COMPLETION: said[::-1]}).state


def test_what_is_missing_leaves_out_what_is_met_and_leads_with_what_cannot_be():
    rule = rule_of([Asked.COMPLETION, Asked.HOURS])
    said = {Asked.COMPLETION: [verdict(NOT_YET, "a"), verdict(MET, "b")], Asked.HOURS: [verdict(CANNOT, "c")]}
    answer = eligibility(rule, said)

    assert [each.verdict.criterion for each in answer.missing] == ["c", "a"]
    assert answer.met == 1


def test_no_rule_lets_a_document_state_more_than_it_asks():
    assert USUAL[Kind.CERTIFICADO].is_sound
    for flags in product((True, False), repeat=4):
        asked = [thing for thing, flag in zip(THINGS, flags, strict=True) if flag]
        passing = {Asked.COMPLETION, Asked.QUIZZES} & set(asked)
        assert rule_of(asked).is_sound == bool(passing)
        assert rule_of(asked, kind=Kind.CONSTANCIA).is_sound == bool(asked)


@pytest.mark.parametrize(
    ("number", "folio"), [(1, "QROO-2026-000001"), (41, "QROO-2026-000041"), (1234567, "QROO-2026-1234567")]
)
def test_folios(number, folio):
    assert folio_of("QROO", 2026, number) == folio


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 11, 20), 24, date(2028, 11, 20)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
    ],
)
def test_months_of_the_calendar(day, months, later):
    assert add_months(day, months) == later


def test_a_renewal_in_time_counts_from_the_end_of_the_old_one_and_a_late_one_from_its_own_day():
    term = Term(months=12, days_before=30, days_after=60)
    first = validity_of(term, date(2026, 1, 10))
    early = validity_of(term, date(2026, 12, 20), renews=first)
    late = validity_of(term, date(2027, 2, 1), renews=first)

    assert first == Validity(
        until=date(2027, 1, 10), renew_from=date(2026, 12, 11), renew_until=date(2027, 3, 11)
    )
    assert early.until == date(2028, 1, 10)
    assert late.until == date(2028, 2, 1)
    assert validity_of(Term(), date(2026, 1, 10)) == Validity()
    days = [date(2026, 12, 10), date(2026, 12, 11), date(2027, 3, 11), date(2027, 3, 12)]
    assert [first.is_renewable(day) for day in days] == [False, True, True, False]
    assert not Validity().is_renewable(date(2026, 1, 1))


def test_the_last_day_still_counts_and_a_cancellation_beats_everything():
    validity = Validity(until=date(2027, 1, 10))

    assert standing_of(validity, is_revoked=False, today=date(2027, 1, 10)) is Standing.VALID
    assert standing_of(validity, is_revoked=False, today=date(2027, 1, 11)) is Standing.EXPIRED
    assert standing_of(validity, is_revoked=True, today=date(2027, 1, 11)) is Standing.REVOKED
    assert standing_of(Validity(), is_revoked=False, today=date(2127, 1, 1)) is Standing.VALID

"""Attempts under pressure: the same request twice, two at once, and data that must be erasable."""

from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

import pytest
from sqlalchemy import func, select

from lms.assessments.attempts import queries, service
from lms.assessments.attempts.errors import AttemptSubmitted
from lms.assessments.attempts.models import Answer, Attempt
from lms.assessments.attempts.privacy import ATTEMPTS
from lms.core.actors import SYSTEM
from lms.core.audit import AuditEntry
from lms.core.db import db
from lms.core.errors import NotFound
from lms.institutions.programmes.queries import get_programme
from lms.learning.queries import get_cohort
from lms.testing.factories.accounts import make_person
from lms.testing.factories.assessments import make_attempt, make_result, quizzes_of, right_keys
from lms.testing.factories.learning import make_enrolment
from lms.testing.pytest_plugin import TODAY


def test_starting_again_returns_the_open_attempt(unit):
    with unit():
        enrolment = make_enrolment()
        first = make_attempt(enrolment)
        assert make_attempt(enrolment).id == first.id
        service.submit(first, actor=SYSTEM, now=TODAY)
        assert make_attempt(enrolment).number == 2


def test_an_attempt_keeps_the_mark_and_the_questions_of_its_start(unit):
    with unit():
        enrolment = make_enrolment()
        attempt = make_attempt(enrolment)
        get_programme(get_cohort(enrolment.cohort_id).programme_id).pass_mark = 0.9
        assert attempt.pass_mark == Fraction(4, 5)
        assert attempt.possible == 3
        service.submit(attempt, actor=SYSTEM, now=TODAY)
        assert make_attempt(enrolment).pass_mark == Fraction(9, 10)


def test_an_empty_attempt_earns_nothing(unit):
    with unit():
        attempt = make_attempt(make_enrolment())
        service.submit(attempt, actor=SYSTEM, now=TODAY)
        assert (attempt.earned, attempt.is_passed) == (0, False)


def test_each_answer_keeps_what_it_earned(unit):
    with unit():
        attempt = make_result(make_enrolment(), wrong=1)
        answers = queries.answers_of(attempt.id)
        assert [answers[key].earned for key in attempt.question_ids] == [0, 1, 1]
        assert attempt.earned == 2


def test_a_question_of_another_quiz_is_refused(unit):
    with unit():
        enrolment = make_enrolment()
        attempt = make_attempt(enrolment)
        other = next(iter(quizzes_of(enrolment)[1].questions))
        with pytest.raises(NotFound):
            service.save_answer(attempt, other, ["a"], now=TODAY)


def test_a_submitted_attempt_takes_no_answers(unit):
    with unit():
        attempt = make_result(make_enrolment(), wrong=1)
        with pytest.raises(AttemptSubmitted):
            service.save_answer(attempt, attempt.question_ids[0], ["b"], now=TODAY)


@pytest.fixture
def open_attempt(unit):
    with unit():
        person = make_person()
        enrolment = make_enrolment(person=person)
        attempt = make_attempt(enrolment)
        questions = quizzes_of(enrolment)[0].questions
        for key in attempt.question_ids:
            service.save_answer(attempt, key, right_keys(questions[key]), now=TODAY)
    return person, attempt


def at_once(client_for, person, calls):
    browsers = [client_for(person) for _ in calls]
    with ThreadPoolExecutor(len(calls)) as pool:
        return [each.result() for each in [pool.submit(*row) for row in zip(calls, browsers, strict=True)]]


def test_two_submissions_at_once_count_once(open_attempt, client_for, unit):
    person, attempt = open_attempt

    def submit(browser):
        return browser.post(f"/assessments/attempts/{attempt.id}/submit").status

    assert at_once(client_for, person, [submit, submit, submit]) == [303, 303, 303]
    with unit():
        codes = ("attempts.submitted", "learning.unit-finished")
        for code in codes:
            found = select(func.count(AuditEntry.id)).where(AuditEntry.code == code)
            assert db.session.scalar(found) == 1
        assert db.session.get(Attempt, attempt.id).is_passed


def test_two_starts_at_once_make_one_attempt(open_attempt, client_for, unit):
    person, attempt = open_attempt
    with unit():
        held = db.session.get(Attempt, attempt.id)
        held.pass_mark = Fraction(1)
        service.save_answer(held, held.question_ids[0], [], now=TODAY)
        service.submit(held, actor=SYSTEM, now=TODAY)

    def start(browser):
        path = f"/assessments/enrolments/{attempt.enrolment_id}/quizzes/{attempt.unit_id}/attempts"
        return browser.post(path).location

    places = at_once(client_for, person, [start, start])
    assert places[0] == places[1]
    with unit():
        assert [row.number for row in queries.list_attempts(attempt.enrolment_id, attempt.unit_id)] == [1, 2]


def test_an_answer_that_races_with_the_submission_is_graded_or_refused(open_attempt, client_for, unit):
    person, attempt = open_attempt

    def submit(browser):
        return browser.post(f"/assessments/attempts/{attempt.id}/submit").status

    def save(browser):
        data = {"answer": "a", "csrf_token": browser.csrf_token()}
        return browser.raw.post(f"/assessments/attempts/{attempt.id}/questions/1", data=data).status_code

    _submitted, saved = at_once(client_for, person, [submit, save])
    assert saved in {303, 409}
    with unit():
        assert None not in db.session.scalars(select(Answer.earned)).all()


def test_a_persons_attempts_can_be_shown_and_erased(unit):
    with unit():
        person, other = make_person(), make_person()
        make_result(make_enrolment(person=person), wrong=1)
        make_result(make_enrolment(person=other))
        (row,) = ATTEMPTS.export(person.id)
        assert row["quiz"] == "Comprobación de Señales"
        assert (row["earned"], row["possible"], row["passed"]) == ("2", 3, False)
        assert len(row["answers"]) == 3
        assert ATTEMPTS.erase(person.id) == 1
        assert ATTEMPTS.export(person.id) == []
        assert len(ATTEMPTS.export(other.id)) == 1

"""What passing quizzes means for completing the course."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from lms.assessments.attempts import service
from lms.assessments.attempts.criteria import QuizzesPassed
from lms.assessments.attempts.errors import ExtraNotNeeded
from lms.core.actors import SYSTEM
from lms.core.db import db
from lms.courses.models import UnitKind
from lms.learning import queries
from lms.learning import service as learning
from lms.learning.models import Completion
from lms.plugins.criteria import State
from lms.testing.factories.assessments import make_attempt, make_result, pass_quizzes, quizzes_of
from lms.testing.factories.learning import make_cohort, make_enrolment, units_of
from lms.testing.pytest_plugin import TODAY


def verdict_on(enrolment):
    return QuizzesPassed().judge([enrolment.id])[enrolment.id]


def read_lessons(enrolment):
    for each in units_of(enrolment):
        if each.kind is UnitKind.LESSON:
            learning.finish_unit(enrolment, each, actor=SYSTEM, now=TODAY)


def test_the_verdict_says_what_is_missing_and_where(app, unit):
    with app.test_request_context(), unit():
        enrolment = make_enrolment()
        first, second = quizzes_of(enrolment)
        make_result(enrolment, first)
        verdict = verdict_on(enrolment)
    assert verdict.state is State.NOT_YET
    assert str(verdict.title) == "Evaluaciones aprobadas"
    assert verdict.detail == "Aprobó 1 de 2. Falta: «Comprobación de La ruta»."
    assert verdict.action == f"/assessments/enrolments/{enrolment.id}/quizzes/{second.id}"


def test_all_passed_is_met_and_leads_nowhere(app, unit):
    with app.test_request_context(), unit():
        enrolment = make_enrolment()
        pass_quizzes(enrolment)
        verdict = verdict_on(enrolment)
    assert (verdict.state, verdict.action) == (State.MET, "")
    assert verdict.detail == "Aprobó las 2 evaluaciones."


def test_used_up_attempts_cannot_be_met_until_one_more_is_given(app, unit):
    with app.test_request_context(), unit():
        enrolment = make_enrolment()
        quiz = quizzes_of(enrolment)[0]
        for _ in range(2):
            make_result(enrolment, quiz, wrong=3)
        attempt = make_attempt(enrolment, quiz)
        assert verdict_on(enrolment).state is State.NOT_YET  # the third one is still open
        service.submit(attempt, actor=SYSTEM, now=TODAY)
        verdict = verdict_on(enrolment)
        assert verdict.state is State.CANNOT
        assert "Usó todos los intentos de «Comprobación de Señales»" in verdict.detail
        service.give_extra_attempt(enrolment, quiz, actor=SYSTEM, now=TODAY)
        assert verdict_on(enrolment).state is State.NOT_YET
        with pytest.raises(ExtraNotNeeded):
            service.give_extra_attempt(enrolment, quiz, actor=SYSTEM, now=TODAY)
        assert make_result(enrolment, quiz).number == 4


def test_after_the_last_day_what_is_missing_stays_missing(app, unit, at):
    with app.test_request_context(), unit():
        enrolment = make_enrolment()
        with at(TODAY + timedelta(days=61)):
            verdict = verdict_on(enrolment)
    assert verdict.state is State.CANNOT
    assert "El curso ya cerró" in verdict.detail


def test_a_whole_cohort_is_judged_in_one_query(app, unit, count_queries):
    with app.test_request_context(), unit():
        cohort = make_cohort()
        enrolments = [make_enrolment(cohort) for _ in range(5)]
        make_result(enrolments[0])
        ids = [enrolment.id for enrolment in enrolments]
        db.session.flush()
        with count_queries() as statements:
            verdicts = QuizzesPassed().judge(ids)
    assert len(statements) == 1
    assert [str(verdicts[key].detail).split(".")[0] for key in ids] == ["Aprobó 1 de 2"] + [
        "Aprobó 0 de 2"
    ] * 4


def test_nobody_to_judge_is_no_verdict(unit):
    with unit():
        assert QuizzesPassed().judge([]) == {}


def test_passing_the_last_quiz_completes_the_course_at_once(unit):
    with unit():
        enrolment = make_enrolment()
        read_lessons(enrolment)
        first, second = quizzes_of(enrolment)
        make_result(enrolment, first)
        assert queries.find_completion(enrolment.id) is None
        make_result(enrolment, second, wrong=2)
        assert queries.find_completion(enrolment.id) is None
        make_result(enrolment, second)
        assert queries.find_completion(enrolment.id) is not None


def test_lessons_alone_complete_nothing(unit):
    with unit():
        enrolment = make_enrolment()
        read_lessons(enrolment)
        learning.review_completion(enrolment, actor=SYSTEM, now=TODAY)
        assert db.session.scalar(select(func.count(Completion.id))) == 0

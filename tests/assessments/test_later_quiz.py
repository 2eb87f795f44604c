"""A quiz of the follow-up: off the route, open from 60 to 90 days after completing, when the cohort has long closed."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from lms.assessments.attempts import queries
from lms.assessments.attempts.criteria import PlansApproved, QuizzesPassed, SurveysAnswered
from lms.courses.queries import list_outline
from lms.learning.queries import find_progress, get_cohort
from lms.plugins.criteria import State
from lms.testing.factories.accounts import make_person
from lms.testing.factories.certificates import make_completion
from lms.testing.factories.courses import make_release
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.factories.surveys import FINAL_SURVEY, LATER_QUIZ
from lms.testing.pytest_plugin import TODAY

PLAN = """\
---
tipo: plan
titulo: Mi plan
minutos: 2
---

::: pregunta {id=plan-uno tipo=ensayo}
¿Qué hará distinto?
:::
"""


@pytest.fixture
def study(unit, client_for):
    """Somebody who completed today a course with a quiz for later, in a cohort that ends in two months."""
    with unit():
        person = make_person(email="p@example.org")
        cohort = make_cohort(release=make_release(files={"02-ruta/09-despues.md": LATER_QUIZ}))
        enrolment = make_enrolment(cohort, person)
        make_completion(enrolment)
        outline = list_outline(cohort.release_id, is_whole=True)
        (later,) = [each for module in outline for each in module.units if each.is_follow_up]
    address = f"/assessments/enrolments/{enrolment.id}/quizzes/{later.id}"
    return SimpleNamespace(
        enrolment=enrolment, cohort=cohort, person=person, unit_id=later.id, address=address,
        browse=lambda: client_for(person),
    )  # fmt: skip


def test_it_opens_for_its_days_only_after_the_cohort_closed_and_finishes_nothing(study, unit, at):
    assert study.cohort.ends_on < (TODAY + timedelta(days=89)).date()
    browser = study.browse()
    assert "Se responde desde el" in browser.get(study.address).text
    browser.post(f"{study.address}/attempts", status=409)
    with at(TODAY + timedelta(days=89)):
        browser = study.browse()
        assert "Puede responder hasta el" in browser.get(study.address).text
        base = browser.post(f"{study.address}/attempts").location.partition("/questions")[0]
        browser.get(f"{base}/questions/1")
        browser.post(f"{base}/questions/1", {"answer": "a", "go": "review"})
        browser.follow(browser.post(f"{base}/submit"))
        with unit():
            (attempt,) = queries.list_attempts(study.enrolment.id, study.unit_id)
            assert (attempt.possible, attempt.earned, attempt.is_expired) == (1, 1, False)
            assert find_progress(study.enrolment.id, study.unit_id) is None
    with at(TODAY + timedelta(days=91)):
        assert "Respuestas enviadas" in study.browse().get(study.address).text


def test_it_closes_after_its_days(study, at):
    with at(TODAY + timedelta(days=91)):
        browser = study.browse()
        assert "La medición cerró el" in browser.get(study.address).text
        browser.post(f"{study.address}/attempts", status=409)


def test_it_is_no_part_of_the_route_nor_of_what_completes_the_course(study, unit, app):
    with app.test_request_context(), unit():
        outline = list_outline(get_cohort(study.cohort.id).release_id)
        assert study.unit_id not in {each.id for module in outline for each in module.units}
        titles = {quiz.title for quiz in queries.count_quizzes([study.enrolment.id])[study.enrolment.id]}
    assert "Qué queda del curso" not in titles
    assert "Qué queda del curso" not in study.browse().get(f"/learning/{study.enrolment.id}").text


def test_a_survey_is_answered_a_plan_approved_and_only_quizzes_are_passed(app, unit, at):
    with app.test_request_context(), unit():
        plain = make_enrolment()
        assert SurveysAnswered().judge([plain.id])[plain.id] is None
        release = make_release(files={"02-ruta/opinion.md": FINAL_SURVEY, "02-ruta/mi-plan.md": PLAN})
        enrolment = make_enrolment(make_cohort(release=release))
        judged = [
            each().judge([enrolment.id])[enrolment.id]
            for each in (QuizzesPassed, SurveysAnswered, PlansApproved)
        ]
        assert [str(each.title) for each in judged] == [
            "Evaluaciones aprobadas", "Encuestas contestadas", "Planes aprobados",
        ]  # fmt: skip
        assert [each.detail.partition(" Falta")[0] for each in judged] == [
            "Aprobó 0 de 2.", "Contestó 0 de 1.", "Le aprobaron 0 de 1.",
        ]  # fmt: skip
        assert judged[1].detail.endswith("Falta: «Su opinión».")
        with at(TODAY + timedelta(days=70)):
            assert SurveysAnswered().judge([enrolment.id])[enrolment.id].state is State.CANNOT

"""What only a person can grade: the attempt waits, and gets its result with the last grade."""

from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessments.attempts import grading, queries, service
from lms.assessments.attempts.errors import AttemptInReview, BadGrade, IncompleteRubric, NotForGrading
from lms.assessments.attempts.grading import Opinion
from lms.assessments.attempts.permissions import AttemptPermission
from lms.assessments.attempts.rubrics import share
from lms.assessments.question_types.essay import LONGEST, Essay
from lms.core.actors import SYSTEM
from lms.core.audit import AuditEntry
from lms.core.db import db
from lms.learning.queries import find_progress
from lms.testing.contracts.questions import QuestionTypeContract
from lms.testing.factories.accounts import make_person
from lms.testing.factories.assessments import make_attempt, quizzes_of
from lms.testing.factories.courses import make_release
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY

RUBRIC = {
    "points": [0, 1, 3],
    "criteria": [
        {"key": "a", "html": "Ruta", "levels": [{"html": "No."}, {"html": "Algo."}, {"html": "Sí."}]},
        {"key": "b", "html": "Trato", "levels": [{"html": "No."}, {"html": "Algo."}, {"html": "Sí."}]},
    ],
}
CONFIG = {
    "id": "p1",
    "stem_html": "¿Qué hará?",
    "options": [],
    "explanation_html": "<p>Primero se escucha.</p>",
    "partial": False,
    "details": {"rubric": RUBRIC},
}
QUIZ = """\
---
tipo: cuestionario
titulo: Plan
minutos: 5
intentos: 2
---

::: pregunta {id=plan-uno tipo=ensayo}
¿A quién llamará?

Rúbrica:

| Criterio | 0 | 1 | 3 |
| --- | --- | --- | --- |
| A quién llama | No lo dice. | A una institución. | A una persona con cargo. |

Explicación: el directorio dice a quién.
:::

::: pregunta {id=plan-dos}
¿Cuándo llama?

(x) Con su acuerdo.
    > La decisión es suya.
( ) Sin preguntar.
    > Se pregunta antes.
:::
"""


class TestEssay(QuestionTypeContract):
    question_type = Essay()
    config = CONFIG
    right = ("Llamo.",)
    answers = (["Nada\r\nmás"], ["  "])

    def test_a_text_is_kept_as_it_was_written_up_to_a_length(self):
        assert self.question_type.clean(self.config, [" a\r\n\r\nb "]) == ["a\n\nb"]
        assert len(self.question_type.clean(self.config, ["x" * 2 * LONGEST])[0]) == LONGEST


@given(st.fixed_dictionaries({"a": st.integers(-2, 5), "b": st.integers(-2, 5)}))
def test_a_rubric_is_a_share_of_its_points_or_not_yet_one(levels):
    earned = share(CONFIG, levels)
    if all(0 <= level <= 2 for level in levels.values()):
        assert earned == Fraction(sum(RUBRIC["points"][level] for level in levels.values()), 6)
    else:
        assert earned is None


def test_half_a_rubric_is_no_grade():
    assert share(CONFIG, {"a": 2}) is None


@pytest.fixture
def sent(unit, client_for):
    """A person who handed in an essay and a right choice, and their browser."""
    with unit():
        person = make_person()
        release = make_release(files={"02-ruta/comprobacion.md": QUIZ})
        enrolment = make_enrolment(person=person, cohort=make_cohort(release=release))
        quiz = quizzes_of(enrolment)[-1]
    address = f"/assessments/enrolments/{enrolment.id}/quizzes/{quiz.id}"
    browser = client_for(person)
    base = browser.post(f"{address}/attempts").location.partition("/questions")[0]
    page = browser.get(f"{base}/questions/1")
    assert "A una persona con cargo." in page.text
    browser.post(f"{base}/questions/1", {"answer": "Llamo a la Fiscalía.\n<b>Hoy</b>.", "go": "next"})
    assert "Hoy" in browser.get(f"{base}/questions/1").select("textarea")[0].get_text()
    browser.post(f"{base}/questions/2", {"answer": "a", "go": "review"})
    result = browser.follow(browser.post(f"{base}/submit"))
    return SimpleNamespace(
        enrolment=enrolment, quiz=quiz, address=address, base=base, browser=browser, result=result
    )


def waiting_of(sent):
    return grading.list_waiting(SYSTEM, AttemptPermission.READ, sent.enrolment.cohort_id)


def test_an_essay_leaves_the_attempt_in_review(sent, unit):
    assert sent.result.title.startswith("En revisión")
    assert "Llamo a la Fiscalía." in sent.result.text
    assert "el directorio dice a quién" not in sent.result.text
    assert "en revisión" in sent.browser.get(sent.address).text
    sent.browser.post(f"{sent.address}/attempts", status=409)
    with unit():
        (attempt,) = queries.list_attempts(sent.enrolment.id, sent.quiz.id)
        assert (attempt.is_in_review, attempt.earned, attempt.is_passed) == (True, None, None)
        assert [each.question_id for each in waiting_of(sent)] == ["plan-uno"]
        assert not find_progress(sent.enrolment.id, sent.quiz.id).finished_at
        with pytest.raises(AttemptInReview):
            service.start_attempt(sent.enrolment, sent.quiz, actor=SYSTEM, now=TODAY)


def test_the_last_grade_gives_the_result_and_the_person_reads_why(sent, unit):
    with unit():
        (answer,) = waiting_of(sent)
        opinion = Opinion(levels={"a": 2}, comment="Muy claro.")
        grading.grade_answer(answer, opinion, actor=SYSTEM, now=TODAY)
        (attempt,) = queries.list_attempts(sent.enrolment.id, sent.quiz.id)
        assert (attempt.earned, attempt.possible, attempt.is_passed) == (2, 2, True)
        assert find_progress(sent.enrolment.id, sent.quiz.id).finished_at
        assert waiting_of(sent) == []
        codes = {each.code for each in db.session.query(AuditEntry)}
        assert {"attempts.sent-for-review", "attempts.answer-graded", "attempts.graded"} <= codes
    page = sent.browser.get(f"{sent.base}/result")
    assert "Muy claro." in page.text
    assert "su nivel" in page.text
    assert "el directorio dice a quién" in page.text


def test_a_grade_can_change_and_the_result_with_it(sent, unit):
    with unit():
        (answer,) = waiting_of(sent)
        grading.grade_answer(answer, Opinion(fraction=Fraction(0)), actor=SYSTEM, now=TODAY)
        (attempt,) = queries.list_attempts(sent.enrolment.id, sent.quiz.id)
        assert (attempt.earned, attempt.is_passed) == (1, False)
        grading.grade_answer(answer, Opinion(levels={"a": 2}), actor=SYSTEM, now=TODAY)
        assert (attempt.earned, attempt.is_passed) == (2, True)
        assert len(grading.find_grades([answer.id])) == 1


def test_a_grade_needs_every_criterion_or_a_share(sent, unit):
    with unit():
        (answer,) = waiting_of(sent)
        with pytest.raises(IncompleteRubric):
            grading.grade_answer(answer, Opinion(), actor=SYSTEM, now=TODAY)
        with pytest.raises(BadGrade):
            grading.grade_answer(answer, Opinion(fraction=Fraction(3, 2)), actor=SYSTEM, now=TODAY)
        choice = queries.find_answer(answer.attempt_id, "plan-dos")
        with pytest.raises(NotForGrading):
            grading.grade_answer(choice, Opinion(fraction=Fraction(1)), actor=SYSTEM, now=TODAY)


def test_an_essay_of_which_nothing_was_written_waits_for_nobody(unit):
    with unit():
        release = make_release(files={"02-ruta/comprobacion.md": QUIZ})
        enrolment = make_enrolment(cohort=make_cohort(release=release))
        attempt = make_attempt(enrolment, quizzes_of(enrolment)[-1])
        service.submit(attempt, actor=SYSTEM, now=TODAY)
        assert (attempt.earned, attempt.is_passed) == (0, False)

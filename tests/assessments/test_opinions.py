"""A scale and a survey: opinions that earn nothing and are finished when they are sent."""

from types import SimpleNamespace

import pytest

from lms.assessments.attempts import queries
from lms.assessments.question_types.likert import Likert
from lms.learning.queries import find_progress
from lms.testing.contracts.questions import QuestionTypeContract
from lms.testing.factories.accounts import make_person
from lms.testing.factories.assessments import quizzes_of
from lms.testing.factories.courses import make_release
from lms.testing.factories.learning import make_cohort, make_enrolment

SCALE = [
    {"key": "a", "text": "Nada", "is_aside": False},
    {"key": "b", "text": "Mucho", "is_aside": False},
    {"key": "c", "text": "No aplica", "is_aside": True},
]


CONFIG = {
    "id": "p1",
    "stem_html": "¿Qué opina?",
    "options": [],
    "explanation_html": "",
    "partial": False,
    "details": {
        "scale": SCALE,
        "statements": [{"key": "1", "html": "Sirve."}, {"key": "2", "html": "Es claro."}],
    },
}


class TestLikert(QuestionTypeContract):
    question_type = Likert()
    config = CONFIG
    right = ("1:b", "2:c")
    answers = (["1:a"], ["2:b", "1:c"], ["1:a", "1:b"])

    def test_one_statement_has_one_label(self):
        assert self.question_type.clean(self.config, ["2:a", "1:a", "1:b", "3:a", "1:z"]) == ["1:a", "2:a"]

    def test_a_scale_without_statements_judges_its_stem(self):
        details = {"scale": SCALE, "statements": []}
        config = {**self.config, "details": details}
        assert self.question_type.clean(config, ["1:c"]) == ["1:c"]


SURVEY = """\
---
tipo: encuesta
titulo: Su opinión
minutos: 2
---

::: pregunta {id=opinion-frases tipo=escala}
¿Qué opina de cada frase?

Escala: Nada / Mucho / (No aplica)

- El curso sirve.
- Las simulaciones ayudan.
:::

::: pregunta {id=opinion-lugar}
¿Dónde estudió?

( ) En el trabajo.
( ) En casa.
:::
"""


@pytest.fixture
def asked(unit, client_for):
    """A person whose course ends with a survey, and their browser."""
    with unit():
        person = make_person()
        release = make_release(files={"02-ruta/opinion.md": SURVEY})
        enrolment = make_enrolment(person=person, cohort=make_cohort(release=release))
        survey = quizzes_of(enrolment)[-1]
    address = f"/assessments/enrolments/{enrolment.id}/quizzes/{survey.id}"
    return SimpleNamespace(enrolment=enrolment, survey=survey, address=address, browser=client_for(person))


def test_a_survey_is_answered_once_and_finished_when_it_is_sent(asked, unit):
    intro = asked.browser.get(asked.address)
    assert "quien coordina no ve cuáles respuestas son suyas" in intro.text
    assert "Para aprobar" not in intro.text
    base = asked.browser.post(f"{asked.address}/attempts").location.partition("/questions")[0]
    page = asked.browser.get(f"{base}/questions/1")
    assert [each.get_text(strip=True) for each in page.select("fieldset fieldset legend")] == [
        "El curso sirve.",
        "Las simulaciones ayudan.",
    ]
    asked.browser.post(f"{base}/questions/1", {"answer.1": "b", "answer.2": "c", "go": "next"})
    page = asked.browser.get(f"{base}/questions/1")
    assert [(each["name"], each["value"]) for each in page.select("input[checked]")] == [
        ("answer.1", "b"),
        ("answer.2", "c"),
    ]
    asked.browser.post(f"{base}/questions/2", {"answer": "a", "go": "review"})
    page = asked.browser.follow(asked.browser.post(f"{base}/submit"))
    assert page.title.startswith("Gracias")
    asked.browser.post(f"{asked.address}/attempts", status=409)
    with unit():
        (attempt,) = queries.list_attempts(asked.enrolment.id, asked.survey.id)
        assert (attempt.possible, attempt.earned, attempt.is_passed) == (0, 0, True)
        assert {each.earned for each in queries.answers_of(attempt.id).values()} == {None}
        assert find_progress(asked.enrolment.id, asked.survey.id).finished_at

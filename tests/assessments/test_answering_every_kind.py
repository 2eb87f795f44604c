"""Every kind of question over HTTP: answered, found again as it was given, handed in, and read with what was right."""

from fractions import Fraction
from types import SimpleNamespace

import pytest

from lms.assessments.attempts import queries
from lms.testing.factories.accounts import make_person
from lms.testing.factories.assessments import quizzes_of
from lms.testing.factories.courses import make_release
from lms.testing.factories.learning import make_cohort, make_enrolment

QUIZ = """\
---
tipo: cuestionario
titulo: De todo
minutos: 9
intentos: 2
aprobar: 0.7
---

::: pregunta {id=todo-corta tipo=corta erratas=1}
¿Cómo se llama el paso final?

(x) Canalización
    > Así se llama en México.
( ) Denuncia
    > La denuncia es otra cosa.

Explicación: termina cuando la reciben.
:::

::: pregunta {id=todo-numero tipo=numero unidades="horas, h; días = 24"}
¿En cuánto tiempo se confirma?

(x) 72
:::

::: pregunta {id=todo-parejas tipo=parejas parcial=acierto}
¿Qué es cada uno?

- Engañar => Medio
    > Es un medio.
- Trasladar => Acto
- => Fin
:::

::: pregunta {id=todo-orden tipo=orden}
¿En qué orden se hace?

1. Escuchar
2. Preguntar
3. Acompañar
:::

::: pregunta {id=todo-huecos tipo=huecos parcial=partes}
Complete.

La **explotación** es el {{(x) fin | medio}} y captar es un {{acto}}.
:::
"""
SENT = (
    {"answer": "canalisacion"},
    {"answer": "3 días"},
    {"answer.1": "c", "answer.2": "a"},
    {"answer.a": "3", "answer.b": "1", "answer.c": "2"},
    {"answer.1": "a", "answer.2": "Acto"},
)
KEPT = (
    ["canalisacion"],
    ["3 días"],
    ["1:c", "2:a"],
    ["a:3", "b:1", "c:2"],
    ["1:a", "2:Acto"],
)
SECRETS = ("Así se llama en México.", "Es un medio.", "termina cuando la reciben")


@pytest.fixture
def taking(unit, client_for):
    """A person with a quiz that asks one question of each kind, and their browser."""
    with unit():
        person = make_person()
        release = make_release(files={"02-ruta/comprobacion.md": QUIZ})
        enrolment = make_enrolment(person=person, cohort=make_cohort(release=release))
        quiz = quizzes_of(enrolment)[-1]
    browser = client_for(person)
    address = f"/assessments/enrolments/{enrolment.id}/quizzes/{quiz.id}"
    base = browser.post(f"{address}/attempts").location.partition("/questions")[0]
    return SimpleNamespace(enrolment=enrolment, quiz=quiz, browser=browser, base=base)


def filled(page):
    """Return what a page's form would send if it were sent as it is."""
    texts = {each["name"]: each.get("value") for each in page.select("form.question input[name^=answer]")}
    selects = {each["name"]: each.select("option[selected]") for each in page.select("form.question select")}
    return {name: value for name, value in texts.items() if value} | {
        name: found[0]["value"] for name, found in selects.items() if found
    }


def test_every_answer_is_kept_as_it_was_given_and_no_page_gives_the_key(taking, unit):
    for number, sent in enumerate(SENT, start=1):
        address = f"{taking.base}/questions/{number}"
        page = taking.browser.get(address)
        assert not filled(page)
        assert not [secret for secret in SECRETS if secret in page.text]
        taking.browser.post(address, {**sent, "go": "next"})
        assert filled(taking.browser.get(address)) == sent
    with unit():
        (attempt,) = queries.list_attempts(taking.enrolment.id, taking.quiz.id)
        answers = queries.answers_of(attempt.id)
        assert tuple(answers[each].chosen for each in attempt.question_ids) == KEPT


def test_right_answers_of_every_kind_pass(taking, unit):
    for number, sent in enumerate(SENT, start=1):
        taking.browser.post(f"{taking.base}/questions/{number}", {**sent, "go": "next"})
    page = taking.browser.follow(taking.browser.post(f"{taking.base}/submit"))
    assert page.title.startswith("Módulo aprobado")
    assert [secret for secret in SECRETS if secret not in page.text] == []
    with unit():
        (attempt,) = queries.list_attempts(taking.enrolment.id, taking.quiz.id)
        assert (attempt.earned, attempt.possible) == (5, 5)


def test_a_failed_try_tells_what_was_wrong_and_not_what_is_right(taking, unit):
    sent = (
        {"answer": "denuncia"},
        {"answer": "72 semanas"},
        {"answer.1": "c", "answer.2": "b"},
        {"answer.a": "1", "answer.b": "1"},
        {"answer.1": "b", "answer.2": "ACTO"},
    )
    for number, each in enumerate(sent, start=1):
        taking.browser.post(f"{taking.base}/questions/{number}", {**each, "go": "next"})
    page = taking.browser.follow(taking.browser.post(f"{taking.base}/submit"))
    assert "La denuncia es otra cosa." in page.text
    assert "Es un medio." in page.text
    assert "Va con:" not in page.text
    assert "Se acepta:" not in page.text
    assert "termina cuando la reciben" not in page.text
    with unit():
        (attempt,) = queries.list_attempts(taking.enrolment.id, taking.quiz.id)
        answers = queries.answers_of(attempt.id)
        assert [answers[each].earned for each in attempt.question_ids] == [0, 0, Fraction(1, 2), 0, 0]

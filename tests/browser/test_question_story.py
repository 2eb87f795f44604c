"""A trainer brings questions of another system, mends one, gets them released and reads which one is bad."""

import csv
import io
import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from lms.accounts.models import Person
from lms.assessments.attempts import service
from lms.assessments.attempts.queries import get_quiz
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.clock import now
from lms.core.db import db
from lms.courses.models import Release
from lms.testing.factories.accounts import PASSWORD, give_role, make_person
from lms.testing.factories.assessments import make_attempt, quizzes_of, right_keys, wrong_keys
from lms.testing.factories.authoring import make_draft
from lms.testing.factories.institutions import make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment
from tests.browser.test_authoring_story import open_file, problems, replace, source, wait_saved

TITLE = "Curso de prueba"
BANK = "bancos/del-otro-sistema.md"
QUIZ = "02-ruta/comprobacion.md"
GIFT = """\
// Del curso de 2024

::escuchar::¿Qué se hace al recibir a alguien? {=Escuchar.#Abre el espacio. ~Interrogar.#Pone en riesgo.}

::privacidad::¿Dónde se habla? {=En la fila.#Así queda a la vista. ~A solas.#Da confianza.}

Estas preguntas son del módulo 2.

::decide::¿Quién decide si se llama? {~La institución.#No decide por nadie. ~La persona.#Es su vida.}

::rota::¿Quién acompaña? =La institución ~Nadie}

::plazo::¿En cuánto tiempo se confirma? {=72 horas#Sí. =tres d*#También.}
"""
COMING = ["escuchar", "privacidad", "decide", "plazo"]
LOST = [("Línea 7", "no pregunta nada"), ("Línea 11", "Le falta una llave")]
NOTES = [("Línea 9", "márquelas con x"), ("Línea 13", "comodín")]
KNOWN = "known"
"""Pages that other stories review."""


@pytest.fixture
def people(unit):
    with unit():
        trainer = make_person(email="trainer@example.org", password=PASSWORD)
        for name, role in (("reviewer", Role.REVIEWER), ("administrator", Role.ADMINISTRATOR)):
            give_role(make_person(email=f"{name}@example.org", password=PASSWORD), role)
        give_role(trainer, Role.TRAINER)
        make_draft(trainer)


@pytest.fixture
def enter(visit):
    """Return ``enter(name)``: somebody who just signed in."""

    def signed_in(name: str):
        visitor = visit(width=1280)
        visitor.reviewed.add(KNOWN)
        visitor.open("/account/sign-in", KNOWN)
        visitor.fill(email=f"{name}@example.org", password=PASSWORD)
        visitor.press("Entrar", KNOWN)
        return visitor

    return signed_in


def open_draft(visitor) -> None:
    visitor.open("/authoring/", KNOWN)
    visitor.press(TITLE, KNOWN)


def losses(visitor, selector: str) -> list[str]:
    """Return what a list says is lost, line by line."""
    texts = (
        visitor.page.locator(selector)
        .locator("li", has_text="Línea")
        .filter(has_not=visitor.page.locator("li"))
    )
    return [" ".join(text.split()) for text in texts.all_inner_texts()]


def bring(trainer) -> None:
    """Try without a file, send one, read what comes in and what does not, and take it."""
    page = trainer.page
    trainer.press("Traer preguntas de otro sistema", "bring")
    trainer.press("Ver qué trae", "nothing chosen")
    chooser = page.get_by_label("Archivo de preguntas")
    expect(chooser).to_have_accessible_description(re.compile("Elija un archivo"))
    expect(chooser).to_have_attribute("aria-invalid", "true")
    trainer.faults = [fault for fault in trainer.faults if "422" not in fault]
    chooser.set_input_files(
        {"name": "Del otro sistema.txt", "mimeType": "text/plain", "buffer": GIFT.encode()}
    )
    trainer.press("Ver qué trae", "preview")
    assert page.locator("main [name=question]").evaluate_all("all => all.map(each => each.value)") == COMING
    for selector, told in (("[aria-labelledby=lost]", LOST), ("[aria-labelledby=coming]", NOTES)):
        found = losses(trainer, selector)
        assert len(found) == len(told), found
        assert all(line in said and why in said for said, (line, why) in zip(found, told, strict=True)), found
    trainer.press("Traer las marcadas", KNOWN)
    assert trainer.says("Entraron 4 preguntas")
    expect(page.locator("#ed-source-title")).to_contain_text("del-otro-sistema.md")


def mend(trainer) -> None:
    """Go from the problem to its line, mark the right option, and let the quiz ask what came in."""
    problem = problems(trainer).filter(has_text="Ninguna opción es correcta")
    line = re.search(rf"{BANK}:(\d+)", problem.inner_text())[1]
    problem.click()
    expect(trainer.page.locator(".cm-activeLineGutter", has_text=line)).to_be_visible()
    replace(trainer, "[ ] La persona.", "[x] La persona.")
    expect(problem).to_have_count(0)
    wait_saved(trainer)
    open_file(trainer, QUIZ)
    source(trainer).click()
    replace(trainer, "intentos: 3", "intentos: 3\\nbanco: del-otro-sistema")
    expect(trainer.page.locator("[data-preview]")).to_contain_text("7 preguntas")
    wait_saved(trainer)
    expect(problems(trainer)).to_have_count(0)


def release(enter, trainer) -> None:
    """Ask for the review, approve it and release it, each as who may."""
    with trainer.page.expect_navigation():
        trainer.page.get_by_role("link", name="Pedir revisión").click()
    trainer.press("Pedir revisión", KNOWN)
    reviewer, administrator = enter("reviewer"), enter("administrator")
    open_draft(reviewer)
    reviewer.press("En revisión", KNOWN)
    reviewer.press("Aprobar", KNOWN)
    open_draft(administrator)
    administrator.press("Publicar", KNOWN)
    administrator.press("Publicar la versión", KNOWN)
    assert administrator.says("Versión 1 publicada")
    for visitor in (reviewer, administrator):
        visitor.check()


def answer_all(unit):
    """Let twelve people answer: six who know, whom the key of one question contradicts, and six who do not."""
    with unit():
        trainer = db.session.scalars(select(Person).where(Person.email == "trainer@example.org")).one()
        cohort = make_cohort(release=db.session.scalars(select(Release)).one())
        give_role(trainer, Role.TRAINER, ScopeKind.COHORT, cohort.id)
        institution = make_institution()
        for number in range(12):
            enrolment = make_enrolment(cohort, institution=institution)
            attempt = make_attempt(enrolment, quizzes_of(enrolment)[-1])
            questions = get_quiz(attempt.unit_id).questions
            for place, key in enumerate(attempt.question_ids):
                is_right = (number % 2 == 0) != (key == "privacidad") if place % 3 else number % 4 < 3
                keys = right_keys if is_right else wrong_keys
                service.save_answer(attempt, key, given(questions[key], keys), now=now())
            service.submit(attempt, actor=SYSTEM, now=now())
        return cohort.id


def given(config, keys):
    """Return what somebody answers: keys of options, or words where they are written."""
    if config["type"] == "short":
        return ["72 horas" if keys is right_keys else "nunca"]
    return keys(config)


def read_analysis(trainer, cohort_id) -> None:
    """From the cohort to the worst question, and to a file that says the same as the screen."""
    page = trainer.page
    trainer.open(f"/learning/cohorts/{cohort_id}", KNOWN)
    trainer.press("Evaluaciones", KNOWN)
    trainer.press("Preguntas", KNOWN)
    trainer.press("Comprobación de La ruta", KNOWN)
    page.get_by_label("Orden").select_option(label="Primero las que piden algo")
    trainer.press("Aplicar", KNOWN)
    cards = page.locator("main article")
    expect(cards.first).to_contain_text("¿Dónde se habla?")
    expect(cards.first).to_contain_text("Revise la clave: quienes más saben eligen otra opción.")
    expect(cards.first.locator("tr", has_text="A solas.")).to_contain_text("Atrae a quienes más saben")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Descargar CSV").click()
    rows = list(csv.DictReader(io.StringIO(waiting.value.path().read_text("utf-8-sig"))))
    assert [row["Pregunta"] for row in rows] == cards.locator("code").all_inner_texts()
    for row, card in zip(rows, cards.all(), strict=True):
        said = " ".join(card.inner_text().split())
        assert row["Qué hacer"] in said
        assert f"Personas {row['Personas']}" in said
        assert f"Facilidad {round(float(row['Facilidad']) * 100)} %" in said
    assert float(rows[0]["Relación con el resto"]) < 0


def test_a_trainer_imports_mends_releases_and_reads_the_analysis(enter, people, unit):
    trainer = enter("trainer")
    open_draft(trainer)
    bring(trainer)
    mend(trainer)
    release(enter, trainer)
    read_analysis(trainer, answer_all(unit))
    trainer.check()

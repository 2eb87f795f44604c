"""Answers save themselves in a real browser, and the page tells the truth when they could not."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect, sync_playwright

from lms.assessments.attempts import queries
from lms.assessments.attempts.models import Attempt
from lms.core.clock import now
from lms.core.db import db
from lms.testing.chromium import find_chromium, why_no_browser
from lms.testing.factories.accounts import make_person
from lms.testing.factories.assessments import make_attempt
from lms.testing.factories.learning import make_enrolment

MISSING = why_no_browser()
pytestmark = [pytest.mark.browser, pytest.mark.skipif(bool(MISSING), reason=MISSING)]


@pytest.fixture
def at_question(unit, client_for, live_server):
    """A phone that shows the first question of an attempt."""
    with unit():
        person = make_person()
        attempt = make_attempt(make_enrolment(person=person))
    cookie = client_for(person).raw.get_cookie("ruta").value
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**find_chromium().launch_options())
        context = browser.new_context(viewport={"width": 390, "height": 800}, locale="es-MX")
        context.add_cookies([{"name": "ruta", "value": cookie, "url": live_server.url}])
        page = context.new_page()
        errors = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{live_server.url}/assessments/attempts/{attempt.id}/questions/1")
        yield SimpleNamespace(page=page, context=context, attempt=attempt, errors=errors)
        browser.close()


def test_an_answer_is_saved_as_soon_as_it_changes(at_question, unit):
    page = at_question.page
    page.get_by_text("Escuchar a la persona.").click()
    expect(page.locator("#saved")).to_have_text(re.compile(r"Guardado 10:00\."))
    page.get_by_text("Denunciar sin preguntar.").click()
    page.wait_for_load_state("networkidle")
    page.reload()
    assert page.locator("input:checked").count() == 1
    with unit():
        attempt = db.session.get(Attempt, at_question.attempt.id)
        assert queries.find_answer(attempt.id, attempt.question_ids[0]).chosen == ["a"]
    assert at_question.errors == []


def test_without_a_line_answers_wait_in_the_browser_and_none_is_lost(at_question, unit):
    page, attempt = at_question.page, at_question.attempt
    at_question.context.set_offline(True)
    page.get_by_text("Escuchar a la persona.").click()
    expect(page.locator("#saved")).to_have_text("Sin conexión: 1 respuesta por enviar.")
    page.get_by_text("Denunciar sin preguntar.").click()
    page.get_by_role("button", name="Guardar y seguir").click()
    expect(page).to_have_url(re.compile("/questions/1$"))
    kept = page.evaluate("localStorage.getItem(Object.keys(localStorage)[0])")
    assert '["answer","a"]' in kept
    assert "preguntar" not in kept
    at_question.context.set_offline(False)
    page.reload()
    expect(page.locator("#saved")).to_have_text(re.compile("Guardado"))
    assert page.evaluate("localStorage.length") == 0
    with unit():
        assert queries.find_answer(attempt.id, attempt.question_ids[0]).chosen == ["a"]
    assert at_question.errors == []


def test_a_person_goes_on_without_a_line_and_everything_arrives_afterwards(at_question, unit):
    page, attempt = at_question.page, at_question.attempt
    page.wait_for_event("response", lambda response: response.url.endswith("/sheet"))
    at_question.context.set_offline(True)
    page.get_by_text("Escuchar a la persona.").click()
    page.get_by_role("button", name="Guardar y seguir").click()
    expect(page.get_by_text("Pregunta 2 de 3")).to_be_visible()
    page.get_by_text("Hablar a solas.").click()
    page.get_by_text("Preguntar si desea ayuda.").click()
    page.get_by_role("button", name="Guardar y seguir").click()
    page.get_by_text("Falso").click()
    expect(page.locator("#saved")).to_have_text("Sin conexión: 3 respuestas por enviar.")
    at_question.context.set_offline(False)
    page.get_by_role("button", name="Guardar y seguir").click()
    page.wait_for_url(re.compile("/review$"))
    assert page.evaluate("localStorage.length") == 0
    with unit():
        chosen = [queries.answers_of(attempt.id)[each].chosen for each in attempt.question_ids]
    assert chosen == [["b"], ["a", "b"], ["b"]]
    assert at_question.errors == []


def test_the_clock_warns_politely_and_hands_in_at_the_end(at_question, unit):
    page, attempt = at_question.page, at_question.attempt
    for seconds, said in ((302, "Quedan 5 minutos."), (62, "Queda 1 minuto.")):
        end_in(unit, attempt, seconds)
        page.reload()
        expect(page.locator("[data-warning]")).to_have_text("")
        expect(page.locator("[data-warning]")).to_have_text(said)
    page.get_by_text("Escuchar a la persona.").click()
    expect(page.locator("#saved")).to_have_text(re.compile("Guardado"))
    end_in(unit, attempt, 2)
    page.reload()
    page.wait_for_url(re.compile("/result$"))
    with unit():
        assert db.session.get(Attempt, attempt.id).earned == 1
    assert at_question.errors == []


def end_in(unit, attempt, seconds):
    with unit():
        db.session.get(Attempt, attempt.id).ends_at = now() + timedelta(seconds=seconds)


def test_an_expired_session_keeps_the_answer_until_somebody_signs_in(at_question):
    cookies = at_question.context.cookies()
    at_question.context.clear_cookies()
    at_question.page.get_by_text("Escuchar a la persona.").click()
    expect(at_question.page.locator("#saved")).to_have_text(re.compile("Su sesión terminó"))
    at_question.context.add_cookies(cookies)
    expect(at_question.page.locator("#saved")).to_have_text(re.compile("Guardado"))


def test_a_closed_browser_goes_on_where_it_was_and_handing_in_twice_counts_once(at_question, unit):
    page, attempt, context = at_question.page, at_question.attempt, at_question.context
    page.get_by_text("Escuchar a la persona.").click()
    expect(page.locator("#saved")).to_have_text(re.compile("Guardado"))
    root = page.url.partition("/assessments/")[0]
    page.close()
    quiz = f"{root}/assessments/enrolments/{attempt.enrolment_id}/quizzes/{attempt.unit_id}"
    again = context.new_page()
    again.goto(quiz)
    again.get_by_role("button", name="Continuar").click()
    again.wait_for_url(re.compile("/questions/2$"))
    again.get_by_role("button", name="Anterior").click()
    expect(again.get_by_label("Escuchar a la persona.")).to_be_checked()
    other = context.new_page()
    for each in (again, other):
        each.goto(f"{root}/assessments/attempts/{attempt.id}/review")
    for each in (again, other):
        each.get_by_role("button", name="Enviar y calificar").click()
        each.wait_for_url(re.compile("/result$"))
    assert again.locator("main").inner_text() == other.locator("main").inner_text()
    with unit():
        (only,) = queries.list_attempts(attempt.enrolment_id, attempt.unit_id)
        assert (only.id, only.earned) == (attempt.id, 1)


def test_the_keyboard_alone_answers_and_goes_on(at_question):
    page = at_question.page
    page.locator("input[name=answer]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/questions/2$"))
    assert at_question.errors == []

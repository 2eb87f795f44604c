"""Steps put in order with the keyboard alone: the page says where each went, and the server keeps it."""

import re

import pytest
from playwright.sync_api import expect, sync_playwright

from lms.assessments.attempts import queries
from lms.testing.chromium import find_chromium, why_no_browser
from lms.testing.factories.accounts import make_person
from lms.testing.factories.assessments import make_attempt, quizzes_of
from lms.testing.factories.courses import make_release
from lms.testing.factories.learning import make_cohort, make_enrolment

MISSING = why_no_browser()
pytestmark = [pytest.mark.browser, pytest.mark.skipif(bool(MISSING), reason=MISSING)]
QUIZ = """\
---
tipo: cuestionario
titulo: Orden
minutos: 2
intentos: 2
---

::: pregunta {id=orden-ruta tipo=orden}
¿En qué orden se hace?

1. Escuchar
2. Preguntar
3. Acompañar
:::
"""


def test_steps_are_ordered_with_the_keyboard_and_saved(unit, client_for, live_server):
    with unit():
        person = make_person()
        release = make_release(files={"02-ruta/comprobacion.md": QUIZ})
        enrolment = make_enrolment(person=person, cohort=make_cohort(release=release))
        attempt = make_attempt(enrolment, quizzes_of(enrolment)[-1])
    cookie = client_for(person).raw.get_cookie("ruta").value
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**find_chromium().launch_options())
        context = browser.new_context(viewport={"width": 390, "height": 800}, locale="es-MX")
        context.add_cookies([{"name": "ruta", "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.goto(f"{live_server.url}/assessments/attempts/{attempt.id}/questions/1")
        steps = page.locator("[data-ordering] li")
        expect(steps.locator(".ordering__step")).to_have_text(["Acompañar", "Escuchar", "Preguntar"])
        down = steps.filter(has_text="Acompañar").get_by_role("button", name="Bajar")
        down.focus()
        page.keyboard.press("Enter")
        expect(page.locator("[data-ordering-said]")).to_have_text("Acompañar: lugar 2 de 3")
        expect(down).to_be_focused()
        page.keyboard.press("Enter")
        expect(steps.locator(".ordering__step")).to_have_text(["Escuchar", "Preguntar", "Acompañar"])
        expect(steps.filter(has_text="Acompañar").get_by_role("button", name="Subir")).to_be_focused()
        expect(page.locator("#saved")).to_have_text(re.compile("Guardado"))
        page.wait_for_load_state("networkidle")
        page.reload()
        expect(steps.locator(".ordering__step")).to_have_text(["Escuchar", "Preguntar", "Acompañar"])
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
        browser.close()
    with unit():
        assert queries.find_answer(attempt.id, "orden-ruta").chosen == ["a:3", "b:1", "c:2"]

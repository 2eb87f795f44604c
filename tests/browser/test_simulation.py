"""A case played on a phone with nothing but the keyboard, and without scripts; every page is judged by axe."""

import pytest

from lms.core.actors import Role, ScopeKind
from lms.testing.factories.accounts import PASSWORD, give_role, make_person
from lms.testing.factories.courses import make_release
from lms.testing.factories.institutions import make_institution, make_member
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.factories.simulations import make_run, simulations_of


@pytest.fixture
def case(unit, live_server):
    """A person with a course that has a case, and the address of the case."""
    with unit():
        person = make_member(make_institution(), password=PASSWORD)
        release = make_release(has_simulation=True)
        cohort = make_cohort(release=release)
        enrolment = make_enrolment(cohort, person)
        for choices in ("bb", "bb", "bb", "bb", "bb", "ab", "ab", "ab", "ab", "ab"):
            make_run(make_enrolment(cohort), choices)
        administrator = make_person(password=PASSWORD)
        give_role(administrator, Role.ADMINISTRATOR, ScopeKind.EVERYWHERE)
        unit_id = simulations_of(enrolment)[0].id
        return {
            "email": person.email,
            "administrator": administrator.email,
            "address": f"/simulations/enrolments/{enrolment.id}/units/{unit_id}",
            "preview": f"/courses/releases/{release.id}/preview/ruta/caso",
            "cohort": f"/simulations/cohorts/{cohort.id}",
        }


def sign_in(visitor, email) -> None:
    visitor.open("/account/sign-in", "sign-in")
    visitor.fill(email=email, password=PASSWORD)
    visitor.press("Entrar", "home")


def tab_to(page, selector: str, most: int = 60) -> None:
    """Press the tabulator until the focus is on what the selector names."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def decide_with_keys(visitor, number: int) -> None:
    """Choose the option of this number, from 1, and send it, with keys alone."""
    page = visitor.page
    tab_to(page, "input[name=option]")
    page.keyboard.press("Space")
    for _step in range(number - 1):
        page.keyboard.press("ArrowDown")
    tab_to(page, "main form.question button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    visitor.review(f"scene-{page.title()}")


def test_a_case_is_played_with_the_keyboard_alone(visit, case):
    visitor = visit(width=390)
    sign_in(visitor, case["email"])
    visitor.open(case["address"], "intro")
    tab_to(visitor.page, "main form button")
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    visitor.review("first scene")
    decide_with_keys(visitor, 1)
    focused = visitor.page.evaluate("document.activeElement.id")
    assert focused == "consequence", "the focus is where the consequence is read"
    assert visitor.says("La acompañante contesta por ella.")
    decide_with_keys(visitor, 1)
    decide_with_keys(visitor, 2)
    assert visitor.says("Se canalizó con su acuerdo")
    tab_to(visitor.page, 'a[href$="/debrief"]')
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    visitor.review("debrief")
    assert visitor.title == "Se canalizó con su acuerdo"
    assert visitor.says("Una decisión fue un error crítico")
    tab_to(visitor.page, "details summary")
    visitor.page.keyboard.press("Enter")
    assert visitor.page.locator("details[open]").count() == 1
    visitor.check()


def test_a_case_is_played_without_scripts(visit, case):
    visitor = visit(width=320, scripts=False)
    sign_in(visitor, case["email"])
    visitor.open(case["address"], "intro")
    visitor.press("Empezar el caso", "scene")
    for text in ("Pedir que la acompañante espere afuera", "Decirle quién lo sabrá"):
        visitor.choose([text])
        visitor.press("Decidir y seguir", text)
    visitor.press("Ver el balance del caso", "debrief")
    visitor.press("Volver a empezar", "again")
    assert visitor.says("Llega una mujer acompañada")
    visitor.check()


@pytest.mark.parametrize("width", [390, 1440])
def test_whoever_teaches_plays_prints_and_reads_decisions(visit, case, width):
    visitor = visit(width=width)
    sign_in(visitor, case["administrator"])
    visitor.open(case["preview"], "preview")
    visitor.press("Preguntarle ahí mismo", "preview-choice")
    visitor.open(f"{case['preview']}?path=b.b", "preview-end")
    visitor.open(f"{case['preview']}/tabletop", "tabletop")
    visitor.open(case["cohort"], "decisions")
    assert visitor.says("5")
    visitor.check()


def test_the_tabletop_prints_the_sheet_on_a_page_of_its_own(visit, case):
    visitor = visit(width=1024)
    sign_in(visitor, case["administrator"])
    visitor.open(f"{case['preview']}/tabletop", "tabletop")
    visitor.page.emulate_media(media="print")
    broken = "getComputedStyle(document.querySelector('.tabletop--sheet')).breakBefore"
    assert visitor.page.evaluate(broken) == "page"
    assert not visitor.page.locator("header.header").is_visible()

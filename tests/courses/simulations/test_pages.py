"""A case before those who teach it: played without keeping anything, and printed for a table."""

import pytest
from sqlalchemy import func, select

from lms.assessments.simulations.models import Run
from lms.core.db import db
from lms.courses.queries import get_unit, list_outline, simulation_of
from lms.courses.tabletop import simulation_tabletop, tabletop_of
from lms.testing.factories.accounts import make_administrator
from lms.testing.factories.courses import make_release


@pytest.fixture
def preview(unit, client_for):
    """The address of the preview of a case, and the browser of somebody who teaches."""
    with unit():
        release = make_release(has_simulation=True)
        administrator = make_administrator()
    return f"/courses/releases/{release.id}/preview/ruta/caso", client_for(administrator)


@pytest.fixture
def case(app, unit):
    with unit():
        release = make_release(has_simulation=True)
        module = list_outline(release.id)[-1]
        return simulation_of(get_unit(module.units[1].id))


def ways(page):
    return {link.get_text(strip=True): link["href"] for link in page.select("nav[aria-labelledby=ways] a")}


def test_the_preview_is_played_by_its_address(preview, unit):
    address, browser = preview
    page = browser.get(address)
    assert list(ways(page).values()) == [f"{address}?path=a", f"{address}?path=b"]
    page = browser.get(ways(page)["Pedir que la acompañante espere afuera"])
    assert "La mujer se queda sola con usted." in page.text
    assert "Ya puede hablar" in page.text
    page = browser.get(f"{address}?path=b.b")
    assert "Se canalizó con su acuerdo" in page.text
    assert "Lo que cuidó" in page.text
    assert "Primero la seguridad" in page.text
    with unit():
        assert db.session.scalar(select(func.count()).select_from(Run)) == 0


@pytest.mark.parametrize("path", ["z", "a.z.b", "b.b.b.b", "....", "a" * 500])
def test_a_path_that_does_not_exist_stops_where_it_can(preview, path):
    address, browser = preview
    browser.get(f"{address}?path={path}")


def test_the_preview_keeps_as_whom_one_reads(preview):
    address, browser = preview
    page = browser.get(f"{address}?path=b&sector=health")
    assert all("sector=health" in href for href in ways(page).values())


def test_links_of_the_case_lead_to_the_preview_of_other_pages(preview):
    address, browser = preview
    assert browser.get(address).select('main a[href="../ruta/leccion"]')


def test_the_tabletop_turns_choices_into_numbers(preview):
    address, browser = preview
    page = browser.get(f"{address}/tabletop")
    titles = [each.get_text(strip=True) for each in page.select(".tabletop__scene h2")]
    assert titles[0] == "Escena 1: Llega una mujer acompañada"
    assert titles[-2] == "Escena 4, final: Se canalizó con su acuerdo"
    first = page.select(".tabletop__scene")[0]
    assert [each.get_text(strip=True) for each in first.select("a")] == [
        "Vaya a la escena 2",
        "Vaya a la escena 3",
    ]


def test_scores_are_on_the_facilitators_sheet_alone(preview):
    address, browser = preview
    page = browser.get(f"{address}/tabletop")
    scenes, sheet = page.select("section.tabletop")
    assert "Error crítico" in sheet.get_text()
    assert "+2" in sheet.get_text()
    for secret in ("Error crítico", "+2", "Nadie habla con libertad"):
        assert secret not in scenes.get_text()
    assert "El camino que más cuida" in sheet.get_text()


def test_a_case_is_printed_by_others_too(app, case):
    with app.test_request_context():
        html = simulation_tabletop(case)
    assert "Vaya a la escena 2" in html
    assert 'class="term"' not in html
    assert 'id="sources"' not in html


def test_the_first_scene_has_the_first_number(case):
    table = tabletop_of(case)
    assert [scene.number for scene in table.scenes] == [1, 2, 3, 4, 5]
    assert [scene.is_ending for scene in table.scenes] == [False, False, False, True, True]
    assert [step.choice.key for step in table.best] == list(case.bounds.best_path)


def test_the_public_page_of_the_course_lists_the_case(client, unit):
    with unit():
        make_release(has_simulation=True)
    assert "Caso de prueba" in client.get("/courses/curso-de-prueba").text


def test_a_lesson_has_no_tabletop(preview):
    address, browser = preview
    browser.get(f"{address.removesuffix('caso')}leccion/tabletop", status=404)

"""Somebody with a case in a real browser: whom to call, the route step by step, and who keeps the numbers."""

from datetime import date
from types import SimpleNamespace

import pytest

from lms.accounts.queries import get_person
from lms.contacts.loading import bring_in, judge
from lms.core.actors import SYSTEM
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.context import current_settings
from lms.testing.factories.accounts import make_administrator
from lms.testing.factories.contacts import make_contact
from lms.testing.factories.courses import FLAGSHIP, release_flagship
from lms.testing.factories.learning import make_cohort, make_enrolment

ROUTE = f"/courses/{FLAGSHIP}/routes/quintana-roo"


@pytest.fixture
def case(unit):
    with unit():
        file = current_settings().content_dir / "reference" / "directorio.yaml"
        bring_in(judge(file.read_bytes(), today=today()), today=today(), actor=SYSTEM, now=now())
        checked = make_contact(key="mx-roo-prueba", place="MX-ROO", verified_on=date(2026, 11, 1))
        enrolment = make_enrolment(make_cohort(release=release_flagship()), sector="justice")
        return SimpleNamespace(
            keeper=make_administrator(),
            learner=get_person(enrolment.person_id),
            lesson=f"/learning/{enrolment.id}/canalizacion/responsables-de-mi-territorio",
            contact=checked.id,
        )


@pytest.fixture
def enter(visit, client_for, live_server):
    """Return ``enter(person, width)``: a visitor who is signed in."""

    def entered(person, width=390):
        visitor = visit(width=width)
        cookie = client_for(person).raw.get_cookie("ruta").value
        visitor.page.context.add_cookies([{"name": "ruta", "value": cookie, "url": live_server.url}])
        return visitor

    return entered


@pytest.mark.parametrize("width", [390, 1280])
def test_whoever_has_a_case_reaches_the_next_step_in_a_few_taps(enter, case, width):
    visitor = enter(case.learner, width)
    visitor.open("/case-now")
    visitor.press("Abrir la ruta de su territorio")
    visitor.press("Ruta de Quintana Roo: todas las personas")
    assert visitor.says("Por verificar")
    visitor.press("Paso a paso")
    assert visitor.title == "Valorar el riesgo sin exponer a nadie"
    assert visitor.says("Si no es seguro")
    assert visitor.page.locator("main a[href='tel:911']").first.is_visible()
    visitor.press("Siguiente: Denunciar ante el Ministerio Público")
    assert visitor.says("Paso 2 de 6")
    visitor.open(f"{ROUTE}?sector=justice")
    visitor.check()


def test_a_lesson_draws_the_route_with_the_steps_of_the_sector(enter, case):
    visitor = enter(case.learner)
    visitor.open(case.lesson)
    assert visitor.says("Su sector")
    assert visitor.says("Ruta de México, para todas las personas.")
    visitor.check()


def test_a_keeper_confirms_a_number_and_everybody_sees_it(enter, visit, case):
    visitor = enter(case.keeper, 1280)
    visitor.open("/contacts/manage")
    visitor.press("Línea 1818")
    visitor.fill(verified_by="Guardia de la secretaría técnica")
    visitor.press("Confirmar hoy")
    assert visitor.says("Confirmado.")
    visitor.open("/contacts/new")
    visitor.open(f"/contacts/{case.contact}/retire")
    visitor.check()
    stranger = visit()
    stranger.open("/contacts/?place=PE")
    assert stranger.says("Lo comprobó: Guardia de la secretaría técnica")
    stranger.check()

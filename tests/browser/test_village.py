"""A roll call in a village: the list is taken along with a line, kept without one, and sent when there is one again."""

from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from lms.accounts.models import Person
from lms.attendance.models import Mark
from lms.attendance.queries import attendances_at, observations_at
from lms.core.actors import Role, ScopeKind
from lms.core.db import db
from lms.testing.factories.accounts import PASSWORD, give_role, make_person
from lms.testing.factories.attendance import make_mark, make_meeting
from lms.testing.factories.institutions import make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment


@pytest.fixture
def village(unit):
    """Return a meeting that is on, the trainer who keeps its register and thirteen people."""
    with unit():
        cohort = make_cohort(name="Grupo de la sierra")
        meeting = make_meeting(cohort, title="Taller en la comunidad")
        people = [make_enrolment(cohort) for _ in range(13)]
        keeper = make_person(email="quien.lleva.la.lista@example.org", password=PASSWORD)
        give_role(keeper, Role.TRAINER, ScopeKind.COHORT, cohort.id)
        make_institution(name="Centro de Salud de la Sierra")
        names = [db.session.get(Person, each.person_id).name for each in people]
        return SimpleNamespace(
            cohort=cohort.id, meeting=meeting, people=people, names=names, email=keeper.email
        )


def row(page, name):
    return page.locator(".roll > li").filter(has_text=name)


def choose(page, name, label):
    row(page, name).get_by_text(label, exact=True).click()


def take_along(visitor, village):
    """Sign in with a line, and open the list until the device keeps it."""
    visitor.open(f"/attendance/offline/?meeting_id={village.meeting.id}")
    visitor.fill(email=village.email, password=PASSWORD)
    visitor.press("Entrar")
    assert visitor.title == "Lista sin señal"
    expect(row(visitor.page, village.names[0])).to_be_visible()
    visitor.page.wait_for_function("navigator.serviceWorker.controller")
    visitor.review("list")


def call_roll_without_a_line(visitor, village):
    """Load the page again and mark twelve people and somebody who was not on the list; then close it."""
    page = visitor.page
    page.context.set_offline(True)
    page.reload()
    for name in village.names[:12]:
        choose(page, name, "Presente")
    choose(page, village.names[1], "Tarde")
    page.get_by_text("No está en la lista").click()
    visitor.fill(name="Participante Nueva 901", place="Centro de Salud de la Sierra")
    page.get_by_text("Agregar como presente").click()
    expect(page.get_by_role("status")).to_contain_text("esperan en este teléfono: 13.")
    page.close()


def open_again(visitor, village):
    """Open the page anew, still without a line: everything is there."""
    visitor.page = page = visitor.page.context.new_page()
    visitor.watch()
    page.goto(f"{visitor.url}/attendance/offline/")
    expect(row(page, village.names[2])).to_contain_text("En el teléfono")
    expect(row(page, village.names[1]).get_by_label("Tarde")).to_be_checked()
    page.context.set_offline(False)


def send_twice(visitor, village):
    """Send everything, decide where somebody else said something different, and send again."""
    page = visitor.page
    page.get_by_role("button", name="Enviar ahora").click()
    expect(row(page, village.names[2])).to_contain_text("Enviado")
    expect(row(page, "Participante Nueva 901")).to_contain_text("Enviado")
    expect(row(page, village.names[0])).to_contain_text("En la plataforma: Falta justificada, en la lista")
    visitor.review("conflict")
    page.get_by_role("button", name="Dejar lo mío").click()
    for _ in range(2):
        expect(page.get_by_role("status")).to_have_text("Todo está enviado.")
        page.get_by_role("button", name="Enviar ahora").click()


def test_a_list_is_kept_in_a_village_without_a_line(visit, village, unit):
    visitor = visit(width=390)
    take_along(visitor, village)
    call_roll_without_a_line(visitor, village)
    with unit():  # meanwhile somebody with a line calls the roll
        make_mark(village.meeting, db.session.merge(village.people[0]), Mark.EXCUSED)
    open_again(visitor, village)
    send_twice(visitor, village)
    with unit():
        marks = attendances_at(village.meeting.id)
        assert [marks[each.id].mark for each in village.people[:3]] == [Mark.PRESENT, Mark.LATE, Mark.PRESENT]
        assert len(marks) == 13
        assert len(observations_at(village.meeting.id)) == 14
    visitor.page.get_by_text("Borrar de este teléfono").click()
    visitor.page.get_by_role("button", name="Borrar todo").click()
    expect(visitor.page.locator(".roll > li")).to_have_count(0)
    visitor.faults = [each for each in visitor.faults if "ERR_INTERNET_DISCONNECTED" not in each]
    visitor.check()

"""Nominating with a file, over HTTP: what each row would do, sending it, sending it again, and what comes back."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from lms.accounts.models import Person
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.db import db
from lms.core.tabular import Column, Table, read_csv, to_xlsx
from lms.institutions.directory.queries import get_institution
from lms.institutions.people.service import PersonValues, Work, add_new
from lms.learning.nominations.models import Nomination
from lms.learning.nominations.rules import NominationState
from lms.testing.pytest_plugin import TODAY

HEADER = ("Nombres", "Primer apellido", "Correo", "Institución", "CURP")


def send(browser, place, content, name="gente.csv", status=303):
    return browser.post(place.url + "/list", {"file": (BytesIO(content), name)}, status=status)


def csv(*rows):
    return "\n".join(";".join(cells) for cells in (HEADER, *rows)).encode()


def review_of(answer):
    return answer.response.headers["Location"]


def nominations(unit):
    with unit():
        rows = db.session.execute(
            select(Person, Nomination.state)
            .join(Nomination, Nomination.person_id == Person.id)
            .order_by(Nomination.queued_at, Nomination.id)
        )
        return {row[0].name: row[1] for row in rows}


def member(place, given_names, first_surname, email):
    values = PersonValues(given_names=given_names, first_surname=first_surname, email=email)
    return add_new(values, Work(institution=place, starts_on=TODAY.date()), actor=SYSTEM, now=now())


@pytest.fixture(autouse=True)
def _people(place, unit):
    """Two people of the hospital, one of them a namesake of somebody in a file, and one of the neighbour."""
    with unit():
        hospital, tourism = (get_institution(each.id) for each in (place.hospital, place.tourism))
        member(hospital, "Ana", "Ruiz", "ana@example.org")
        member(hospital, "Luis", "Mar", "luis@example.org")
        member(tourism, "Eva", "Sol", "eva@example.org")


def test_each_row_has_its_verdict_and_nothing_happens_before_it_is_confirmed(client_for, place, unit):
    browser = client_for(place.focal_point)
    content = csv(
        ("Ana", "Ruiz", "ANA@example.org", "Hospital General", ""),
        ("Itzel", "Nueva", "itzel@example.org", "Hospital General", ""),
        ("Rosa", "Tercera", "rosa@example.org", "Secretaría de Salud", ""),
        ("Luis", "Mar", "otro@example.org", "Hospital General", ""),
        ("Ana", "Ruiz", "ana@example.org", "Hospital General", ""),
        ("Eva", "Sol", "eva@example.org", "Hospital General", ""),
        ("Pedro", "Sin correo", "", "Hospital General", ""),
        ("Mar", "Ajena", "mar@example.org", "Secretaría de Turismo", ""),
        ("Otra", "Persona", "luis@example.org", "Hospital General", ""),
    )
    page = browser.get(review_of(send(browser, place, content))).text
    assert "3 personas están listas para proponerse" in page
    for said in (
        "Se propone, persona nueva",
        "A la lista de espera",
        "Mismo nombre e institución que Luis Mar (luis@example.org)",
        "Repetida: es la misma persona que la de la línea 2",
        "trabaja hoy en una institución que usted no administra",
        "Escriba el correo: la persona no está en el directorio",
        "No se encontró la institución «Secretaría de Turismo»",
        "Ese correo ya es de una persona con otro nombre",
    ):
        assert said in page
    assert nominations(unit) == {}


def test_sending_keeps_the_order_of_the_file_and_sending_again_adds_nobody(client_for, place, unit):
    browser = client_for(place.focal_point)
    content = csv(
        ("Ana", "Ruiz", "ana@example.org", "", ""),
        ("Itzel", "Nueva", "itzel@example.org", "Hospital General", ""),
        ("Rosa", "Tercera", "rosa@example.org", "Secretaría de Salud", ""),
        ("Luis", "Mar", "otro@example.org", "Hospital General", ""),
    )
    url = review_of(send(browser, place, content))
    browser.post(url, {})
    expected = {
        "Ana Ruiz": NominationState.PROPOSED,
        "Itzel Nueva": NominationState.PROPOSED,
        "Rosa Tercera": NominationState.WAITING,
    }
    assert nominations(unit) == expected
    left = read_csv(browser.get(url + "/left-out").response.data)
    assert [row.cells[0] for row in left.rows] == ["Luis"]
    assert "Mismo nombre e institución" in left.rows[0].cells[-1]
    browser.post(url, {})
    assert nominations(unit) == expected
    browser.post(
        review_of(send(browser, place, browser.get(url + "/left-out").response.data)), {"adds_possible": "y"}
    )
    assert nominations(unit) == {**expected, "Luis Mar": NominationState.WAITING}
    with unit():
        same_name = select(Person.email).where(Person.given_names == "Luis").order_by(Person.email)
        assert db.session.scalars(same_name).all() == ["luis@example.org", "otro@example.org"]


def test_after_the_deadline_a_file_asks_for_exceptions_with_one_reason(client_for, place, unit, at):
    content = to_xlsx(
        Table([Column(name) for name in HEADER], [("Ana", "Ruiz", "ana@example.org", "", "")]), title="x"
    )
    with at(TODAY + timedelta(days=8)):
        browser = client_for(place.focal_point)
        url = review_of(send(browser, place, content, "gente.xlsx"))
        browser.post(url, {"late_reason": " "}, status=422)
        assert nominations(unit) == {}
        browser.post(url, {"late_reason": "La circular llegó ayer."})
    assert nominations(unit) == {"Ana Ruiz": NominationState.LATE}


def test_a_file_opens_only_for_whoever_sent_it_and_in_its_call(client_for, place, at):
    browser = client_for(place.focal_point)
    url = review_of(send(browser, place, csv(("Ana", "Ruiz", "ana@example.org", "", ""))))
    client_for(place.neighbour).get(url, status=404)
    send(browser, place, b"Correo\nana@example.org\n", status=422)
    with at(TODAY - timedelta(days=2)):
        early = client_for(place.focal_point)
        assert "todavía no abre" in send(early, place, csv(("Ana", "Ruiz", "", "", "")), status=422).text

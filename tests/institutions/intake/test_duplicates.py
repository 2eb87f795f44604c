"""Rows that may be somebody who is known are told with the reason, and nothing is merged by itself; formats."""

import io

import pytest
from sqlalchemy import func, select

from lms.accounts.models import Person
from lms.accounts.queries import find_person_by_email
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.db import db
from lms.core.tabular import Column, Table, to_xlsx
from lms.core.workbooks import read_table
from lms.institutions.directory.models import Affiliation, Institution
from lms.institutions.intake import runs
from lms.institutions.people.service import PersonValues, Work, register_at
from lms.testing.factories.accounts import make_administrator
from lms.testing.factories.institutions import LONG_AGO, make_focal_point, make_institution

HEADER = ("Nombres", "Primer apellido", "Correo", "CURP", "Institución")


@pytest.fixture
def places(unit):
    with unit():
        here, there = make_institution("Hospital General"), make_institution("Fiscalía")
        for name, email, number, place in (
            ("Rosa", "rosa.ek@example.org", "EKXR800101", here),
            ("Luz", "luz@example.org", "", there),
        ):
            values = PersonValues(given_names=name, first_surname="Ek", email=email, national_id=number)
            register_at(values, Work(institution=place, starts_on=LONG_AGO), actor=SYSTEM, now=now())
        return here.id


@pytest.fixture
def admin(client_for, unit):
    with unit():
        person = make_administrator()
    return client_for(person)


def book(*rows):
    return to_xlsx(Table([Column(name) for name in HEADER], rows), title="Personas")


def send(client, content, name="personas.xlsx", status=303):
    return client.post("/people/import", {"file": (io.BytesIO(content), name)}, status=status)


def review(client, content, name="personas.xlsx"):
    return client.follow(send(client, content, name))


def verdicts(page):
    return [
        tuple(cell.get_text(" ", strip=True) for cell in row.select("td")) for row in page.select("tbody tr")
    ]


def path_of(page):
    return page.response.request.path


def count_people():
    return db.session.scalar(select(func.count()).select_from(Person))


LIST = book(
    ("Rosa", "Ek", "", "ekxr-800101", "Hospital General"),
    ("Rosaura", "Pech", "rosaek+cursos@example.org", "", "Hospital General"),
    ("EK", "Rosa", "otra@example.org", "", "Hospital General"),
    ("Iñaki", "OʼHara Muñoz", "n\u0303@example.org", "", "Hospital General"),
    ("In\u0303aki", "O’Hara Muñoz", "inaki@example.org", "", "Hospital General"),
    ("", "Sin Nombre", "", "", "Hospital General"),
    ("x" * 78, "=cmd()", "formula@example.org", "", "Hospital General"),
)


def test_possible_duplicates_are_told_with_the_reason_and_left_out(admin, places, unit):
    page = review(admin, LIST)
    assert verdicts(page) == [
        ("Posible duplicado", "Misma identificación que Rosa Ek."),
        ("Posible duplicado", "Correo casi igual al de Rosa Ek: rosa.ek@example.org."),
        ("Posible duplicado", "Mismo nombre e institución que Rosa Ek (rosa.ek@example.org)."),
        ("Se agrega", "Hospital General"),
        ("Posible duplicado", "Mismo nombre e institución que la línea 5, con otro correo."),
        ("Con error", "Falta: «Nombres»."),
        ("Se agrega", "Hospital General"),
    ]
    with unit():
        before = count_people()
    after = admin.follow(admin.post(path_of(page)))
    assert "Filas nuevas: 2" in after.text
    answer = admin.get(path_of(page) + "/errors.xlsx").response
    assert answer.headers["Content-Disposition"].endswith('errores-personas.xlsx"')
    back = read_table(answer.get_data())
    assert (back.header[-1], len(back.rows)) == ("motivo", 5)
    assert back.rows[0].cells[-1] == "Misma identificación que Rosa Ek."
    with unit():
        assert count_people() == before + 2
        assert find_person_by_email("formula@example.org").first_surname == "=cmd()"


def test_possible_duplicates_are_added_when_somebody_says_so_and_only_once(admin, places, unit):
    page = review(admin, LIST)
    with unit():
        before = count_people()
    admin.post(path_of(page), {"adds_possible": "y"})
    with unit():
        assert count_people() == before + 6
    again = admin.follow(admin.post(path_of(review(admin, LIST)), {"adds_possible": "y"}))
    assert "No había nada nuevo" in again.text
    pairs = admin.get("/people/duplicates")
    assert "Mismo nombre e institución" in pairs.text


def test_a_focal_point_is_told_nothing_of_people_elsewhere(client_for, places, unit):
    with unit():
        person = make_focal_point(db.session.get(Institution, places))
    content = book(("Luz", "Ek", "l.u.z@example.org", "", "Hospital General"))
    assert verdicts(review(client_for(person), content)) == [("Se agrega", "Hospital General")]


def test_a_csv_comes_back_with_its_own_separator(admin, places):
    content = "nombres;primer apellido;institución\nRosa;;Hospital General\n".encode("cp1252")
    page = review(admin, content, "a.csv")
    back = admin.get(path_of(page) + "/errors.csv").response.get_data().decode("utf-8-sig")
    assert back.splitlines()[0] == "nombres;primer apellido;institución;motivo"


@pytest.fixture
def long_file(places):
    lines = [f"Persona {n},Ek {n},p{n}@example.org,Hospital General" for n in range(2100)]
    lines[700] = lines[3]
    lines[900] = "Sin,Institución,x@example.org,Ninguna"
    return "\n".join(("Nombres,Primer apellido,Correo,Institución", *lines)).encode()


def test_a_long_file_is_judged_and_saved_by_parts_and_goes_on_where_it_fell(
    admin, client_for, places, long_file, unit, run_jobs, count_queries
):
    page = review(admin, long_file, "largo.csv")
    path = path_of(page)
    assert "Revisando: 0 de 2 100 filas" in page.text.replace("\u202f", " ").replace("\xa0", " ")
    run_jobs()
    assert admin.raw.get(path, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    page = admin.get(path)
    assert "2098 filas están listas" in page.text
    assert [row[0] for row in verdicts(admin.get(path + "?outcome=error"))] == ["Con error"]
    assert "línea 5" in verdicts(admin.get(path + "?outcome=repeated"))[0][1]
    with count_queries() as statements:
        admin.get(path + "?page=41")
    assert len(statements) <= 8
    with unit():
        stranger = make_administrator()
    client_for(stranger).get(path, status=404)
    admin.post(path, {"adds_possible": ""})
    with pytest.raises(RuntimeError, match="falls"), unit():
        save_two_parts_and_fall(path)
    with unit():
        assert db.session.scalar(select(func.count()).select_from(Affiliation)) == 2
    admin.post(path + "/resume")
    run_jobs()
    page = admin.get(path)
    assert page.title == "Archivo guardado"
    with unit():
        assert db.session.scalar(select(func.count()).select_from(Affiliation)) == 2 + 2098
    back = read_table(admin.get(path + "/errors").response.get_data())
    assert [row.line for row in back.rows] == [2, 3]
    admin.post(path)
    run_jobs()
    again = admin.get(path_of(review(admin, long_file, "largo.csv")))
    run_jobs()
    assert "Nada nuevo por guardar" in admin.get(path_of(again)).text


def save_two_parts_and_fall(path):
    """Save two parts in a transaction that never comes to its end, as when the machine falls."""
    run = runs.find_run(path.rpartition("/")[2])
    for number in (0, 1):
        runs.save_batch(run, number, now=now())
    assert run.done == 1000
    message = "the machine falls"
    raise RuntimeError(message)

"""The tree from a file: codes that outlive names, changes from a day on, and the directory's own file sent back."""

import io
from datetime import date

import pytest
from sqlalchemy import func, select

from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.db import db
from lms.core.tabular import read_csv
from lms.institutions.directory.models import Institution
from lms.institutions.directory.queries import find_by_code, list_former_names, list_former_parents
from lms.institutions.intake.service import save_territories
from lms.institutions.intake.territories import plan_territories
from lms.institutions.territories.queries import find_territory
from lms.testing.factories.accounts import give_role, make_administrator, make_person
from lms.testing.factories.institutions import make_institution, make_member
from lms.testing.pytest_plugin import TODAY

HEAD = "Clave,Nombre,Sector,Territorio,Código de territorio,Depende de,Grupo,Existe desde,Cambió el\n"
TREE = HEAD + (
    "EDO,Gobierno del Estado,,,MX-ROO,,,2015-01-01,\n"
    "SSA,Servicios de Salud,Salud,Chetumal,MX-ROO,EDO,,2016-02-03,\n"
    "HG,Hospital General,Salud,,,SSA,,,\n"
    "AYT,Ayuntamientos,,,,,Sí,,\n"
    ",Ayuntamiento de Bacalar,,,MX-ROO,AYT,,,\n"
)
PLACES = "Código ISO,Nombre,Tipo,Dentro de\nMX,México,País,\nMX-ROO,Quintana Roo,Estado,MX\n"


@pytest.fixture
def admin(client_for, unit):
    with unit():
        person = make_administrator()
        save_territories(plan_territories(read_csv(PLACES.encode())), actor=SYSTEM, now=TODAY)
    return client_for(person)


def review(client, text):
    content = text if isinstance(text, bytes) else text.encode()
    return client.follow(client.post("/institutions/import", {"file": (io.BytesIO(content), "arbol.csv")}))


def load(client, text):
    page = review(client, text)
    return client.follow(client.post(page.response.request.path))


def verdicts(page):
    return [
        tuple(cell.get_text(" ", strip=True) for cell in row.select("td")) for row in page.select("tbody tr")
    ]


def test_a_tree_comes_in_whole_and_the_file_of_the_directory_finds_everything_known(admin, unit):
    assert [row[0] for row in verdicts(review(admin, TREE))] == ["Se agrega"] * 5
    assert {row[0] for row in verdicts(load(admin, TREE))} == {"Ya estaba"}
    with unit():
        health, hospital, group = (find_by_code(code) for code in ("SSA", "HG", "AYT"))
        assert (health.opened_on, health.territory) == (date(2016, 2, 3), "Chetumal")
        assert find_territory(health.territory_id).iso_code == "MX-ROO"
        assert find_by_code("EDO").territory == "Quintana Roo"
        assert hospital.path.startswith(health.path)
        assert group.is_group
    own = admin.raw.get("/institutions/institutions.csv").get_data()
    assert {row[0] for row in verdicts(review(admin, own))} == {"Ya estaba"}


def test_a_code_carries_a_new_name_and_a_new_place_from_a_day_on(admin, unit):
    load(admin, TREE)
    both = HEAD + "HG,Hospital Regional,,,,EDO,,,2026-03-01\n"
    assert verdicts(review(admin, both)) == [("Cambia", "Nombre: Hospital Regional, Depende de: EDO")]
    load(admin, both)
    assert {row[0] for row in verdicts(review(admin, both))} == {"Ya estaba"}
    with unit():
        hospital = find_by_code("HG")
        assert (hospital.name, hospital.parent_id) == ("Hospital Regional", find_by_code("EDO").id)
        names, places = list_former_names([hospital.id]), list_former_parents([hospital.id])
        assert [each.name for each in names[hospital.id]] == ["Hospital General"]
        assert [each.parent_id for each in places[hospital.id]] == [find_by_code("SSA").id]
    listed = [each.get_text() for each in admin.get("/institutions/?on=2026-02-28").select("tbody th a")]
    assert "Hospital General" in listed


FAULTS = [
    ("HG,Otro nombre,,,,,,,", "desde qué día"),
    ("HG,Otro nombre,,,,,,,2027-01-01", "una fecha que ya llegó"),
    ("SSA,Otro nombre,,,,,,,2016-01-01", "otro cambio anotado"),
    ("EDO,Gobierno del Estado,,,,HG,,,2026-01-01", "no puede depender de sí misma"),
    ("HG,Servicios de Salud,,,,EDO,,,2026-01-01", "Ya hay una institución con ese nombre"),
    (",Nueva,,,ZZ-1,,,,", "No hay un territorio"),
    (",Nueva,,,,,Quizá,,", "Sí"),
    (",Nueva,,,,,,ayer,", "no es una fecha"),
    ("HG,Hospital General,,,,SSA,sí,,", "personas adscritas"),
]


def test_what_cannot_be_is_told_row_by_row(admin, unit):
    load(admin, TREE)
    with unit():
        make_member(find_by_code("HG"))
    texts = [row for row, _problem in FAULTS]
    for (row, problem), (outcome, detail) in zip(
        FAULTS, (verdicts(review(admin, HEAD + each + "\n"))[0] for each in texts), strict=True
    ):
        assert outcome == "Con error", row
        assert problem in detail, row


def test_a_code_of_others_is_refused_and_nothing_else_is_said_of_them(admin, client_for, unit):
    load(admin, TREE)
    with unit():
        own = make_institution("Otra rama")
        local = make_person()
        give_role(local, Role.ADMINISTRATOR, ScopeKind.INSTITUTION, own.id)
    page = review(client_for(local), HEAD + "SSA,Área,,,,Otra rama,,,\n,Hija,,,,SSA,,,\n")
    assert [row[0] for row in verdicts(page)] == ["Con error", "Con error"]
    assert "Servicios de Salud" not in page.text
    with unit():
        assert db.session.scalar(select(func.count(Institution.id))) == 6

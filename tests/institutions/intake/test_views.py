"""From a file to people and institutions: what is judged, what is saved, and what comes back as wrong."""

import io
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from lms.accounts.models import Person
from lms.accounts.queries import find_person_by_email
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.audit import AuditEntry
from lms.core.context import STORAGE
from lms.core.db import db
from lms.core.tabular import read_csv
from lms.institutions.directory.models import Institution
from lms.institutions.directory.queries import find_affiliation, find_sibling, list_affiliations
from lms.institutions.directory.service import deactivate_institution
from lms.testing.factories.accounts import PASSWORD, give_role, make_administrator, make_person
from lms.testing.factories.institutions import (
    affiliate_person,
    make_focal_point,
    make_institution,
    make_member,
)
from lms.testing.pytest_plugin import TODAY

HEADER = "Nombres,Primer apellido,Segundo apellido,Correo,Institución,Puesto,Sector,Desde\n"
DAY = TODAY.date()


@pytest.fixture
def places(unit):
    with unit():
        health = make_institution("Servicios de Salud", sector="health")
        return {
            "health": health,
            "hospital": make_institution("Hospital General", parent=health),
            "council": make_institution("Ayuntamiento de Bacalar"),
        }


@pytest.fixture
def admin(client_for, unit):
    with unit():
        person = make_administrator()
    return client_for(person)


@pytest.fixture
def focal_point(client_for, unit, places):
    with unit():
        person = make_focal_point(db.session.get(Institution, places["health"].id))
    return client_for(person)


def send(client, text, *, kind="people", status=303, name="personal.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return client.post(f"/{kind}/import", {"file": (io.BytesIO(content), name)}, status=status)


def review(client, text, *, kind="people"):
    return client.follow(send(client, text, kind=kind))


def verdicts(page):
    """Return the outcome and the detail of each row."""
    cells = [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in page.select("tbody tr")]
    return [tuple(row) for row in cells]


def outcomes(page):
    return [row[0] for row in verdicts(page)]


def path_of(page):
    return page.response.request.path


def count_people():
    return db.session.scalar(select(func.count()).select_from(Person))


def test_nothing_is_saved_before_the_word(admin, places, unit, run_jobs, mailbox):
    with unit():
        before = count_people()
    page = review(admin, HEADER + "Rosa,Ek,Pech,rosa@example.org,Hospital General,Enfermería,,15/01/2026\n")
    assert verdicts(page) == [("Se agrega", "Hospital General")]
    assert "todavía no se ha guardado nada" in page.text
    with unit():
        assert count_people() == before
    done = admin.follow(admin.post(path_of(page), {"invite": "y"}))
    assert "Filas nuevas: 1" in done.text
    assert outcomes(done) == ["Ya estaba"]
    with unit():
        rosa = find_person_by_email("rosa@example.org")
        assert rosa.name == "Rosa Ek Pech"
        affiliation = find_affiliation(rosa.id, date(2026, 1, 15))
        assert (affiliation.institution_id, affiliation.post) == (places["hospital"].id, "Enfermería")
    run_jobs()
    assert [message.to for message in mailbox.sent] == ["rosa@example.org"]


def test_a_file_marks_test_people_and_takes_the_mark_back(admin, places, unit):
    header = "Nombres,Primer apellido,Correo,Institución,Desde,Persona de prueba\n"
    row = "Rosa,Ek,rosa@example.org,Hospital General,2026-01-15,"
    for cell, outcome, is_test in (
        ("Sí", "Se agrega", True),
        ("", "Ya estaba", True),
        ("No", "Cambia", False),
    ):
        page = review(admin, header + row + cell + "\n")
        assert outcomes(page) == [outcome], cell
        admin.post(path_of(page))
        with unit():
            assert find_person_by_email("rosa@example.org").is_test is is_test
    assert "«Sí» o «No»" in review(admin, header + row + "tal vez\n").text


def test_without_the_tick_nobody_is_invited(admin, places, run_jobs, mailbox):
    page = review(admin, HEADER + "Rosa,Ek,,rosa@example.org,Hospital General,,,\n")
    admin.post(path_of(page))
    run_jobs()
    assert mailbox.sent == []


def test_sending_again_changes_nothing(admin, places, unit):
    text = HEADER + "Rosa,Ek,,rosa@example.org,Hospital General,,,\nSin,Correo,,,Hospital General,,,\n"
    admin.post(path_of(review(admin, text)))
    with unit():
        entries = db.session.scalar(select(func.count()).select_from(AuditEntry))
    page = review(admin, text)
    assert outcomes(page) == ["Ya estaba", "Ya estaba"]
    assert "Todo el archivo está guardado" in page.title
    again = admin.follow(admin.post(path_of(page)))
    assert "No había nada nuevo" in again.text
    with unit():
        assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == entries


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_files_come_in_the_usual_shapes(admin, places, encoding, delimiter):
    text = "Apellido paterno,NOMBRE,Dependencia\nÑandú,José,hospital general\n".replace(",", delimiter)
    page = review(admin, text.encode(encoding))
    assert outcomes(page) == ["Se agrega"]
    assert "José Ñandú" in page.text


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Rosa,,,,Hospital General,,,", "Falta: «Primer apellido»."),
        (",,,,,Jefa,,", "Falta: «Nombres», «Primer apellido», «Institución»."),
        ("Rosa,Ek,,no-es-correo,Hospital General,,,", "«no-es-correo» no es un correo."),
        ("Rosa,Ek,,,Hospital Inventado,,,", "No se encontró la institución «Hospital Inventado»"),
        ("Rosa,Ek,,,Hospital General,,Magia,", "No existe el sector «Magia»"),
        ("Rosa,Ek,,,Hospital General,,,31/02/2026", "no es una fecha"),
        ("Rosa,Ek,,,Hospital General,Jefa, de turno,,2026-01-15", "Tiene más celdas que el encabezado"),
        ("Rosa,Ek,,,Hospital General," + "x" * 161 + ",,", "demasiado largo en: «Puesto»"),
    ],
)
def test_each_error_says_what_to_mend(admin, places, row, reason):
    ((outcome, detail),) = verdicts(review(admin, HEADER + row + "\n"))
    assert outcome == "Con error"
    assert reason in detail


def test_rows_with_errors_come_back_with_their_reason_and_may_be_sent_again(admin, places):
    page = review(
        admin, HEADER + "Rosa,Ek,,mal,Hospital General,,,\nAna,Pech,,ana@example.org,Hospital General,,,\n"
    )
    answer = admin.get(path_of(page) + "/errors.csv")
    assert answer.response.mimetype == "text/csv"
    sheet = read_csv(answer.response.get_data())
    assert sheet.header[-1] == "motivo"
    (row,) = sheet.rows
    assert (row.cells[0], row.cells[-1]) == ("Rosa", "Correo: «mal» no es un correo.")
    admin.post(path_of(page))
    mended = answer.response.get_data().replace(b",mal,", b",rosa@example.org,")
    again = review(admin, mended)
    assert outcomes(again) == ["Se agrega"]
    header = read_csv(admin.get(path_of(again) + "/errors.csv").response.get_data() + b"x\n").header
    assert header.count("motivo") == 1


def test_duplicates_inside_the_file_name_the_first_line(admin, places):
    text = HEADER + (
        "Rosa,Ek,,rosa@example.org,Hospital General,,,\n"
        "Rosa,Ek,,ROSA@example.org,Hospital General,,,\n"
        "Ana,Pech,,,Hospital General,,,\n"
        "ANA,PECH,,,hospital general,,,\n"
        "Ana,Pech,,,Servicios de Salud,,,\n"
    )
    page = review(admin, text)
    assert outcomes(page) == ["Se agrega", "Repetida", "Se agrega", "Repetida", "Se agrega"]
    assert "línea 2" in verdicts(page)[1][1]
    assert "línea 4" in verdicts(page)[3][1]


def test_changes_are_shown_and_saved(admin, places, unit):
    with unit():
        nurse = make_member(db.session.get(Institution, places["hospital"].id))
    row = f"{nurse.given_names},{nurse.first_surname},Canul,{nurse.email},Servicios de Salud,Jefatura,,\n"
    page = review(admin, HEADER + row)
    ((outcome, detail),) = verdicts(page)
    assert outcome == "Cambia"
    assert "Canul" in detail
    assert "Servicios de Salud · Jefatura" in detail
    admin.post(path_of(page))
    with unit():
        assert db.session.get(Person, nurse.id).second_surname == "Canul"
        assert find_affiliation(nurse.id, DAY).institution_id == places["health"].id
        assert find_affiliation(nurse.id, DAY - timedelta(days=1)).institution_id == places["hospital"].id


def test_empty_cells_and_capitals_change_nothing(admin, places, unit):
    with unit():
        hospital = db.session.get(Institution, places["hospital"].id)
        nurse = make_person(given_names="María")
        affiliate_person(nurse, hospital, post="Enfermería")
    row = f"MARIA,{nurse.first_surname},,{nurse.email.upper()},HOSPITAL GENERAL,,,\n"
    assert outcomes(review(admin, HEADER + row)) == ["Ya estaba"]


def test_an_address_may_be_added_to_whoever_had_none(admin, places, unit):
    admin.post(path_of(review(admin, HEADER + "Rosa,Ek,,,Hospital General,,,\n")))
    page = review(admin, HEADER + "Rosa,Ek,,rosa@example.org,Hospital General,,,\n")
    assert verdicts(page) == [("Cambia", "rosa@example.org")]
    admin.post(path_of(page))
    with unit():
        assert len(list_affiliations(find_person_by_email("rosa@example.org").id)) == 1


def test_the_address_of_another_person_is_an_error(admin, places, unit):
    with unit():
        make_person(email="rosa@example.org")
    ((outcome, detail),) = verdicts(review(admin, HEADER + "Rosa,Ek,,rosa@example.org,Hospital General,,,\n"))
    assert outcome == "Con error"
    assert "otro nombre" in detail


def test_dates_that_overlap_are_an_error(admin, places, unit):
    with unit():
        nurse = make_member(db.session.get(Institution, places["hospital"].id))
    row = f"{nurse.given_names},{nurse.first_surname},,{nurse.email},Servicios de Salud,,,2019-01-01\n"
    ((outcome, detail),) = verdicts(review(admin, HEADER + row))
    assert outcome == "Con error"
    assert "otra adscripción" in detail


def test_a_closed_institution_takes_nobody(admin, places, unit):
    with unit():
        deactivate_institution(db.session.get(Institution, places["hospital"].id), actor=SYSTEM, now=TODAY)
    ((outcome, detail),) = verdicts(review(admin, HEADER + "Rosa,Ek,,,Hospital General,,,\n"))
    assert outcome == "Con error"
    assert "dada de baja" in detail


def test_two_institutions_of_one_name_need_the_body_above(admin, places, unit):
    with unit():
        make_institution("Hospital General", parent=db.session.get(Institution, places["council"].id))
    text = (
        HEADER + "Rosa,Ek,,,Hospital General,,,\nAna,Pech,,,ayuntamiento de bacalar > hospital general,,,\n"
    )
    page = review(admin, text)
    assert outcomes(page) == ["Con error", "Se agrega"]
    assert "Escriba también la superior" in verdicts(page)[0][1]


def test_a_focal_point_imports_into_their_own_subtree_only(focal_point, places, unit):
    with unit():
        neighbour = make_member(db.session.get(Institution, places["council"].id))
    text = HEADER + (
        "Rosa,Ek,,rosa@example.org,Hospital General,,,\n"
        "Ana,Pech,,ana@example.org,Ayuntamiento de Bacalar,,,\n"
        f"{neighbour.given_names},{neighbour.first_surname},,{neighbour.email},Hospital General,,,\n"
    )
    page = review(focal_point, text)
    assert outcomes(page) == ["Se agrega", "Con error", "Con error"]
    assert "no administra" in verdicts(page)[2][1]
    focal_point.get("/institutions/import", status=403)


def test_a_focal_point_renames_nobody_who_holds_a_role(focal_point, admin, places, unit):
    with unit():
        chief = make_person(given_names="María", password=PASSWORD)
        affiliate_person(chief, db.session.get(Institution, places["hospital"].id))
        give_role(chief, Role.REVIEWER, ScopeKind.EVERYWHERE)
    row = f"{chief.given_names},{chief.first_surname},Canul,{chief.email},Hospital General,,,\n"
    assert "los cambia la administración" in verdicts(review(focal_point, HEADER + row))[0][1]
    assert outcomes(review(admin, HEADER + row)) == ["Cambia"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "Elija un archivo"),
        (b"PK\x03\x04libro", "Es un libro de Excel"),
        (b"Nombres,Primer apellido\nRosa,Ek\n", "le faltan columnas: «Institución»"),
        (HEADER.encode(), "no tiene filas"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_beside_the_field(admin, content, reason):
    name = "personal.csv" if content else ""
    assert reason in send(admin, content, status=422, name=name).errors()


def test_the_link_of_a_file_is_for_one_person_and_one_kind(admin, focal_point, places, client):
    path = send(admin, HEADER + "Rosa,Ek,,,Hospital General,,,\n").location
    focal_point.get(path, status=404)
    focal_point.get(path + "/errors.csv", status=404)
    focal_point.post(path, status=404)
    admin.get(path.replace("/people/", "/institutions/"), status=404)
    admin.get("/people/import/inventado", status=404)
    assert "sign-in" in client.get(path, status=303).location


def test_the_file_is_forgotten_after_a_week(app, admin, places, at, run_jobs):
    path = send(admin, HEADER + "Rosa,Ek,,,Hospital General,,,\n").location
    with at(TODAY + timedelta(days=6)):
        run_jobs()
    assert app.extensions[STORAGE].files
    with at(TODAY + timedelta(days=7, minutes=1)):
        run_jobs()
    assert not app.extensions[STORAGE].files
    admin.get(path, status=410)


def test_verdicts_are_paged_and_filtered(admin, places):
    people = "".join(f"Persona {n},Ek,,,Hospital General,,,\n" for n in range(60))
    page = review(admin, HEADER + people + "Rosa,,,,Hospital General,,,\n")
    assert len(verdicts(page)) == 50
    assert len(verdicts(admin.get(path_of(page) + "?page=2"))) == 11
    assert outcomes(admin.get(path_of(page) + "?outcome=error")) == ["Con error"]


def test_judging_costs_the_same_for_many_rows(admin, places, count_queries):
    def cost(rows):
        text = HEADER + "".join(
            f"Persona {n},Ek,,p{n}@example.org,Hospital General,,,\n" for n in range(rows)
        )
        path = send(admin, text).location
        with count_queries() as statements:
            admin.get(path)
        return len(statements)

    assert cost(200) == cost(2)


def test_the_model_file_has_the_columns(admin):
    for kind, first in (("people", "Nombres"), ("institutions", "Clave"), ("territories", "Código ISO")):
        content = admin.get(f"/{kind}/import/model.csv").response.get_data()
        header = read_csv(content + b"x\n").header
        assert header[0] == first


INSTITUTIONS = "Nombre,Nombre corto,Sector,Territorio,Depende de\n"


def test_a_tree_comes_from_one_file(admin, unit):
    text = INSTITUTIONS + (
        "Gobierno del Estado,,,Quintana Roo,\n"
        "Servicios de Salud,SESA,Salud,Chetumal,Gobierno del Estado\n"
        "Hospital General,,salud,Cancún,sesa\n"
    )
    page = review(admin, text, kind="institutions")
    assert outcomes(page) == ["Se agrega"] * 3
    assert verdicts(page)[2][1] == "En: Servicios de Salud"
    done = admin.follow(admin.post(path_of(page)))
    assert outcomes(done) == ["Ya estaba"] * 3
    with unit():
        state = find_sibling("Gobierno del Estado", None)
        health = find_sibling("Servicios de Salud", state.id)
        hospital = find_sibling("Hospital General", health.id)
        assert (health.sector, health.short_name, hospital.territory) == ("health", "SESA", "Cancún")
        assert hospital.path.startswith(health.path)


def test_institutions_change_by_what_the_file_says_and_empty_cells_say_nothing(admin, places, unit):
    page = review(admin, INSTITUTIONS + "SERVICIOS DE SALUD,SESA,,Chetumal,\n", kind="institutions")
    assert verdicts(page) == [("Cambia", "Nombre corto: SESA, Territorio: Chetumal")]
    admin.post(path_of(page))
    with unit():
        health = db.session.get(Institution, places["health"].id)
        assert (health.name, health.sector, health.territory) == ("Servicios de Salud", "health", "Chetumal")


def test_institutions_with_faults_are_errors(admin, places):
    text = (
        INSTITUTIONS
        + "Nueva,,,,Nadie\nOtra,,Magia,,\nTercera,,,,\ntercera,,,,\n,,,,\nx,,,,Servicios de Salud,\n,SIG,,,\n"
    )
    page = review(admin, text, kind="institutions")
    assert outcomes(page) == ["Con error", "Con error", "Se agrega", "Con error", "Se agrega", "Con error"]
    assert "línea 4" in verdicts(page)[3][1]


def test_an_administrator_of_one_institution_adds_no_roots(client_for, places, unit):
    with unit():
        local = make_person()
        give_role(local, Role.ADMINISTRATOR, ScopeKind.INSTITUTION, places["health"].id)
    text = INSTITUTIONS + "Raíz,,,,\nÁrea,,,,Hospital General\nAjena,,,,Ayuntamiento de Bacalar\n"
    page = review(client_for(local), text, kind="institutions")
    assert outcomes(page) == ["Con error", "Se agrega", "Con error"]

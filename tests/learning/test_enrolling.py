"""Enrolling people by name and by file, changing their track, withdrawing them."""

import io

import pytest

from lms.accounts.models import Person
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.db import db
from lms.core.tabular import Column, Table, read_csv, to_xlsx
from lms.core.workbooks import read_table
from lms.institutions.programmes import service as programmes
from lms.institutions.programmes.models import MembershipKind
from lms.institutions.programmes.queries import get_programme
from lms.learning import queries
from lms.learning.models import Cohort, EnrolmentState
from lms.testing.factories.accounts import PASSWORD, give_role, make_administrator, make_person
from lms.testing.factories.institutions import LONG_AGO, make_institution, make_member
from lms.testing.factories.learning import finish_units, make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY


@pytest.fixture
def place(unit):
    """Return a cohort of three places, the hospital whose people may take part, and an administrator."""
    with unit():
        hospital = make_institution("Hospital General", sector="health")
        cohort = make_cohort(name="Grupo 2", capacity=3)
        return {
            "id": cohort.id,
            "url": f"/learning/cohorts/{cohort.id}",
            "hospital": hospital,
            "administrator": make_administrator(),
        }


@pytest.fixture
def browser(client_for, place):
    return client_for(place["administrator"])


def enrolled(unit, place):
    with unit():
        return [entry.name for entry in queries.list_roster(place["id"])]


def send(browser, place, text):
    return browser.post(
        place["url"] + "/import", {"file": (io.BytesIO(text.encode()), "personas.csv")}, status=303
    )


def test_a_person_is_found_and_enrolled_for_the_institution_of_today(browser, place, unit):
    with unit():
        person = make_member(place["hospital"])
    page = browser.get(f"{place['url']}/enrol?q={person.email}")
    (form,) = page.select("li form")
    values = {field["name"]: field["value"] for field in form.select("input[name]")}
    answer = browser.post(form["action"], {"person_id": values["person_id"], "q": values["q"]})
    after = browser.follow(answer)
    assert "tiene un lugar en la cohorte" in after.text
    assert "Ya está inscrita" in after.text
    with unit():
        enrolment = queries.find_enrolment(place["id"], person.id)
        assert (enrolment.institution_id, enrolment.sector) == (place["hospital"].id, "health")


def test_enrolling_twice_enrols_once_and_writes_once(browser, place, unit, run_jobs, mailbox):
    with unit():
        person = make_member(place["hospital"])
    for _ in range(2):
        browser.post(place["url"] + "/enrol", {"person_id": str(person.id)})
    run_jobs()
    assert enrolled(unit, place) == [person.name]
    assert len(mailbox.sent) == 1


def test_who_only_tries_things_out_takes_no_place(browser, place, unit):
    with unit():
        people = [make_member(place["hospital"]) for _ in range(4)]
        tester = make_member(place["hospital"])
        tester.is_test = True
    for person in (tester, *people[:3]):
        browser.post(place["url"] + "/enrol", {"person_id": str(person.id)})
    assert "3 de 3 lugares ocupados" in browser.get(place["url"] + "/enrol").text
    refused = browser.follow(browser.post(place["url"] + "/enrol", {"person_id": str(people[3].id)}))
    assert "ya no tiene lugares" in refused.text
    with unit():
        db.session.get_one(Person, people[0].id).is_test = True
    browser.post(place["url"] + "/enrol", {"person_id": str(people[3].id)})
    assert len(enrolled(unit, place)) == 5


def test_a_newcomer_is_invited_and_lands_in_the_course(browser, place, unit, run_jobs, mailbox):
    with unit():
        person = make_member(place["hospital"])
    browser.post(place["url"] + "/enrol", {"person_id": str(person.id)})
    run_jobs()
    (message,) = mailbox.sent
    with unit():
        enrolment = queries.find_enrolment(place["id"], person.id)
    assert "Curso de prueba" in message.text
    assert f"next=%2Flearning%2F{enrolment.id}" in message.text or f"/learning/{enrolment.id}" in message.text


def test_somebody_with_a_password_gets_the_link_to_the_course(browser, place, unit, run_jobs, mailbox):
    with unit():
        person = make_member(place["hospital"], password=PASSWORD)
    browser.post(place["url"] + "/enrol", {"person_id": str(person.id)})
    run_jobs()
    (message,) = mailbox.sent
    with unit():
        enrolment = queries.find_enrolment(place["id"], person.id)
    assert f"http://localhost/learning/{enrolment.id}" in message.text
    assert "19 de enero de 2027" in message.text


def test_a_person_without_institution_is_not_enrolled(browser, place, unit):
    with unit():
        person = make_person()
    page = browser.get(f"{place['url']}/enrol?q={person.email}")
    assert not page.select("li form")
    answer = browser.post(place["url"] + "/enrol", {"person_id": str(person.id)})
    assert "no tiene una institución vigente" in browser.follow(answer).text
    assert enrolled(unit, place) == []


def test_a_full_cohort_takes_nobody_else(browser, place, unit):
    with unit():
        cohort = db.session.get(Cohort, place["id"])
        for _ in range(3):
            make_enrolment(cohort, institution=place["hospital"])
        person = make_member(place["hospital"])
    answer = browser.post(place["url"] + "/enrol", {"person_id": str(person.id)})
    assert "ya no tiene lugares" in browser.follow(answer).text
    assert len(enrolled(unit, place)) == 3


def test_a_trainer_of_the_programme_finds_only_people_of_its_members(client_for, place, unit):
    with unit():
        programme = get_programme(db.session.get(Cohort, place["id"]).programme_id)
        programmes.add_member(
            programme,
            place["hospital"],
            kind=MembershipKind.MEMBER,
            starts_on=LONG_AGO,
            actor=SYSTEM,
            now=TODAY,
        )
        ward = make_institution("Urgencias", parent=db.session.merge(place["hospital"]))
        inside, outside = make_member(ward), make_member(make_institution("De otro programa"))
        trainer = make_person()
        give_role(trainer, Role.TRAINER, ScopeKind.PROGRAMME, programme.id)
    browser = client_for(trainer)
    page = browser.get(place["url"] + "/enrol?q=participante")
    assert inside.email in page.text
    assert outside.email not in page.text
    browser.post(place["url"] + "/enrol", {"person_id": str(outside.id)}, status=404)
    assert enrolled(unit, place) == []


def test_a_file_is_shown_row_by_row_before_anybody_is_enrolled(browser, place, unit):
    with unit():
        first, second, known = (make_member(place["hospital"]) for _ in range(3))
        make_enrolment(db.session.get(Cohort, place["id"]), db.session.merge(known))
        homeless = make_person()
    text = (
        "Correo;Sector\n"
        f"{first.email.upper()};Educación\n"
        f"{second.email};\n"
        f"{second.email};\n"
        f"{known.email};\n"
        f"{homeless.email};\n"
        "nadie@example.org;\n"
        ";salud\n"
    )
    page = browser.follow(send(browser, place, text))
    assert page.title == "Se inscribirá a 2 personas"
    verdicts = [row.select("td")[-1].get_text(" ", strip=True) for row in page.select("tbody tr")]
    assert verdicts == [
        "Se inscribe",
        "Se inscribe",
        "Error Repetida: la misma persona está en la línea 3.",
        "Ya estaba",
        "Error La persona no tiene una institución vigente.",
        "Error No hay una persona con ese correo en el directorio.",
        "Error Falta el correo.",
    ]
    assert enrolled(unit, place) == [known.name]


def test_a_confirmed_file_enrols_and_gives_back_what_was_wrong(browser, place, unit):
    with unit():
        person = make_member(place["hospital"])
    dry_run = send(browser, place, f"correo,sector\n{person.email},salud\nnadie@example.org,marte\n").location
    after = browser.follow(browser.post(dry_run))
    assert "Se inscribió a 1 persona" in after.text
    assert enrolled(unit, place) == [person.name]
    file = read_csv(browser.get(dry_run + "/errors.csv").response.data)
    assert file.header == ("correo", "sector", "motivo")
    (row,) = file.rows
    assert row.cells[0] == "nadie@example.org"
    assert "No hay una persona" in row.cells[2]


def test_the_same_file_again_enrols_nobody_twice(browser, place, unit):
    with unit():
        person = make_member(place["hospital"])
    text = f"correo\n{person.email}\n"
    browser.post(send(browser, place, text).location)
    page = browser.follow(send(browser, place, text))
    assert page.title == "El archivo no inscribe a nadie nuevo"
    assert enrolled(unit, place) == [person.name]


def test_rows_beyond_the_last_place_are_errors(browser, place, unit):
    with unit():
        emails = [make_member(place["hospital"]).email for _ in range(5)]
    page = browser.follow(send(browser, place, "correo\n" + "\n".join(emails)))
    assert page.title == "Se inscribirá a 3 personas"
    assert page.text.count("ya no tiene lugares") == 2


def test_a_workbook_enrols_by_number_and_comes_back_as_a_workbook(browser, place, unit):
    with unit():
        person, twice = make_member(place["hospital"]), [make_member(place["hospital"]) for _ in range(2)]
        db.session.get(Person, person.id).national_id = "EKXR80"
        for each in twice:
            db.session.get(Person, each.id).national_id = "DOS"
    rows = [("ekxr-80", ""), ("EKXR80", person.email), ("dos", ""), ("ekxr80", "otra@example.org")]
    content = to_xlsx(Table([Column("CURP"), Column("Correo")], rows), title="x")
    answer = browser.post(place["url"] + "/import", {"file": (io.BytesIO(content), "a.xlsx")})
    page = browser.follow(answer)
    assert page.title == "Se inscribirá a una persona"
    browser.post(answer.location)
    assert enrolled(unit, place) == [person.name]
    back = read_table(browser.get(answer.location + "/errors.csv").response.data)
    assert [row.cells[-1][:20] for row in back.rows] == [
        "Repetida: la misma p",
        "Hay dos personas con",
        "Posible duplicado: e",
    ]


def test_a_file_is_judged_in_a_constant_number_of_statements(browser, place, unit, count_queries):
    with unit():
        emails = [make_member(place["hospital"]).email for _ in range(30)]
    dry_run = send(browser, place, "correo\n" + "\n".join(emails)).location
    with count_queries() as statements:
        browser.get(dry_run)
    assert len(statements) == 6


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"nombre\nAna\n", "falta la columna"),
        (b"correo\n", "no tiene filas"),
        (b"PK\x03\x04", "libro de Excel"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_beside_the_field(browser, place, content, message):
    page = browser.post(place["url"] + "/import", {"file": (io.BytesIO(content), "a.csv")}, status=422)
    assert message in page.errors()


def test_without_a_file_nothing_happens(browser, place):
    page = browser.post(place["url"] + "/import", {}, status=422)
    assert "Elija un archivo" in page.errors()
    browser.get(place["url"] + "/import/" + "0" * 64, status=404)


def test_withdrawing_asks_first_frees_the_place_and_keeps_the_progress(browser, place, unit):
    with unit():
        enrolment = make_enrolment(db.session.get(Cohort, place["id"]), institution=place["hospital"])
        finish_units(enrolment, count=1)
        person = db.session.get(Person, enrolment.person_id)
    url = f"/learning/enrolments/{enrolment.id}/withdraw"
    assert "¿Dar de baja a" in browser.get(url).title
    assert enrolled(unit, place) == [person.name]
    browser.post(url)
    assert enrolled(unit, place) == []
    page = browser.get(place["url"] + "?standing=withdrawn")
    assert person.name in page.text
    browser.post(place["url"] + "/enrol", {"person_id": str(person.id)})
    with unit():
        again = queries.find_enrolment(place["id"], person.id)
        assert again.id == enrolment.id
        assert again.state is EnrolmentState.ACTIVE
        assert len(queries.progress_of([again.id])[again.id]) == 1


def test_the_track_is_changed_and_opened_for_all(browser, place, unit):
    with unit():
        enrolment = make_enrolment(db.session.get(Cohort, place["id"]), institution=place["hospital"])
    url = f"/learning/enrolments/{enrolment.id}/track"
    assert browser.get(url).select("option[selected]")[0]["value"] == "health"
    for sector, kept in (("justice", "justice"), ("", None)):
        browser.post(url, {"sector": sector})
        with unit():
            assert queries.find_enrolment(place["id"], enrolment.person_id).sector == kept
    browser.post(url, {"sector": "nonsense"}, status=422)

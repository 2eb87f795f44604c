"""What staff see of cohorts, how far each role sees, and creating and changing them."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lms.accounts.models import Person
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.db import db
from lms.core.tabular import read_csv
from lms.courses import service as courses
from lms.learning.models import Cohort, Enrolment
from lms.testing.factories.accounts import give_role, make_administrator, make_person
from lms.testing.factories.courses import make_release
from lms.testing.factories.institutions import affiliate_person, make_focal_point, make_institution
from lms.testing.factories.learning import finish_units, make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY


@pytest.fixture
def place(unit):
    """Return a cohort with two people of health (one started) and one of education, and who looks at it."""
    with unit():
        health = make_institution("Secretaría de Salud", sector="health")
        hospital = make_institution("Hospital General", parent=health, sector="health")
        school = make_institution("Secretaría de Educación", sector="education")
        cohort = make_cohort(name="Grupo 2")
        make_cohort(name="Ajena", release=make_release(slug="otro", title="Otro curso"))
        people = {}
        for name, institution in (("Ana", health), ("Berta", hospital), ("Carla", school)):
            people[name] = make_enrolment(cohort, make_person(given_names=name), institution=institution).id
        finish_units(db.session.get(Enrolment, people["Berta"]), count=2)
        trainer, reviewer, programme_trainer = make_person(), make_person(), make_person()
        give_role(trainer, Role.TRAINER, ScopeKind.COHORT, cohort.id)
        give_role(programme_trainer, Role.TRAINER, ScopeKind.PROGRAMME, cohort.programme_id)
        give_role(reviewer, Role.REVIEWER, ScopeKind.PROGRAMME, cohort.programme_id)
        return {
            "cohort": cohort.id,
            "url": f"/learning/cohorts/{cohort.id}",
            "people": people,
            "administrator": make_administrator(),
            "focal point": make_focal_point(health),
            "trainer": trainer,
            "programme trainer": programme_trainer,
            "reviewer": reviewer,
            "nobody": make_person(),
        }


def names(page):
    return [head.get_text(" ").split()[0] for head in page.select("tbody th")]


@pytest.mark.parametrize(
    ("who", "cohorts", "seen"),
    [
        ("administrator", 2, ["Ana", "Berta", "Carla"]),
        ("trainer", 1, ["Ana", "Berta", "Carla"]),
        ("programme trainer", 1, ["Ana", "Berta", "Carla"]),
        ("reviewer", 1, ["Ana", "Berta", "Carla"]),
        ("focal point", 1, ["Ana", "Berta"]),
    ],
)
def test_everybody_sees_as_far_as_their_role_goes(client_for, place, who, cohorts, seen):
    browser = client_for(place[who])
    listed = browser.get("/learning/cohorts/")
    assert len(listed.select("tbody tr")) == cohorts
    page = browser.get(place["url"])
    assert names(page) == seen
    assert f"{len(seen)} personas inscritas" in page.text
    file = read_csv(browser.get(place["url"] + "/roster.csv").response.data)
    assert [row.cells[0].split()[0] for row in file.rows] == seen


def test_the_list_counts_only_the_people_one_may_see(client_for, place):
    (row,) = client_for(place["focal point"]).get("/learning/cohorts/").select("tbody tr")
    assert row.select("td.num")[0].get_text(strip=True) == "2"


def test_a_trainee_has_no_staff_pages(client_for, place):
    client_for(place["nobody"]).get("/learning/cohorts/", status=403)
    client_for(place["nobody"]).get(place["url"], status=403)


def test_a_focal_point_does_not_learn_of_people_or_cohorts_of_others(client_for, place, unit):
    browser = client_for(place["focal point"])
    browser.get(f"/learning/enrolments/{place['people']['Ana']}")
    browser.get(f"/learning/enrolments/{place['people']['Carla']}", status=404)
    with unit():
        other = db.session.scalar(select(Cohort.id).where(Cohort.name == "Ajena"))
    browser.get(f"/learning/cohorts/{other}", status=404)


@pytest.mark.parametrize("who", ["trainer", "reviewer", "focal point"])
def test_reading_is_not_managing(client_for, place, who):
    browser = client_for(place[who])
    page = browser.get(place["url"])
    assert "Inscribir" not in page.text
    assert "Crear cohorte" not in browser.get("/learning/cohorts/").text
    refused = 404 if who == "trainer" else 403
    enrolment = f"/learning/enrolments/{place['people']['Ana']}"
    for path in (place["url"] + "/edit", place["url"] + "/enrol", place["url"] + "/import"):
        browser.get(path, status=refused)
    for path in (enrolment + "/withdraw", enrolment + "/track"):
        browser.get(path, status=refused)
        browser.post(path, status=refused)
    assert "Dar de baja" not in browser.get(enrolment).text
    browser.get("/learning/cohorts/new", status=403)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=berta", ["Berta"]),
        ("standing=in-progress", ["Berta"]),
        ("standing=not-started", ["Ana", "Carla"]),
        ("standing=withdrawn", []),
        ("standing=nonsense&institution=nonsense", ["Ana", "Berta", "Carla"]),
        ("sort=-name", ["Carla", "Berta", "Ana"]),
        ("sort=institution", ["Berta", "Carla", "Ana"]),
        ("sort=-progress", ["Berta", "Ana", "Carla"]),
        ("sort=nonsense", ["Ana", "Berta", "Carla"]),
    ],
)
def test_a_roster_is_searched_filtered_and_sorted(client_for, place, query, expected):
    page = client_for(place["administrator"]).get(f"{place['url']}?{query}")
    assert names(page) == expected


def test_a_roster_is_filtered_by_institution_and_the_file_too(client_for, place):
    browser = client_for(place["administrator"])
    options = browser.get(place["url"]).select("select[name=institution] option")
    (school,) = [option["value"] for option in options if "Educación" in option.get_text()]
    query = f"?institution={school}"
    assert names(browser.get(place["url"] + query)) == ["Carla"]
    file = read_csv(browser.get(place["url"] + "/roster.csv" + query).response.data)
    assert len(file.rows) == 1
    assert file.rows[0].cells[2:7] == ("Secretaría de Educación", "Educación", "Sin empezar", "0", "4")


def test_a_long_roster_has_pages_and_a_constant_number_of_statements(client_for, place, unit, count_queries):
    with unit():
        cohort, school = db.session.get(Cohort, place["cohort"]), make_institution("Escuela")
        for _ in range(27):
            make_enrolment(cohort, institution=school)
    browser = client_for(place["administrator"])
    assert len(browser.get(place["url"]).select("tbody tr")) == 25
    with count_queries() as statements:
        page = browser.get(place["url"] + "?page=2")
    assert len(page.select("tbody tr")) == 5
    assert len(statements) == 11
    with count_queries() as statements:
        browser.get("/learning/cohorts/")
    assert len(statements) == 4


def test_progress_is_drawn_from_what_was_finished(client_for, place):
    page = client_for(place["administrator"]).get(place["url"] + "?q=berta")
    assert page.select("tbody .mini-route")[0]["aria-label"] == "1 de 2 módulos"
    assert "2 de 4 unidades" in page.text


def test_one_enrolment_shows_what_is_missing(client_for, place):
    page = client_for(place["reviewer"]).get(f"/learning/enrolments/{place['people']['Berta']}")
    assert page.title.startswith("Berta")
    assert "Lleva 1 de 2; faltan 1." in page.text


def test_cohorts_are_searched_and_filtered_by_date(client_for, place, unit):
    with unit():
        make_cohort(
            name="Próxima",
            release=make_release(slug="p", title="Ética"),
            starts_on=date(2026, 12, 1),
            ends_on=date(2026, 12, 31),
        )
    browser = client_for(place["administrator"])
    assert names(browser.get("/learning/cohorts/?q=etica")) == ["Próxima"]
    assert names(browser.get("/learning/cohorts/?status=upcoming")) == ["Próxima"]
    assert len(browser.get("/learning/cohorts/?status=running").select("tbody tr")) == 2
    assert "Ninguna cohorte coincide" in browser.get("/learning/cohorts/?status=over").text


def test_somebody_without_cohorts_reads_what_they_are(client_for, unit):
    with unit():
        person = make_administrator()
    assert "Todavía no hay cohortes" in client_for(person).get("/learning/cohorts/").text


def cohort_values(page, **changes):
    """Return what the form of a new cohort sends."""
    offered = {select_["name"]: select_.find("option")["value"] for select_ in page.select("form select[id]")}
    return {
        **{name: offered[name] for name in ("programme", "release", "modality") if name in offered},
        "name": "Grupo 3",
        "starts_on": "2026-12-01",
        "ends_on": "2026-12-31",
        **changes,
    }


def test_a_trainer_of_the_programme_creates_a_cohort_in_it(client_for, place, unit):
    browser = client_for(place["programme trainer"])
    page = browser.get("/learning/cohorts/new")
    assert len(page.select("select[name=programme] option")) == 1
    answer = browser.post("/learning/cohorts/new", cohort_values(page, capacity="20"))
    assert browser.follow(answer).title == "Grupo 3"
    with unit():
        made = db.session.scalar(select(Cohort).where(Cohort.name == "Grupo 3"))
        assert (made.year, made.capacity) == (2026, 20)


def test_a_cohort_of_the_same_course_and_year_gets_the_next_number(client_for, place, unit):
    browser = client_for(place["programme trainer"])
    page = browser.get("/learning/cohorts/new")
    (course,) = [
        option["value"]
        for option in page.select("select[name=release] option")
        if option.get_text() == "Curso de prueba"
    ]
    browser.post("/learning/cohorts/new", cohort_values(page, release=course))
    with unit():
        assert db.session.scalar(select(Cohort.number).where(Cohort.name == "Grupo 3")) == 2


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"ends_on": "2026-11-30"}, "El último día no puede ser anterior"),
        ({"name": ""}, "Escriba un nombre"),
        ({"starts_on": ""}, "Elija el primer día"),
        ({"capacity": "0"}, "entre 1 y"),
    ],
)
def test_what_is_wrong_with_a_new_cohort_is_said_beside_the_field(client_for, place, changes, message):
    browser = client_for(place["administrator"])
    page = browser.get("/learning/cohorts/new")
    refused = browser.post("/learning/cohorts/new", cohort_values(page, **changes), status=422)
    assert message in refused.errors()


def test_a_programme_of_others_is_not_accepted(client_for, place, unit):
    with unit():
        foreign = db.session.scalar(select(Cohort.programme_id).where(Cohort.name == "Ajena"))
    browser = client_for(place["programme trainer"])
    values = cohort_values(browser.get("/learning/cohorts/new"), programme=str(foreign))
    browser.post("/learning/cohorts/new", values, status=422)


def test_a_withdrawn_release_is_not_offered(client_for, place, unit):
    with unit():
        courses.withdraw(make_release(), actor=SYSTEM, now=TODAY)
    page = client_for(place["administrator"]).get("/learning/cohorts/new")
    assert [o.get_text() for o in page.select("select[name=release] option")] == ["Otro curso"]


def test_a_cohort_is_changed_but_not_below_the_people_it_has(client_for, place, unit):
    browser = client_for(place["administrator"])
    values = cohort_values(browser.get(place["url"] + "/edit"), name="Grupo 2 bis", starts_on="2026-11-01")
    refused = browser.post(place["url"] + "/edit", {**values, "capacity": "2"}, status=422)
    assert "Ya hay más personas" in refused.errors()
    assert browser.follow(browser.post(place["url"] + "/edit", values)).title == "Grupo 2 bis"
    with unit():
        cohort = db.session.get(Cohort, place["cohort"])
        assert cohort.ends_on == TODAY.date() + timedelta(days=41)
        assert "grupo 2 bis" in cohort.search_text
    assert names(browser.get("/learning/cohorts/?q=bis")) == ["Grupo"]


def test_a_role_may_be_given_for_a_cohort(app, place, unit):
    provider = app.extensions["lms_registries"]["scope_providers"]["cohort"]
    with unit():
        from_id = provider.name_of(place["cohort"])
        assert from_id == "Grupo 2"
        assert (place["cohort"], "Grupo 2") in provider.options(SYSTEM)


def test_people_keep_their_names_in_other_letters(client_for, unit):
    with unit():
        cohort = make_cohort(name="Única")
        person = db.session.get(Person, make_enrolment(cohort, make_person(given_names="Íñigo")).person_id)
        affiliate_person(person, make_institution())
        administrator, url = make_administrator(), f"/learning/cohorts/{cohort.id}"
    assert names(client_for(administrator).get(url + "?q=INIGO")) == ["Íñigo"]


def test_the_list_of_cohorts_sorts_and_its_file_says_what_it_says(client_for, place, unit):
    with unit():
        make_cohort(name="Alfa", starts_on=date(2026, 1, 7))
    browser = client_for(place["administrator"])
    query = "?q=a&sort=name"
    page = browser.get("/learning/cohorts/" + query)
    shown = [link.get_text() for link in page.select("tbody th a")]
    file = read_csv(browser.get("/learning/cohorts/cohorts.csv" + query).response.data)
    assert shown == [row.cells[0] for row in file.rows]
    assert shown == sorted(shown)
    assert browser.get("/learning/cohorts/cohorts.xlsx").response.data.startswith(b"PK")


def test_a_cohort_names_who_runs_it(client_for, place):
    page = client_for(place["administrator"]).get(place["url"])
    assert place["trainer"].name in page.text
    assert "1 de 2026" in page.text

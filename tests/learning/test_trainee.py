"""What a trainee sees and does: home, course, lesson."""

from datetime import date, timedelta

import pytest
from jinja2 import ChoiceLoader, DictLoader

from lms.accounts.models import Person
from lms.core.actors import SYSTEM
from lms.core.db import db
from lms.learning import queries, service
from lms.learning.models import Enrolment
from lms.plugins.home import HomePanel
from lms.testing.factories.accounts import make_person
from lms.testing.factories.courses import make_release
from lms.testing.factories.institutions import affiliate_person, make_focal_point, make_institution
from lms.testing.factories.learning import finish_units, make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY

LESSON = "/learning/{}/senales/leccion"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def study(unit):
    """Return (enrolment id, person) of somebody in health who has not started."""
    with unit():
        enrolment = make_enrolment(sector="health")
        return enrolment.id, db.session.get(Person, enrolment.person_id)


def progress(unit, enrolment_id):
    with unit():
        return list(queries.progress_of([enrolment_id])[enrolment_id].values())


def test_the_home_of_a_newcomer_leads_to_the_first_lesson(client_for, study):
    enrolment_id, person = study
    page = client_for(person).get("/learning/")
    assert page.title == "Su ruta empieza aquí"
    (button,) = page.select("a.button--maize")
    assert button["href"] == LESSON.format(enrolment_id)


def test_the_home_goes_on_where_the_person_left_with_real_progress(client_for, study, unit):
    enrolment_id, person = study
    with unit():
        finish_units(db.session.get(Enrolment, enrolment_id), count=2)
    page = client_for(person).get("/learning/")
    assert page.title == "Siga donde se quedó"
    states = [station["data-state"] for station in page.select(".ongoing .station")]
    assert states == ["done", "current", "goal"]
    assert "1 de 2 módulos" in page.select(".ongoing ol")[0]["aria-label"]
    assert page.select("a.button--maize")[0]["href"].endswith("/ruta/leccion")


def test_the_course_that_ends_first_leads_and_done_ones_follow(client_for, unit):
    with unit():
        person = make_person()
        late = make_enrolment(make_cohort(name="Tarde"), person)
        soon = make_enrolment(
            make_cohort(
                name="Pronto",
                release=make_release(slug="pronto", title="El que urge"),
                ends_on=date(2026, 11, 30),
            ),
            person,
        )
        done = make_enrolment(
            make_cohort(release=make_release(slug="hecho", title="El hecho"), ends_on=date(2026, 11, 25)),
            person,
        )
        finish_units(done)
        assert late.id != soon.id
    page = client_for(person).get("/learning/")
    assert page.select("#current-course")[0].get_text() == "El que urge"
    others = [item.get_text(" ", strip=True) for item in page.select(".other-courses li")]
    assert len(others) == 2
    assert "El hecho" in others[1]
    assert "Completado" in others[1]


def test_the_home_reads_a_constant_number_of_statements(client_for, unit, count_queries):
    with unit():
        person = make_person()
        for number in range(3):
            make_enrolment(
                make_cohort(release=make_release(slug=f"c{number}", title=f"Curso {number}")), person
            )
    browser = client_for(person)
    browser.get("/learning/")
    with count_queries() as statements:
        browser.get("/learning/")
    assert len(statements) == 4  # session, roles, enrolments, progress


def test_somebody_without_courses_learns_who_enrols_them(client_for, unit):
    with unit():
        hospital = make_institution("Hospital General")
        focal_point, person = make_focal_point(hospital), make_person()
        affiliate_person(person, hospital)
        name, address = focal_point.name, focal_point.email
    page = client_for(person).get("/learning/")
    assert "Todavía no tiene cursos asignados" in page.text
    assert name in page.text
    assert page.select(f"a[href='mailto:{address}']")


def test_a_panel_of_another_slice_stands_on_the_home(app, client_for, study, contribute, monkeypatch):
    class NextSession(HomePanel):
        name = "next-session"
        template = "panel.html"

        def context(self, actor, now):
            return {"who": actor.name}

    class Silent(NextSession):
        name = "silent"
        region = "aside"

        def context(self, actor, now):
            return None

    templates = DictLoader({"panel.html": "<section><h2>Sesión de {{ who }}</h2></section>"})
    monkeypatch.setattr(app.jinja_env, "loader", ChoiceLoader([templates, app.jinja_env.loader]))
    contribute("home_panels", NextSession(), Silent())
    page = client_for(study[1]).get("/learning/")
    assert f"Sesión de {study[1].name}" in page.text
    assert not page.select("aside")


def test_the_course_page_says_what_is_missing(client_for, study):
    enrolment_id, person = study
    page = client_for(person).get(f"/learning/{enrolment_id}")
    assert page.title == "Curso de prueba"
    assert "Lecciones terminadas" in page.text
    assert "Lleva 0 de 2; faltan 2." in page.text
    assert len(page.select(".sublist a")) == 4


def test_a_lesson_opens_the_branch_of_the_persons_sector(client_for, study):
    enrolment_id, person = study
    page = client_for(person).get(LESSON.format(enrolment_id))
    assert page.title == "Lección de Señales"
    own, others = page.select(".sector-block__body")[0], page.select(".sector-block details")[0]
    assert "El texto de salud" in own.get_text()
    assert "El texto de educación" in others.get_text()


def test_a_lesson_costs_at_most_six_statements(client_for, study, count_queries):
    enrolment_id, person = study
    browser = client_for(person)
    browser.get(
        LESSON.format(enrolment_id)
    )  # the outline of a release never changes: each process reads it once
    with count_queries() as statements:
        browser.get(LESSON.format(enrolment_id))
    assert len(statements) <= 6


def test_reading_a_lesson_changes_nothing(client_for, study, unit):
    enrolment_id, person = study
    client_for(person).get(LESSON.format(enrolment_id))
    assert progress(unit, enrolment_id) == []


def test_the_page_notes_that_it_was_opened_and_the_person_comes_back_to_it(client_for, study, unit):
    enrolment_id, person = study
    browser = client_for(person)
    page = browser.get(LESSON.format(enrolment_id))
    (form,) = page.select("form[hx-trigger=load]")
    browser.post(form["hx-post"], status=204, headers=HTMX)
    (seen,) = progress(unit, enrolment_id)
    assert seen.finished_at is None
    assert browser.get("/learning/").title == "Siga donde se quedó"


def test_finishing_leads_to_the_next_unit_without_javascript(client_for, study, unit):
    enrolment_id, person = study
    browser = client_for(person)
    (form,) = browser.get(LESSON.format(enrolment_id)).select(".prev-next form")
    answer = browser.post(form["action"])
    assert answer.location == f"/learning/{enrolment_id}/senales/comprobacion"
    (seen,) = progress(unit, enrolment_id)
    assert seen.finished_at == TODAY
    assert not browser.get(LESSON.format(enrolment_id)).select(".prev-next form")


def test_the_last_missing_lesson_completes_the_course(client_for, study, unit):
    enrolment_id, person = study
    with unit():
        enrolment = db.session.get(Enrolment, enrolment_id)
        finish_units(enrolment, count=1)
    browser = client_for(person)
    answer = browser.post(f"/learning/{enrolment_id}/ruta/leccion/finish")
    page = browser.follow(answer)
    assert "Completó el curso" in page.text
    assert page.select(".station[data-achieved]")


def test_a_quiz_is_not_passed_by_saying_so(client_for, study, unit):
    enrolment_id, person = study
    browser = client_for(person)
    browser.post(f"/learning/{enrolment_id}/senales/comprobacion/finish", status=404)
    browser.post(f"/learning/{enrolment_id}/senales/comprobacion/seen", status=404)
    assert progress(unit, enrolment_id) == []


def test_nobody_opens_the_course_of_another(client_for, study, unit):
    enrolment_id, _person = study
    with unit():
        stranger = make_person()
    browser = client_for(stranger)
    browser.get(f"/learning/{enrolment_id}", status=404)
    browser.get(LESSON.format(enrolment_id), status=404)
    browser.post(LESSON.format(enrolment_id) + "/finish", status=404)


def test_a_withdrawn_person_no_longer_opens_the_course(client_for, study, unit):
    enrolment_id, person = study
    with unit():
        service.withdraw(db.session.get(Enrolment, enrolment_id), actor=SYSTEM, now=TODAY)
    browser = client_for(person)
    browser.get(LESSON.format(enrolment_id), status=404)
    assert "Todavía no tiene cursos" in browser.get("/learning/").text


@pytest.mark.parametrize("days", [-11, 61])
def test_outside_the_dates_lessons_are_read_and_nothing_counts(client_for, study, unit, at, days):
    enrolment_id, person = study
    with at(TODAY + timedelta(days=days)):
        browser = client_for(person)
        page = browser.get(LESSON.format(enrolment_id))
        assert "no está abierto" in page.text
        assert not page.select(".prev-next form")
        browser.post(LESSON.format(enrolment_id) + "/seen", status=204, headers=HTMX)
        browser.post(LESSON.format(enrolment_id) + "/finish", status=409)
        browser.get(f"/learning/{enrolment_id}")
        browser.get("/learning/")
    assert progress(unit, enrolment_id) == []


def test_a_unit_that_does_not_exist_is_not_found(client_for, study):
    enrolment_id, person = study
    client_for(person).get(f"/learning/{enrolment_id}/senales/nada", status=404)


def test_a_stranger_is_asked_to_sign_in(client):
    assert "sign-in" in client.get("/learning/", status=303).location

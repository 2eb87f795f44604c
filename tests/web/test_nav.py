"""The header and the account menu: which destination is the present one, and that each stands there once."""

from types import SimpleNamespace

import pytest

from lms.core.actors import Role, ScopeKind
from lms.testing.factories.accounts import give_role, make_administrator, make_person
from lms.testing.factories.attendance import make_meeting
from lms.testing.factories.learning import make_cohort, make_enrolment


def header(page):
    return [link.get_text(strip=True) for link in page.select("header .nav a")]


def menu(page):
    return [link.get_text(strip=True) for link in page.select(".menu__sheet > a:not(.narrow-only)")]


def current(page):
    """Return the destinations marked as the present one, in the header or for every width in the menu."""
    marked = page.select("header .nav a[aria-current], .menu__sheet > a:not(.narrow-only)[aria-current]")
    return [link.get_text(strip=True) for link in marked]


@pytest.fixture
def staff(unit, client_for):
    """Return a cohort with a meeting and the browser of each who has to do with it, by role."""
    with unit():
        cohort = make_cohort()
        meeting = make_meeting(cohort)
        institution = make_enrolment(cohort).institution_id
        scopes = {
            Role.TRAINER: (ScopeKind.COHORT, cohort.id),
            Role.REVIEWER: (ScopeKind.PROGRAMME, cohort.programme_id),
            Role.FOCAL_POINT: (ScopeKind.INSTITUTION, institution),
            Role.ADMINISTRATOR: (ScopeKind.EVERYWHERE, None),
        }
        people = {role: make_person() for role in scopes}
        for role, scope in scopes.items():
            give_role(people[role], role, *scope)
    browsers = {role: client_for(person) for role, person in people.items()}
    return SimpleNamespace(cohort=cohort.id, meeting=meeting.id, browsers=browsers)


@pytest.mark.parametrize(
    ("path", "status", "destination"),
    [
        ("/v", 200, "Verificar una constancia"),
        ("/v/ABCDE23456", 404, "Verificar una constancia"),
        ("/courses/", 200, "Cursos"),
    ],
)
def test_a_stranger_sees_where_they_are(client, path, status, destination):
    assert current(client.get(path, status=status)) == [destination]


def test_a_page_outside_every_destination_marks_none(client):
    assert current(client.get("/help")) == []
    assert current(client.get("/nowhere", status=404)) == []


def test_a_page_marks_the_destination_of_its_own_area(staff):
    trainer = staff.browsers[Role.TRAINER]
    assert current(trainer.get("/learning/cohorts/")) == ["Cohortes"]
    assert current(trainer.get(f"/learning/cohorts/{staff.cohort}")) == ["Cohortes"]
    assert current(trainer.get(f"/attendance/meetings/{staff.meeting}/roll-call")) == ["Sesiones"]


def test_a_destination_that_is_exactly_the_page_wins_over_its_area(staff):
    trainer = staff.browsers[Role.TRAINER]
    assert current(trainer.get("/attendance/meetings/")) == ["Sesiones"]
    assert current(trainer.get("/attendance/")) == ["Mis sesiones"]


@pytest.mark.parametrize(
    ("role", "destinations"),
    [
        (Role.TRAINER, ["Cohortes", "Sesiones", "Mis cursos", "Cursos"]),
        (Role.REVIEWER, ["Avance", "Instituciones", "Cohortes", "Cursos por revisar"]),
        (Role.FOCAL_POINT, ["Avance", "Instituciones", "Cohortes", "Convocatorias"]),
        (Role.ADMINISTRATOR, ["Avance", "Cohortes", "Instituciones", "Programas"]),
    ],
)
def test_the_header_of_each_audience_shows_its_first_four(staff, role, destinations):
    page = staff.browsers[role].get("/help")
    assert header(page) == destinations
    assert "Mis sesiones" in menu(page)
    assert ("Sesiones" in menu(page)) is ("Sesiones" not in destinations)


def test_whoever_has_several_roles_sees_each_destination_once(client_for, unit):
    with unit():
        person = make_administrator()
        for role in (Role.TRAINER, Role.REVIEWER):
            give_role(person, role)
    page = client_for(person).get("/help")
    addresses = [link["href"] for link in page.select("header .nav a, .menu__sheet > a:not(.narrow-only)")]
    assert len(addresses) == len(set(addresses))
    labels = header(page) + menu(page)
    assert len(labels) == len(set(labels))


def test_a_telephone_has_the_four_places_of_who_studies(client_for, unit):
    with unit():
        person = make_person()
        give_role(person, Role.TRAINEE)
    page = client_for(person).get("/help")
    places = [link.get_text(strip=True) for link in page.select(".bottom-bar a")]
    assert places == ["Inicio", "Cursos", "Asistencia", "Constancias"]

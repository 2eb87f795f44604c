"""What administrators and focal points do with people, and what stays closed to them."""

from datetime import date

import pytest

from lms.accounts.models import Person
from lms.accounts.queries import find_person_by_email, list_assignments, list_roles
from lms.core.actors import SYSTEM, Assignment, Role, ScopeKind
from lms.core.clock import now
from lms.core.db import db
from lms.institutions.directory.models import Institution
from lms.institutions.directory.queries import find_affiliation, find_latest_affiliation
from lms.institutions.people.service import create_provisional
from lms.testing.factories.accounts import PASSWORD, give_role, make_administrator, make_person
from lms.testing.factories.institutions import (
    affiliate_person,
    make_focal_point,
    make_institution,
    make_member,
)

TODAY = date(2026, 11, 20)


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
def admin_person(unit):
    with unit():
        return make_administrator()


@pytest.fixture
def admin(client_for, admin_person):
    return client_for(admin_person)


@pytest.fixture
def focal_person(unit, places):
    with unit():
        return make_focal_point(db.session.get(Institution, places["health"].id))


@pytest.fixture
def focal_point(client_for, focal_person):
    return client_for(focal_person)


@pytest.fixture
def neighbour(unit, places):
    with unit():
        return make_member(db.session.get(Institution, places["council"].id))


@pytest.fixture
def nurse(unit, places):
    with unit():
        return make_member(db.session.get(Institution, places["hospital"].id))


def rows(page):
    return [link.get_text() for link in page.select("tbody th a")]


def new(**values):
    return {
        "given_names": "Rosa",
        "first_surname": "Ek",
        "second_surname": "",
        "email": "rosa@example.org",
        "post": "Enfermería",
        "sector": "",
        "starts_on": "2026-11-01",
        **values,
    }


def test_a_focal_point_lists_the_people_of_their_subtree(focal_point, focal_person, nurse, neighbour):
    assert sorted(rows(focal_point.get("/people/"))) == sorted([focal_person.name, nurse.name])
    focal_point.get(f"/people/{nurse.id}")
    focal_point.get(f"/people/{neighbour.id}", status=404)
    for action in ("edit", "work", "work/end"):
        focal_point.get(f"/people/{neighbour.id}/{action}", status=404)
    focal_point.post(f"/people/{neighbour.id}/invite", status=404)


def test_an_administrator_lists_searches_and_filters(admin, admin_person, nurse, neighbour, places, unit):
    assert len(rows(admin.get("/people/"))) == 3
    assert rows(admin.get(f"/people/?q={nurse.email}")) == [nurse.name]
    assert rows(admin.get(f"/people/?institution={places['health'].id}")) == [nurse.name]
    assert rows(admin.get("/people/?state=roles")) == [admin_person.name]
    assert rows(admin.get("/people/?state=nowhere")) == [admin_person.name]
    with unit():
        db.session.get(Person, nurse.id).is_active = False
    assert rows(admin.get("/people/?state=closed")) == [nurse.name]
    assert "Nadie coincide" in admin.get("/people/?q=zzz").text
    assert len(rows(admin.get("/people/?institution=abc&state=abc"))) == 3


def test_the_list_costs_few_queries(admin, places, unit, count_queries):
    with unit():
        for _ in range(30):
            make_member(db.session.get(Institution, places["hospital"].id))
    with count_queries() as statements:
        page = admin.get("/people/")
    assert len(rows(page)) == 25
    assert len(statements) <= 5, statements


def test_a_person_is_registered_where_they_work_and_invited(focal_point, places, unit, run_jobs, mailbox):
    form = focal_point.get(f"/people/new?institution={places['hospital'].id}")
    offered = [option.get_text(strip=True) for option in form.select("#institution option")]
    assert offered == ["Elija una institución", "Servicios de Salud", "Hospital General"]
    values = new(institution=str(places["hospital"].id), wants_invitation="y")
    page = focal_point.follow(focal_point.post("/people/new", values))
    assert page.title == "Rosa Ek"
    assert "Enfermería" in page.text
    run_jobs()
    assert [message.to for message in mailbox.sent] == ["rosa@example.org"]


def test_registering_twice_makes_one_person(admin, places, unit):
    values = new(institution=str(places["hospital"].id))
    first = admin.post("/people/new", values).location
    assert admin.post("/people/new", values).location == first
    assert "Ya tenía cuenta" in admin.get(first).text


def test_a_person_without_address_is_not_registered_twice(admin, places):
    values = new(institution=str(places["hospital"].id), email="")
    admin.post("/people/new", values)
    assert "Ya hay una persona con ese nombre" in admin.post("/people/new", values, status=422).errors()


def test_the_address_of_another_is_refused_beside_the_field(admin, places, nurse):
    values = new(institution=str(places["hospital"].id), email=nurse.email)
    assert "otro nombre" in admin.post("/people/new", values, status=422).errors()


def test_a_focal_point_takes_nobody_away_from_another_institution(focal_point, neighbour, places, unit):
    given, surname = neighbour.given_names, neighbour.first_surname
    values = new(
        institution=str(places["hospital"].id),
        email=neighbour.email,
        given_names=given,
        first_surname=surname,
    )
    page = focal_point.post("/people/new", values, status=422)
    assert "no administra" in page.errors()
    with unit():
        assert find_affiliation(neighbour.id, TODAY).institution_id == places["council"].id


def test_a_focal_point_registers_nobody_elsewhere(focal_point, places):
    page = focal_point.post("/people/new", new(institution=str(places["council"].id)), status=422)
    assert page.errors()


def test_whoever_works_nowhere_may_be_registered_by_any_institution(focal_point, neighbour, places, admin):
    admin.post(f"/people/{neighbour.id}/work/end", {"ends_on": "2026-10-31"})
    values = new(
        institution=str(places["hospital"].id),
        email=neighbour.email,
        given_names=neighbour.given_names,
        first_surname=neighbour.first_surname,
    )
    focal_point.post("/people/new", values)
    focal_point.get(f"/people/{neighbour.id}")


def test_a_change_of_work_keeps_the_history(focal_point, nurse, places, unit):
    values = {
        "institution": str(places["health"].id),
        "post": "Jefatura",
        "sector": "",
        "starts_on": "2026-11-20",
    }
    page = focal_point.follow(focal_point.post(f"/people/{nurse.id}/work", values))
    assert "19 nov 2026" in page.text or "19 Nov 2026" in page.text
    with unit():
        assert find_affiliation(nurse.id, date(2026, 11, 19)).institution_id == places["hospital"].id
        assert find_affiliation(nurse.id, TODAY).post == "Jefatura"


def test_a_change_before_the_present_work_is_refused(admin, nurse, places):
    values = {"institution": str(places["health"].id), "starts_on": "2019-01-01"}
    page = admin.post(f"/people/{nurse.id}/work", values, status=422)
    assert "otra adscripción" in page.errors()


def test_ending_work_asks_for_the_last_day(admin, nurse, unit):
    assert "¿Terminar la adscripción" in admin.get(f"/people/{nurse.id}/work/end").title
    page = admin.post(f"/people/{nurse.id}/work/end", {"ends_on": "2001-01-01"}, status=422)
    assert "no puede ser anterior" in page.errors()
    admin.post(f"/people/{nurse.id}/work/end", {"ends_on": "2026-11-20"})
    with unit():
        assert find_latest_affiliation(nurse.id).ends_on == TODAY
    admin.get(f"/people/{nurse.id}/work/end", status=404)


def test_a_focal_point_corrects_names_and_the_address_until_the_account_is_in_use(
    focal_point, nurse, unit, places
):
    values = {"given_names": "Rosa", "first_surname": "Pech", "email": "nueva@example.org", "is_active": "y"}
    assert focal_point.follow(focal_point.post(f"/people/{nurse.id}/edit", values)).title == "Rosa Pech"
    with unit():
        assert find_person_by_email("nueva@example.org").id == nurse.id
        used = make_person(password=PASSWORD)
        affiliate_person(used, db.session.get(Institution, places["hospital"].id))
    page = focal_point.get(f"/people/{used.id}/edit")
    assert not page.select("#email")
    focal_point.post(f"/people/{used.id}/edit", {**values, "email": "robo@example.org"})
    with unit():
        person = db.session.get(Person, used.id)
        assert (person.first_surname, person.email) == ("Pech", used.email)


def test_a_focal_point_does_not_touch_whoever_holds_a_role(focal_point, focal_person, nurse, unit):
    with unit():
        give_role(db.session.get(Person, nurse.id), Role.ADMINISTRATOR)
    page = focal_point.get(f"/people/{nurse.id}/edit")
    assert "los cambia la administración" in page.text
    focal_point.post(f"/people/{nurse.id}/edit", {"email": "robo@example.org", "given_names": "Otra"})
    with unit():
        assert db.session.get(Person, nurse.id).email == nurse.email


def test_an_address_that_is_taken_is_said_beside_the_field(admin, nurse, neighbour):
    values = {"given_names": "Rosa", "first_surname": "Pech", "email": neighbour.email.upper()}
    assert "ya usa ese correo" in admin.post(f"/people/{nurse.id}/edit", values, status=422).errors()


def test_an_administrator_closes_an_account(admin, nurse, unit):
    values = {"given_names": nurse.given_names, "first_surname": nurse.first_surname, "email": nurse.email}
    page = admin.follow(admin.post(f"/people/{nurse.id}/edit", values))
    assert "Sin acceso" in page.text
    assert not page.select("form[action$='/invite']")


def test_the_invitation_is_sent_again(focal_point, nurse, run_jobs, mailbox, unit):
    for _ in range(2):
        focal_point.post(f"/people/{nurse.id}/invite")
    run_jobs()
    assert [message.to for message in mailbox.sent] == [nurse.email]
    with unit():
        db.session.get(Person, nurse.id).password_hash = "x"
    focal_point.post(f"/people/{nurse.id}/invite", status=404)


def test_a_role_is_given_in_a_place_and_taken(admin, nurse, places, unit):
    page = admin.get(f"/people/{nurse.id}/roles/new")
    assert "Enlace institucional" in page.text
    give = f"/people/{nurse.id}/roles/new/focal-point"
    place = f"institution:{places['health'].id}"
    assert place in [option["value"] for option in admin.get(give).select("#place option")]
    for _ in range(2):
        page = admin.follow(admin.post(give, {"place": place}))
    assignment = Assignment(Role.FOCAL_POINT, ScopeKind.INSTITUTION, places["health"].id)
    with unit():
        assert list_assignments(nurse.id) == [assignment]
    (take,) = page.select("a[href$='/take']")
    assert "¿Retirar el papel" in admin.get(take["href"]).title
    admin.post(take["href"])
    with unit():
        assert list_assignments(nurse.id) == []


def test_an_administrator_of_everything_gives_everything(admin, nurse, unit):
    admin.post(f"/people/{nurse.id}/roles/new/administrator", {"place": "everywhere"})
    with unit():
        assert list_assignments(nurse.id) == [Assignment(Role.ADMINISTRATOR, ScopeKind.EVERYWHERE)]


def test_no_role_is_given_where_it_means_nothing(admin, nurse, places):
    admin.post(f"/people/{nurse.id}/roles/new/focal-point", {"place": "everywhere"}, status=422)
    admin.get(f"/people/{nurse.id}/roles/new/trainee", status=404)
    admin.get(f"/people/{nurse.id}/roles/new/king", status=404)


def test_nobody_takes_their_own_role(admin, admin_person, unit):
    page = admin.get(f"/people/{admin_person.id}")
    assert not page.select("a[href$='/take']")
    with unit():
        (held,) = list_roles(admin_person.id)
    admin.post(f"/people/{admin_person.id}/roles/{held.id}/take", status=409)


def test_a_focal_point_gives_no_roles(focal_point, nurse):
    focal_point.get(f"/people/{nurse.id}/roles/new", status=403)
    focal_point.post(f"/people/{nurse.id}/roles/new/administrator", {"place": "everywhere"}, status=403)
    assert not focal_point.get(f"/people/{nurse.id}").select("a[href$='/roles/new']")


def test_the_administrator_of_one_institution_gives_roles_only_there(client_for, nurse, places, unit):
    with unit():
        local = make_person()
        give_role(local, Role.ADMINISTRATOR, ScopeKind.INSTITUTION, places["hospital"].id)
    browser = client_for(local)
    give = f"/people/{nurse.id}/roles/new/focal-point"
    offered = [option["value"] for option in browser.get(give).select("#place option")]
    assert offered == [f"institution:{places['hospital'].id}"]
    browser.post(give, {"place": f"institution:{places['health'].id}"}, status=422)
    assert "No hay dónde" not in browser.get(f"/people/{nurse.id}/roles/new").text
    browser.post(f"/people/{nurse.id}/roles/new/administrator", {"place": "everywhere"}, status=422)


def test_somebody_written_down_at_the_door_is_provisional_until_completed(admin, unit):
    with unit():
        place = make_institution()
        person = create_provisional("Participante Provisional", place, actor=SYSTEM, now=now())
    page = admin.get("/people/?state=provisional")
    assert "Participante Provisional" in page.text
    assert "Se anotó en la puerta" in admin.get(f"/people/{person.id}").text
    values = {"given_names": "Participante", "first_surname": "Provisional", "is_active": "y"}
    admin.post(f"/people/{person.id}/edit", {**values, "email": "p@example.org", "national_id": "ab-c 1"})
    assert "Participante Provisional" not in admin.get("/people/?state=provisional").text
    with unit():
        assert db.session.get(Person, person.id).national_id == "ABC1"


def test_a_test_person_is_marked_seen_and_found_and_the_trail_says_so(admin, focal_point, nurse, unit):
    values = {"given_names": nurse.given_names, "first_surname": nurse.first_surname, "email": nurse.email}
    page = focal_point.follow(
        focal_point.post(f"/people/{nurse.id}/edit", {**values, "is_active": "y", "is_test": "y"})
    )
    assert "no recibe documentos" in page.text
    assert rows(admin.get("/people/?state=test")) == [nurse.name]
    badges = [each.get_text(strip=True) for each in admin.get("/people/").select("tbody .badge--maize")]
    assert badges == ["Prueba"]
    admin.post(f"/people/{nurse.id}/edit", {**values, "is_active": "y"})
    assert rows(admin.get("/people/?state=test")) == []
    trail = admin.get("/operations/audit").text
    assert "Se marcó como persona de prueba" in trail
    assert "Dejó de ser persona de prueba" in trail

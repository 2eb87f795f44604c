"""What people see and do on the pages about institutions, and what stays closed to them."""

from datetime import date

import pytest

from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.db import db
from lms.institutions.directory.models import Institution
from lms.institutions.directory.queries import find_sibling
from lms.institutions.programmes import service as programmes
from lms.institutions.programmes.models import MembershipKind, Scale
from lms.institutions.programmes.service import ProgrammeValues
from lms.testing.factories.accounts import give_role, make_administrator, make_person
from lms.testing.factories.institutions import make_focal_point, make_institution, make_member
from lms.testing.pytest_plugin import TODAY


@pytest.fixture
def tree(unit):
    with unit():
        state = make_institution("Gobierno del Estado", territory="Quintana Roo")
        health = make_institution("Servicios de Salud", parent=state, sector="health")
        hospital = make_institution("Hospital General", parent=health, sector="health")
        council = make_institution("Ayuntamiento de Bacalar")
        return {"state": state, "health": health, "hospital": hospital, "council": council}


@pytest.fixture
def admin(client_for, unit):
    with unit():
        person = make_administrator()
    return client_for(person)


@pytest.fixture
def focal_point(client_for, unit, tree):
    with unit():
        person = make_focal_point(db.session.get(Institution, tree["health"].id))
    return client_for(person)


def rows(page):
    return [link.get_text() for link in page.select("tbody th a")]


def url(institution, action=""):
    return f"/institutions/{institution.id}{action}"


def test_the_list_reads_as_a_tree(admin, tree):
    page = admin.get("/institutions/")
    assert rows(page) == [
        "Ayuntamiento de Bacalar",
        "Gobierno del Estado",
        "Servicios de Salud",
        "Hospital General",
    ]
    assert [th["data-depth"] for th in page.select("tbody th")] == ["0", "0", "1", "2"]


def test_the_list_is_searched_without_accents_and_filtered_by_sector(admin, tree):
    assert rows(admin.get("/institutions/?q=GENERAL+hospital")) == ["Hospital General"]
    assert rows(admin.get("/institutions/?sector=health")) == ["Servicios de Salud", "Hospital General"]
    page = admin.get("/institutions/?q=nada")
    assert rows(page) == []
    assert "Ninguna institución coincide" in page.text


def test_the_list_costs_few_queries(admin, tree, unit, count_queries):
    with unit():
        state = db.session.get(Institution, tree["state"].id)
        for _ in range(60):
            make_institution(parent=state)
    with count_queries() as statements:
        page = admin.get("/institutions/?page=2")
    assert len(rows(page)) == 14
    assert len(statements) <= 6, statements


def test_a_focal_point_sees_only_their_own_subtree(focal_point, tree):
    assert rows(focal_point.get("/institutions/")) == ["Servicios de Salud", "Hospital General"]
    focal_point.get(url(tree["hospital"]))
    focal_point.get(url(tree["state"]), status=404)
    focal_point.get(url(tree["council"]), status=404)


def test_the_way_down_begins_where_the_actor_may_look(focal_point, admin, tree):
    ours = [a.get_text() for a in focal_point.get(url(tree["hospital"])).select(".breadcrumbs a")]
    assert ours == ["Instituciones", "Servicios de Salud"]
    all_of_it = [a.get_text() for a in admin.get(url(tree["hospital"])).select(".breadcrumbs a")]
    assert all_of_it == ["Instituciones", "Gobierno del Estado", "Servicios de Salud"]


def test_a_reviewer_sees_the_members_of_the_programme_and_what_hangs_below(client_for, unit, tree):
    with unit():
        programme = programmes.create_programme(
            ProgrammeValues(
                code="QROO", name="Programa", issuer_name="Comisión", issuer_unit="", country="MX",
                territory="Quintana Roo", timezone="America/Cancun", scale=Scale.TEN, pass_mark=0.8,
                attendance_share=0.8, target_share=0.8, starts_on=date(2026, 1, 1),
            ),
            actor=SYSTEM,
            now=TODAY,
        )  # fmt: skip
        programmes.add_member(
            programme,
            db.session.get(Institution, tree["health"].id),
            kind=MembershipKind.MEMBER,
            starts_on=date(2026, 1, 1),
            actor=SYSTEM,
            now=TODAY,
        )
        reviewer = make_person()
        give_role(reviewer, Role.REVIEWER, ScopeKind.PROGRAMME, programme.id)
    browser = client_for(reviewer)
    assert rows(browser.get("/institutions/")) == ["Servicios de Salud", "Hospital General"]
    browser.get(url(tree["council"]), status=404)
    page = browser.get(url(tree["health"]))
    assert not page.select("a[href$='/edit']")
    browser.get(url(tree["health"], "/edit"), status=403)
    browser.get("/people/", status=403)


def test_a_trainee_and_a_stranger_stay_outside(client, client_for, unit, tree):
    with unit():
        trainee = make_person()
    client_for(trainee).get("/institutions/", status=403)
    assert "sign-in" in client.get("/institutions/", status=303).location


def test_the_page_shows_units_people_and_focal_point(focal_point, unit, tree):
    with unit():
        make_member(db.session.get(Institution, tree["hospital"].id))
    page = focal_point.get(url(tree["health"]))
    assert page.title == "Servicios de Salud"
    assert "Enlace: Participante" in page.text
    assert "2 personas" in page.text
    assert page.select(f"a[href='{url(tree['hospital'])}']")
    assert len(rows(page)) == 2


def test_people_of_an_institution_are_searched_in_few_queries(admin, unit, tree, count_queries):
    with unit():
        hospital = db.session.get(Institution, tree["hospital"].id)
        wanted = [make_member(hospital) for _ in range(30)][7].name
    with count_queries() as statements:
        page = admin.get(url(tree["health"]) + f"?q={wanted.replace(' ', '+')}")
    assert rows(page) == [wanted]
    assert len(statements) <= 19, statements


def test_an_administrator_adds_an_institution(admin, tree, unit):
    page = admin.get(f"/institutions/new?parent={tree['state'].id}")
    assert page.select(f"#parent option[selected][value='{tree['state'].id}']")
    answer = admin.post(
        "/institutions/new",
        {
            "name": " Fiscalía General ",
            "short_name": "FGE",
            "sector": "justice",
            "parent": str(tree["state"].id),
        },
    )
    assert admin.follow(answer).title == "Fiscalía General"
    with unit():
        made = find_sibling("fiscalia general", tree["state"].id)
        assert (made.sector, made.label) == ("justice", "FGE")


def test_a_name_that_is_taken_is_said_beside_the_field(admin, tree):
    values = {"name": "SERVICIOS DE SALUD", "parent": str(tree["state"].id)}
    assert "mismo lugar" in admin.post("/institutions/new", values, status=422).errors()
    assert "Escriba el nombre" in admin.post("/institutions/new", {"name": " "}, status=422).errors()


def test_an_administrator_changes_and_moves(admin, tree, unit):
    edit = url(tree["hospital"], "/edit")
    offered = [option["value"] for option in admin.get(url(tree["health"], "/edit")).select("#parent option")]
    assert str(tree["hospital"].id) not in offered
    admin.post(edit, {"name": "Hospital General de Bacalar", "sector": "", "parent": str(tree["council"].id)})
    with unit():
        moved = db.session.get(Institution, tree["hospital"].id)
        assert (moved.name, moved.parent_id) == ("Hospital General de Bacalar", tree["council"].id)
        assert moved.sector is None


def test_a_refused_move_leaves_nothing_behind(admin, tree, unit):
    with unit():
        make_institution("Hospital General", parent=db.session.get(Institution, tree["council"].id))
    values = {"name": "Hospital General", "territory": "Otro", "parent": str(tree["council"].id)}
    page = admin.post(url(tree["hospital"], "/edit"), values, status=422)
    assert "mismo lugar" in page.errors()
    with unit():
        assert db.session.get(Institution, tree["hospital"].id).territory == ""


def test_closing_asks_first_and_can_be_undone(admin, tree, unit):
    with unit():
        make_member(db.session.get(Institution, tree["hospital"].id))
    page = admin.get(url(tree["health"], "/close"))
    assert "Una persona sigue adscrita" in page.text
    admin.post(url(tree["health"], "/close"))
    assert "Servicios de Salud" not in rows(admin.get("/institutions/"))
    assert rows(admin.get("/institutions/?state=closed")) == ["Servicios de Salud"]
    admin.post(url(tree["health"], "/reopen"))
    assert rows(admin.get("/institutions/?state=closed")) == []


def test_a_focal_point_does_not_change_institutions(focal_point, tree):
    for action in ("/edit", "/close"):
        focal_point.get(url(tree["health"], action), status=403)
    focal_point.get("/institutions/new", status=403)
    focal_point.post(url(tree["health"], "/reopen"), status=403)


def test_an_empty_directory_says_what_will_be_here(admin):
    assert "Todavía no hay instituciones" in admin.get("/institutions/").text


def test_a_renaming_keeps_the_former_name_for_what_was_before(admin, tree):
    """Peru's ministries changed names between two sessions; a typing error is corrected without a trace."""
    changed = {"name": "Secretaría de Bienestar", "short_name": "", "starts_on": "2026-06-06"}
    admin.post(url(tree["health"], "/rename"), changed, status=303)
    assert "Secretaría de Bienestar" in rows(admin.get("/institutions/?on=2026-06-06"))
    before = rows(admin.get("/institutions/?on=2026-06-05"))
    assert "Servicios de Salud" in before
    assert "Secretaría de Bienestar" not in before
    assert rows(admin.get("/institutions/?q=servicios+salud")) == ["Secretaría de Bienestar"]
    page = admin.get(url(tree["health"]))
    assert "Hasta el 5 de junio de 2026 se llamó Servicios de Salud" in page.text
    for day in ("2026-06-06", "2026-05-01", "2030-01-01"):
        admin.post(url(tree["health"], "/rename"), {**changed, "name": "Otra", "starts_on": day}, status=422)


def test_a_dated_move_shows_the_tree_of_each_day(admin, tree):
    moved = {"name": "Hospital General", "sector": "health", "parent": str(tree["state"].id)}
    admin.post(url(tree["hospital"], "/edit"), {**moved, "moved_on": "2026-06-06"}, status=303)

    def depth(day):
        page = admin.get(f"/institutions/?on={day}")
        return next(th["data-depth"] for th in page.select("tbody th") if "Hospital" in th.get_text())

    assert (depth("2026-06-05"), depth("2026-06-06")) == ("2", "1")
    assert (
        "Hasta el 5 de junio de 2026 dependió de Servicios de Salud" in admin.get(url(tree["hospital"])).text
    )


def test_a_closed_institution_is_in_the_list_of_the_days_before(admin, tree):
    admin.post(url(tree["council"], "/close"), status=303)
    before = date.fromordinal(TODAY.date().toordinal() - 1)
    assert "Ayuntamiento de Bacalar" in rows(admin.get(f"/institutions/?on={before}"))
    after = date.fromordinal(TODAY.date().toordinal() + 1)
    assert "Ayuntamiento de Bacalar" not in rows(admin.get(f"/institutions/?on={after}"))

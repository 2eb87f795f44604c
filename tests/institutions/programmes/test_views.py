"""What administrators and commissions can do with programmes."""

import pytest

from lms.core.actors import Role, ScopeKind
from lms.institutions.programmes.queries import (
    find_programme_by_code,
    list_members,
    list_signatories,
    target_for,
)
from lms.testing.factories.accounts import give_role, make_administrator, make_person
from lms.testing.factories.institutions import make_focal_point, make_institution
from lms.testing.factories.learning import make_cohort
from lms.testing.pytest_plugin import TODAY

VALUES = {
    "name": "Programa de Quintana Roo",
    "code": "QROO",
    "issuer_name": "Comisión Interinstitucional",
    "issuer_unit": "Secretaría de Gobierno",
    "country": "mx",
    "territory": "Quintana Roo",
    "timezone": "America/Cancun",
    "scale": "0-10",
    "pass_mark": "80",
    "attendance_share": "80",
    "target_share": "75",
    "starts_on": "2026-01-01",
}


@pytest.fixture
def admin(client_for, unit):
    with unit():
        boss = make_administrator()
    return client_for(boss)


@pytest.fixture
def programme(admin, unit):
    admin.post("/programmes/new", VALUES)
    with unit():
        return find_programme_by_code("QROO")


def test_a_programme_is_created_with_fractions_from_percentages(programme):
    assert (programme.pass_mark, programme.target_share, programme.country) == (0.8, 0.75, "MX")


def test_a_taken_code_is_said_beside_the_field_and_nothing_is_lost(admin, programme):
    page = admin.post("/programmes/new", {**VALUES, "name": "Otro"}, status=422)
    assert "Otro programa ya usa esa clave" in page.errors()
    assert page.select("#name")[0]["value"] == "Otro"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("code", "qroo-1", "mayúsculas"),
        ("timezone", "Cancún", "zona horaria"),
        ("pass_mark", "180", "entre 0 y 100"),
        ("ends_on", "2025-01-01", "posterior"),
        ("name", "", "Escriba este dato"),
    ],
)
def test_bad_values_are_refused_beside_their_field(admin, field, value, sentence):
    page = admin.post("/programmes/new", {**VALUES, field: value}, status=422)
    assert sentence in page.errors()


def test_the_code_does_not_change_once_folios_can_carry_it(admin, programme):
    page = admin.post(f"/programmes/{programme.id}/edit", {**VALUES, "code": "OTRO"}, status=422)
    assert "folios" in page.errors()


def test_an_institution_joins_gets_a_target_and_leaves(admin, programme, unit):
    with unit():
        place = make_institution("Secretaría de Salud")
    base = f"/programmes/{programme.id}"
    joined = {"member-institution": str(place.id), "member-kind": "member", "member-starts_on": "2026-02-01"}
    admin.post(f"{base}/members", joined)
    admin.post(f"{base}/members", joined)
    agreed = {"target-institution": str(place.id), "target-year": "2026", "target-share": "90"}
    assert "Escriba este dato" in admin.post(f"{base}/targets", agreed, status=422).errors()
    admin.post(f"{base}/targets", {**agreed, "target-source": "Segunda sesión ordinaria"})
    page = admin.get(base)
    assert "Secretaría de Salud" in page.text
    with unit():
        (member,) = list_members(programme.id, TODAY.date())
        assert target_for(programme, place.id, 2026) == 0.9
        assert target_for(programme, place.id, 2027) == 0.75
    admin.get(f"{base}/members/{member.membership_id}/end")
    admin.post(f"{base}/members/{member.membership_id}/end")
    with unit():
        assert list_members(programme.id, TODAY.date())[0].ends_on == TODAY.date()


def test_who_signs_is_set_in_order(admin, programme, unit):
    values = {"signatories-name_1": "Firma", "signatories-post_1": "Secretaría técnica"}
    admin.post(f"/programmes/{programme.id}/signatories", values)
    with unit():
        assert [row.post for row in list_signatories(programme.id)] == ["Secretaría técnica"]


def test_a_reviewer_reads_their_programme_and_no_other(client_for, unit, programme):
    with unit():
        reviewer = make_person()
        give_role(reviewer, Role.REVIEWER, ScopeKind.PROGRAMME, programme.id)
        other = make_cohort().programme_id
    browser = client_for(reviewer)
    assert browser.get(f"/programmes/{programme.id}").title == VALUES["name"]
    assert "Cambiar" not in browser.get(f"/programmes/{programme.id}").text
    browser.get(f"/programmes/{other}", status=404)
    browser.post(f"/programmes/{programme.id}/members", status=403)


def test_a_focal_point_sees_the_programmes_of_their_institution(client_for, admin, unit, programme):
    with unit():
        place = make_institution("Secretaría de Salud")
        unit_below = make_institution("Hospital", parent=place)
        enlace = make_focal_point(unit_below)
    joined = {"member-institution": str(place.id), "member-kind": "member", "member-starts_on": "2026-02-01"}
    admin.post(f"/programmes/{programme.id}/members", joined)
    assert "Programa de Quintana Roo" in client_for(enlace).get("/programmes/").text


def test_the_list_is_empty_with_advice_before_the_first(admin):
    assert "Todavía no hay programas" in admin.get("/programmes/").text

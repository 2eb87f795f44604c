"""Whoever administers one programme changes what hangs in it, and neither the roots nor other people's branches."""

import pytest

from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.db import db
from lms.institutions.directory.models import Institution
from lms.institutions.programmes.models import MembershipKind, Programme
from lms.institutions.programmes.service import add_member
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.institutions import make_institution
from lms.testing.factories.learning import make_cohort
from lms.testing.pytest_plugin import TODAY


def join(programme, institution):
    add_member(
        programme,
        institution,
        kind=MembershipKind.MEMBER,
        starts_on=programme.starts_on,
        actor=SYSTEM,
        now=TODAY,
    )


@pytest.fixture
def ground(unit):
    """Two programmes: a member root and a member office in the first, another root in the second."""
    with unit():
        own, other = (db.session.get_one(Programme, make_cohort().programme_id) for _ in range(2))
        root, body, stranger = (
            make_institution(name) for name in ("Raíz propia", "Cuerpo ajeno", "Otra raíz")
        )
        office = make_institution("Oficina propia", parent=body)
        join(own, root)
        join(own, office)
        join(other, stranger)
        boss = make_person()
        give_role(boss, Role.ADMINISTRATOR, ScopeKind.PROGRAMME, own.id)
        return {"own": own, "other": other, "root": root, "body": body, "office": office, "stranger": stranger,
                "boss": boss}  # fmt: skip


def parent_of(unit, institution):
    with unit():
        return db.session.get_one(Institution, institution.id).parent_id


def test_a_programmes_administrator_adds_no_root(client_for, unit, ground):
    client_for(ground["boss"]).post("/institutions/new", {"name": "Raíz nueva", "parent": ""}, status=422)
    with unit():
        assert not db.session.query(Institution).filter_by(name="Raíz nueva").count()


def test_a_programmes_administrator_makes_no_office_a_root(client_for, unit, ground):
    place = f"/institutions/{ground['office'].id}/edit"
    client_for(ground["boss"]).post(place, {"name": "Oficina propia", "parent": ""}, status=422)
    assert parent_of(unit, ground["office"]) == ground["body"].id


@pytest.mark.parametrize("name", ["root", "office"])
def test_correcting_a_name_moves_nothing(client_for, unit, ground, name):
    browser, before = client_for(ground["boss"]), parent_of(unit, ground[name])
    place = f"/institutions/{ground[name].id}/edit"
    chosen = browser.get(place).select("#parent option[selected]") or browser.get(place).select(
        "#parent option"
    )
    browser.post(place, {"name": "Nombre corregido", "parent": chosen[0]["value"]})
    assert parent_of(unit, ground[name]) == before


def test_the_body_above_is_not_named_to_whom_it_is_out_of_reach(client_for, ground):
    page = client_for(ground["boss"]).get(f"/institutions/{ground['office'].id}/edit")
    assert "Cuerpo ajeno" not in page.text


def test_nothing_is_hung_from_a_body_out_of_reach(client_for, unit, ground):
    place = f"/institutions/{ground['root'].id}/edit"
    values = {"name": "Raíz propia", "parent": str(ground["stranger"].id)}
    client_for(ground["boss"]).post(place, values, status=422)
    assert parent_of(unit, ground["root"]) is None

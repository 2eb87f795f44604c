"""Whoever administers one programme makes no other one, and takes in no institution that is not theirs to manage."""

import pytest

from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.clock import now
from lms.core.db import db
from lms.institutions.programmes.models import MembershipKind, Programme
from lms.institutions.programmes.queries import find_open_membership, find_programme_by_code
from lms.institutions.programmes.service import add_member
from lms.testing.factories.accounts import give_role, make_administrator, make_person
from lms.testing.factories.institutions import make_institution
from lms.testing.factories.learning import make_cohort

VALUES = {
    "name": "Programa nuevo", "code": "NUEVO", "issuer_name": "Comisión", "country": "MX",
    "timezone": "America/Cancun", "scale": "0-10", "pass_mark": "80", "attendance_share": "80",
    "target_share": "80", "starts_on": "2026-01-01",
}  # fmt: skip


@pytest.fixture
def ground(unit):
    """An administrator of one programme who reviews another one, of which an institution is a member."""
    with unit():
        own, other = (db.session.get_one(Programme, make_cohort().programme_id) for _ in range(2))
        theirs, above = make_institution("Institución ajena"), make_institution("Institución propia")
        below = make_institution("Área propia", parent=above)
        for programme, institution in ((own, above), (other, theirs)):
            add_member(
                programme, institution, kind=MembershipKind.MEMBER, starts_on=programme.starts_on,
                actor=SYSTEM, now=now(),
            )  # fmt: skip
        boss = make_person()
        give_role(boss, Role.ADMINISTRATOR, ScopeKind.PROGRAMME, own.id)
        give_role(boss, Role.REVIEWER, ScopeKind.PROGRAMME, other.id)
        return {"own": own, "other": other, "theirs": theirs, "below": below, "boss": boss}


def take_in(browser, programme, institution, status=303):
    values = {"member-institution": str(institution.id), "member-kind": "member"}
    place = f"/programmes/{programme.id}/members"
    return browser.post(place, {**values, "member-starts_on": "2026-02-01"}, status=status)


def is_member(unit, programme, institution):
    with unit():
        return find_open_membership(programme.id, institution.id, now().date()) is not None


def test_a_programmes_administrator_creates_no_programme(client_for, unit, ground):
    browser = client_for(ground["boss"])
    browser.get("/programmes/new", status=403)
    browser.post("/programmes/new", VALUES, status=403)
    with unit():
        assert find_programme_by_code("NUEVO") is None


def test_the_administrator_of_everything_creates_one(client_for, unit):
    with unit():
        boss = make_administrator()
    client_for(boss).post("/programmes/new", VALUES)
    with unit():
        assert find_programme_by_code("NUEVO")


def test_reading_about_an_institution_is_not_enough_to_take_it_in(client_for, unit, ground):
    browser = client_for(ground["boss"])
    take_in(browser, ground["own"], ground["theirs"], status=422)
    assert not is_member(unit, ground["own"], ground["theirs"])
    take_in(browser, ground["own"], ground["below"])
    assert is_member(unit, ground["own"], ground["below"])


def test_a_programme_that_is_only_read_offers_no_forms(client_for, ground):
    browser = client_for(ground["boss"])
    assert browser.get(f"/programmes/{ground['own'].id}").select("form[action*=members]")
    assert not browser.get(f"/programmes/{ground['other'].id}").select("form[action*=members]")
    take_in(browser, ground["other"], ground["below"], status=404)

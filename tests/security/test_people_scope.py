"""Accounts of other people: nobody takes one over, and nobody takes a person away from another institution."""

from datetime import date

import pytest

from lms.accounts.models import Person
from lms.accounts.queries import list_assignments, list_sessions
from lms.core.actors import Role, ScopeKind
from lms.core.db import db
from lms.institutions.directory.queries import find_latest_affiliation
from lms.testing.factories.accounts import PASSWORD, give_role, make_administrator, make_person
from lms.testing.factories.institutions import (
    affiliate_person,
    make_focal_point,
    make_institution,
    make_member,
)
from lms.testing.pytest_plugin import TODAY

NEXT_MONTH = date(2026, 12, 20)


@pytest.fixture
def ground(unit):
    """A focal point of one institution, and a person who leaves it next month for another one."""
    with unit():
        here, there = make_institution("Aquí"), make_institution("Allá")
        leaver = make_member(here, password=PASSWORD)
        affiliate_person(leaver, there, starts_on=NEXT_MONTH)
        return {"here": here, "there": there, "leaver": leaver, "focal": make_focal_point(here)}


def latest_of(unit, person):
    with unit():
        return find_latest_affiliation(person.id)


def edit(browser, person, status, **values):
    data = {"given_names": "Otra", "first_surname": "Persona", "is_active": "y", **values}
    return browser.post(f"/people/{person.id}/edit", data, status=status)


def test_whoever_goes_to_another_institution_is_not_taken_back(client_for, unit, ground):
    browser, person = client_for(ground["focal"]), ground["leaver"]
    values = {"institution": str(ground["here"].id), "starts_on": "2027-01-15"}
    browser.post(f"/people/{person.id}/work", values, status=422)
    browser.post(f"/people/{person.id}/work/end", {"ends_on": "2026-12-31"}, status=422)
    work = latest_of(unit, person)
    assert (work.institution_id, work.ends_on) == (ground["there"].id, None)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.REVIEWER, Role.TRAINER])
def test_an_account_with_a_role_is_not_handed_over_by_changing_its_address(client_for, unit, ground, role):
    with unit():
        colleague = make_member(ground["here"])
        give_role(colleague, role)
    before = colleague.email
    edit(client_for(ground["focal"]), colleague, 303, email="mia@example.org", is_active="")
    with unit():
        known = db.session.get_one(Person, colleague.id)
        assert (known.email, known.is_active) == (before, True)


def test_an_account_in_use_keeps_its_address(client_for, unit, ground):
    edit(client_for(ground["focal"]), ground["leaver"], 303, email="mia@example.org")
    with unit():
        assert db.session.get_one(Person, ground["leaver"].id).email == ground["leaver"].email


def test_nobody_gives_a_role_beyond_their_own_reach(client_for, unit):
    with unit():
        home = make_institution()
        other = make_institution()
        person, boss = make_member(home), make_member(home)
        give_role(boss, Role.ADMINISTRATOR, ScopeKind.INSTITUTION, home.id)
    browser = client_for(boss)
    for role, place in (
        ("administrator", "everywhere"),
        ("reviewer", "everywhere"),
        ("focal-point", f"institution:{other.id}"),
        ("trainer", f"institution:{home.id}"),
    ):
        browser.post(f"/people/{person.id}/roles/new/{role}", {"place": place}, status=422)
    browser.post(f"/people/{person.id}/roles/new/trainee", {"place": "everywhere"}, status=404)
    with unit():
        assert list_assignments(person.id) == []


def test_a_person_sends_no_more_about_themselves_than_the_page_asks(client_for, unit):
    with unit():
        person = make_person(password=PASSWORD)
    values = {
        "language": "es",
        "appearance": "dark",
        "email": "otra@example.org",
        "is_active": "",
        "role": "x",
    }
    client_for(person).post("/account/preferences", values)
    with unit():
        known = db.session.get_one(Person, person.id)
        assert (known.email, known.is_active, known.appearance) == (person.email, True, "dark")


def test_a_closed_account_is_out_at_once_and_its_links_are_dead(client, client_for, unit):
    with unit():
        boss, person = make_administrator(), make_person(password=PASSWORD)
    browser = client_for(person)
    browser.get("/account/")
    edit(client_for(boss), person, 303, email=person.email, is_active="")
    browser.get("/account/", status=303)
    client.post("/account/sign-in", {"email": person.email, "password": PASSWORD}, status=422)


def test_closing_a_session_of_another_person_is_not_found(client_for, unit):
    with unit():
        one, other = make_person(), make_person()
    victim = client_for(other)
    with unit():
        (session,) = list_sessions(other.id, TODAY)
    client_for(one).post(f"/account/sessions/{session.id}/revoke", status=404)
    victim.get("/account/")

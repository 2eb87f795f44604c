"""What people can do with their accounts, and what is refused."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from lms.accounts import service
from lms.accounts.models import Person
from lms.core.db import db
from lms.testing.factories.accounts import PASSWORD, make_person
from lms.testing.pytest_plugin import TODAY


@pytest.fixture
def person(unit):
    with unit():
        return make_person(password=PASSWORD)


def link_in(message):
    address = next(line for line in message.text.splitlines() if line.startswith("http"))
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def sign_in(client, email, password=PASSWORD, status=303, **values):
    return client.post("/account/sign-in", {"email": email, "password": password, **values}, status=status)


def test_a_person_signs_in_and_out(client, person):
    sign_in(client, person.email.upper())
    page = client.get("/account/")
    assert page.title == person.name
    client.post("/account/sign-out")
    assert "sign-in" in client.get("/account/", status=303).location


def test_signing_out_ends_the_session_even_for_a_stolen_cookie(client, client_for, person):
    sign_in(client, person.email)
    with client.raw.session_transaction() as session:
        stolen = session["_user_id"]
    client.post("/account/sign-out")
    with client.raw.session_transaction() as session:
        session["_user_id"] = stolen
    assert "sign-in" in client.get("/account/", status=303).location


def test_a_wrong_password_is_said_beside_the_field_and_keeps_the_address(client, person):
    page = sign_in(client, person.email, "otra frase larga", status=422)
    assert "no coinciden" in page.errors()
    assert page.select("#email")[0]["value"] == person.email


def test_an_unknown_address_gets_the_same_answer(client, person):
    known = sign_in(client, person.email, "otra frase larga", status=422).errors()
    unknown = sign_in(client, "nadie@example.org", "otra frase larga", status=422).errors()
    assert known == unknown


def test_too_many_tries_are_stopped(client, person):
    for _ in range(10):
        sign_in(client, person.email, "otra frase larga", status=422)
    sign_in(client, person.email, status=429)


def test_signing_in_returns_to_the_page_asked_for(client, person):
    page = client.post("/account/sign-in?next=/account/", {"email": person.email, "password": PASSWORD})
    assert page.location == "/account/"


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_never_leaves_the_site(client, person, target):
    page = client.post(f"/account/sign-in?next={target}", {"email": person.email, "password": PASSWORD})
    assert "evil" not in page.location
    assert "javascript" not in page.location


def test_an_invitation_leads_to_a_password_and_inside(client, unit, run_jobs, mailbox):
    with unit():
        invited = make_person()
        service.invite(invited, reason="Le inscribieron en un curso.", path="/account/", now=TODAY)
    run_jobs()
    (message,) = mailbox.sent
    assert message.to == invited.email
    page = client.post(link_in(message), {"password": PASSWORD, "again": PASSWORD})
    assert page.location == "/account/"
    assert client.get("/account/").title == invited.name


def test_an_invitation_works_once(client, unit, run_jobs, mailbox):
    with unit():
        invited = make_person()
        service.invite(invited, reason="Le inscribieron.", now=TODAY)
    run_jobs()
    link = link_in(mailbox.sent[0])
    client.post(link, {"password": PASSWORD, "again": PASSWORD})
    client.get(link, status=410)


def test_a_weak_password_is_refused_with_advice(client, unit, run_jobs, mailbox):
    with unit():
        invited = make_person()
        service.invite(invited, reason="Le inscribieron.", now=TODAY)
    run_jobs()
    page = client.post(link_in(mailbox.sent[0]), {"password": "corta", "again": "corta"}, status=422)
    assert "12 caracteres" in page.errors()


def test_a_forgotten_password_is_replaced_and_closes_old_sessions(
    client, client_for, person, run_jobs, mailbox
):
    elsewhere = client_for(person)
    client.post("/account/password/forgotten", {"email": person.email}, status=200)
    run_jobs()
    client.post(
        link_in(mailbox.sent[0]),
        {"password": "otra frase bastante larga", "again": "otra frase bastante larga"},
    )
    assert "sign-in" in elsewhere.get("/account/", status=303).location
    assert client.get("/account/").status == 200


def test_asking_for_an_unknown_address_says_the_same_and_sends_nothing(client, run_jobs, mailbox):
    page = client.post("/account/password/forgotten", {"email": "nadie@example.org"}, status=200)
    run_jobs()
    assert "Revise su correo" in page.title
    assert mailbox.sent == []


def test_a_reset_link_dies_after_two_hours(client, person, run_jobs, mailbox, at):
    client.post("/account/password/forgotten", {"email": person.email}, status=200)
    run_jobs()
    link = link_in(mailbox.sent[0])
    with at(TODAY + timedelta(hours=1, minutes=59)):
        client.get(link)
    with at(TODAY + timedelta(hours=2, minutes=1)):
        client.get(link, status=410)


def test_sessions_are_listed_and_revocable(client_for, person):
    here, there = client_for(person), client_for(person)
    page = here.get("/account/")
    (form,) = [f for f in page.select("form") if "/sessions/" in f["action"] and "others" not in f["action"]]
    here.post(form["action"])
    assert "sign-in" in there.get("/account/", status=303).location
    assert here.get("/account/").status == 200


def test_nobody_revokes_the_session_of_another(client_for, unit, person):
    victim = client_for(person)
    with unit():
        other = make_person()
    page = victim.get("/account/")
    assert page.status == 200
    with unit():
        session_id = service.queries.list_sessions(person.id, TODAY)[0].id
    client_for(other).post(f"/account/sessions/{session_id}/revoke", status=404)


def test_a_session_expires(client_for, person, at):
    browser = client_for(person)
    with at(TODAY + timedelta(hours=13)):
        assert "sign-in" in browser.get("/account/", status=303).location


def test_language_and_appearance_are_kept(client_for, person, unit):
    browser = client_for(person)
    browser.post("/account/preferences", {"language": "en", "appearance": "dark"})
    page = browser.get("/account/")
    assert page.soup.html["lang"] == "en"
    assert page.select("link[href*='dark.css']")
    with unit():
        assert db.session.get(Person, person.id).language == "en"


def test_a_stranger_follows_the_browsers_language(client):
    page = client.get("/account/sign-in", headers={"Accept-Language": "en"})
    assert page.soup.html["lang"] == "en"


def test_a_form_without_token_is_refused(client, person):
    client.raw.post("/account/sign-in", data={"email": person.email, "password": PASSWORD})
    assert "sign-in" in client.get("/account/", status=303).location


def test_a_disabled_person_is_outside_at_once(client_for, person, unit):
    browser = client_for(person)
    with unit():
        db.session.get(Person, person.id).is_active = False
    assert "sign-in" in browser.get("/account/", status=303).location

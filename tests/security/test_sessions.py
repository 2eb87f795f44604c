"""Cookies and sessions: what a browser keeps, and what is left of it afterwards."""

from dataclasses import replace

import pytest

from lms.app import create_app
from lms.attendance.scans import cookie_name
from lms.testing.factories.accounts import PASSWORD, make_person


@pytest.fixture
def person(unit):
    with unit():
        return make_person(password=PASSWORD)


def sign_in(client, person, **values):
    return client.post("/account/sign-in", {"email": person.email, "password": PASSWORD, **values})


def test_signing_out_takes_the_lasting_cookie_out_of_the_browser(client, person):
    sign_in(client, person, stay="y")
    name = client.app.config["REMEMBER_COOKIE_NAME"]
    assert client.raw.get_cookie(name)
    client.post("/account/sign-out")
    assert client.raw.get_cookie(name) is None


def test_the_lasting_cookie_is_worth_nothing_once_its_session_is_closed(client, person):
    sign_in(client, person, stay="y")
    name = client.app.config["REMEMBER_COOKIE_NAME"]
    stolen = client.raw.get_cookie(name).value
    client.post("/account/sign-out")
    client.raw.set_cookie(name, stolen)
    assert "sign-in" in client.get("/account/", status=303).location


def test_a_session_planted_by_a_stranger_ends_when_somebody_signs_in(client, person):
    with client.raw.session_transaction() as session:
        session["planted"] = "yes"
    sign_in(client, person)
    with client.raw.session_transaction() as session:
        assert "planted" not in session


def test_over_tls_every_cookie_is_bound_to_the_host(settings):
    app = create_app(replace(settings, public_url="https://ruta.example"))
    config = app.config
    for name in (config["SESSION_COOKIE_NAME"], config["REMEMBER_COOKIE_NAME"]):
        assert name.startswith("__Host-")
    assert config["SESSION_COOKIE_SECURE"]
    assert config["REMEMBER_COOKIE_SECURE"]
    assert config["SESSION_COOKIE_HTTPONLY"]
    assert config["REMEMBER_COOKIE_HTTPONLY"]
    with app.app_context():
        assert cookie_name().startswith("__Secure-")

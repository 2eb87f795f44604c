"""Rate limits: what runs into them, what stays possible, and whom their table names."""

import pytest

from lms.accounts import views
from lms.core.db import db
from lms.core.limits import RateCount
from lms.testing.factories.accounts import PASSWORD, make_person


@pytest.fixture
def person(unit):
    with unit():
        return make_person(password=PASSWORD)


def sign_in(client, email, status, **kwargs):
    values = {"email": email, "password": "una frase que no es"}
    return client.post("/account/sign-in", values, status=status, **kwargs)


def test_one_client_does_not_ask_for_links_to_everybody(client, monkeypatch):
    monkeypatch.setattr(views, "RESET_ADDRESS_RULE", "3/hour")
    for number in range(3):
        client.post("/account/password/forgotten", {"email": f"p{number}@example.org"}, status=200)
    client.post("/account/password/forgotten", {"email": "p9@example.org"}, status=429)


def test_one_person_is_not_buried_in_links(client, person, run_jobs, mailbox):
    for _ in range(5):
        client.post("/account/password/forgotten", {"email": person.email.upper()}, status=200)
    client.post("/account/password/forgotten", {"email": person.email}, status=429)
    run_jobs()
    assert len(mailbox.sent) == 1


def test_one_client_does_not_try_one_password_on_everybody(client, monkeypatch):
    monkeypatch.setattr(views, "ADDRESS_RULE", "3/15minute")
    for number in range(3):
        sign_in(client, f"p{number}@example.org", 422)
    sign_in(client, "p9@example.org", 429)


def test_tries_on_one_account_stop_whatever_the_case_and_wherever_from(client, person):
    for number in range(10):
        email = person.email.upper() if number % 2 else f" {person.email}"
        sign_in(client, email, 422, environ_base={"REMOTE_ADDR": f"10.0.0.{number}"})
    sign_in(client, person.email, 429)


def test_the_table_of_tries_names_nobody(client, unit, person):
    sign_in(client, person.email, 422)
    client.post("/account/password/forgotten", {"email": person.email}, status=200)
    with unit():
        keys = " ".join(row.key for row in db.session.query(RateCount))
    assert "sign-in" in keys
    assert person.email not in keys
    assert "127.0.0.1" not in keys

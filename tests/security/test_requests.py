"""What a stranger may send: hosts that are not ours, bytes no form sends, text longer than any field."""

import logging

import pytest

from lms.accounts import links
from lms.core.db import db
from lms.testing.factories.accounts import make_person

HOSTS = ["evil.example", "localhost.evil.example", "evil.example:80"]


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("path", ["/", "/help", "/account/sign-in", "/no-such-page"])
def test_a_foreign_host_is_refused_without_an_accident(client, host, path):
    answer = client.raw.get(path, headers={"Host": host})
    assert answer.status_code == 400
    assert b"evil" not in answer.get_data()
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["/courses/a%00b", "/courses/assets/a%00b/c", "/courses/?sector=%00", "/account/invitation/%00"]
)
def test_a_zero_byte_in_an_address_is_refused(client, path):
    assert client.raw.get(path).status_code == 400


@pytest.mark.parametrize("email", ["a\x00b@example.org", "\x00"])
def test_a_zero_byte_in_a_form_is_refused(client, email):
    client.post("/account/sign-in", {"email": email, "password": "x"}, status=400)


@pytest.mark.parametrize("path", ["/account/sign-in", "/account/password/forgotten"])
def test_an_endless_address_is_refused_beside_its_field(client, path):
    page = client.post(path, {"email": f"{'a' * 400}@example.org", "password": "x"}, status=422)
    assert page.errors()


def test_a_failure_is_logged_without_the_token_of_the_link_or_a_line_of_the_senders(
    app, client, unit, monkeypatch, caplog
):
    app.testing, before = False, app.testing
    monkeypatch.setattr(links, "person_of_link", lambda *_: 1 / 0)
    try:
        with caplog.at_level(logging.ERROR, logger="lms"):
            answer = client.raw.get("/account/invitation/secreto%0AERROR%20inventado")
    finally:
        app.testing = before
    assert answer.status_code == 500
    assert "ZeroDivisionError" in caplog.text
    assert "secreto" not in caplog.text
    assert "inventado" not in caplog.text


def test_a_failing_statement_is_told_without_its_values(app):
    with app.app_context():
        assert db.engine.hide_parameters


def test_pages_with_a_secret_link_stay_in_no_cache(client, unit):
    with unit():
        token = links.sign_link(make_person(), links.INVITATION)
    answer = client.raw.get(f"/account/invitation/{token}")
    assert answer.headers["Cache-Control"] == "private, no-store"
    expired = client.raw.get("/account/password/new/caducado")
    assert expired.headers["Cache-Control"] == "private, no-store"


def test_pages_for_strangers_are_kept_by_no_proxy(client):
    assert client.raw.get("/account/sign-in").headers["Cache-Control"] == "private, no-cache"


def test_a_missing_file_is_a_page_like_any_other(client_for, unit):
    with unit():
        person = make_person()
    answer = client_for(person).raw.get("/static/css/no-such-file.css")
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_only_an_address_with_a_digest_is_kept_without_asking(client):
    with client.raw.get("/static/css/core.css?v=0123456789") as kept:
        assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    with client.raw.get("/static/css/core.css") as asked:
        assert asked.headers["Cache-Control"] == "public, no-cache"
        digest = asked.headers["ETag"]
    with client.raw.get("/static/css/core.css", headers={"If-None-Match": digest}) as same:
        assert same.status_code == 304


def test_pages_of_a_person_stay_in_no_cache(client_for, unit):
    with unit():
        person = make_person()
    for path in ("/account/", "/learning/", "/no-such-page"):
        assert client_for(person).raw.get(path).headers["Cache-Control"] == "private, no-store"

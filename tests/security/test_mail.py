"""E-mails: the way to the mail server, and what their headers take."""

import smtplib
import ssl
from dataclasses import replace

import pytest
from sqlalchemy import select

from lms.core.db import db
from lms.core.mail import Message, SmtpMailer, compose
from lms.core.settings import Secret
from lms.institutions.directory.models import Institution
from lms.testing.factories.accounts import make_administrator


class Server:
    """A mail server that notes what it is told."""

    said: list[object]

    def __init__(self, *_args, **_kwargs):
        type(self).said = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def starttls(self, *, context=None):
        self.said.append(context)

    def login(self, user, _password):
        self.said.append(user)

    def send_message(self, mail, **_kwargs):
        self.said.append(mail["To"])


def message(**values):
    return Message(**{"to": "a@example.org", "subject": "Su cuenta", "text": "Hola", "key": "k", **values})


def test_the_mail_server_shows_its_certificate_before_it_hears_the_password(settings, monkeypatch):
    monkeypatch.setattr(smtplib, "SMTP", Server)
    SmtpMailer(replace(settings, smtp_user="ruta", smtp_password=Secret("x"))).send(message())
    context, *rest = Server.said
    assert rest == ["ruta", "a@example.org"]
    assert isinstance(context, ssl.SSLContext)
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


@pytest.mark.parametrize("name", ["to", "subject"])
def test_nobody_adds_a_header_through_a_field(name):
    with pytest.raises(ValueError, match=r"linefeed|newline"):
        compose(message(**{name: "a@example.org\nBcc: b@example.org"}), sender="Ruta <r@x.org>", host="x.org")


def test_a_field_of_one_line_keeps_one_line(client_for, unit):
    with unit():
        boss = make_administrator()
    values = {"name": "Institución\r\nBcc: b@example.org", "parent": "", "territory": "Bacalar"}
    client_for(boss).post("/institutions/new", values)
    with unit():
        (name,) = db.session.scalars(select(Institution.name))
    assert name == "Institución Bcc: b@example.org"

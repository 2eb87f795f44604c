"""The survey of what is used of a course: asked in time, answered without an account, shown only of groups."""

import re
import socket
from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes, policy
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller

from lms.assessments.follow_up import rules, service
from lms.assessments.follow_up.models import FollowUp, FollowUpAnswer
from lms.assessments.follow_up.privacy import FOLLOW_UPS
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.context import MAILER, SETTINGS
from lms.core.db import db
from lms.core.mail import mailer_for
from lms.institutions.programmes.queries import get_programme
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.certificates import make_completion
from lms.testing.factories.institutions import make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY

SELF = dict.fromkeys(rules.SELF_ITEMS, "4")
SUPERIOR = dict.fromkeys(rules.SUPERIOR_ITEMS, "5")
NAMED = {"superior_name": "Jefatura de prueba", "superior_email": "jefatura@example.org"}


class Inbox:
    """A real mail server that keeps what it is given."""

    def __init__(self):
        self.messages = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - the protocol's name
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def to(self, address):
        return [each for each in self.surveys() if address in each["To"]]

    def surveys(self):
        """Return the letters of the survey: whoever is enrolled gets others too."""
        return [each for each in self.messages if "/follow-up/" in each.get_content()]


@pytest.fixture
def inbox(app):
    """Let the product talk SMTP to a server of this machine."""
    box = Inbox()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    app.extensions[MAILER] = mailer_for(
        replace(app.extensions[SETTINGS], mailer="smtp", smtp_port=port, smtp_tls=False)
    )
    yield box
    server.stop()


@pytest.fixture
def finished(unit):
    """Six people who completed a course today, in a programme that asks at day 60."""
    with unit():
        cohort, institution = make_cohort(), make_institution()
        people = [make_person(given_names=f"P{n}", email=f"p{n}@example.org") for n in range(6)]
        for person in people:
            make_completion(make_enrolment(cohort, person, institution=institution))
        programme = get_programme(cohort.programme_id)
        service.set_follow_up(programme, 60, actor=SYSTEM, now=now())
        reviewer, administrator = make_person(), make_person()
        give_role(reviewer, Role.REVIEWER, ScopeKind.PROGRAMME, programme.id)
        give_role(administrator, Role.ADMINISTRATOR, ScopeKind.PROGRAMME, programme.id)
    return SimpleNamespace(
        people=people, programme_id=programme.id, reviewer=reviewer, administrator=administrator
    )


@pytest.fixture
def on_day(unit, run_jobs, at):
    """Return ``on_day(n)``: what the daily job and its letters do n days after everybody finished."""

    def live(days):
        with at(TODAY + timedelta(days=days)):
            with unit():
                service.look_after(now=now(), day=today())
            run_jobs()

    return live


def links_of(message):
    return re.findall(r"https?://[^/]+(/\S+)", message.get_content())


def test_people_are_asked_once_at_the_day_reminded_once_and_it_closes(finished, inbox, on_day, client, at):
    for days in (59, 60, 61, 70, 75, 76, 89, 95):
        on_day(days)
    letters = inbox.to("p0@example.org")
    assert ["Recordatorio" in each["Subject"] for each in letters] == [False, True]
    link = links_of(letters[0])[0]
    with at(TODAY + timedelta(days=90)):
        client.get(link)
    with at(TODAY + timedelta(days=91)):
        client.get(link, status=410)


def test_answering_needs_no_account_and_asks_the_superior_whose_address_is_then_forgotten(
    finished, inbox, on_day, client, run_jobs, unit, at
):
    on_day(60)
    with at(TODAY + timedelta(days=61)):
        link = links_of(inbox.to("p0@example.org")[0])[0]
        assert "Elija una respuesta" in client.post(link, {**SELF, "used": ""}, status=422).errors()
        own = {**SELF, "superior_name": "P0", "superior_email": "P0@example.org"}
        assert "no el suyo" in client.post(link, own, status=422).errors()
        answer = {**SELF, **NAMED, "text": "Ayuda la hoja de la ruta."}
        assert "Gracias" in client.post(link, answer, status=200).text
        client.get(link, status=410)
        run_jobs()
        (letter,) = inbox.to("jefatura@example.org")
        page = client.get(links_of(letter)[0])
        assert "p0@example.org" not in page.text
        assert "hoja de la ruta" not in page.text
        assert page.response.headers["Referrer-Policy"] == "no-referrer"
        client.post(links_of(letter)[0], SUPERIOR, status=200)
        client.get(links_of(letter)[0], status=410)
    with unit():
        asked = db.session.query(FollowUp).filter(FollowUp.answered_at.is_not(None)).one()
        assert (asked.superior_name, asked.superior_email) == ("", "")
        assert db.session.query(FollowUpAnswer).count() == len(SELF) + 1 + len(SUPERIOR)
    on_day(76)
    assert len(inbox.to("p0@example.org")) == 1


def test_whoever_wants_no_letters_gets_none_and_opening_the_page_decides_nothing(
    finished, inbox, on_day, client
):
    on_day(60)
    client.get(links_of(inbox.to("p0@example.org")[0])[1])
    stop = links_of(inbox.to("p1@example.org")[0])[1]
    assert "no recibirá" in client.post(stop, status=200).text
    client.post(stop, status=200)
    on_day(75)
    assert [len(inbox.to(f"p{n}@example.org")) for n in range(2)] == [2, 1]


def test_answers_are_shown_from_five_people_on_beside_how_many_answered(
    finished, inbox, on_day, client, client_for, at
):
    on_day(60)
    with at(TODAY + timedelta(days=61)):
        for n in range(4):
            client.post(
                links_of(inbox.to(f"p{n}@example.org")[0])[0],
                {**SELF, "text": f"Lo que escribió {n}"},
                status=200,
            )
        browser = client_for(finished.reviewer)
        page = browser.get("/follow-ups/")
        assert "respondieron menos de cinco" in page.text
        assert "Lo que escribió" not in page.text
        client.post(links_of(inbox.to("p4@example.org")[0])[0], {**SELF, "used": "1"}, status=200)
        text = browser.get("/follow-ups/").text.replace("\xa0", " ")
        assert "Se preguntó a 6 y respondieron 5 (83 %)" in text
        assert "He usado en mi trabajo lo que aprendí en el curso. 3,4 80 %" in text
        assert "Lo que escribió" not in text  # four texts are too few
        file = browser.get("/follow-ups/table.csv").response.get_data().decode("utf-8-sig")
        assert ",6,5,3.4,0.8," in file


def test_the_administrator_decides_whether_and_when(finished, inbox, on_day, client_for):
    browser = client_for(finished.administrator)
    address = f"/follow-ups/programmes/{finished.programme_id}"
    assert "Entre 30 y 180" in browser.post(address, {"is_on": "y", "day": "5"}, status=422).errors()
    browser.post(address, {"day": "60"})
    on_day(60)
    assert not inbox.surveys()
    browser.post(address, {"is_on": "y", "day": "70"})
    on_day(69)
    assert not inbox.surveys()
    on_day(70)
    assert len(inbox.surveys()) == 6


def test_a_person_takes_their_answers_along_and_away(finished, inbox, on_day, client, unit, at):
    on_day(60)
    with at(TODAY + timedelta(days=61)):
        client.post(links_of(inbox.to("p0@example.org")[0])[0], {**SELF, "text": "Mi texto"}, status=200)
    with unit():
        (row,) = FOLLOW_UPS.export(finished.people[0].id)
        assert row["answers"]["open"] == "Mi texto"
        assert FOLLOW_UPS.erase(finished.people[0].id) == 1
        assert db.session.query(FollowUpAnswer).count() == 0


def test_a_reminder_never_follows_right_after_the_letter():
    closes = date(2026, 3, 31)
    assert not rules.is_reminder_due(date(2026, 3, 20), closes, date(2026, 3, 25))
    assert rules.is_reminder_due(date(2026, 3, 20), closes, date(2026, 3, 27))
    assert not rules.is_reminder_due(date(2026, 3, 1), closes, date(2026, 4, 1))

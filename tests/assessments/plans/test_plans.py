"""A plan for one's work: written, sent to a superior without an account, mended and approved."""

import re
import socket
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller

from lms.assessments.attempts.grading import list_waiting
from lms.assessments.attempts.permissions import AttemptPermission
from lms.assessments.plans import service
from lms.assessments.plans.models import Plan
from lms.assessments.plans.privacy import PLANS
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.audit import AuditEntry
from lms.core.clock import now
from lms.core.context import MAILER, SETTINGS
from lms.core.db import db
from lms.core.mail import mailer_for
from lms.learning.queries import find_progress
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.assessments import quizzes_of
from lms.testing.factories.courses import make_release
from lms.testing.factories.institutions import make_focal_point, make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.factories.plans import PLAN, PLAN_PATH
from lms.testing.pytest_plugin import TODAY

SUPERIOR = {"name": "Jefatura de prueba", "post": "Dirección", "email": "jefatura@example.org"}


class Inbox:
    """A real mail server that keeps what it is given."""

    def __init__(self):
        self.messages = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - the protocol's name
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def to(self, address):
        return [each for each in self.messages if address in each["To"]]


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
def writing(unit, client_for):
    """A person whose course asks for a plan, and their browser."""
    with unit():
        person = make_person(given_names="Ana", email="ana@example.org")
        cohort = make_cohort(release=make_release(files={PLAN_PATH: PLAN}))
        institution = make_institution()
        enrolment = make_enrolment(cohort, person, institution=institution)
        plan = next(each for each in quizzes_of(enrolment) if each.quiz.is_plan)
    return SimpleNamespace(
        person=person, cohort=cohort, institution=institution, enrolment=enrolment, quiz=plan,
        browser=client_for(person), address=f"/plans/enrolments/{enrolment.id}/{plan.id}",
    )  # fmt: skip


def write(writing, *texts):
    """Write the parts of the plan through the pages of any quiz, which lead back to the plan."""
    base = writing.browser.post(f"{writing.address}/write").location.partition("/questions")[0]
    for number, text in enumerate(texts, start=1):
        writing.browser.post(f"{base}/questions/{number}", {"answer": text, "go": "next"})
    assert writing.browser.get(f"{base}/review", status=303).location == writing.address
    return base


def send(writing, **values):
    return writing.browser.post(f"{writing.address}/send", {**SUPERIOR, **values})


def link_of(message):
    return re.search(r"https?://[^/]+(/\S+)", message.get_content())[1]


def sent_plan(writing, inbox, run_jobs):
    write(writing, "Preguntaré a solas.", "El lunes.")
    send(writing)
    run_jobs()
    return link_of(inbox.to(SUPERIOR["email"])[-1])


def is_finished(writing, unit):
    with unit():
        progress = find_progress(writing.enrolment.id, writing.quiz.id)
        return bool(progress and progress.finished_at)


def test_a_superior_without_an_account_approves_and_the_unit_is_finished(
    writing, unit, client, inbox, run_jobs
):
    assert writing.browser.get(
        f"/assessments/enrolments/{writing.enrolment.id}/quizzes/{writing.quiz.id}", status=303
    )
    link = sent_plan(writing, inbox, run_jobs)
    assert "espera respuesta" in writing.browser.get(writing.address).text
    page = client.get(link)
    assert "Preguntaré a solas." in page.text
    assert "Ana" in page.title
    assert "ana@example.org" not in page.text
    assert page.response.headers["Referrer-Policy"] == "no-referrer"
    assert not is_finished(writing, unit)
    assert "Aprobó el plan" in client.post(link, {"approve": "1"}, status=200).text
    assert is_finished(writing, unit)
    run_jobs()
    assert "aprobado" in inbox.to("ana@example.org")[-1]["Subject"]
    client.get(link, status=410)
    client.post(link, {"approve": "1"}, status=410)
    with unit():
        codes = {each.code for each in db.session.query(AuditEntry)}
        assert {"plans.sent", "plans.approved"} <= codes


def test_a_plan_that_comes_back_is_mended_and_sent_anew(writing, unit, client, inbox, run_jobs):
    link = sent_plan(writing, inbox, run_jobs)
    assert "Escriba qué conviene mejorar" in client.post(link, {"change": "1"}, status=422).errors()
    client.post(link, {"change": "1", "comment": "Falta a quién avisará."}, status=200)
    page = writing.browser.get(writing.address)
    assert "Falta a quién avisará." in page.text
    assert not is_finished(writing, unit)
    base = write(writing)
    assert (
        "Preguntaré a solas." in writing.browser.get(f"{base}/questions/1").select("textarea")[0].get_text()
    )
    send(writing)
    run_jobs()
    newer = link_of(inbox.to(SUPERIOR["email"])[-1])
    client.get(link, status=410)
    client.post(newer, {"approve": "1"}, status=200)
    assert is_finished(writing, unit)


def test_only_a_whole_plan_is_sent_and_not_to_oneself(writing, mailbox, run_jobs):
    base = write(writing, "Preguntaré a solas.")
    writing.browser.post(f"{writing.address}/send", SUPERIOR, status=409)
    writing.browser.post(f"{base}/questions/2", {"answer": "El lunes.", "go": "next"})
    assert writing.browser.post(f"{base}/submit").location == writing.address
    page = writing.browser.post(
        f"{writing.address}/send", {**SUPERIOR, "email": "Ana@example.org"}, status=422
    )
    assert "no el suyo" in page.errors()
    run_jobs()
    assert "jefatura@example.org" not in {each.to for each in mailbox.sent}


def test_a_corrected_address_ends_the_older_link_and_sending_twice_is_once(
    writing, unit, client, inbox, run_jobs
):
    link = sent_plan(writing, inbox, run_jobs)
    send(writing)
    writing.browser.post(f"{writing.address}/send-again", {**SUPERIOR, "email": "otra@example.org"})
    run_jobs()
    assert len(inbox.to(SUPERIOR["email"])) == 1
    client.get(link, status=410)
    client.get(link_of(inbox.to("otra@example.org")[0]))


def test_a_silent_superior_hears_once_more_and_after_sixty_days_the_link_is_dead(
    writing, unit, client, inbox, run_jobs, at
):
    sent_plan(writing, inbox, run_jobs)
    for days in (6, 8, 20):
        with at(TODAY + timedelta(days=days)):
            look_after(unit, run_jobs)
    letters = inbox.to(SUPERIOR["email"])
    assert ["Recordatorio" in each["Subject"] for each in letters] == [False, True]
    with at(TODAY + timedelta(days=60)):
        client.get(link_of(letters[1]))
    with at(TODAY + timedelta(days=70)):
        client.get(link_of(letters[1]), status=410)
        look_after(unit, run_jobs)
    with unit():
        assert db.session.query(Plan).one().superior_email == ""


def look_after(unit, run_jobs):
    with unit():
        service.look_after(now=now())
    run_jobs()


def test_an_approval_after_the_cohort_ended_still_counts(writing, unit, client, inbox, run_jobs, at):
    link = sent_plan(writing, inbox, run_jobs)
    with unit():
        db.session.get_one(type(writing.cohort), writing.cohort.id).ends_on = TODAY.date() + timedelta(days=1)
    with at(TODAY + timedelta(days=5)):
        client.post(link, {"approve": "1"}, status=200)
    assert is_finished(writing, unit)


def test_the_focal_point_of_the_institution_answers_in_the_application_and_others_do_not(
    writing, unit, client_for, client, inbox, run_jobs
):
    link = sent_plan(writing, inbox, run_jobs)
    with unit():
        own, other = make_focal_point(writing.institution), make_focal_point(make_institution())
        trainer = make_person()
        give_role(trainer, Role.TRAINER, ScopeKind.COHORT, writing.cohort.id)
        plan = db.session.query(Plan).one()
    address = f"/plans/{plan.id}"
    client_for(other).get(address, status=404)
    assert "Ana" not in client_for(other).get("/plans/").text
    assert not client_for(trainer).get(address).select("textarea")
    client_for(trainer).post(address, {"approve": "1"}, status=403)
    browser = client_for(own)
    assert "Ana" in browser.get("/plans/?state=sent&q=ana").text
    for query, name in (("state=sent&q=ana", "Ana"), ("state=approved", "")):
        _heading, *lines = (
            browser.get(f"/plans/plans.csv?{query}").response.get_data().decode("utf-8-sig").splitlines()
        )
        assert [name in line and "Enviado" in line for line in lines] == ([True] if name else [])
    browser.post(address, {"approve": "1"})
    assert is_finished(writing, unit)
    client.get(link, status=410)
    browser.post(address, {"approve": "1"}, status=409)


def test_plans_are_not_in_the_queue_of_graders_and_leave_with_the_person(writing, unit, inbox, run_jobs):
    sent_plan(writing, inbox, run_jobs)
    with unit():
        assert list_waiting(SYSTEM, AttemptPermission.READ) == []
        assert [row["state"] for row in PLANS.export(writing.person.id)] == ["sent"]
        assert PLANS.erase(writing.person.id) == 1

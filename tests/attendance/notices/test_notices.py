"""Notices through the pages and the round: once each, at their hour, to whoever wants them, and through real mail."""

import socket
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller

from lms.attendance.notices.messages import SendNotices
from lms.attendance.service import cancel_meeting
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.clock import now
from lms.core.context import MAILER, SETTINGS
from lms.core.db import db
from lms.core.jobs.orders import enqueue
from lms.core.mail import mailer_for
from lms.learning.models import Cohort, Enrolment
from lms.learning.service import withdraw
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.attendance import make_meeting
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY

AMOUNTS = {"MEETING_SOON": "24", "NOT_STARTED": "3", "ALMOST_DONE": "2", "DEADLINE": "7", "FOCAL_POINTS": "5"}


@pytest.fixture
def world(unit, client_for):
    with unit():
        cohort = make_cohort(name="Grupo 2")
        person = make_person(email="p014@example.org")
        enrolment = make_enrolment(cohort, person=person)
        trainer = make_person()
        give_role(trainer, Role.TRAINER, ScopeKind.COHORT, cohort.id)
    return {
        "cohort": cohort, "enrolment": enrolment, "person": person, "trainer": client_for(trainer),
        "page": f"/attendance/cohorts/{cohort.id}/notices",
    }  # fmt: skip


@pytest.fixture
def go_round(unit, run_jobs, mailbox, at):
    """Return a function that makes a round at a moment and gives the reminders that left in it."""

    def go(moment=TODAY):
        run_jobs()
        mailbox.sent.clear()
        with at(moment):
            with unit():
                enqueue(SendNotices(), now=now())
            run_jobs()
        return [each for each in mailbox.sent if each.key.startswith("notice-")]

    return go


def turn_on(world, *kinds, extra=""):
    data = {f"amount_{name}": amount for name, amount in AMOUNTS.items()}
    data |= {f"on_{name}": "y" for name in kinds} | {f"extra_{name}": extra for name in kinds}
    world["trainer"].post(world["page"], data)


def test_a_notice_is_read_with_real_data_before_it_is_turned_on_and_sent_once(world, go_round):
    assert "Todavía no empieza:" in world["trainer"].get(world["page"]).text
    assert go_round() == []
    turn_on(world, "NOT_STARTED", extra="Le esperamos, {nombre}.")
    (letter,) = go_round()
    assert letter.to == "p014@example.org"
    assert f"Le esperamos, {world['person'].given_names}." in letter.text
    assert go_round(TODAY + timedelta(hours=1)) == []
    assert "Enviado" in world["trainer"].get(f"{world['page']}/log").text


def test_a_reminder_waits_for_the_quiet_hours_and_carries_the_meeting(unit, world, go_round):
    with unit():
        meeting = make_meeting(
            db.session.get_one(Cohort, world["cohort"].id), starts_at=TODAY + timedelta(days=5)
        )
    turn_on(world, "MEETING_SOON")
    start = meeting.starts_at
    assert go_round(start - timedelta(hours=25)) == []
    assert go_round(start - timedelta(hours=10)) == []
    assert "Espera la hora permitida" in world["trainer"].get(f"{world['page']}/log").text
    (letter,) = go_round(start - timedelta(hours=1))
    assert "METHOD:REQUEST" in letter.calendar
    assert go_round(start + timedelta(hours=1)) == []


def test_nobody_is_written_to_who_left_or_once_the_cohort_is_over(unit, world, go_round):
    turn_on(world, "NOT_STARTED", "DEADLINE")
    assert go_round(TODAY + timedelta(days=90)) == []
    with unit():
        withdraw(db.session.get_one(Enrolment, world["enrolment"].id), actor=SYSTEM, now=now())
    assert go_round() == []


def test_the_link_stops_them_with_one_click_and_without_a_page(app, world, go_round, client):
    turn_on(world, "NOT_STARTED")
    (letter,) = go_round()
    path = letter.stop_url[letter.stop_url.index("/notices/") :]
    assert "¿Dejar de recibir recordatorios?" in client.get(path).text
    answer = app.test_client().post(path, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    turn_on(world, "NOT_STARTED", "DEADLINE")
    assert go_round(TODAY + timedelta(days=55)) == []
    assert "La persona se dio de baja" in world["trainer"].get(f"{world['page']}/log").text
    client.get(path[:-2] + "xx", status=404)


def test_the_staff_sends_one_again_and_focal_points_get_the_names(unit, world, go_round, mailbox, run_jobs):
    with unit():
        focal_point = make_person(email="enlace@example.org")
        give_role(focal_point, Role.FOCAL_POINT, ScopeKind.INSTITUTION, world["enrolment"].institution_id)
    turn_on(world, "FOCAL_POINTS")
    (letter,) = go_round()
    assert letter.to == "enlace@example.org"
    assert world["person"].name in letter.text
    mailbox.sent.clear()
    (form,) = world["trainer"].get(f"{world['page']}/log").select("form[action$=again]")
    world["trainer"].post(form["action"], {})
    run_jobs()
    assert len([each for each in mailbox.sent if each.key.startswith("notice-")]) == 1


def test_indispensable_letters_stand_in_the_log_and_go_again(unit, world, mailbox, run_jobs):
    with unit():
        cohort = db.session.get_one(Cohort, world["cohort"].id)
        cancel_meeting(make_meeting(cohort, starts_at=TODAY + timedelta(days=5)), actor=SYSTEM, now=now())
    run_jobs()
    page = world["trainer"].get(f"/attendance/cohorts/{world['cohort'].id}/letters?kind=meeting")
    assert "Se canceló una sesión" in page.text
    mailbox.sent.clear()
    (form,) = page.select("form[action*=letters]")
    world["trainer"].post(form["action"], {})
    run_jobs()
    assert len(mailbox.sent) == 1


class Inbox:
    """Keeps what a real mail server is given."""

    def __init__(self):
        self.messages = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - the protocol's name
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


def test_a_reminder_travels_with_the_headers_that_mail_programs_read(app, world, go_round):
    turn_on(world, "NOT_STARTED")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    box = Inbox()
    server = Controller(box, hostname="127.0.0.1", port=port)
    go_round(TODAY - timedelta(days=30))
    server.start()
    kept = app.extensions[MAILER]
    app.extensions[MAILER] = mailer_for(
        replace(app.extensions[SETTINGS], mailer="smtp", smtp_port=port, smtp_tls=False)
    )
    try:
        go_round()
    finally:
        server.stop()
        app.extensions[MAILER] = kept
    (mail,) = [each for each in box.messages if "Todavía no empieza" in each["Subject"]]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].startswith("<http")

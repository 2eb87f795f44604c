"""The whole job in a real browser: invitation, study, quiz, check-in, certificate, verification, the commission."""

import re
import subprocess
from datetime import timedelta

import cv2
import pytest
import zxingcpp

from lms.attendance.codes import code_at
from lms.attendance.models import Meeting
from lms.attendance.service import create_meeting
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.clock import now
from lms.core.db import db
from lms.institutions.programmes.models import MembershipKind, Programme
from lms.institutions.programmes.service import add_member, set_signatories
from lms.testing.factories.accounts import PASSWORD, give_role, make_person
from lms.testing.factories.certificates import make_completion
from lms.testing.factories.institutions import make_institution, make_member
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY

RIGHT = ("Escuchar a la persona.", "Hablar a solas.", "Preguntar si desea ayuda.", "Falso")
WRONG = ("Denunciar sin preguntar.", "Grabar la conversación.", "Verdadero")
HEALTH = "Secretaría de Salud de prueba"
SCREENS = [
    pytest.param({"width": 390}, id="phone"),
    pytest.param({"width": 1440}, id="desktop"),
    pytest.param({"width": 390, "scripts": False}, id="without-scripts"),
]


@pytest.fixture
def programme(unit, live_server):
    """Arrange a programme of which everything happened but the story: one invited person, five who completed."""
    with unit():
        cohort = make_cohort(name="Grupo de la historia")
        own = db.session.get_one(Programme, cohort.programme_id)
        health = make_institution(HEALTH, sector="health")
        for place in (health, make_institution("Secretaría de Turismo de prueba", sector="tourism")):
            add_member(
                own, place, kind=MembershipKind.MEMBER, starts_on=own.starts_on, actor=SYSTEM, now=now()
            )
        set_signatories(own, [("Firma de prueba", "Secretaría técnica")], actor=SYSTEM, now=now())
        for _fellow in range(5):
            make_completion(make_enrolment(cohort, institution=health))
        invited = make_person(email="invitada@example.org")
        make_enrolment(cohort, invited, institution=health)
        reviewer = make_member(health, password=PASSWORD)
        give_role(reviewer, Role.REVIEWER, ScopeKind.PROGRAMME, own.id)
        meeting = plan_meeting(cohort)
        return {"reviewer": reviewer.email, "meeting": meeting.id, "secret": meeting.secret}


def plan_meeting(cohort) -> Meeting:
    return create_meeting(
        cohort, actor=SYSTEM, now=now(), title="Apertura", starts_at=TODAY, ends_at=TODAY + timedelta(hours=2),
        venue="Sala de prueba", facilitator="", opens_minutes_before=30, late_after_minutes=15, is_mandatory=False,
    )  # fmt: skip


def accept_invitation(visitor, message) -> None:
    visitor.open(re.search(r"http://\S+", message.text)[0])
    visitor.fill(password=PASSWORD, again=PASSWORD)
    visitor.press("Guardar y entrar", "course")
    assert visitor.title == "Curso de prueba"


def read_lesson(visitor, name: str) -> None:
    """Go on where home says, try the self-check wrong and right, and finish the lesson."""
    visitor.open("/learning/", "home")
    visitor.press(
        "Empezar el curso" if visitor.says("Empezar el curso") else "Continuar la lección", "lesson"
    )
    assert visitor.says("El texto de salud")
    for answer, title in (("Interrogar.", "Todavía no"), ("Escuchar.", "Correcto")):
        visitor.choose([answer])
        visitor.page.get_by_role("button", name="Comprobar").click()
        visitor.page.locator(".feedback__title", has_text=title).wait_for()
        visitor.review(f"feedback {title}")
        if title == "Todavía no":
            visitor.page.get_by_role("button", name="Intentar de nuevo").click()
            visitor.page.get_by_role("button", name="Comprobar").wait_for()
    visitor.press("Terminar", name)


def take_quiz(visitor, texts, title: str) -> None:
    for number in range(1, 4):
        visitor.choose(texts)
        if number == 1 and visitor.has_scripts:
            visitor.page.locator("#saved", has_text="Guardado").wait_for()
        visitor.press("Guardar y", f"question {number}")
    visitor.press("Enviar y calificar", f"result {title}")
    assert visitor.title == title


def check_in(visitor, programme) -> None:
    visitor.open("/attendance/", "meetings")
    visitor.open("/a", "code")
    visitor.fill(code=code_at(programme["secret"], programme["meeting"], TODAY))
    visitor.press("Registrar", "entry")
    assert visitor.title == "Entrada registrada"


def download(visitor, folder) -> str:
    """Download the PDF and return what a camera reads in its QR."""
    with visitor.page.expect_download() as downloading:
        visitor.page.get_by_role("link", name="Descargar PDF").click()
    downloading.value.save_as(folder / "certificate.pdf")
    subprocess.run(
        ["pdftoppm", "-r", "150", "-png", "-singlefile", folder / "certificate.pdf", folder / "page"],
        check=True,
    )
    return zxingcpp.read_barcodes(cv2.imread(str(folder / "page.png")))[0].text


@pytest.mark.both_engines
@pytest.mark.parametrize("screen", SCREENS)
def test_from_the_invitation_to_the_table_of_the_commission(
    visit, programme, run_jobs, mailbox, tmp_path, screen
):
    run_jobs()
    (message,) = [one for one in mailbox.sent if one.to == "invitada@example.org"]
    learner = visit(**screen)
    accept_invitation(learner, message)
    read_lesson(learner, "quiz")
    learner.press("Empezar", "question 1")
    take_quiz(learner, WRONG, "Todavía no")
    learner.press("Intentar de nuevo", "quiz again")
    learner.press("Intentar de nuevo", "question 1")
    take_quiz(learner, RIGHT, "Módulo aprobado")
    read_lesson(learner, "quiz")
    learner.press("Empezar", "question 1")
    take_quiz(learner, RIGHT, "Módulo aprobado")
    learner.open("/certificates/", "no certificate")
    learner.press("¿Por qué todavía no?", "why not yet")
    check_in(learner, programme)
    run_jobs()
    learner.open("/learning/", "home afterwards")
    learner.open("/certificates/", "certificates")
    learner.page.locator("main a[href^='/certificates/']", has_text="Curso de prueba").first.click()
    learner.review("certificate")
    address = download(learner, tmp_path)
    learner.check()

    stranger = visit(**screen)
    stranger.open(address)
    assert stranger.title == "Certificado auténtico"
    assert stranger.says("Vigente")
    assert not stranger.says("invitada@example.org")
    stranger.check()

    commission = visit(**screen)
    commission.open("/account/sign-in")
    commission.fill(email=programme["reviewer"], password=PASSWORD)
    commission.press("Entrar", "reports")
    commission.open("/reports/", "reports")
    row = commission.page.locator("table.table--progress tbody tr", has_text=HEALTH)
    enrolled, completed, share, *_rest = (
        " ".join(text.split()) for text in row.locator("td.num").all_inner_texts()
    )
    assert (enrolled, completed) == ("6", "6")
    assert share.startswith("100 %")
    commission.check()

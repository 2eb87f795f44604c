"""A walk over the demonstration: every kind of page with real content, at both widths, in light and in dark."""

import re

import pytest
from sqlalchemy import select

from lms.assessments.analysis.queries import list_quizzes
from lms.assessments.bank.models import QuestionRevision
from lms.attendance.models import Meeting
from lms.core.db import db
from lms.demo.accounts import PASSWORD
from lms.institutions.directory.models import Institution
from lms.institutions.programmes.models import Programme
from lms.learning.models import Cohort, Enrolment
from lms.learning.nominations.models import NominationCall
from lms.testing.live import serving

CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{2}\b")
WIDTHS = pytest.mark.parametrize("width", [390, 1440])


@pytest.fixture(scope="module")
def site(demonstration):
    with serving(demonstration) as server:
        yield server


@pytest.fixture(scope="module")
def found(demonstration):
    """Return what addresses need: one thing of each kind."""
    with demonstration.app_context():
        cohort = db.session.scalars(select(Cohort).join(Enrolment).order_by(Cohort.starts_on.desc())).first()
        over = db.session.scalars(select(Cohort).order_by(Cohort.starts_on)).first()
        meeting = db.session.scalars(select(Meeting).order_by(Meeting.starts_at.desc())).first()
        quiz = list_quizzes(cohort.release_id)[1]
        question = db.session.scalars(select(QuestionRevision)).first()
        enrolment = db.session.scalars(select(Enrolment).where(Enrolment.cohort_id == over.id)).first()
        return {
            "quiz": quiz.unit_id, "question": f"{question.course_id}/questions/{question.question_id}",
            "cohort": cohort.id, "over": over.id, "release": cohort.release_id, "meeting": meeting.id,
            "enrolment": enrolment.id, "person": enrolment.person_id, "institution": enrolment.institution_id,
            "health": db.session.scalars(select(Institution.id).where(Institution.name == "Secretaría de Salud")).one(),
            "next": db.session.scalars(select(NominationCall)).one(),
            "programme": db.session.scalars(select(Programme.id).where(Programme.code == "QROO")).one(),
        }  # fmt: skip


@pytest.fixture
def enter(visitors, site):
    """Return ``enter(account, width)``: somebody of the demonstration who just signed in."""

    def signed_in(account: str, width: int):
        visitor = visitors(site.url, width=width)
        visitor.page.goto(f"{site.url}/account/sign-in")
        visitor.fill(email=f"{account}@example.org", password=PASSWORD)
        with visitor.page.expect_navigation():
            visitor.page.get_by_role("button", name="Entrar").click()
        return visitor

    return signed_in


def walk(visitor, paths) -> None:
    for path in paths:
        visitor.open(path)
    visitor.check()


@WIDTHS
def test_a_trainee_in_the_middle_of_the_course(enter, width):
    visitor = enter("persona", width)
    visitor.review("home")
    visitor.press("Ver el curso completo")
    course = visitor.page.url
    visitor.press("Glosario")
    for slug in ("lesson", "quiz"):
        visitor.open(course)
        links = visitor.page.locator(
            "main a[href*='/quizzes/']"
            if slug == "quiz"
            else f"main a[href^='{course.removeprefix(visitor.url)}/']"
        )
        visitor.open(links.first.get_attribute("href"))
    walk(visitor, ["/attendance/", "/a", "/certificates/", "/account/", "/case-now", "/help"])


@WIDTHS
def test_a_graduate(enter, width):
    visitor = enter("egresada", width)
    visitor.review("home")
    visitor.open("/certificates/")
    visitor.open(visitor.page.locator("main a[href*='/certificates/']").first.get_attribute("href"))
    visitor.open(f"/v/{CODE.search(visitor.page.content())[0]}")
    assert visitor.title == "Certificado auténtico"
    visitor.check()


@WIDTHS
def test_a_trainer(enter, found, width):
    walk(
        enter("facilitacion", width),
        [
            "/learning/cohorts/",
            f"/learning/cohorts/{found['cohort']}",
            f"/learning/enrolments/{found['enrolment']}",
            f"/assessments/cohorts/{found['over']}",
            f"/attendance/cohorts/{found['cohort']}",
            f"/attendance/cohorts/{found['over']}/register",
            f"/attendance/meetings/{found['meeting']}/projection",
            f"/attendance/meetings/{found['meeting']}/roll-call",
            f"/certificates/cohorts/{found['over']}",
            f"/certificates/cohorts/{found['cohort']}/issue",
            "/courses/releases/",
            f"/courses/releases/{found['release']}",
            "/assessments/bank/",
            f"/assessments/bank/courses/{found['question']}",
            f"/assessments/analysis/cohorts/{found['cohort']}",
            f"/assessments/analysis/cohorts/{found['cohort']}/quizzes/{found['quiz']}",
            f"/grading/cohorts/{found['cohort']}",
            f"/gain/cohorts/{found['over']}",
            f"/authoring/releases/{found['release']}/questions/leave",
        ],
    )


@WIDTHS
def test_the_commission(enter, found, width):
    walk(
        enter("comision", width),
        [
            "/reports/",
            "/reports/?sector=health",
            "/institutions/",
            f"/institutions/{found['health']}",
            f"/programmes/{found['programme']}",
            f"/learning/cohorts/{found['over']}",
            "/gain/",
            "/follow-ups/",
        ],
    )


@WIDTHS
def test_a_focal_point(enter, found, width):
    walk(
        enter("enlace", width),
        [
            "/reports/",
            "/people/",
            "/people/new",
            "/people/import",
            f"/institutions/{found['health']}",
            "/plans/",
            "/nominations/",
            f"/nominations/calls/{found['next'].id}",
            f"/nominations/calls/{found['next'].id}/people?q=participante",
        ],
    )


@WIDTHS
def test_an_administrator(enter, found, width):
    walk(
        enter("administracion", width),
        [
            "/institutions/",
            "/institutions/new",
            "/people/?page=2",
            f"/people/{found['person']}",
            f"/people/{found['person']}/roles/new",
            "/people/import",
            f"/programmes/{found['programme']}",
            "/programmes/new",
            "/learning/cohorts/new",
            f"/learning/cohorts/{found['cohort']}/enrol?q=participante",
            f"/learning/cohorts/{found['next'].cohort_id}/nominations",
            f"/learning/cohorts/{found['next'].cohort_id}/quotas",
            "/operations/audit",
            "/operations/jobs",
            f"/grading/releases/{found['release']}/regrades",
        ],
    )


@WIDTHS
def test_a_stranger(visitors, site, width):
    walk(
        visitors(site.url, width=width),
        ["/", "/courses/", "/courses/ruta-deteccion-canalizacion", "/v", "/account/password/forgotten"],
    )

"""The demonstration, as ``make run`` leaves it: what is in it, that it is plausible, and that it is never doubled."""

import csv
import io

import pytest
from sqlalchemy import func, select

from lms.accounts import queries as accounts
from lms.accounts.models import Person
from lms.assessments.attempts.models import Attempt
from lms.attendance.models import Attendance, Meeting
from lms.certificates.issuing.models import Certificate
from lms.cli.demonstration import load_demo, welcome
from lms.cli.serving import prepare
from lms.core import clock
from lms.core.actors import Role
from lms.core.audit import AuditEntry
from lms.core.context import current_settings
from lms.core.db import Base, db
from lms.core.jobs.models import Job, JobState
from lms.courses.models import Course
from lms.demo.accounts import ACCOUNTS, PASSWORD
from lms.institutions.directory.models import Institution
from lms.institutions.programmes.models import Membership, Programme
from lms.learning.models import Cohort, Completion, Enrolment
from lms.testing.client import ReviewingClient

NAMED = (
    "Secretaría de Gobierno", "Secretaría de Seguridad Ciudadana", "Secretaría de Salud",
    "Secretaría de Desarrollo Social", "Secretaría de Educación", "Secretaría de Desarrollo Económico",
    "Secretaría de Turismo", "Sistema DIF", "Secretaría de Trabajo y Previsión Social",
    "Fiscalía General del Estado", "Instituto Quintanarroense de la Mujer",
    "Procuraduría para la Protección de Niñas, Niños y Adolescentes",
    "Comisión de los Derechos Humanos del Estado de Quintana Roo", "Ayuntamientos",
    "Organización Internacional para las Migraciones",
)  # fmt: skip


@pytest.fixture
def look(demonstration):
    """Return ``look(statement)``: its rows in the loaded demonstration."""

    def rows(statement):
        with demonstration.app_context():
            return db.session.execute(statement).all()

    return rows


@pytest.fixture
def count(look):
    return lambda model, *where: look(select(func.count()).select_from(model).where(*where))[0][0]


@pytest.fixture
def enter(demonstration):
    """Return ``enter(role)``: a browser in which the demonstration's account of that role signed in."""

    def signed_in(email: str) -> ReviewingClient:
        browser = ReviewingClient(demonstration)
        browser.post("/account/sign-in", {"email": email, "password": PASSWORD})
        return browser

    return signed_in


def test_it_names_the_members_of_the_commission(look):
    names = {
        name
        for (name,) in look(
            select(Institution.name)
            .join(Membership, Membership.institution_id == Institution.id)
            .join(Programme, Programme.id == Membership.programme_id)
            .where(Programme.code == "QROO")
        )
    }
    assert names == set(NAMED)


def test_it_has_two_hundred_participants_in_two_cohorts_of_the_route(look):
    cohorts = look(
        select(Cohort.ends_on, func.count())
        .join(Enrolment)
        .join(Course, Course.id == Cohort.course_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Course.slug == "ruta-deteccion-canalizacion", ~Person.is_test)
        .group_by(Cohort.id, Cohort.ends_on)
        .order_by(Cohort.ends_on)
    )
    today = clock.now().date()
    assert sum(size for _day, size in cohorts) == 200
    assert [day < today for day, _size in cohorts] == [True, False], "one is over, one is running"


def test_nobody_in_it_can_be_taken_for_somebody(look):
    people = look(select(Person.given_names, Person.email))
    assert {email.rpartition("@")[2] for _name, email in people} == {"example.org"}
    staff = {account.label for account in ACCOUNTS}
    assert {name for name, _email in people} <= {"Participante", *staff}


def test_its_history_is_of_one_year_and_none_of_it_lies_ahead(look):
    now = clock.now()
    for moment in (AuditEntry.at, Completion.completed_at, Certificate.issued_at, Attempt.started_at):
        first, last = look(select(func.min(moment), func.max(moment)))[0]
        assert (now - last).days >= 0, moment
        assert (now - first).days <= 366, moment


def test_its_figures_are_plausible(count):
    completions = count(Completion)
    assert 60 <= completions <= 170
    assert count(Certificate) == completions, "whoever completed holds a certificate"
    failed = count(Attempt, Attempt.is_passed.is_(False))
    assert 0.03 < failed / count(Attempt) < 0.5
    assert count(Meeting) == 9
    marks = {
        mark: count(Attendance, Attendance.mark == mark) for mark in ("present", "late", "excused", "absent")
    }
    assert all(marks.values())
    assert marks["present"] > marks["absent"] > marks["excused"]


def test_folios_follow_the_calendar_without_gaps(look):
    rows = look(select(Certificate.folio, Certificate.issued_at).order_by(Certificate.folio))
    by_year: dict[str, list[int]] = {}
    for folio, _moment in rows:
        _code, year, number = folio.split("-")
        by_year.setdefault(year, []).append(int(number))
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in by_year.values())
    assert [moment for _folio, moment in rows] == sorted(moment for _folio, moment in rows)


def test_completions_keep_their_institution_and_sector(look, count):
    assert count(Completion, Completion.institution_id.is_(None)) == 0
    sectors = {sector for (sector,) in look(select(Completion.sector).distinct())}
    assert {"health", "security", "justice", "education", "protection"} <= sectors


def test_no_job_is_left_undone(count):
    assert count(Job, Job.state == JobState.DEAD) == 0
    assert count(Job, Job.state == JobState.QUEUED, Job.run_at <= clock.now()) == 0


def test_asking_twice_changes_nothing(demonstration, capsys):
    def everything():
        with demonstration.app_context():
            return {
                table.name: db.session.scalar(select(func.count()).select_from(table))
                for table in Base.metadata.sorted_tables
            }

    before = everything()
    assert load_demo(demonstration) is False
    prepare(demonstration, demo=True)
    assert everything() == before
    assert capsys.readouterr().out == ""


def test_the_terminal_says_the_address_and_one_account_per_role(demonstration):
    with demonstration.app_context():
        text = welcome(demo=True)
        assert current_settings().public_url in text
    assert all(account.email in text and account.label in text for account in ACCOUNTS)
    assert PASSWORD in text
    assert {account.role for account in ACCOUNTS} == {None, *Role} - {Role.TRAINEE}


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.email.partition("@")[0])
def test_every_account_on_the_terminal_signs_in_and_lands_somewhere(demonstration, enter, account):
    browser = enter(account.email)
    page = browser.follow(browser.get("/", status=303))
    assert page.title
    if account.role:
        with demonstration.app_context():
            person = accounts.find_person_by_email(account.email)
            assert account.role in {Role(held.role) for held in accounts.list_roles(person.id)}


def test_the_trainee_can_check_in_today_and_go_on(enter):
    browser = enter("persona@example.org")
    assert "Siga donde se quedó" in browser.get("/learning/").title
    assert "Plan de aplicación" in browser.get("/attendance/").text


def test_the_graduates_certificate_is_verified(enter, demonstration):
    page = enter("egresada@example.org").get("/certificates/")
    certificate = page.select("main a[href^='/certificates/']")[0]["href"]
    public = enter("egresada@example.org").get(certificate).select("a[href^='/v/']")[0]["href"]
    assert ReviewingClient(demonstration).get(public).title == "Certificado auténtico"


def test_the_commission_reads_who_sent_nobody_and_hides_small_groups(enter):
    browser = enter("comision@example.org")
    page = browser.get("/reports/?order=share&period=all")
    assert "Secretaría de Turismo" in page.text
    rows = list(
        csv.DictReader(
            io.StringIO(
                browser.post("/reports/completion.csv?period=all", status=200).response.get_data(
                    as_text=True
                )[1:]
            )
        )
    )
    known = [int(row["Inscritas"]) for row in rows[:-1] if row["Inscritas"].isdecimal()]
    assert all(number == 0 or number >= 5 for number in known)
    assert any("<5" in {row["Inscritas"], row["Completaron"]} for row in rows)
    assert rows[-1]["Inscritas"] == "200"


def test_the_focal_point_sees_their_own_subtree_only(enter):
    text = enter("enlace@example.org").get("/reports/").text
    assert "Hospital general (demo)" in text
    assert "Fiscalía General del Estado" not in text


def test_the_commission_reads_its_agreements_and_what_they_came_to(enter):
    browser, admin = enter("comision@example.org"), enter("administracion@example.org")
    (row,) = browser.get("/agreements/?q=memorando").select("tbody tr")
    page, whole = (each.get(row.find("a")["href"]) for each in (browser, admin))
    quarters, exact = (
        [cell.get_text() for cell in each.select("td[data-label='Alcanzado']")] for each in (page, whole)
    )
    assert len(quarters) == len(exact) == 5
    assert sum(cell.isdecimal() for cell in quarters) == 1, "sessions are no people"
    assert any(cell.isdecimal() and int(cell) >= 5 for cell in exact)
    assert "el último día pasó" in page.text
    assert "DEMO-CANTON-01" in admin.get("/agreements/?state=expiring").text
    assert "DEMO-CANTON-02" in admin.get("/agreements/?state=expired").text


def test_its_figures_are_public_and_a_donor_reads_totals_without_names(demonstration, enter):
    stranger = ReviewingClient(demonstration)
    public = stranger.get("/open-data/QROO")
    assert public.select("a[href$='.csv']")
    with demonstration.app_context():
        programme = db.session.scalars(select(Programme.id).where(Programme.code == "QROO")).one()
    links = enter("administracion@example.org").get(f"/reports/donors/programmes/{programme}")
    (address,) = [each["data-copy"] for each in links.select("a[data-copy]")]
    totals = stranger.get(address[address.index("/totals/") :])
    assert "Participante" not in totals.text
    assert "Secretaría de Salud" not in totals.text


def test_the_term_of_an_agreement_is_a_period_of_the_report(enter):
    browser = enter("comision@example.org")
    (row,) = browser.get("/reports/spans").select("#spans tbody tr")
    assert "Memorando" in row.th.get_text()
    (link,) = row.select('a[href^="/reports/?"]')
    assert browser.get(link["href"]).select("section[aria-labelledby=institutions] tbody tr")

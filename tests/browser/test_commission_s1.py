"""Story S1: a municipality, a regional body and a university train officials, from the convenio to its end.

Point by point, all of it on pages: 1 institutions and units · 2 the agreement and its parties · 3 what is owed, by
whom and when · 4 the programme · 5 the cohort · 6 thirty nominees and two of them again · 7 a change of sector · 8 the
course of a health learner · 9 the certificate, on paper and for a stranger · 10 the campaign · 11 the page of the
agreement · 12 months 22 and 24, to which only the clock moves · 13 the report.

By factory: the first administrator, the course as ``lms course release`` leaves it, and that the six others of health
finish too, which thirty hands would do.
"""

import csv
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.accounts.models import Person
from lms.core.actors import SYSTEM, Role
from lms.core.clock import now
from lms.core.db import db
from lms.core.jobs.orders import enqueue
from lms.courses import service as courses
from lms.institutions.agreements.messages import WarnOfExpiry
from lms.learning.models import Enrolment
from lms.testing.factories.accounts import PASSWORD, give_role, make_person
from lms.testing.factories.certificates import make_completion, make_logo
from lms.testing.factories.files import PDF
from lms.testing.pytest_plugin import TODAY
from tests.browser.commission_pages import (
    COURSE,
    COURSE_TITLE,
    DESK,
    RIGHT,
    accept_invitation,
    answer,
    ask_whether_true,
    enter,
    fill,
    path_of,
    printed,
    study,
    take_away,
    upload,
)

CITY, REGION, ACADEMY = "Municipio del DMQ", "OEA", "PUCE"
UNITS = {
    "Secretaría de Seguridad": "Seguridad",
    "Unidad de Justicia": "Justicia",
    "Dirección de Salud": "Salud",
    "Patronato San José": "Trabajo social y protección",
    "Dirección de Educación": "Educación",
}
DUTIES = {
    "Capacitar a servidores públicos": (ACADEMY, "2027-02-26"),
    "Campaña preventiva": (CITY, "2027-06-30"),
    "Informe anual": (CITY, "2027-11-30"),
    "Propuesta normativa": (REGION, "2028-05-31"),
}
PROGRAMME = {
    "name": "Fortalecimiento de la respuesta", "code": "DMQ", "issuer_name": CITY,
    "issuer_unit": "Secretaría de Seguridad", "country": "EC", "territory": "Quito", "timezone": "America/Guayaquil",
    "pass_mark": "80", "attendance_share": "80", "target_share": "80", "starts_on": "2026-11-20",
}  # fmt: skip
AGREEMENT = {
    "title": "Convenio de la historia", "code": "CONV-HISTORIA", "starts_on": "2026-11-20", "months": "24",
}  # fmt: skip
CAMPAIGN = {
    "text": "Nadie es mercancía", "audience": "Personal de terminales", "place": "Quito", "starts_on": "2026-11-20",
}  # fmt: skip
COHORT = {"name": "Grupo de la historia", "starts_on": "2026-11-20", "ends_on": "2027-02-26"}
MONTH_22, MONTH_24 = TODAY.replace(year=2028, month=9), TODAY.replace(year=2028)
NOMINEES, TRAINED = 30, 7
"""Six of each unit; one of them moves to health."""
COORDINATOR, OWN = "coordina@example.org", "nominada-04@example.org"


@pytest.fixture
def desk(unit, live_server, visit):
    """Return the coordinator at a desk of an empty product, signed in; one course is there to be taught."""
    with unit():
        courses.release(COURSE, actor=SYSTEM, now=now())
        give_role(make_person(email=COORDINATOR, password=PASSWORD), Role.ADMINISTRATOR)
    visitor = visit(width=1280)
    enter(visitor, COORDINATOR)
    return visitor


def nominees():
    """Return a file of thirty people of five units, with two of them again under another address."""
    places = list(UNITS.items())
    rows = [
        (
            f"Nominada {number:02}",
            "Prueba",
            f"nominada-{number:02}@example.org",
            *places[number % 5],
            f"CED{number:05}",
        )
        for number in range(1, NOMINEES + 1)
    ]
    again = [(*row[:2], row[2].replace("@", ".otra@"), *row[3:]) for row in rows[:2]]
    header = ("Nombres", "Primer apellido", "Correo", "Institución", "Sector", "Cédula")
    return "\n".join(";".join(row) for row in (header, *rows, *again)).encode()


def register_institutions(desk):
    """Write the three bodies and, under the municipality, the units that send people."""
    for name in (CITY, REGION, ACADEMY):
        desk.open("/institutions/new", DESK)
        desk.fill(name=name)
        desk.press("Guardar", "institution")
        assert desk.title == name
    for name, sector in UNITS.items():
        desk.open("/institutions/new", DESK)
        fill(desk, {"name": name}, sector=sector, parent=CITY)
        desk.press("Guardar", "institution")
    desk.open("/institutions/", "directory")
    assert all(desk.says(name) for name in (CITY, REGION, ACADEMY, *UNITS))


def open_programme(desk):
    """Write the programme and its second issuer, with a logo."""
    desk.open("/programmes/new", DESK)
    fill(desk, PROGRAMME, scale="De 0 a 10")
    desk.press("Guardar", "programme")
    desk.press("Cambiar autoridades y logotipos", DESK)
    desk.fill(name_2=ACADEMY, unit_2="Facultad de Jurisprudencia")
    upload(desk, "logo_2", make_logo(), "logo.png")
    desk.press("Guardar", "programme")
    assert desk.says(ACADEMY)


def sign_agreement(desk):
    """Write the agreement of the programme, its parties and what is owed; return its address."""
    desk.open("/agreements/new", DESK)
    fill(desk, AGREEMENT, kind="Convenio de reconocimiento", programme=PROGRAMME["name"])
    for name in ("is_without_funds", "holds_cohorts"):
        desk.page.check(f"main [name={name}]")
    desk.press("Guardar", "agreement")
    agreement = path_of(desk)
    for name, role in ((CITY, "Parte"), (REGION, "Cooperante"), (ACADEMY, "Academia")):
        desk.open(f"{agreement}/parties/new", DESK)
        fill(desk, {}, institution=name, role=role)
        desk.press("Guardar", "agreement")
    for text, (party, day) in DUTIES.items():
        desk.open(f"{agreement}/duties/new", DESK)
        fill(desk, {"text": text, "due_on": day}, kind="Obligación", party=party)
        desk.press("Guardar", "agreement")
    assert desk.says("19 de noviembre de 2028")
    assert desk.says("Sin erogación de recursos")
    rows = desk.page.locator("#duties tbody tr")
    assert rows.count() == len(DUTIES)
    assert REGION in rows.filter(has_text="Propuesta normativa").inner_text()
    return agreement


def open_cohort(desk):
    """Open the cohort under the agreement; return its address."""
    desk.open("/learning/cohorts/new", DESK)
    fill(desk, COHORT, programme=PROGRAMME["name"], release=COURSE_TITLE)
    desk.page.select_option(
        "main [name=agreement]", label=" · ".join((AGREEMENT["code"], AGREEMENT["title"]))
    )
    desk.press("Crear cohorte", "cohort")
    return path_of(desk)


def bring_nominees(desk, cohort):
    """Bring the file: two rows are reported and left out; enrol the others, each with one sector."""
    desk.open("/people/import", DESK)
    upload(desk, "file", nominees(), "nominadas.csv")
    desk.press("Subir y revisar", "dry run")
    assert desk.title == "30 filas están listas para guardarse"
    desk.press("Guardar 30 filas", DESK)
    left_out = desk.page.request.get(f"{desk.page.url.partition('?')[0]}/errors.csv").text()
    assert [left_out.count(f"nominada-{number:02}.otra@") for number in (1, 2, 3)] == [1, 1, 0]
    desk.open(f"{cohort}/import", DESK)
    upload(desk, "file", nominees(), "nominadas.csv")
    desk.press("Revisar el archivo", DESK)
    desk.press("Inscribir a 30 personas", "cohort")


def tracks_of(desk, cohort):
    """Return how many people of the cohort are in each sector, from the list that its page gives away."""
    desk.open(cohort, "cohort")
    rows = csv.DictReader(take_away(desk, "link", "CSV").decode("utf-8-sig").splitlines())
    sectors = [row["Sector"] for row in rows]
    return {each: sectors.count(each) for each in sectors}


def change_track(learner, desk):
    """Ask for another sector on the phone, let the coordinator approve it, and read what happened."""
    learner.press("Ver el curso completo", "course")
    learner.press("Cambiar de sector", "sector")
    own = path_of(learner)
    fill(learner, {"reason": "Pasé al centro de salud."}, sector="Salud")
    learner.press("Pedir el cambio", "asked")
    desk.open("/learning/track-requests", DESK)
    desk.press("Nominada 04", DESK)
    desk.page.select_option("main [name=answer]", label="Aprobar el cambio")
    desk.press("Responder", DESK)
    learner.open(own, "history")
    assert learner.says("Pasé al centro de salud.")
    assert learner.says("Aprob")


def learn(learner):
    """Go through the course as somebody of health and pass its exam."""
    learner.open("/learning/", "home")
    study(learner, "La consulta a solas es parte de la atención.", "Hay que curar una mano herida")
    answer(learner, RIGHT, questions=2, end="passed")
    assert learner.title == "Módulo aprobado"


def verify(learner, stranger):
    """Take the certificate away, read it, and let a stranger ask whether it is true."""
    learner.open("/certificates/", "documents")
    learner.page.locator("main a[href^='/certificates/']", has_text=COURSE_TITLE).first.click()
    learner.review("certificate")
    paper = printed(take_away(learner, "link", "Descargar PDF"))
    for said in (CITY, ACADEMY, "DMQ-2026-000001", "12 horas", "Nominada 04"):
        assert said in paper
    ask_whether_true(stranger, paper)
    assert stranger.title == "Certificado auténtico"
    assert stranger.says(f"{CITY}; {ACADEMY}")
    assert stranger.says("DMQ-2026-000001")
    assert not any(stranger.says(each) for each in ("Calificación", OWN, "Aprobó con"))


def let_others_finish(unit):
    """Write that the others of health finished, as their own hands would."""
    with unit():
        others = select(Enrolment).join(Person, Person.id == Enrolment.person_id)
        wanted = others.where(Enrolment.sector == "health", Person.email != OWN)
        assert len([make_completion(each) for each in db.session.scalars(wanted).all()]) == TRAINED - 1


def keep_agreement(desk, agreement):
    """Promise people in numbers, note how far an obligation is, and read the page."""
    desk.open(f"{agreement}/commitments/new", DESK)
    desk.page.select_option("main [name=counter]", value="learning.trained")
    desk.fill(wanted="30")
    desk.press("Guardar", "agreement")
    desk.press("Registrar avance", DESK)
    fill(desk, {"happened_on": "2026-11-20"}, state="En curso")
    desk.press("Guardar", "agreement under way")
    assert desk.says("Días que quedan 730")
    assert desk.page.locator("#duties tbody tr", has_text="En curso").count() == 1
    assert desk.page.locator("#commitments td[data-label=Alcanzado]").inner_text() == str(TRAINED)


def run_campaign(desk, agreement):
    """Add the preventive campaign with two pieces of evidence, and say whom it reached."""
    desk.open(f"{agreement}/campaigns/new", DESK)
    fill(desk, CAMPAIGN, channel="Radio")
    desk.press("Guardar", "agreement")
    for title in ("Lista de emisión", "Cartel impreso"):
        desk.page.locator("#campaigns a[href$='/evidence/new']").click()
        desk.fill(title=title)
        upload(desk, "paper", PDF, "evidencia.pdf")
        desk.press("Guardar", "agreement")
    desk.page.locator("#campaigns a[href$='/reach']").click()
    desk.fill(reach="12345", method="Estimación de la emisora")
    desk.press("Guardar", "agreement with a campaign")
    for said in ("Cartel impreso", "Lista de emisión", "12 345 personas"):
        assert desk.says(said)


def read_report(desk):
    """Take away the table by institution, of all and of one sector; it names nobody."""
    desk.open("/reports/", "report")
    whole = take_away(desk, "button", "CSV").decode("utf-8-sig")
    assert all(name in whole for name in UNITS)
    desk.open("/reports/?sector=health", "report")
    health = take_away(desk, "button", "CSV").decode("utf-8-sig")
    assert "Dirección de Salud" in health
    assert "Patronato" not in health
    assert not re.search(r"nominada|cédula|víctima", whole + health, re.IGNORECASE)


def come_back(visit, agreement):
    """Sign in after a long time and read the agreement."""
    late = visit(width=1280)
    enter(late, COORDINATOR)
    late.open(agreement, DESK)
    return late


def wait_for_the_end(visit, unit, at, run_jobs, mailbox, agreement):
    """Read the agreement two months before its end, of which a letter warns, and on the day after it."""
    with at(MONTH_22):
        with unit():
            enqueue(WarnOfExpiry(), now=now())
        run_jobs()
        assert [one.to for one in mailbox.sent if "quedan 60 días" in one.text] == [COORDINATOR]
        assert come_back(visit, agreement).says("Quedan 60 días de vigencia")
    with at(MONTH_24):
        late = come_back(visit, agreement)
        assert late.says("Se conserva para consulta")
        assert late.says("Vencido")
        assert late.page.locator("#campaigns", has_text="Cartel impreso").count() == 1
        refuse_cohort(late)
    return late


def refuse_cohort(late):
    """Try to open a cohort after the end: the agreement is not offered, and without one it is refused."""
    late.open("/learning/cohorts/new", DESK)
    assert AGREEMENT["code"] not in late.page.locator("main [name=agreement]").inner_text()
    first, last = ((MONTH_24 + timedelta(days=days)).date().isoformat() for days in (1, 90))
    fill(
        late,
        {**COHORT, "starts_on": first, "ends_on": last},
        programme=PROGRAMME["name"],
        release=COURSE_TITLE,
    )
    late.press("Crear cohorte", "refused")
    assert path_of(late) == "/learning/cohorts/new"
    assert late.says("convenio")
    late.faults = [each for each in late.faults if "422" not in each]


def test_an_agreement_from_its_signature_to_its_end(visit, desk, unit, at, run_jobs, mailbox):
    learner, stranger = visit(), visit()
    register_institutions(desk)
    open_programme(desk)
    agreement = sign_agreement(desk)
    cohort = open_cohort(desk)
    bring_nominees(desk, cohort)
    assert sorted(tracks_of(desk, cohort).values()) == [6] * len(UNITS)
    run_jobs()
    accept_invitation(learner, mailbox, OWN)
    change_track(learner, desk)
    assert tracks_of(desk, cohort)["Salud"] == TRAINED
    learn(learner)
    run_jobs()
    verify(learner, stranger)
    let_others_finish(unit)
    run_campaign(desk, agreement)
    keep_agreement(desk, agreement)
    read_report(desk)
    late = wait_for_the_end(visit, unit, at, run_jobs, mailbox, agreement)
    for visitor in (desk, learner, stranger, late):
        visitor.check()

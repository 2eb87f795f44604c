"""A municipality, a regional body and a university train officials under an agreement, from its signature to its end.

The coordinator works at a desk; the learner and the stranger hold phones. The institutions and the course are there
from the start, and completions are written by the factory, for lessons, quizzes and simulations are played by other
stories; everything else happens on pages. What the desk opens is reviewed page by page in ``test_routes``: here once.
"""

import re
from datetime import date
from io import BytesIO

import pypdf
import pytest
from sqlalchemy import select

from lms.accounts.models import Person
from lms.certificates.issuing.models import Certificate
from lms.core.actors import Role
from lms.core.clock import now
from lms.core.context import current_storage
from lms.core.db import db
from lms.core.jobs.orders import enqueue
from lms.institutions.agreements.messages import WarnOfExpiry
from lms.institutions.agreements.queries import may_begin_cohort
from lms.learning.models import Enrolment
from lms.testing.factories.accounts import PASSWORD, give_role, make_person
from lms.testing.factories.certificates import make_completion, make_logo
from lms.testing.factories.courses import make_release
from lms.testing.factories.files import PDF
from lms.testing.factories.institutions import make_institution
from lms.testing.pytest_plugin import TODAY

CITY, ACADEMY = "Municipio de la historia", "Universidad de la historia"
OFFICES = {
    "Seguridad ciudadana de prueba": "seguridad",
    "Unidad de justicia de prueba": "justicia",
    "Salud municipal de prueba": "salud",
    "Patronato de prueba": "trabajo-social",
    "Escuelas municipales de prueba": "educacion",
}
DUTIES = ("Capacitar a servidores públicos", "Campaña preventiva", "Informe anual", "Propuesta normativa")
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
MONTH_22, MONTH_24 = TODAY.replace(year=2028, month=9), TODAY.replace(year=2028)
NOMINEES, TRAINED = 30, 7
"""Six of each office; one of them moves to health."""
DESK = "desk"


@pytest.fixture
def people(unit, live_server):
    """Return the addresses of the coordinator and of who will learn; the offices and a course of two forks exist."""
    with unit():
        city = make_institution(CITY)
        make_institution(ACADEMY)
        for name in OFFICES:
            make_institution(name, parent=city)
        make_release()
        coordinator = make_person(email="coordina@example.org", password=PASSWORD)
        give_role(coordinator, Role.ADMINISTRATOR)
    return "coordina@example.org", "nominada-04@example.org"


def nominees():
    """Return a file of thirty people of five offices, with two of them again under another address."""
    places = list(OFFICES.items())
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


def fill(visitor, texts, **choices):
    visitor.fill(**texts)
    for name, label in choices.items():
        visitor.page.select_option(f"main [name={name}]", label=label)


def upload(visitor, field, content, name):
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    visitor.page.set_input_files(f"main [name={field}]", file)


def path_of(visitor):
    return visitor.page.url.removeprefix(visitor.url).partition("?")[0]


def enter(visitor, email):
    visitor.open("/account/sign-in", DESK)
    visitor.fill(email=email, password=PASSWORD)
    visitor.press("Entrar", DESK)


def sign_agreement(desk):
    """Create the programme with its two issuers, and the agreement with what is owed; return its address."""
    desk.open("/programmes/new", DESK)
    fill(desk, PROGRAMME, scale="De 0 a 10")
    desk.press("Guardar", DESK)
    desk.open(f"{path_of(desk)}/issuers", DESK)
    desk.fill(name_2=ACADEMY, unit_2="Facultad de prueba")
    upload(desk, "logo_2", make_logo(), "logo.png")
    desk.press("Guardar", DESK)
    desk.open("/agreements/new", DESK)
    fill(desk, AGREEMENT, kind="Convenio de reconocimiento", programme=PROGRAMME["name"])
    for name in ("is_without_funds", "holds_cohorts"):
        desk.page.check(f"main [name={name}]")
    desk.press("Guardar", DESK)
    agreement = path_of(desk)
    for text in DUTIES:
        desk.open(f"{agreement}/duties/new", DESK)
        fill(desk, {"text": text, "due_on": "2027-06-30"}, kind="Obligación")
        desk.press("Guardar", DESK)
    return agreement


def open_cohort(desk):
    """Create the cohort under the agreement and enrol whoever the offices nominate; return its address."""
    desk.open("/learning/cohorts/new", DESK)
    desk.fill(name="Grupo de la historia", starts_on="2026-11-20", ends_on="2027-02-26")
    desk.page.select_option("main [name=agreement]", index=1)
    desk.press("Crear cohorte", DESK)
    cohort = path_of(desk)
    desk.open("/people/import", DESK)
    upload(desk, "file", nominees(), "nominadas.csv")
    desk.press("Subir y revisar", DESK)
    assert desk.title == "30 filas están listas para guardarse"
    desk.press("Guardar 30 filas", DESK)
    left_out = desk.page.request.get(f"{desk.page.url.partition('?')[0]}/errors.csv").text()
    assert [left_out.count(f"nominada-{number:02}.otra@") for number in (1, 2, 3)] == [1, 1, 0]
    desk.open(f"{cohort}/import", DESK)
    upload(desk, "file", nominees(), "nominadas.csv")
    desk.press("Revisar el archivo", DESK)
    desk.press("Inscribir a 30 personas", DESK)
    return cohort


def change_track(learner, desk, enrolment_id):
    """Ask for another sector on the phone and let the coordinator approve it."""
    learner.open(f"/learning/enrolments/{enrolment_id}/sector")
    fill(learner, {"reason": "Pasé al centro de salud."}, sector="Salud")
    learner.press("Pedir el cambio", "asked")
    desk.open("/learning/track-requests", DESK)
    desk.press("Nominada 04", DESK)
    desk.page.select_option("main [name=answer]", label="Aprobar el cambio")
    desk.press("Responder", DESK)
    learner.open(f"/learning/enrolments/{enrolment_id}/sector", "history")
    assert learner.says("Pasé al centro de salud.")
    assert learner.says("Aprob")


def issue(desk, cohort, run_jobs):
    """Issue the certificates of whoever completed."""
    desk.open(f"{cohort.replace('/learning/', '/certificates/')}/issue", DESK)
    desk.press("Emitir las elegidas", DESK)
    run_jobs()


def keep_agreement(desk, agreement):
    """Run the campaign, promise people in numbers, note how far an obligation is, and read the page."""
    run_campaign(desk, agreement)
    desk.open(f"{agreement}/commitments/new", DESK)
    desk.page.select_option("main [name=counter]", value="learning.trained")
    desk.fill(wanted="30")
    desk.press("Guardar", DESK)
    desk.press("Registrar avance", DESK)
    fill(desk, {"happened_on": "2026-11-20"}, state="En curso")
    desk.press("Guardar", DESK)
    assert desk.says("19 de noviembre de 2028")
    assert desk.says("Sin erogación de recursos")
    assert desk.says("Días que quedan 730")
    assert desk.page.locator("#duties tbody tr", has_text="En curso").count() == 1
    assert desk.page.locator("#commitments td[data-label=Alcanzado]").inner_text() == str(TRAINED)


def run_campaign(desk, agreement):
    """Add the preventive campaign with two pieces of evidence, and say whom it reached."""
    desk.open(f"{agreement}/campaigns/new", DESK)
    fill(desk, CAMPAIGN, channel="Radio")
    desk.press("Guardar", DESK)
    for title in ("Lista de emisión", "Cartel impreso"):
        desk.page.locator("#campaigns a[href$='/evidence/new']").click()
        desk.fill(title=title)
        upload(desk, "paper", PDF, "evidencia.pdf")
        desk.press("Guardar", DESK)
    desk.page.locator("#campaigns a[href$='/reach']").click()
    desk.fill(reach="12345", method="Estimación de la emisora")
    desk.press("Guardar", DESK)
    for said in ("Cartel impreso", "Lista de emisión", "12 345 personas"):
        assert desk.says(said)


def export_report(desk, folder):
    """Take away the table by institution of one sector, and return its text."""
    desk.open("/reports/?sector=health", DESK)
    with desk.page.expect_download() as downloading:
        desk.page.get_by_role("button", name="CSV").click()
    downloading.value.save_as(folder / "informe.csv")
    return (folder / "informe.csv").read_text(encoding="utf-8-sig")


def late_visit(visit, email, agreement):
    """Come back after a long time and read the agreement."""
    desk = visit(width=1280)
    enter(desk, email)
    desk.open(agreement, DESK)
    return desk


def wait_for_the_end(visit, unit, at, run_jobs, mailbox, coordinator, agreement):
    """Read the agreement two months before its end, of which a letter warns, and on the day after it."""
    with at(MONTH_22):
        with unit():
            enqueue(WarnOfExpiry(), now=now())
        run_jobs()
        assert [one.to for one in mailbox.sent if "quedan 60 días" in one.text] == [coordinator]
        assert late_visit(visit, coordinator, agreement).says("Quedan 60 días de vigencia")
    with at(MONTH_24):
        late = late_visit(visit, coordinator, agreement)
        assert late.says("Se conserva para consulta")
        late.open("/learning/cohorts/new", DESK)
        assert "CONV-HISTORIA" not in late.page.locator("main [name=agreement]").inner_text()
    return late


def test_an_agreement_from_its_signature_to_its_end(visit, people, unit, at, run_jobs, mailbox, tmp_path):
    coordinator, own = people
    desk, learner, stranger = visit(width=1280), visit(), visit()
    enter(desk, coordinator)
    agreement = sign_agreement(desk)
    cohort = open_cohort(desk)
    run_jobs()
    with unit():
        enrolled = dict(
            db.session.execute(
                select(Person.email, Enrolment).join(Enrolment, Enrolment.person_id == Person.id)
            ).all()
        )
        assert (len(enrolled), len({each.sector for each in enrolled.values()})) == (NOMINEES, len(OFFICES))
    (invitation,) = [one for one in mailbox.sent if one.to == own]
    learner.open(re.search(r"http://\S+", invitation.text)[0], "invitation")
    learner.fill(password=PASSWORD, again=PASSWORD)
    learner.press("Guardar y entrar", "course")
    change_track(learner, desk, enrolled[own].id)
    with unit():
        now_in_health = select(Enrolment).where(Enrolment.sector == "health")
        assert len([make_completion(each) for each in db.session.scalars(now_in_health).all()]) == TRAINED
    issue(desk, cohort, run_jobs)
    with unit():
        statement = select(Certificate).where(Certificate.enrolment_id == enrolled[own].id)
        certificate = db.session.scalars(statement).one()
        pdf = pypdf.PdfReader(BytesIO(current_storage().get(certificate.pdf_sha256)))
        printed = " ".join(pdf.pages[0].extract_text().split())
    for said in (CITY, ACADEMY, certificate.folio, "4 horas de formación", certificate.code):
        assert said in printed
    learner.open("/certificates/", "documents")
    assert learner.page.locator(f"main a[href='/certificates/{certificate.id}']").count()
    stranger.open(f"/v/{certificate.code}")
    assert stranger.title == "Certificado auténtico"
    assert stranger.says(f"{CITY}; {ACADEMY}")
    assert not any(stranger.says(each) for each in ("Calificación", own, "Aprobó con"))
    keep_agreement(desk, agreement)
    report = export_report(desk, tmp_path)
    assert "Salud municipal de prueba" in report
    assert not re.search(r"nominada|cédula|víctima", report, re.IGNORECASE)
    late = wait_for_the_end(visit, unit, at, run_jobs, mailbox, coordinator, agreement)
    with unit():
        days = [may_begin_cohort(certificate.programme_id, date(2028, 11, day)) for day in (19, 20)]
        assert days == [True, False]
    for visitor in (desk, learner, stranger, late):
        visitor.check()

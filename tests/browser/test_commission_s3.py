"""Story S3: a commission by date, its plan, a quarter that members report, the session that follows, and its report.

Point by point, all of it on pages: 1 the members of two days, from files of institutions and of seats · 2 an
alternate whose resolution is missing · 3 the plan and the quarter · 4 six members fill in, one corrects, who is late
is reminded · 5 the matrix and its file · 6 the session and its agenda · 7 a titular absent, the alternate present ·
8 the proposal of 30 July and its vote · 9 the tasks that follow · 10 the course of the border, for Puno first ·
12 and 13 the quarterly report with its cut-off, small groups hidden.

By factory: the accounts with their roles, the course as ``lms course release`` leaves it, and ten people who finish
it, which ten hands would do. Not played: 11, because a learner's course cannot be taken away and finished without
a line; S1 plays the learner's own way.
"""

import csv
import re

import pytest
from sqlalchemy import select

from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.clock import now
from lms.core.db import db
from lms.core.folding import fold
from lms.courses import service as courses
from lms.institutions.directory.models import Institution
from lms.learning.models import Cohort
from lms.testing.factories.accounts import PASSWORD, give_role, make_person
from lms.testing.factories.certificates import make_completion
from lms.testing.factories.learning import make_enrolment
from tests.browser.commission_pages import (
    COURSE,
    COURSE_TITLE,
    enter,
    fill,
    path_of,
    take_away,
    upload,
)

BEFORE, AFTER = "2024-05-12", "2026-06-06"
SECTORS = (
    "Comercio Exterior", "Defensoría", "Desarrollo Social", "Educación", "Fiscalía", "Interior", "Justicia", "Mujer",
    "Oficina saliente", "Relaciones Exteriores", "Salud", "Trabajo", "Transportes",
)  # fmt: skip
JOINED = ("Forestal", "Identidad", "Policía")
ANSWERING = SECTORS[:6]
BORDER = "Gobierno Regional de Puno"
PLAN = (
    "Objetivo;Clave;Indicador;Unidad;Metas;Lo cuenta la plataforma\n"
    "OP1;I-01;Campañas en zonas de frontera;campañas;2024-T1 = 2;\n"
    "OP2;I-02;Personas capacitadas;personas;;sí\n"
    "OP3;I-03;Protocolos vigentes;protocolos;2024-T1 = 1;\n"
)
PROGRAMME = {
    "name": "Política contra la trata", "code": "CMP", "issuer_name": "Comisión Multisectorial",
    "issuer_unit": "Secretaría técnica", "country": "PE", "territory": "", "timezone": "America/Lima",
    "pass_mark": "70", "attendance_share": "80", "target_share": "80", "starts_on": "2024-01-01",
}  # fmt: skip
SITTING = {
    "number": "2", "day": BEFORE, "hour": "08:30", "place": "Sala de la Dirección General de Seguridad Democrática",
}  # fmt: skip
AGENDA = (
    "Verificación del quórum",
    "Avance de cada sector, 2024-T1",
    "Frontera de Desaguadero",
    "30 de julio",
)
TASKS = {
    "Preparar el material de la jornada": ("Sector Educación", "2024-07-12"),
    "Coordinar la jornada en frontera": ("Sector Interior", "2024-07-30"),
}
PACK = {
    "name": "Detección temprana y canalización en frontera", "starts_on": "2026-11-23", "ends_on": "2026-12-18",
}  # fmt: skip
CALL = {"opens_day": "2026-11-19", "closes_day": "2026-12-01", "substitutes_day": "2026-12-04"}
FINISHED = {"Sector Salud": 3, "Sector Justicia": 7}


@pytest.fixture
def secretary(unit, live_server, visit):
    """Return the technical secretary at a desk of an empty product, signed in; one course is there to be taught."""
    with unit():
        courses.release(COURSE, actor=SYSTEM, now=now())
        give_role(make_person(email="secretaria@example.org", password=PASSWORD), Role.ADMINISTRATOR)
    visitor = visit(width=1440)
    enter(visitor, "secretaria@example.org")
    return visitor


def rows(visitor):
    return visitor.page.locator("main tbody tr")


def load_institutions(secretary):
    """Bring the bodies in from a file, dry first."""
    names = [f"Sector {name}" for name in (*SECTORS, *JOINED)] + [BORDER]
    secretary.open("/institutions/import", "upload")
    upload(secretary, "file", "\n".join(("Nombre", *names)).encode(), "instituciones.csv")
    secretary.press("Subir y revisar", "dry run")
    secretary.press(f"Guardar {len(names)} filas", "saved")


def seats():
    """Return the file of seats: thirteen, of which one ends, and three that begin in June 2026."""
    head = (
        "Institución", "Participa como", "Desde", "Hasta", "Norma del asiento", "Titular", "Cargo del titular",
        "Resolución del titular", "Alterno", "Cargo del alterno", "Resolución del alterno",
    )  # fmt: skip
    lines = [
        (
            f"Sector {name}", "Integrante", AFTER if name in JOINED else "2024-01-01",
            "2026-06-05" if name == "Oficina saliente" else "", "DS 1", "Participante 014", "Dirección", "RM 7",
            "Participante 015", "Subdirección", "" if name == "Educación" else "RM 8",
        )
        for name in (*SECTORS, *JOINED)
    ]  # fmt: skip
    return "\n".join(";".join(line) for line in (head, *lines)).encode()


def open_commission(secretary):
    """Write the programme and bring its seats in; return its address."""
    secretary.open("/programmes/new", "new programme")
    fill(secretary, PROGRAMME, scale="De 0 a 20")
    secretary.press("Guardar", "programme")
    path = path_of(secretary)
    secretary.open(f"{path}/commission/upload", "seats upload")
    upload(secretary, "file", seats(), "asientos.csv")
    secretary.page.set_checked("main [name=only_look]", checked=False)
    secretary.press("Subir", "commission")
    return path


def bodies():
    return {each.name: each for each in db.session.scalars(select(Institution))}


def let_answer(unit):
    """Give each member somebody who answers for it, and Puno too."""
    with unit():
        found = bodies()
        for name in (*SECTORS, *JOINED, "Puno"):
            place = found[BORDER if name == "Puno" else f"Sector {name}"]
            person = make_person(email=f"{fold(name.split()[0])}@example.org", password=PASSWORD)
            give_role(person, Role.FOCAL_POINT, ScopeKind.INSTITUTION, place.id)


def compare_days(visitor, path):
    """Look at the commission on two days: the list changes, and an alternate without resolution is flagged."""
    visitor.open(f"{path}/commission?on={BEFORE}", "commission")
    assert rows(visitor).count() == 13
    assert rows(visitor).filter(has_text="Falta resolución").count() == 1
    assert "Educación" in rows(visitor).filter(has_text="Falta resolución").inner_text()
    visitor.open(f"{path}/commission?on={AFTER}&against={BEFORE}", "difference")
    assert rows(visitor).count() == 15
    assert visitor.says("Sector Identidad · Integrante")
    assert visitor.says("Sector Oficina saliente · Integrante")


def bring_plan_and_open(visitor, programme):
    """Bring the plan from a file, dry first, and open the quarter for the members of the session's day."""
    path = programme.replace("/programmes/", "/progress/programmes/")
    for is_dry in (True, False):
        visitor.open(f"{path}/plan/upload", "plan upload")
        upload(visitor, "file", PLAN.encode(), "plan.csv")
        visitor.page.set_checked("main [name=only_look]", is_dry)
        visitor.press("Subir", "uploaded" if is_dry else "plan")
    assert rows(visitor).count() == 3
    visitor.open(f"{path}/open", "open")
    visitor.fill(name="2024-T1", members_on=BEFORE, due_on="2026-11-25")
    visitor.press("Abrir", "matrix")
    assert rows(visitor).count() == 13
    return path_of(visitor)


def fill_in(visitor, number):
    """Fill in and send everything: what the platform counts has no field."""
    page = visitor.page
    assert page.locator("main input[name^=value_]").count() == 2
    assert visitor.says("Lo cuenta la plataforma")
    for box in page.locator("main input[name^=value_]").all():
        box.fill(number)
    for box in page.locator("main select[name^=status_]").all():
        box.select_option("under-way")
    visitor.press("Enviar a la secretaría", "sent")
    assert visitor.says("Avance enviado a la secretaría")


def follow_letter(visit, mailbox, name, seen):
    """Sign in on a phone and follow the letter to the form."""
    letter = next(each for each in mailbox.sent if each.to == f"{name}@example.org")
    visitor = visit(width=390)
    visitor.reviewed |= seen
    enter(visitor, letter.to)
    visitor.open(re.search(r"http://\S+", letter.text)[0], "fill")
    return visitor


def report_on_a_phone(visit, mailbox, name):
    """Keep a draft that is not whole, come back and send it."""
    visitor = follow_letter(visit, mailbox, name, set())
    visitor.page.locator("main textarea").first.fill("Tres ferias en la frontera.")
    visitor.press("Guardar borrador", "kept")
    visitor.open(path_of(visitor), "fill")
    assert visitor.page.locator("main textarea").first.input_value() == "Tres ferias en la frontera."
    fill_in(visitor, "3")
    return visitor


def let_six_report(visit, mailbox):
    """Six members report: the first two with a draft, the others at once; return who will have to correct it."""
    defence, first = (report_on_a_phone(visit, mailbox, name) for name in ("defensoria", "comercio"))
    for name in ANSWERING[2:]:
        member = follow_letter(visit, mailbox, fold(name.split()[0]), first.reviewed)
        fill_in(member, "2")
        member.page.context.close()
    first.check()
    return defence


def return_one(visitor, matrix):
    visitor.open(matrix, "matrix")
    visitor.press("Sector Defensoría", "submission")
    visitor.fill(reason="Falta la evidencia de las ferias.")
    visitor.press("Devolver para corregir", "matrix")


def move_deadline(secretary, matrix):
    """Give two days less than was said; then the reminder goes to who is late."""
    secretary.open(matrix, "matrix")
    secretary.press("Cambiar la fecha límite", "deadline")
    secretary.fill(due_on="2026-11-20", reason="La sesión se adelantó.")
    secretary.press("Cambiar la fecha límite", "matrix moved")
    assert secretary.says("La sesión se adelantó.")
    secretary.press("Recordar a quienes faltan", "remind")
    secretary.press("Enviar recordatorio", "matrix moved")


def read_matrix(visitor, matrix):
    """Read who stands how, on a desk and on a phone, and take away what the page shows."""
    states = [each.inner_text() for each in visitor.page.locator(".matrix tbody .badge").all()]
    assert {state: states.count(state) for state in states} == {
        "Completo": 15, "Devuelto": 3, "Pendiente": 21,
    }  # fmt: skip
    visitor.press("Completos", "sorted")
    visitor.open(f"{matrix}?state=pending&sort=-institution", "waiting")
    assert rows(visitor).count() == 7
    found = list(csv.reader(take_away(visitor, "link", "CSV").decode("utf-8-sig").splitlines()))
    assert [row[0] for row in found[1:]] == visitor.page.locator("main tbody th a").all_inner_texts()
    assert found[1][1:4] == ["Pendiente"] * 3
    visitor.open(f"{matrix}/figures", "figures")
    assert visitor.says("5 de 13")
    visitor.page.set_viewport_size({"width": 390, "height": 860})
    visitor.open(matrix, "matrix on a phone")
    visitor.open(f"{matrix}/figures", "figures on a phone")
    visitor.page.set_viewport_size({"width": 1440, "height": 860})


def convene(secretary):
    """Write the second ordinary session of 2024 with four points."""
    secretary.open("/commission-sessions/new", "new session")
    fill(
        secretary, SITTING, programme=PROGRAMME["name"], kind="Ordinaria", modality="Presencial y a distancia"
    )
    secretary.press("Guardar", "session")
    assert secretary.title == "Segunda Sesión Ordinaria 2024"
    for title in AGENDA:
        secretary.press("Agregar un punto", "item")
        secretary.fill(title=title)
        secretary.press("Guardar", "session")
    assert secretary.page.locator("#agenda li").count() == len(AGENDA)


def note_attendance(secretary):
    """One seat by its alternate, one by nobody; it is opened, taken back, and opened again."""
    secretary.press("Registrar asistencia", "attendance")
    for place in secretary.page.locator(".roll > li").all():
        said = place.inner_text()
        kind = "Alterno" if "Salud" in said else "Ausente" if "Transportes" in said else "Titular"
        place.get_by_text(kind, exact=True).last.click()
    secretary.press("Guardar la asistencia", "session attended")
    assert secretary.says("Presentes: 12 de 13 asientos; se necesitan 7.")
    secretary.press("Abrir la sesión", "session open")
    secretary.press("Se abrió por error", "undo opening")
    secretary.press("Deshacer la apertura", "session attended")
    assert secretary.says("Convocada")
    secretary.press("Abrir la sesión", "session open")


def vote(secretary):
    """Put 30 July to the vote with its tasks: approved, they have numbers, days and who answers."""
    secretary.press("Agregar una propuesta", "proposal")
    secretary.fill(text="Actividades del Día Mundial contra la Trata, 30 de julio")
    secretary.press("Guardar", "session with a proposal")
    for text, (place, day) in TASKS.items():
        secretary.press("Agregar una tarea", "task")
        fill(secretary, {"text": text, "due_on": day}, institution=place)
        secretary.press("Guardar", "session with tasks")
    secretary.press("Registrar la votación", "vote")
    fill(secretary, {"in_favour": "10", "against": "0", "abstained": "2"}, state="Aprobada")
    secretary.press("Guardar", "session voted")
    assert secretary.says("A favor: 10 · En contra: 0 · Abstenciones: 2")
    agreed = secretary.page.locator("#accords tbody tr")
    assert agreed.count() == len(TASKS)
    for text, (place, _day) in TASKS.items():
        assert place in agreed.filter(has_text=text).inner_text()
    secretary.press("Se abrió por error", "opening stands")
    assert secretary.says("una propuesta con resultado, 2 acuerdos")


def call_puno(secretary, visit, mailbox, run_jobs):
    """Open the course of the border with places for Puno alone: its focal point sees the call, a member does not."""
    secretary.open("/learning/cohorts/new", "new cohort")
    fill(secretary, PACK, programme=PROGRAMME["name"], release=COURSE_TITLE)
    secretary.press("Crear cohorte", "cohort")
    cohort = path_of(secretary)
    secretary.open(f"{cohort}/call", "call")
    secretary.fill(**CALL)
    secretary.press("Guardar", "quotas")
    fill(secretary, {"places": "20"}, institution=BORDER)
    secretary.press("Agregar", "quotas given")
    run_jobs()
    for name, sees in (("puno", True), ("salud", False)):
        member = visit(width=390)
        enter(member, f"{name}@example.org")
        member.open("/nominations/", "calls")
        assert member.says(PACK["name"]) is sees
        member.check()
    return cohort


def let_finish(unit):
    """Write that people of two members finished the course this quarter."""
    with unit():
        cohort = db.session.scalars(select(Cohort)).one()
        places = bodies()
        for name, count in FINISHED.items():
            for _ in range(count):
                make_completion(make_enrolment(cohort, institution=places[name]))


def read_report(secretary):
    """Prepare the quarterly report: its figures come from the platform, with their instant; few people are hidden."""
    secretary.open("/reports/quarterly/", "reports")
    secretary.press("Ver cifras y preparar", "preview")
    secretary.press("Preparar el informe con estas cifras", "report")
    assert secretary.says("cifras del 20 de noviembre de 2026")
    health = secretary.page.locator("main tbody tr", has_text="Sector Salud").first.inner_text()
    assert "<5" in health or "protegido" in health
    assert not re.search(r"\b3\b", health)
    words = secretary.page.locator("main").inner_text()
    assert not re.search(r"@example\.org|Participante", words)


def test_a_commission_reports_its_quarter(secretary, visit, unit, mailbox, run_jobs):
    load_institutions(secretary)
    programme = open_commission(secretary)
    let_answer(unit)
    compare_days(secretary, programme)
    matrix = bring_plan_and_open(secretary, programme)
    run_jobs()
    defence = let_six_report(visit, mailbox)
    return_one(secretary, matrix)
    defence.open("/progress/", "mine")
    defence.press("Llenar", "fill returned")
    assert defence.says("Falta la evidencia de las ferias.")
    move_deadline(secretary, matrix)
    run_jobs()
    reminded = [each.to for each in mailbox.sent if "falta enviarlo" in each.subject]
    assert len(reminded) == 8
    assert "comercio@example.org" not in reminded
    read_matrix(secretary, matrix)
    defence.check()
    secretary.check()


def test_the_session_of_the_commission_and_what_follows(secretary, visit, unit, mailbox, run_jobs):
    load_institutions(secretary)
    open_commission(secretary)
    let_answer(unit)
    convene(secretary)
    note_attendance(secretary)
    vote(secretary)
    call_puno(secretary, visit, mailbox, run_jobs)
    let_finish(unit)
    read_report(secretary)
    secretary.check()

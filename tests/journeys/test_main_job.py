"""The whole job over HTTP: from an empty installation to a certificate that a stranger verifies."""

import csv
import io
import re
import socket
import subprocess
from dataclasses import replace
from email import message_from_bytes, policy

import cv2
import pytest
import zxingcpp
from aiosmtpd.controller import Controller

from lms.core.context import MAILER, SETTINGS, STORAGE
from lms.core.mail import mailer_for
from lms.core.storage import LocalStorage
from lms.testing.factories.accounts import PASSWORD, make_administrator
from lms.testing.factories.courses import make_release
from lms.web import formats

RIGHT = ("Escuchar a la persona.", "Hablar a solas.", "Preguntar si desea ayuda.", "Falso")
WRONG = ("Denunciar sin preguntar.", "Grabar la conversación.", "Verdadero")
INSTITUTIONS = """\
Nombre;Sector;Territorio;Depende de
Gobierno estatal de prueba;;Quintana Roo;
Secretaría de Salud de prueba;Salud;Quintana Roo;Gobierno estatal de prueba
Secretaría de Educación de prueba;Educación;Quintana Roo;Gobierno estatal de prueba
Oficina sin lugar;Salud;Quintana Roo;Una que no existe
"""
HEALTH, EDUCATION = "Secretaría de Salud de prueba", "Secretaría de Educación de prueba"
NAMES = [f"persona.{number}@example.org" for number in range(1, 7)]


def people_file() -> str:
    rows = [f"Participante;{100 + n};{email};{HEALTH}" for n, email in enumerate(NAMES)]
    return "\n".join(
        ["Nombres;Primer apellido;Correo;Institución", *rows, "Participante;999;nadie;" + HEALTH]
    )


class Inbox:
    """A real mail server that keeps what it is given."""

    def __init__(self):
        self.messages = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - the protocol's name
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def to(self, address: str):
        return [message for message in self.messages if address in message["To"]]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


@pytest.fixture
def inbox(app):
    """Let the product talk SMTP to a server of this machine."""
    box = Inbox()
    port = free_port()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    smtp = replace(app.extensions[SETTINGS], mailer="smtp", smtp_port=port, smtp_tls=False)
    app.extensions[MAILER] = mailer_for(smtp)
    yield box
    server.stop()


@pytest.fixture
def site(app, tmp_path):
    """Keep files on the disk, as an installation does."""
    app.extensions[STORAGE] = LocalStorage(tmp_path / "files")
    return app


def link_in(text: str) -> str:
    return re.search(r"https?://\S+", text)[0]


def choose(page, texts) -> list[str]:
    """Return the keys of the options that read like one of these."""
    options = [
        (tag["value"], tag.find_parent("label").get_text(" ")) for tag in page.select("input[name=answer]")
    ]
    found = [key for key, label in options if any(text in label for text in texts)]
    assert found, f"none of {texts} in {page.text}"
    return found


def set_up(admin, attach) -> str:
    """Create programme, institutions and people as an administrator; return the address of the cohort."""
    admin.open("/programmes/new")
    admin.submit(
        "Guardar",
        {
            "name": "Programa de prueba", "code": "PRUEBA", "issuer_name": "Comisión de prueba", "country": "MX",
            "starts_on": "2026-01-01",
        },
    )  # fmt: skip
    programme = admin.page.response.request.path
    review_institutions(admin, attach)
    for name in (HEALTH, EDUCATION):
        admin.open(programme)
        admin.submit(
            "Agregar", {"member-institution": option(admin.page, name), "member-starts_on": "2026-01-01"}
        )
    admin.submit(
        "Guardar", {"signatories-name_1": "Firma de prueba", "signatories-post_1": "Secretaría técnica"}
    )
    review_people(admin, attach)
    admin.open("/learning/cohorts/new")
    admin.submit("Crear cohorte", {"name": "Grupo uno", "starts_on": "2026-11-01", "ends_on": "2026-12-31"})
    return admin.page.response.request.path


def option(page, text: str) -> str:
    return next(str(tag["value"]) for tag in page.select("option") if text in tag.get_text())


def review_institutions(admin, attach):
    admin.open("/institutions/import")
    page = admin.submit("Subir y revisar", {"file": attach(INSTITUTIONS)})
    assert "3 filas están listas" in page.title
    assert "Una que no existe" in page.text
    page = admin.submit("Guardar 3 filas")
    assert HEALTH in admin.open("/institutions/").text
    assert "Oficina sin lugar" not in admin.page.text


def review_people(admin, attach):
    admin.open("/people/import")
    page = admin.submit("Subir y revisar", {"file": attach(people_file())})
    assert "6 filas están listas" in page.title
    admin.submit("Guardar 6 filas", {"invite": []})


def enrol(admin, cohort, attach):
    admin.open(f"{cohort}/import")
    admin.submit("Revisar el archivo", {"file": attach("\n".join(["correo", *NAMES, "otra@example.org"]))})
    assert "6 personas" in admin.page.title
    admin.submit("Inscribir a 6 personas")


def register(admin, name: str, email: str, institution: str, role: str) -> None:
    """Register somebody where they work, invite them, and give them a role there or in the programme."""
    admin.open("/people/new")
    place = option(admin.page, institution)
    values = {"given_names": name, "first_surname": "De prueba", "email": email, "institution": place}
    admin.submit("Registrar", {**values, "starts_on": "2026-01-01"})
    admin.follow("Dar un papel")
    admin.follow(role)
    where = institution if role == "Enlace institucional" else "Programa de prueba"
    admin.submit("Dar el papel", {"place": option(admin.page, where)})


def accept(walker, inbox, email: str) -> None:
    """Follow the newest link of a person's e-mails and choose a password."""
    walker.open(link_in(inbox.to(email)[0].get_content()))
    walker.submit("Guardar y entrar", {"password": PASSWORD, "again": PASSWORD})


def study_lesson(walker) -> None:
    walker.open("/learning/")
    walker.follow("Empezar el curso" if "Empezar el curso" in walker.page.text else "Continuar la lección")
    assert "Lo común" in walker.page.text
    walker.submit("Terminar y seguir")


def take_quiz(walker, texts, start: str = "Empezar"):
    """Answer the three questions of the quiz that is open and hand it in."""
    walker.submit(start)
    for _question in range(3):
        button = "Guardar y revisar" if "Guardar y revisar" in walker.page.text else "Guardar y seguir"
        walker.submit(button, {"answer": choose(walker.page, texts)})
    assert "Respondió todas las preguntas" in walker.page.text
    return walker.submit("Enviar y calificar")


def study(walker) -> None:
    """Finish the whole course at the first try."""
    for _module in range(2):
        study_lesson(walker)
        assert take_quiz(walker, RIGHT).title == "Módulo aprobado"


def check_in(walker, code: str) -> None:
    walker.open("/a")
    walker.submit("Registrar", {"code": code})
    assert walker.page.title == "Entrada registrada"


def plan_meeting(admin, cohort: str) -> str:
    """Plan the meeting of today and return the code on its screen."""
    admin.open(f"/attendance/cohorts/{cohort.rpartition('/')[2]}")
    admin.follow("Programar una sesión")
    times = {"day": "2026-11-20", "starts": "10:00", "ends": "12:00"}
    admin.submit("Programar", {"title": "Apertura", **times})
    return code_on_screen(admin)


def code_on_screen(admin) -> str:
    admin.follow("Proyectar el código")
    return admin.page.soup.select_one(".join-code .visually-hidden").get_text().replace(" ", "")


def qr_of(pdf: bytes, folder) -> str:
    """Print the PDF on paper, so to speak, and read its QR with a camera."""
    (folder / "printed.pdf").write_bytes(pdf)
    subprocess.run(
        ["pdftoppm", "-r", "150", "-png", "-singlefile", folder / "printed.pdf", folder / "page"], check=True
    )
    return zxingcpp.read_barcodes(cv2.imread(str(folder / "page.png")))[0].text


def table_on_screen(page) -> list[list[str]]:
    rows = page.select("table.table--progress tbody tr, table.table--progress tfoot tr")
    cells = [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("th, td:not(.cell-bar)")] for row in rows
    ]
    return [[row[0].partition(",")[0], *row[1:4], row[4].partition(",")[0].strip(), row[5]] for row in cells]


def table_in_file(content: bytes) -> list[list[str]]:
    """Return the rows of the CSV written as the screen writes them."""
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    return [
        [
            row["Institución"], row["Sector"], row["Inscritas"], row["Completaron"],
            as_percent(row["Avance"]), as_percent(row["Meta"]),
        ]
        for row in rows
    ]  # fmt: skip


def as_percent(text: str) -> str:
    try:
        return " ".join(formats.percent(float(text.replace(",", ".")), language="es").split())
    except ValueError:
        return text or "—"


def stumble_and_pass(learner) -> None:
    """Study the course; fail the first quiz once and read what to read again."""
    study_lesson(learner)
    assert take_quiz(learner, WRONG).title == "Todavía no"
    assert "Se pregunta antes a la persona." in learner.page.text, "what was chosen is explained"
    assert "Así empieza la ruta." not in learner.page.text, "the key would spoil the next attempt"
    learner.follow("Intentar de nuevo")
    assert take_quiz(learner, RIGHT, "Intentar de nuevo").title == "Módulo aprobado"
    study_lesson(learner)
    take_quiz(learner, RIGHT)


def receive_certificate(learner, inbox, folder) -> str:
    """Follow the e-mail to the certificate and return the address in the QR of its PDF."""
    (letter,) = [message for message in inbox.to(NAMES[0]) if "certificado" in message["Subject"]]
    page = learner.open(link_in(letter.get_content()))
    assert "PRUEBA-2026-0000" in page.text
    return qr_of(learner.client.raw.get(page.select("a[href$='/pdf']")[0]["href"]).get_data(), folder)


def verify_as_a_stranger(stranger, address: str) -> None:
    page = stranger.open(address)
    assert page.title == "Certificado auténtico"
    for words in ("Vigente", "Curso de prueba", "Participante 100", "PRUEBA-2026-0000"):
        assert words in page.text
    assert NAMES[0] not in page.text
    assert not re.search(r"calificación|\b\d+,\d", page.text, re.IGNORECASE), "no grade is public"


def read_as_the_commission(commission, inbox) -> None:
    accept(commission, inbox, "comision@example.org")
    screen = commission.open("/reports/")
    rows = table_on_screen(screen)
    assert rows[0][:5] == [HEALTH, "Salud", "6", "6", "100 %"]
    assert rows[1][:5] == [EDUCATION, "Educación", "0", "0", "—"], "who sent nobody is seen"
    address = screen.select("form[action*='completion.csv']")[0]["action"]
    file = commission.client.post(address, status=200).response.get_data()
    assert rows == table_in_file(file)


def look_as_a_neighbour(neighbour, inbox, cohort: str) -> None:
    accept(neighbour, inbox, "vecina@example.org")
    for path in ("/people/", "/learning/cohorts/", "/institutions/", "/reports/"):
        text = neighbour.open(path).text
        assert HEALTH not in text
        assert NAMES[0] not in text
    neighbour.open(cohort, status=404)


def test_from_an_empty_installation_to_a_verified_certificate(
    site, unit, walk, attach, run_jobs, inbox, tmp_path
):
    with unit():
        administrator = make_administrator()
        make_release()
    admin = walk(administrator)
    cohort = set_up(admin, attach)
    register(admin, "Enlace", "enlace@example.org", HEALTH, "Enlace institucional")
    register(admin, "Vecina", "vecina@example.org", EDUCATION, "Enlace institucional")
    register(admin, "Comisión", "comision@example.org", HEALTH, "Revisión de la comisión")
    enrol(admin, cohort, attach)
    code = plan_meeting(admin, cohort)
    run_jobs()

    learner = walk()
    accept(learner, inbox, NAMES[0])
    stumble_and_pass(learner)
    learner.open("/certificates/")
    assert "Asistió a 0 de 1 sesiones" in learner.follow("¿Por qué todavía no?").text
    check_in(learner, code)
    for email in NAMES[1:]:
        fellow = walk()
        accept(fellow, inbox, email)
        study(fellow)
        check_in(fellow, code)
    run_jobs()

    verify_as_a_stranger(walk(), receive_certificate(learner, inbox, tmp_path))
    read_as_the_commission(walk(), inbox)
    look_as_a_neighbour(walk(), inbox, cohort)

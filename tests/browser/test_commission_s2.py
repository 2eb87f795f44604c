"""A commission of fourteen seats and a guest: a late nomination, the table of coverage, and the session that keeps it.

Of the thirteen points of the story, those that other stories play are arranged here: the attendance of a course day
(test_hall, test_village), tests, the simulation, the constancia (test_quiz_by_keyboard, test_simulation, test_story).
"""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.clock import now
from lms.core.db import db
from lms.institutions.directory.rules import Details
from lms.institutions.directory.service import create_institution
from lms.institutions.programmes.models import MembershipKind, Programme
from lms.testing.factories.accounts import PASSWORD, give_role, make_person
from lms.testing.factories.certificates import make_completion
from lms.testing.factories.commission import make_holder, make_seat
from lms.testing.factories.institutions import affiliate_person, make_institution, make_member
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.factories.nominations import make_call

BODIES = (
    "Secretaría de Gobierno", "Secretaría de Seguridad Ciudadana", "Secretaría de Salud",
    "Secretaría de Desarrollo Social", "Secretaría de Educación", "Secretaría de Desarrollo Económico",
    "Secretaría de Turismo", "Sistema DIF", "Secretaría del Trabajo y Previsión Social",
    "Fiscalía General del Estado", "Instituto Quintanarroense de la Mujer",
    "Procuraduría para la Protección de Niñas, Niños y Adolescentes",
    "Comisión de los Derechos Humanos del Estado",
)  # fmt: skip
GROUP = "Ayuntamientos"
TOWNS = ("Benito Juárez", "Othón P. Blanco")
GAPS = {"Secretaría de Turismo", "Secretaría del Trabajo y Previsión Social"}
SITTING = {"number": "1", "day": "2026-11-20", "hour": "08:00", "place": "Sala de juntas, Chetumal"}


@pytest.fixture
def commission(unit, live_server):
    """Arrange who sits in the commission, a course to which all but two sent enough people, a closed call."""
    with unit():
        cohort = make_cohort(name="Ruta de detección, Chetumal")
        programme = db.session.get_one(Programme, cohort.programme_id)
        bodies = {name: make_institution(name) for name in BODIES}
        group = create_institution(
            name=GROUP, sector=None, parent=None, details=Details(is_group=True), actor=SYSTEM, now=now()
        )
        towns = {name: make_institution(name, parent=group) for name in TOWNS}
        for body in (*bodies.values(), group):
            make_seat(programme, body)
        for name, body in {**bodies, **towns}.items():
            for _person in range(0 if name in GAPS else 5):
                make_completion(make_enrolment(cohort, institution=body))
        make_seat(
            programme,
            make_institution("Organización Internacional para las Migraciones"),
            kind=MembershipKind.PERMANENT_GUEST,
        )
        tourism = bodies["Secretaría de Turismo"]
        enlace = make_person(password=PASSWORD, email="enlace.turismo@example.org")
        affiliate_person(enlace, tourism)
        give_role(enlace, Role.FOCAL_POINT, ScopeKind.INSTITUTION, tourism.id)
        make_holder(programme, tourism, person=enlace)
        nominee = make_member(tourism)
        call = make_call(cohort, dict.fromkeys(bodies.values(), 2), closes_at=now() - timedelta(hours=1))
        secretary = make_person(password=PASSWORD, email="secretaria.tecnica@example.org")
        give_role(secretary, Role.ADMINISTRATOR, ScopeKind.PROGRAMME, programme.id)
        return SimpleNamespace(
            programme=programme.id, cohort=cohort.id, call=call.id, nominee=nominee.name,
            enlace=enlace.email, secretary=secretary.email,
        )  # fmt: skip


def sign_in(visitor, email) -> None:
    visitor.open("/account/sign-in", "sign-in")
    visitor.fill(email=email, password=PASSWORD)
    visitor.press("Entrar", "home")


def choose(visitor, **values: str) -> None:
    for name, label in values.items():
        visitor.page.select_option(f"main [name={name}]", label=label)


def ask_late(visitor, commission) -> None:
    """A focal point finds the call closed and asks for an exception, on a phone."""
    visitor.open(f"/nominations/calls/{commission.call}", "call")
    assert visitor.says("Ya no recibe propuestas")
    visitor.press("Pedir una excepción", "people")
    visitor.press(f"Pedir excepción para {commission.nominee}", "late")
    assert commission.nominee in visitor.title
    visitor.fill(late_reason="La convocatoria llegó a otra área.")
    visitor.press("Pedir la excepción", "asked")


def admit(visitor, commission) -> None:
    """The technical secretariat reads the reason and admits the person with another."""
    visitor.open(f"/learning/cohorts/{commission.cohort}/nominations", "nominations")
    visitor.press(commission.nominee, "nomination")
    assert visitor.says("La convocatoria llegó a otra área.")
    choose(visitor, verdict="Admitir por excepción (con motivo)")
    visitor.fill(reason="Turismo no tiene a nadie capacitado.")
    visitor.press("Guardar decisión", "decided")
    assert visitor.says("Se admitió por excepción")


def see_coverage(visitor, commission) -> None:
    """The list of seats, the towns of the group by themselves, and the two gaps by the names of institutions."""
    visitor.open(f"/programmes/{commission.programme}/commission", "seats")
    assert visitor.says("15 asientos")
    assert visitor.says("Invitada permanente")
    visitor.open("/institutions/", "directory")
    assert all(visitor.says(town) for town in TOWNS)
    visitor.open(f"/reports/?programme={commission.programme}", "coverage")
    assert visitor.says("Cobertura")


def convene(visitor) -> None:
    """Plan the session, its agenda, and send the convocation."""
    visitor.open("/commission-sessions/", "sessions")
    visitor.press("Convocar una sesión", "new session")
    visitor.fill(**SITTING)
    visitor.press("Guardar", "session")
    assert visitor.title == "Primera Sesión Ordinaria 2026"
    for title in ("Cobertura de la capacitación", "Lista de asistencia"):
        visitor.press("Agregar un punto", "item")
        visitor.fill(title=title)
        visitor.press("Guardar", "session with points")
    visitor.press("Subir: Lista de asistencia", "session in order")
    content = visitor.page.locator("#agenda").inner_text()
    assert content.index("1. Lista de asistencia") < content.index("2. Cobertura")
    visitor.press("Enviar a titulares y alternos", "session convened")
    assert visitor.says("Se envió un correo")


def hold(visitor) -> None:
    """Note who came, open the session with its quorum, and vote."""
    visitor.press("Registrar asistencia", "attendance")
    for row in visitor.page.locator(".roll > li").all():
        row.get_by_text("Alterno" if GROUP in row.inner_text() else "Titular", exact=True).last.click()
    visitor.press("Guardar la asistencia", "session attended")
    assert visitor.says("Presentes: 14 de 14 asientos; se necesitan 8.")
    visitor.press("Abrir la sesión", "session open")
    visitor.press("Agregar una propuesta", "proposal")
    visitor.fill(text="Cerrar las brechas de cobertura")
    visitor.press("Guardar", "session with a proposal")
    visitor.press("Agregar una tarea", "task")
    visitor.fill(text="Capacitar a cinco personas de Turismo", due_on="2027-01-29")
    choose(visitor, institution="Secretaría de Turismo")
    visitor.press("Guardar", "session with a task")
    visitor.press("Registrar la votación", "vote")
    choose(visitor, state="Aprobada")
    visitor.fill(in_favour="13", abstained="1")
    visitor.press("Guardar", "session voted")
    assert visitor.says("A favor: 13 · En contra: 0 · Abstenciones: 1")


def attach_and_approve(visitor) -> None:
    """Attach the table of coverage to what was agreed and approve the minutes."""
    visitor.press("Adjuntar", "attach")
    choose(visitor, paper="Cuadro de cobertura: 2026")
    visitor.press("Guardar", "session with its table")
    visitor.press("Aprobar el acta", "approve")
    visitor.press("Aprobar el acta", "minutes")
    assert visitor.says("13 de 15 integrantes"), "each town of the group counts by itself"
    assert visitor.says("Con brecha: Secretaría de Turismo; Secretaría del Trabajo y Previsión Social.")


def test_the_coverage_table_follows_the_session(commission, visit, run_jobs):
    phone, desk = visit(width=390), visit(width=1440)
    sign_in(phone, commission.enlace)
    ask_late(phone, commission)
    sign_in(desk, commission.secretary)
    admit(desk, commission)
    see_coverage(desk, commission)
    convene(desk)
    hold(desk)
    attach_and_approve(desk)
    run_jobs()

    phone.open("/commission-sessions/", "sessions")
    phone.press("Primera Sesión Ordinaria 2026", "session")
    assert not phone.says("Registrar asistencia")
    phone.press("Acta", "minutes")
    with phone.page.expect_download() as paper:
        phone.page.get_by_role("link", name="PDF").click()
    assert paper.value.suggested_filename.endswith(".pdf")
    phone.open("/commission-sessions/accords", "accords")
    phone.press("Capacitar a cinco personas", "session")
    phone.press("2026-O1-A01", "table")
    assert phone.says("Brecha")
    phone.check()
    desk.check()

"""Routes on pages: followed step by step, drawn in lessons with the numbers of the day, printed on a card."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from lms.accounts.queries import get_person
from lms.authoring.compiling import compile_files
from lms.contacts import queries as directory
from lms.contacts.service import change_contact, retire_contact, sign_contact, verify_contact
from lms.core.actors import SYSTEM, Actor
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.context import current_storage
from lms.core.jobs.orders import enqueue
from lms.courses import service
from lms.courses.compiler.explanations.page import COURSE, HEAD, LESSON
from lms.courses.errors import CourseInvalid
from lms.courses.queries import get_release
from lms.courses.routes import queries
from lms.courses.routes.messages import DrawStaleCards
from lms.testing.factories.accounts import make_administrator, make_person
from lms.testing.factories.contacts import make_contact, make_emergency
from lms.testing.factories.courses import make_release, write_course
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.factories.routes import make_route

SOURCES = "PAL:\n  titulo: Protocolo\n  consultado: 2026-11-01\n"
FRESH = date(2026, 11, 1)
PLACE = "/courses/curso-de-prueba/routes/"
ROUTE = f"{PLACE}quintana-roo"
CARD = f"{ROUTE}/card.pdf"
FILE = """\
titulo: Ruta de Quintana Roo
lugar: mx-roo
vigente-desde: 2026-01-01
verificador: Secretaría técnica
pasos:
  - id: riesgo
    titulo: Valorar el riesgo
    responsable: Quien detecta
    si-no-es-seguro: Aléjese.
    contacto: mx-911
    fundamento: {fuente: PAL}
  - id: aviso
    titulo: Avisar
    responsable: La fiscalía
    contacto: mx-linea
    fundamento: {fuente: PAL}
"""
BLOCKS = """

## La ruta

::: contacto mx-911
:::

::: contacto mx-linea
:::

::: ruta
:::

::: ruta {paso=aviso}
:::
"""


@pytest.fixture
def reader(unit, client_for):
    with unit():
        make_emergency(verified_on=FRESH)
        make_contact()
        make_route(make_release())
        person = make_person()
    return client_for(person)


def test_a_step_that_waits_for_a_signature_says_so_and_keeps_its_way_out(
    unit, client_for, run_jobs, tmp_path
):
    course = write_with_routes(tmp_path)
    marked = FILE.replace("    fundamento: {fuente: PAL}\n", "    plazo: En 24 horas\n    verificar: si\n")
    (course / "rutas" / "quintana-roo.yaml").write_text(marked, encoding="utf-8")
    with unit():
        make_emergency(verified_on=FRESH)
        make_contact()
        service.release(course, actor=SYSTEM, now=now())
        person = make_person()
    browser = client_for(person)
    run_jobs()
    for path in (ROUTE, f"{ROUTE}?step=riesgo", f"{ROUTE}?step=aviso"):
        page = browser.get(path)
        text = page.select("main")[0].get_text()
        assert "Este paso espera la confirmación de la autoridad local." in text
        assert page.select("main a[href='tel:911']")
        assert "La fiscalía" not in text
        assert "En 24 horas" not in text
        assert "Por confirmar con la autoridad del territorio" not in text
    assert "Aléjese." in browser.get(f"{ROUTE}?step=riesgo").text
    card = text_of(browser)
    assert "Este paso espera la confirmación de la autoridad local." in card
    assert "Aléjese." in card
    assert "911" in card
    assert "800 000 0000" not in card


def write_with_routes(folder):
    course = write_course(folder / "curso-de-prueba")
    lesson = course / "01-senales" / "01-leccion.md"
    lesson.write_text(lesson.read_text(encoding="utf-8") + BLOCKS, encoding="utf-8")
    (course / "rutas").mkdir()
    (course / "rutas" / "quintana-roo.yaml").write_text(FILE, encoding="utf-8")
    return course


def test_a_stranger_is_asked_to_sign_in(client, unit):
    with unit():
        make_route(make_release())
    for path in ("/routes/", PLACE, ROUTE, CARD):
        assert "/account/sign-in" in client.get(path, status=303).location


def test_whoever_has_a_case_comes_to_the_routes_in_two_steps(reader):
    (link,) = reader.get("/case-now").select("a[href='/routes/']")
    assert "ruta" in link.get_text()
    page = reader.get("/routes/")
    assert page.select("h2")[0].get_text() == "Quintana Roo"
    assert page.select(f"a[href='{ROUTE}']")


def test_a_whole_route_says_who_when_and_what_if_not(reader):
    page = reader.get(ROUTE)
    first, second = page.select("main .station")
    assert "No se acerque y llame a emergencias." in first.get_text()
    assert "De inmediato" in first.get_text()
    assert second.select(".sector")
    assert page.select(".station a[href='tel:911']")
    assert "Verificada el 1 nov 2026" in page.text


def test_the_steps_of_a_sector_stand_out_and_no_step_is_hidden(reader):
    page = reader.get(f"{ROUTE}?sector=justice")
    assert [each["data-state"] for each in page.select("main .station")] == ["todo", "current"]
    (link,) = [tag for tag in page.select("a.button--primary") if "step=riesgo" in tag["href"]]
    assert "sector=justice" in link["href"]


def test_one_step_at_a_time_with_its_call_and_the_next(reader):
    page = reader.get(f"{ROUTE}?step=riesgo")
    assert page.title == "Valorar el riesgo"
    assert "Paso 1 de 2" in page.text
    assert page.select("a[href='tel:911']")
    (following,) = [tag["href"] for tag in page.select("nav a.button--primary")]
    last = reader.get(following)
    assert last.title == "Avisar"
    assert not last.select("nav a.button--primary")


@pytest.mark.parametrize(
    "path", [f"{PLACE}otra", f"{ROUTE}?step=nada", "/courses/otro/routes/", "/courses/otro/routes/x"]
)
def test_what_is_not_there_is_not_found(reader, path):
    reader.get(path, status=404)


def test_nothing_of_a_case_can_be_written_on_a_route(reader):
    for path in ("/routes/", PLACE, ROUTE, f"{ROUTE}?step=aviso"):
        assert reader.get(path).select("main form, main input, main textarea") == []


def test_a_route_that_expired_says_so(unit, client_for):
    with unit():
        make_route(make_release(), valid_until=date(2026, 11, 1), verified_on=None)
        person = make_person()
    text = client_for(person).get(ROUTE).text
    assert "Venció el 1 nov 2026" in text
    assert "Por verificar" in text


def test_pages_follow_the_newest_release(unit, client_for):
    with unit():
        make_route(make_release())
        newest = make_release(title="Otra edición")
        make_route(newest, title="Ruta nueva")
        person = make_person()
    browser = client_for(person)
    assert browser.get(ROUTE).title == "Ruta nueva"
    with unit():
        service.withdraw(get_release(newest.id), actor=SYSTEM, now=now())
    assert browser.get(ROUTE).title == "Ruta de Quintana Roo"


def test_a_page_reads_a_constant_number_of_statements(reader, count_queries):
    for path, expected in (("/routes/", 3), (ROUTE, 5), (f"{ROUTE}?step=riesgo", 5)):
        with count_queries() as statements:
            reader.get(path)
        assert len(statements) == expected, path  # session, roles, route, its contacts, emergency numbers


def text_of(reader):
    (page,) = PdfReader(BytesIO(reader.raw.get(CARD).get_data())).pages
    return " ".join(page.extract_text().split())


def test_a_card_is_one_sheet_with_the_numbers_of_the_day(reader, run_jobs):
    assert reader.get(CARD, status=303).location == ROUTE
    run_jobs()
    text = text_of(reader)
    assert "911" in text
    assert "comprobado el 1 nov 2026" in text
    assert "Si no es seguro:" in text
    assert "localhost/courses/curso-de-prueba/routes/quintana-roo" in text


def test_a_card_with_an_old_number_is_never_handed_out(reader, run_jobs, unit):
    run_jobs()
    with unit():
        emergency = directory.find_by_key("mx-911")
        values = emergency.values
        change_contact(emergency, replace(values, number="912"), actor=SYSTEM, now=now())
    reader.get(CARD, status=303)
    run_jobs()
    assert "912" in text_of(reader)
    assert "por confirmar" in text_of(reader)


def test_a_confirmation_that_grows_old_is_drawn_again_overnight(reader, run_jobs, unit, at, client_for):
    run_jobs()
    assert "comprobado el 1 nov 2026" in text_of(reader)
    with at(datetime(2027, 3, 1, 15, 0, tzinfo=UTC)):
        with unit():
            later = make_person()
        browser = client_for(later)
        assert browser.get(CARD, status=303).location == ROUTE
        with unit():
            enqueue(DrawStaleCards(), now=now())
        run_jobs()
        assert "por confirmar" in text_of(browser)


def test_a_card_that_is_up_to_date_is_not_drawn_twice(run_jobs, reader, unit):
    run_jobs()
    with unit():
        (found,) = queries.list_current()
        before = found.row.card_sha256
        enqueue(DrawStaleCards(), now=now())
    run_jobs()
    with unit():
        assert queries.list_current()[0].row.card_sha256 == before


@pytest.fixture
def student(unit, tmp_path, client_for):
    with unit():
        make_emergency(verified_on=FRESH)
        make_contact()
        release = service.release(write_with_routes(tmp_path), actor=SYSTEM, now=now())
        enrolment = make_enrolment(make_cohort(release=release))
        person_id, path = enrolment.person_id, f"/learning/{enrolment.id}/senales/leccion"
        person = get_person(person_id)
    return client_for(person), path


def test_a_lesson_shows_the_number_of_the_day(student, unit):
    browser, path = student
    page = browser.get(path)
    emergency, line = page.select(".callout[data-kind=local]")
    assert "Comprobado el 1 de noviembre de 2026." in emergency.get_text()
    assert "Por confirmar." in line.get_text()
    assert [tag["href"] for tag in line.select("a[href^='tel:']")] == ["tel:8000000000", "tel:911"]
    with unit():
        verify_contact(
            directory.find_by_key("mx-linea"), verified_on=today(), verified_by="Guardia", today=today(),
            actor=SYSTEM, now=now(),
        )  # fmt: skip
    assert "Por confirmar." not in browser.get(path).text


@pytest.mark.parametrize("key", ["mx-linea", "mx-911"])
def test_a_contact_that_waits_for_a_signature_reaches_no_lesson_no_route_and_no_card(
    student, run_jobs, unit, key
):
    browser, path = student
    with unit():
        make_emergency(place="general", number="112", verified_on=FRESH)
        contact = directory.find_by_key(key)
        values = replace(contact.values, name="Casa del norte", number="555 0101", address="Calle Uno")
        change_contact(contact, replace(values, to_verify="la dirección"), actor=SYSTEM, now=now())
    run_jobs()
    pages = [browser.get(each).text for each in (path, ROUTE, f"{ROUTE}?step=riesgo", f"{ROUTE}?step=aviso")]
    for text in (*pages, text_of(browser)):
        assert [
            secret for secret in ("Casa del norte", "555 0101", "5550101", "Calle Uno") if secret in text
        ] == []
        assert ("911" if key == "mx-linea" else "112") in text
    assert "Contacto por confirmar" in pages[0]
    assert "Por confirmar" in pages[3 if key == "mx-linea" else 2]
    with unit():
        signer = get_person(make_administrator().id)
        contact = directory.find_by_key(key)
        sign_contact(
            contact, fingerprint=contact.values.fingerprint, post="Enlace", today=today(),
            actor=Actor(person_id=signer.id, name=signer.name), now=now(),
        )  # fmt: skip
    assert "555 0101" in browser.get(path).text
    run_jobs()
    assert "555 0101" in text_of(browser)


def test_the_editor_and_a_release_tell_that_a_contact_waits(unit, tmp_path):
    with unit():
        make_emergency()
        make_contact(to_verify="el número")
        course = write_with_routes(tmp_path)
        found = [each for each in service.check(course).diagnostics if each.code == "R605"]
        assert {each.path for each in found} == {"01-senales/01-leccion.md", "rutas/quintana-roo.yaml"}
        assert service.release(course, actor=SYSTEM, now=now())


def test_a_retired_number_disappears_from_a_lesson(student, unit):
    browser, path = student
    with unit():
        retire_contact(directory.find_by_key("mx-linea"), actor=SYSTEM, now=now())
    text = browser.get(path).text
    assert "800 000 0000" not in text
    assert "Ya no está en servicio." in text


def test_a_lesson_with_routes_and_contacts_keeps_within_six_statements(student, count_queries):
    browser, path = student
    browser.get(path)
    with count_queries() as statements:
        page = browser.get(path)
    assert len(page.select(".route__list[aria-label='Pasos de la ruta']")) == 2
    assert len(statements) <= 6, statements


def test_a_course_that_names_an_unknown_contact_is_not_released(unit, tmp_path):
    with unit():
        make_emergency()
        with pytest.raises(CourseInvalid) as refusal:
            service.release(write_with_routes(tmp_path), actor=SYSTEM, now=now())
    found = [each for each in refusal.value.diagnostics if each.code == "R379"]
    assert {each.path for each in found} == {"01-senales/01-leccion.md", "rutas/quintana-roo.yaml"}
    assert all("mx-linea" in each.message for each in found)


def test_the_editor_says_at_once_that_a_contact_is_unknown(unit):
    text = {"curso.yaml": COURSE, "fuentes.yaml": SOURCES, LESSON: f"{HEAD}::: contacto mx-119\n:::\n"}
    with unit():
        make_emergency()
        storage = current_storage()
        files = {path: storage.put(content.encode()) for path, content in text.items()}
        first = compile_files(files, "curso").diagnostics
        make_emergency(number="119")
        second = compile_files(files, "curso").diagnostics
    assert [(each.code, each.line) for each in first] == [("R379", 8)]
    assert second == ()

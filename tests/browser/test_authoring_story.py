"""A trainer who never saw the tool writes a course, gets it released and edits it; a learner is not disturbed."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from lms.accounts.models import Person
from lms.core.actors import Role
from lms.core.db import db
from lms.learning.models import Cohort
from lms.testing.factories.accounts import PASSWORD, give_role, make_person
from lms.testing.factories.institutions import affiliate_person, make_institution
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY

TITLE = "Atención en ventanilla"
GROUP = "Grupo de ventanilla"
RIGHT = ("Buscar un momento a solas.", "Falso")
LESSON = "02-conversar/01-momento-a-solas.md"
CASE = "02-conversar/02-caso-en-ventanilla.md"
SAMPLE = "Diga en una o dos frases para quién es el curso y qué sabrá hacer quien lo termine."
SUMMARY = "Para quien atiende ventanillas. Quien lo termina sabe pedir un momento a solas."
SECOND_MODULE = """\
  - carpeta: 02-conversar
    titulo: Conversar a solas
    horas: 1
    objetivo: Hablar a solas con la persona sin ponerla en riesgo.
"""
TEXT = """\
---
titulo: Pedir un momento a solas
minutos: 2
objetivo: Pedir a solas lo que conviene decir.
revisado: 2026-11-20
fuentes: [PAL]
---

## Por qué es rutina

Quien acompaña puede ser un familiar. También puede ser quien controla. Por eso se pide siempre.

Así se puede [[derivacion]] sin riesgo. Antes conviene leer [la bienvenida](../01-inicio/bienvenida.md).

![](../imagenes/sala.svg)

::: claave Su tarea en este paso
Conseguir unos minutos sin acompañantes.
:::

::: sector salud En salud
En la consulta, el espacio a solas se pide como parte de la revisión.
:::

::: sector educacion En educación
En la escuela, se habla en la oficina de orientación.
:::

## Compruebe

::: pregunta {id=momento-repaso}
¿Cuándo se pide el momento a solas?

( ) Cuando algo llama la atención.
    > Quien controla lo notaría.
( ) Siempre.
    > Una regla para todas las personas no despierta sospechas.
:::
"""
WELCOME = """\
---
titulo: Bienvenida
minutos: 1
objetivo: Saber para qué sirve el momento a solas.
revisado: 2026-11-20
fuentes: [PAL]
---

## Para qué sirve

Quien atiende una ventanilla ve a muchas personas. Unas pocas no pueden hablar libremente.

Este curso enseña a ofrecerles un momento seguro.
"""
CASE_START = "Diga quién es usted en este caso ficticio y dónde trabaja. "
MISTAKES = (
    # What the panel says, in which line, and how it is mended.
    ("claave", "claave", "claave", "clave"),
    ("no tiene respuesta correcta", "::: pregunta", "( ) Siempre.", "(x) Siempre."),
    ("bienvenida.md", "bienvenida.md", "../01-inicio/bienvenida.md", "../01-inicio/01-bienvenida.md"),
    ("derivacion", "derivacion", "[[derivacion]]", "[[canalizar]]"),
    ("texto alternativo", "sala.svg", "![]", "![Una sala con dos sillas]"),
)
PICTURE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="320" height="120" viewBox="0 0 320 120">'
    b'<rect width="320" height="120" rx="12" fill="#e0f0f5"/><g fill="none" stroke="#055061" stroke-width="6">'
    b'<path d="M100 30v36h36v30M100 66v30M220 30v36h-36v30M220 66v30"/></g></svg>'
)
PASTE = """(element, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    element.dispatchEvent(new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true}));
}"""
OLD, NEW = "Por eso se pide siempre.", "Por eso se pide siempre, también a quien llega sin compañía."


@pytest.fixture
def people(unit):
    """Arrange who takes part: addresses of e-mail by part, and the programme in which the cohort will be."""
    with unit():
        parts = {"trainer": Role.TRAINER, "reviewer": Role.REVIEWER, "administrator": Role.ADMINISTRATOR}
        for name, role in parts.items():
            give_role(make_person(email=f"{name}@example.org", password=PASSWORD), role)
        learner = make_person(email="learner@example.org", password=PASSWORD)
        affiliate_person(learner, make_institution(sector="health"))
        make_cohort(name="Otro grupo")  # of another course, so that there is a programme
        return {"learner": learner.id}


@pytest.fixture
def enter(visit):
    """Return ``enter(name, width)``: somebody who just signed in."""

    def signed_in(name: str, **screen):
        visitor = visit(**{"width": 1440, **screen})
        visitor.open("/account/sign-in", "sign in")
        visitor.fill(email=f"{name}@example.org", password=PASSWORD)
        visitor.press("Entrar", "first page")
        return visitor

    return signed_in


def source(visitor):
    return visitor.page.locator(".cm-content")


def wait_saved(visitor) -> None:
    expect(visitor.page.locator("[data-save-state]")).to_have_attribute("data-state", "saved")


def problems(visitor):
    return visitor.page.locator("[data-problems] a[data-line]")


def write(visitor, text: str) -> None:
    """Paste a whole text over the one in the editor and wait until it is saved and checked."""
    source(visitor).click()
    visitor.page.keyboard.press("Control+a")
    with visitor.page.expect_response(re.compile("/check/")):
        source(visitor).evaluate(PASTE, text)
    visitor.page.keyboard.press("Control+s")
    wait_saved(visitor)


def replace(visitor, old: str, new: str) -> None:
    """Find a text with the editor's own search and write another in its place."""
    page = visitor.page
    page.keyboard.press("Control+f")
    page.get_by_placeholder("Buscar").clear()
    page.get_by_placeholder("Buscar").press_sequentially(old)
    page.keyboard.press("Enter")
    page.get_by_placeholder("Reemplazar").clear()
    page.get_by_placeholder("Reemplazar").press_sequentially(new)
    page.get_by_role("button", name="reemplazar", exact=True).click()
    page.keyboard.press("Escape")


def open_file(visitor, path: str) -> None:
    """Open a file from the tree."""
    page = visitor.page
    folder, _slash, name = path.rpartition("/")
    link = page.locator(f"a[href*='/files/{path}']")
    if folder and not page.locator(".tree").locator(link).is_visible():
        page.locator(".tree details", has=link).locator("summary").click()
    with page.expect_navigation():
        page.locator(".tree").locator(link).click()
    expect(page.locator("#ed-source-title")).to_contain_text(name)


def add_file(visitor, kind: str, path: str) -> None:
    visitor.page.locator("main").get_by_role("link", name="Nueva lección o archivo").click()
    visitor.review("new file")
    visitor.page.get_by_label(kind).check()
    visitor.fill(name=path)
    visitor.press("Crear", f"new {kind}")


def begin(trainer) -> None:
    """From the first page to an editor that is open on the outline of a new course."""
    trainer.page.get_by_role("link", name="Mis cursos").first.click()
    trainer.review("my courses")
    trainer.press("Nuevo curso", "new course")
    trainer.fill(title=TITLE)
    trainer.press("Crear el borrador", "draft")
    trainer.press("Subir una imagen", "upload")
    trainer.page.set_input_files(
        "main [type=file]", {"name": "sala.svg", "mimeType": "image/svg+xml", "buffer": PICTURE}
    )
    trainer.press("Subir", "picture")
    assert trainer.says("../imagenes/sala.svg")
    open_file(trainer, "curso.yaml")
    trainer.review("outline")


def write_course(trainer) -> None:
    """Add the second module: its entry in the outline, a lesson, a simulation and a quiz."""
    page = trainer.page
    outline = source(trainer).inner_text().rstrip("\n")
    write(trainer, outline.replace(SAMPLE, SUMMARY) + "\n" + SECOND_MODULE)
    expect(problems(trainer)).to_contain_text(["02-conversar"])
    add_file(trainer, "Una lección", LESSON)
    expect(page.locator(".pane__title .badge--error")).to_have_count(0)
    write(trainer, TEXT)
    add_file(trainer, "Una simulación", CASE)
    add_file(trainer, "Un cuestionario", "02-conversar/comprobacion.md")
    expect(page.locator("[data-preview]")).to_contain_text("2 preguntas")


def mend(trainer) -> None:
    """Meet the five errors in the panel, go to the line of each and mend it."""
    page = trainer.page
    open_file(trainer, LESSON)
    expect(problems(trainer)).to_have_count(len(MISTAKES) + 1)
    ask = page.get_by_role("link", name="Pedir revisión")
    expect(ask).to_have_attribute("aria-disabled", "true")
    expect(page.locator("#why-not")).to_contain_text("para pedir revisión")
    trainer.review("five errors")
    for said, place, old, new in MISTAKES:
        number = next(n for n, line in enumerate(TEXT.split("\n"), 1) if place in line)
        problem = problems(trainer).filter(has_text=said)
        expect(problem).to_contain_text(f"{LESSON}:{number}")
        problem.click()
        expect(page.locator(".cm-activeLineGutter", has_text=str(number))).to_be_visible()
        replace(trainer, old, new)
        expect(problem).to_have_count(0)
    wait_saved(trainer)
    with page.expect_navigation():
        problems(trainer).filter(has_text="Los módulos suman 2 horas").click()
    expect(page.locator(".cm-activeLineGutter", has_text="5")).to_be_visible()
    replace(trainer, "horas: 1", "horas: 2")
    expect(problems(trainer)).to_have_count(0)
    expect(page.locator("[data-problems]")).to_contain_text("No hay problemas")
    wait_saved(trainer)
    open_file(trainer, LESSON)
    page.select_option("[data-preview-options] [name=sector]", "health")
    expect(page.get_by_text("se pide como parte de la revisión").last).to_be_visible()
    trainer.review("mended")


def write_over_samples(trainer) -> None:
    """See which files still have the text of a new course, and write one's own."""
    with trainer.page.expect_navigation():
        trainer.page.get_by_role("link", name="Pedir revisión").click()
    assert trainer.says("2 archivos tienen todavía el texto de muestra")
    trainer.review("samples")
    trainer.press("01-inicio/01-bienvenida.md", "welcome")
    write(trainer, WELCOME)
    open_file(trainer, CASE)
    source(trainer).click()
    replace(trainer, CASE_START, "")
    expect(trainer.page.locator("[data-preview]")).not_to_contain_text(CASE_START)
    wait_saved(trainer)
    expect(problems(trainer)).to_have_count(0)


def ask_review(trainer, note: str) -> None:
    with trainer.page.expect_navigation():
        trainer.page.get_by_role("link", name="Pedir revisión").click()
    trainer.review("ask")
    trainer.fill(note=note)
    trainer.press("Pedir revisión", "asked")
    assert trainer.says("En revisión")


@pytest.fixture
def called(run_jobs, mailbox):
    """Return ``called()``: the address in the last e-mail that asks the reviewer for a review."""

    def find() -> str:
        run_jobs()
        asked = [message for message in mailbox.sent if message.to == "reviewer@example.org"]
        return re.search(r"http://\S+", asked[-1].text)[0]

    return find


def review(reviewer, address: str, *, remark: str) -> None:
    """Read what changes, remark on a line and approve."""
    reviewer.open(address, "review")
    reviewer.page.select_option("main [name=path]", LESSON)
    reviewer.fill(line="11", text=remark)
    reviewer.press("Comentar", "commented")
    assert reviewer.says(remark)
    reviewer.press("Aprobar", "approved")
    assert reviewer.says("Aprobado")


def open_release_form(administrator) -> None:
    administrator.open("/authoring/", "drafts to release")
    administrator.press(TITLE, "approved draft")
    administrator.press("Publicar", "release")


def release(administrator, change: str, notes: str, number: int) -> None:
    # Nothing came before the first release, so nobody is asked what it changes.
    if number > 1:
        administrator.page.get_by_label(re.compile(f"^{change}")).check()
    administrator.fill(notes=notes)
    administrator.press("Publicar la versión", "released")
    assert administrator.says(f"Versión {number} publicada")


def make_group(administrator) -> None:
    administrator.open("/learning/cohorts/new", "new cohort")
    page = administrator.page
    page.locator("main select[name=programme]").select_option(index=0)
    page.locator("main select[name=release]").select_option(label=TITLE)
    administrator.fill(name=GROUP, starts_on="2026-11-10", ends_on="2026-12-20")
    administrator.press("Crear cohorte", "cohort")


def go_on(learner, name: str) -> None:
    """Open the next page of the course, as home offers it."""
    learner.open("/learning/", "home")
    learner.page.locator("main .ongoing a.button--maize").click()
    learner.review(name)


def read_half(learner) -> None:
    """Finish the first module, lesson and quiz, and open the first lesson of the second."""
    go_on(learner, "lesson")
    learner.press("Terminar", "quiz")
    learner.press("Empezar", "question")
    for _number in range(2):
        learner.choose(RIGHT)
        learner.press("Guardar y", "next question")
    learner.press("Enviar y calificar", "result")
    assert learner.title == "Módulo aprobado"
    go_on(learner, "second module")
    assert learner.says(OLD)
    assert "Versión 1 ·" in learner.page.content()


def progress(learner) -> tuple[str, ...]:
    """Return what the page of the course says of the progress."""
    learner.open("/learning/", "home")
    learner.page.get_by_role("link", name="Ver el curso completo").click()
    learner.review("course")
    return tuple(
        learner.page.locator("[data-state]").evaluate_all("all => all.map(one => one.dataset.state)")
    )


def move(administrator, cohort_id: UUID) -> None:
    administrator.open(f"/learning/cohorts/{cohort_id}", "cohort")
    administrator.press("Otra versión", "move")
    administrator.press("Ver qué cambia", "plan")
    assert administrator.says("Pedir un momento a solas")
    administrator.press("Cambiar de versión", "moved")
    assert administrator.says("El avance se conservó")


def make_first_release(trainer, reviewer, administrator, called) -> None:
    begin(trainer)
    write_course(trainer)
    mend(trainer)
    write_over_samples(trainer)
    ask_review(trainer, "El módulo 2 es nuevo.")
    review(reviewer, called(), remark="Muy clara la razón de la regla.")
    open_release_form(administrator)
    release(administrator, "Contenido", "Primera versión.", 1)


def make_second_release(trainer, reviewer, administrator, called) -> None:
    trainer.open("/authoring/", "my courses again")
    trainer.press(TITLE, "released draft")
    open_draft_file(trainer, LESSON)
    with trainer.page.expect_response(re.compile("/files/"), timeout=20_000):
        replace(trainer, OLD, NEW)
    wait_saved(trainer)
    ask_review(trainer, "Se aclara para quién es la regla.")
    review(reviewer, called(), remark="Más claro así.")
    open_release_form(administrator)
    refuse_class(administrator)
    release(administrator, "Contenido", "Se aclara para quién es la regla.", 2)


def enrol(unit, person_id: UUID) -> UUID:
    """Enrol the learner in the cohort of the story and return the cohort's id."""
    with unit():
        cohort = db.session.scalars(select(Cohort).where(Cohort.name == GROUP)).one()
        make_enrolment(cohort, db.session.get_one(Person, person_id))
        return cohort.id


def test_a_course_from_its_first_page_to_its_second_release(enter, people, unit, called, at):
    trainer, reviewer, administrator = (enter(name) for name in ("trainer", "reviewer", "administrator"))
    make_first_release(trainer, reviewer, administrator, called)
    make_group(administrator)
    cohort_id = enrol(unit, people["learner"])
    learner = enter("learner", width=390)
    read_half(learner)
    before = progress(learner)
    with at(TODAY + timedelta(minutes=5)):
        make_second_release(trainer, reviewer, administrator, called)
        assert progress(learner) == before
        go_on(learner, "undisturbed")
        assert learner.says(OLD)
        assert "Versión 1 ·" in learner.page.content()
        move(administrator, cohort_id)
        assert progress(learner) == before
        go_on(learner, "after the move")
        assert learner.says(NEW)
        assert "Versión 2 ·" in learner.page.content()
    for visitor in (trainer, reviewer, administrator, learner):
        visitor.check()


def open_draft_file(trainer, path: str) -> None:
    with trainer.page.expect_navigation():
        trainer.page.locator(f"main a[href$='/files/{path}']").click()
    source(trainer).click()


def refuse_class(administrator) -> None:
    """Declare less than what the files show: it is refused, and says why."""
    administrator.page.get_by_label(re.compile("^Errata")).check()
    administrator.press("Publicar la versión", "refused")
    expect(administrator.page.locator("main [role=alert], main .field__error").first).to_contain_text(
        "ontenido"
    )
    administrator.faults = [fault for fault in administrator.faults if "422" not in fault]


def test_the_main_steps_on_a_phone(enter, people):
    trainer = enter("trainer", width=390)
    page = trainer.page
    trainer.open("/authoring/new", "new course")
    trainer.fill(title=TITLE)
    trainer.press("Crear el borrador", "draft")
    trainer.press("Abrir el editor", "editor")
    page.locator(".editor__modes label", has_text="Archivos").click()
    trainer.review("files")
    add_file(trainer, "Una lección", "01-inicio/02-momento-a-solas.md")
    box = page.locator("textarea[data-source]")
    box.fill(TEXT.replace("momento-repaso", "otro-repaso"))
    expect(page.locator(".editor__modes .badge")).to_be_visible()
    wait_saved(trainer)
    page.locator(".editor__modes label", has_text="Problemas").click()
    trainer.review("problems")
    problems(trainer).filter(has_text="claave").click()
    expect(box).to_be_focused()
    page.locator(".editor__modes label", has_text="Vista previa").click()
    trainer.review("preview")
    trainer.check()

"""The course editor in a real Chromium: problems, saving, conflicts, no connection, pictures, keyboard."""

import random
import re
from uuid import UUID

import pytest
from playwright.sync_api import expect

from lms.authoring import queries
from lms.authoring.service import create_draft, write_files
from lms.core.actors import SYSTEM, Actor, Role
from lms.core.clock import now
from lms.core.context import current_storage
from lms.testing.factories.accounts import PASSWORD, give_role, make_person
from lms.testing.factories.courses import write_course

PATH = "01-senales/01-leccion.md"
LESSON = """\
---
titulo: Pedir un momento a solas
minutos: 1
objetivo: Pedir a solas lo que conviene decir.
revisado: 2026-11-01
fuentes: [PAL]
---

Quien acompaña puede ser un familiar. «Usted espere aquí», se le dice con calma.

## Por qué es rutina

Cuando es regla de la institución, nadie tiene que explicarla. Después se puede [[canalizar]].
"""
UNKNOWN_TERM = " Vea [[desconocido]]."
PICTURE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30" viewBox="0 0 40 30">'
    b'<rect width="40" height="30" fill="#055061"/></svg>'
)
FOCUSED = "document.activeElement.shadowRoot?.activeElement?.getAttribute('role')"
KEPT = "Object.keys(localStorage).length"
DROP = """([name, type, text]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], name, {type}));
    const target = document.querySelector('.source__view').shadowRoot.querySelector('.cm-line:last-child');
    const {left, top} = target.getBoundingClientRect();
    for (const kind of ['dragover', 'drop']) {
        target.dispatchEvent(new DragEvent(kind, {
            dataTransfer: transfer, clientX: left + 2, clientY: top + 2,
            bubbles: true, composed: true, cancelable: true,
        }));
    }
}"""


@pytest.fixture
def draft_id(unit, tmp_path) -> UUID:
    """Open a draft of the small course with a lesson of this file."""
    folder = write_course(tmp_path / "curso")
    (folder / PATH).write_text(LESSON, encoding="utf-8")
    names = [path for path in folder.rglob("*") if path.is_file()]
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in names}
    with unit():
        for name in ("autora", "colega"):
            give_role(make_person(email=f"{name}@example.org", password=PASSWORD), Role.TRAINER)
        owner = make_person()
        return create_draft("curso", files, actor=Actor(person_id=owner.id), now=now()).id


@pytest.fixture
def write(visit, draft_id):
    """Return ``write(name, width)``: somebody who just opened the lesson in the editor."""

    def opened(name: str = "autora", path: str = PATH, **screen):
        visitor = visit(**{"width": 1440, **screen})
        visitor.page.goto(f"{visitor.url}/account/sign-in")
        visitor.fill(email=f"{name}@example.org", password=PASSWORD)
        with visitor.page.expect_navigation():
            visitor.page.get_by_role("button", name="Entrar").click()
        open_file(visitor, draft_id, path)
        return visitor

    return opened


@pytest.fixture
def stored(unit, draft_id):
    """Return ``stored(path)``: the bytes of a file of the draft, as git would hold them."""

    def read(path: str = PATH) -> bytes:
        with unit():
            return current_storage().get(queries.find_file(draft_id, path).sha256)

    return read


def open_file(visitor, draft_id, path: str = PATH) -> None:
    visitor.page.goto(f"{visitor.url}/authoring/{draft_id}/files/{path}")
    if visitor.has_scripts and visitor.page.viewport_size["width"] > 800:
        source(visitor).wait_for()


def source(visitor):
    return visitor.page.locator(".cm-content")


def state(visitor):
    return visitor.page.locator("[data-save-state]")


def type_at_end(visitor, text: str) -> None:
    source(visitor).click()
    visitor.page.keyboard.press("Control+End")
    first, *others = text.split("\n")
    visitor.page.keyboard.insert_text(first)
    for line in others:
        visitor.page.keyboard.press("Enter")
        visitor.page.keyboard.insert_text(line)


def wait_saved(visitor) -> None:
    expect(state(visitor)).to_have_attribute("data-state", "saved")


def wait_kept(visitor) -> None:
    """Wait until the browser keeps a copy; the page's policy lets no condition be evaluated inside it."""
    for _turn in range(50):
        if visitor.page.evaluate(KEPT):
            return
        visitor.page.wait_for_timeout(100)
    pytest.fail("no copy was kept")


def forgive(visitor, *signs: str) -> None:
    """Forget the faults that a story provokes on purpose."""
    visitor.faults = [fault for fault in visitor.faults if not any(sign in fault for sign in signs)]


def test_a_problem_is_marked_listed_and_one_click_away(write):
    author = write()
    page = author.page
    author.review("editor")
    type_at_end(author, UNKNOWN_TERM)
    problem = page.locator("[data-problems] a[data-line]", has_text="desconocido")
    expect(problem).to_be_visible()
    expect(page.locator(".cm-lint-marker")).not_to_have_count(0)
    page.keyboard.press("Control+Home")
    line = problem.get_attribute("data-line")
    problem.click()
    assert page.url.endswith(f"#L{line}")
    assert page.evaluate(FOCUSED) == "textbox"
    expect(page.locator(".cm-activeLineGutter", has_text=line)).to_be_visible()
    expect(page.locator("[data-preview]")).to_contain_text("Por qué es rutina")
    author.review("with a problem")
    author.check()


def test_names_are_offered_and_a_review_waits_for_the_last_error(write):
    author = write()
    page = author.page
    ask = page.get_by_role("link", name="Pedir revisión")
    expect(ask).to_have_attribute("href", re.compile("/authoring/"))
    type_at_end(author, "\n")
    page.keyboard.type("::: cla")
    expect(page.locator(".cm-tooltip-autocomplete li[aria-selected]")).to_contain_text("clave")
    author.review("suggestions")
    page.keyboard.press("Enter")
    page.keyboard.type(" Sin cerrar")
    expect(ask).to_have_attribute("aria-disabled", "true")
    expect(page).to_have_title(re.compile(r"^\(\d\) "))
    page.keyboard.press("Enter")
    page.keyboard.type("Texto.")
    page.keyboard.press("Enter")
    page.keyboard.type(":::")
    page.keyboard.press("Enter")
    expect(ask).to_have_attribute("href", re.compile("/authoring/"))
    expect(page).to_have_title(re.compile(r"^[^(]"))
    expect(page.locator("[data-preview] .callout svg.icon")).to_be_visible()
    author.check()


def test_an_address_with_a_line_opens_it(write, draft_id):
    author = write()
    open_file(author, draft_id, f"{PATH}#L11")
    author.page.reload()
    expect(author.page.locator(".cm-activeLineGutter", has_text="11")).to_be_visible()
    author.page.keyboard.insert_text("#")
    expect(author.page.locator(".cm-line", has_text="### Por qué")).to_be_visible()
    author.check()


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_what_is_written_is_saved_byte_for_byte(write, stored, draft_id, unit, end):
    author = write()
    page = author.page
    if end == "\r\n":
        rewrite(unit, draft_id, LESSON.replace("\n", end).encode())
        open_file(author, draft_id)
    type_at_end(author, "\nÑandú, «así» y 😀; luego fin.")
    expect(state(author)).to_have_attribute("data-state", "unsaved")
    wait_saved(author)
    assert stored() == (LESSON + "\nÑandú, «así» y 😀; luego fin.").replace("\n", end).encode()
    type_at_end(author, " Más.")
    page.keyboard.press("Control+s")
    wait_saved(author)
    assert stored().endswith(" Más.".encode())
    author.check()


def rewrite(unit, draft_id, content: bytes) -> None:
    with unit():
        write_files(queries.get_draft(draft_id), {PATH: content}, actor=SYSTEM, now=now())


def test_two_authors_lose_nothing(write, stored):
    first, second = write("autora"), write("colega")
    type_at_end(second, "\nDe la colega.")
    second.page.keyboard.press("Control+s")
    wait_saved(second)
    source(first).click()
    first.page.keyboard.press("Control+Home")
    first.page.keyboard.press("ArrowDown")
    first.page.keyboard.press("End")
    first.page.keyboard.insert_text(", siempre")
    first.page.keyboard.press("Control+s")
    dialog = first.page.get_by_role("dialog")
    dialog.wait_for()
    assert b"De la colega." in stored()
    first.review("conflict")
    dialog.get_by_role("button", name="Ver las dos").click()
    expect(dialog.locator("fieldset")).to_have_count(2)
    first.review("comparison")
    dialog.locator("fieldset").nth(1).get_by_label("La otra").first.check()
    dialog.get_by_role("button", name="Usar este texto").click()
    wait_saved(first)
    text = stored().decode()
    assert "De la colega." in text
    assert "a solas, siempre\n" in text
    forgive(first, "409")
    first.check()
    second.check()


@pytest.mark.parametrize(
    ("choice", "kept"), [("Guardar la mía encima", "De la autora."), ("Tomar la otra", "De la colega.")]
)
def test_one_of_two_texts_is_chosen_whole(write, stored, choice, kept):
    first, second = write("autora"), write("colega")
    for author, text in ((second, "De la colega."), (first, "De la autora.")):
        type_at_end(author, text)
        author.page.keyboard.press("Control+s")
        if author is second:
            wait_saved(author)
    first.page.get_by_role("button", name=choice).click()
    wait_saved(first)
    assert stored().decode() == LESSON + kept
    assert first.page.evaluate(KEPT) == 0


def test_without_a_connection_the_text_waits_and_is_sent_later(write, stored):
    author = write()
    author.page.context.set_offline(True)
    type_at_end(author, "Sin red.")
    expect(state(author)).to_contain_text("Sin conexión")
    assert author.page.evaluate(KEPT) == 1
    assert stored().decode() == LESSON
    author.page.context.set_offline(False)
    wait_saved(author)
    assert stored().decode() == LESSON + "Sin red."
    assert author.page.evaluate(KEPT) == 0
    forgive(author, "ERR_INTERNET_DISCONNECTED")
    author.check()


def test_a_closed_browser_loses_nothing(write, stored, draft_id):
    author = write()
    context = author.page.context
    context.set_offline(True)
    type_at_end(author, "Antes de cerrar.")
    wait_kept(author)
    author.page.close()
    context.set_offline(False)
    author.faults, author.page = [], context.new_page()
    author.watch()
    open_file(author, draft_id)
    author.review("question")
    author.page.keyboard.press("Escape")
    assert author.page.evaluate(KEPT) == 1
    author.page.reload()
    author.page.get_by_role("button", name="Recuperarlos").click()
    wait_saved(author)
    assert stored().decode() == LESSON + "Antes de cerrar."
    assert author.page.evaluate(KEPT) == 0
    author.check()


def test_leaving_asks_only_about_what_is_not_saved(write, draft_id):
    author = write()
    asked = []
    author.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    open_file(author, draft_id)
    assert asked == []
    author.page.context.set_offline(True)
    type_at_end(author, "Algo.")
    author.page.context.set_offline(False)
    open_file(author, draft_id)
    assert asked == ["beforeunload"]


def test_a_picture_is_dropped_described_and_written_at_the_cursor(write, stored):
    author = write()
    page = author.page
    type_at_end(author, "\n")
    page.evaluate(DROP, ["sala.svg", "image/svg+xml", PICTURE.decode()])
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    author.review("alternative text")
    page.get_by_label("Texto alternativo").fill("Una sala [vacía]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-announcement]")).to_contain_text("Se insertó la imagen sala.svg")
    page.keyboard.press("Control+s")
    wait_saved(author)
    assert "\n![Una sala \\[vacía\\]](../imagenes/sala.svg)" in stored().decode()
    assert b"<rect" in stored("imagenes/sala.svg")
    expect(page.locator("[data-preview] img[alt='Una sala [vacía]']")).to_be_visible()
    page.evaluate(DROP, ["nota.txt", "text/plain", "nada"])
    expect(page.locator("[data-announcement]")).to_contain_text("nota.txt")
    author.check()


def test_the_keyboard_enters_indents_and_leaves(write):
    author = write()
    page = author.page
    type_at_end(author, "\n- uno")
    page.keyboard.press("Tab")
    expect(page.locator(".cm-line", has_text="- uno")).to_have_text("  - uno")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) is None
    page.keyboard.press("F8")
    page.get_by_text("No hay problemas en este archivo").wait_for()
    source(author).click()
    page.keyboard.press("Control+f")
    page.get_by_placeholder("Buscar").wait_for()
    author.review("search")
    author.check()


def test_the_preview_is_of_the_chosen_sector_and_device(write, stored):
    author = write(path="02-ruta/01-leccion.md")
    before = stored("02-ruta/01-leccion.md")
    preview = author.page.locator("[data-preview]")
    for sector, own, other in (("education", "educación", "salud"), ("health", "salud", "educación")):
        author.page.select_option("[data-preview-options] [name=sector]", sector)
        expect(preview.get_by_text(f"El texto de {own} ")).to_be_visible()
        expect(preview.get_by_text(f"El texto de {other} ")).to_be_hidden()
    author.page.select_option("[data-preview-options] [name=device]", "tablet")
    expect(preview).to_have_attribute("data-device", "tablet")
    assert stored("02-ruta/01-leccion.md") == before
    author.page.reload()
    expect(author.page.locator("[data-preview-options] [name=sector]")).to_have_value("health")
    author.check()


def test_a_phone_has_four_tabs_and_its_own_textarea(write, stored):
    author = write(width=390)
    page = author.page
    author.review("source")
    assert source(author).count() == 0
    page.locator("textarea[data-source]").click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(UNKNOWN_TERM)
    expect(page.locator(".editor__modes .badge")).to_be_visible()
    wait_saved(author)
    assert stored().decode() == LESSON + UNKNOWN_TERM
    for tab in ("Archivos", "Vista previa", "Problemas"):
        page.locator(".editor__modes label", has_text=tab).click()
        author.review(tab)
    page.locator("[data-problems] a[data-line]", has_text="desconocido").click()
    expect(page.locator("textarea[data-source]")).to_be_focused()
    author.check()


def test_without_scripts_it_is_a_form(write, stored):
    author = write(scripts=False)
    author.review("form")
    box = author.page.locator("textarea[name=text]")
    assert box.input_value() == LESSON
    box.fill(LESSON + "«Sin guion».")
    author.press("Guardar", "saved")
    assert stored().decode() == LESSON + "«Sin guion»."
    author.check()


def test_the_differences_of_two_texts_make_either_again(write):
    author = write()
    chance = random.Random(3)  # noqa: S311  # texts for a test, no secrets
    pairs = [
        ["\n".join(chance.choices("abc", k=chance.randrange(9))) for _side in range(2)]
        for _pair in range(200)
    ]
    wrong = author.page.evaluate(
        """async pairs => {
            const {compare, join} = await import('/static/js/editor/comparison.js');
            return pairs.filter(([mine, theirs]) => {
                const parts = compare(mine, theirs);
                const isRight = join(parts, part => part.mine) === mine && join(parts, part => part.theirs) === theirs;
                return !isRight || parts.some(part => part.line && part.line > mine.split('\\n').length + 1);
            });
        }""",
        pairs,
    )
    assert wrong == []

"""What people of the commission stories do on pages: forms, files, and a short course from its first page to its last.

Each function is one errand of a person; it reviews each kind of page once, for what looks alike is judged once.
"""

import re
from io import BytesIO
from pathlib import Path

import pypdf

from lms.testing.factories.accounts import PASSWORD

COURSE = Path(__file__).parent / "ruta-breve"
"""Two common modules, one that forks by sector with a case, and two tests around them."""
COURSE_TITLE = "Ruta breve de detección y canalización"
RIGHT, WRONG = ("Escuchar a la persona.", "Falso"), ("Denunciar sin preguntar.", "Verdadero")
DESK = "desk"
"""The name under which a desk opens what ``test_routes`` reviews page by page."""


def fill(visitor, texts, **choices) -> None:
    """Write into the fields of the page and choose what is named by its words."""
    visitor.fill(**texts)
    for name, label in choices.items():
        visitor.page.select_option(f"main [name={name}]", label=label)


def upload(visitor, field, content, name) -> None:
    """Give a file to a field."""
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    visitor.page.set_input_files(f"main [name={field}]", file)


def path_of(visitor) -> str:
    """Return where the page is, without what was asked of it."""
    return visitor.page.url.removeprefix(visitor.url).partition("?")[0]


def enter(visitor, email, *, stay=False) -> None:
    """Sign in with a password; to stay is for a month."""
    visitor.open("/account/sign-in", "sign in")
    visitor.fill(email=email, password=PASSWORD)
    visitor.page.set_checked("main [name=stay]", stay)
    visitor.press("Entrar", "first page")


def accept_invitation(visitor, mailbox, email) -> None:
    """Follow the link of the letter and choose a password."""
    letter = next(one for one in mailbox.sent if one.to == email and "/account/invitation" in one.text)
    visitor.open(re.search(r"http://\S+", letter.text)[0], "invitation")
    visitor.fill(password=PASSWORD, again=PASSWORD)
    visitor.press("Guardar y entrar", "first page")


def take_away(visitor, role, name) -> bytes:
    """Press what gives a file and return its bytes."""
    with visitor.page.expect_download() as downloading:
        visitor.page.locator("main").get_by_role(role, name=name).first.click()
    return downloading.value.path().read_bytes()


def printed(pdf: bytes) -> str:
    """Return the words of a document, pages in order."""
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages).split())


def ask_whether_true(stranger, paper) -> None:
    """Type the code that a paper shows into the public page."""
    stranger.open("/v", "verify")
    stranger.fill(code=re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{2}\b", paper)[0])
    stranger.press("Verificar", "verified")


def follow(visitor, name) -> None:
    """Press the one step that a page of the course offers most."""
    with visitor.page.expect_navigation():
        visitor.page.locator("main a.button--maize, main button.button--maize").first.click()
    visitor.review(name)


def answer(visitor, texts, *, questions, end) -> None:
    """Take a quiz from its first page to what it came to."""
    visitor.press("Empezar", "question")
    for _number in range(questions):
        visitor.choose(texts)
        visitor.press("Guardar y", "question")
    visitor.press("Enviar", end)


def measure(visitor, moment) -> None:
    """Answer the test of before or after the course, which nobody passes or fails: one question of a form of two."""
    answer(visitor, ["Al medio."], questions=1, end=f"measured {moment}")
    assert visitor.title == "Gracias: quedó registrado"


def play_case(visitor, scene) -> None:
    """Play the case to its best end; the scene shows what one's own sector sees, and nothing of another's."""
    visitor.press("Empezar el caso", "scene")
    assert visitor.says(scene)
    for text in ("Buscar con ella un momento a solas", "Decirle quién lo sabrá"):
        visitor.choose([text])
        visitor.press("Decidir y seguir", text)
    visitor.press("Ver el balance del caso", "debrief")
    assert visitor.title == "Se canalizó con su acuerdo"


def read_common(visitor) -> None:
    """Read both common modules, one lesson each."""
    for lesson in ("Los tres elementos", "Acompañar sin dañar"):
        assert visitor.title == lesson
        visitor.press("Terminar", "lesson")


def study(visitor, sector_text, scene) -> None:
    """Go from the page of the course to the last test: first test, common modules, own sector, case, what changed."""
    follow(visitor, "first test")
    measure(visitor, "before")
    follow(visitor, "lesson")
    read_common(visitor)
    assert visitor.says(sector_text)
    visitor.press("Terminar", "case")
    play_case(visitor, scene)
    follow(visitor, "lesson")
    visitor.press("Terminar", "last test")
    measure(visitor, "after")
    follow(visitor, "exam")

"""A quiz that draws from a bank, as its author sees it."""

from lms.courses.starter import new_bank
from lms.testing.factories.authoring import QUIZ, course_files, make_draft


def test_the_preview_shows_the_whole_bank_and_says_how_much_of_it_is_drawn(unit, author, browser):
    files = course_files()
    files["bancos/otras.md"] = new_bank("Otras", "otras").encode()
    files[QUIZ] = files[QUIZ].replace(b"intentos: 3\n", b"intentos: 3\nbanco: otras\nextraer: 1\n")
    with unit():
        draft = make_draft(author, files=files)
    page = browser.get(f"/authoring/{draft.id}/files/{QUIZ}")
    preview = page.select("[data-preview]")[0]
    assert "Se extraen 1 de 2 al azar" in preview.get_text()
    assert len(preview.select("#question-otras-uno, #question-otras-dos")) == 2


def test_a_quiz_without_a_bank_says_nothing_of_drawing(browser, draft):
    page = browser.get(f"/authoring/{draft.id}/files/{QUIZ}")
    assert "Se extraen" not in page.select("[data-preview]")[0].get_text()

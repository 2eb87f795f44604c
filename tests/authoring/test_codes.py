"""From a problem in the panel to the page that explains its code."""

from lms.courses.compiler.codes import Code
from lms.testing.factories.authoring import LESSON, course_files, make_draft


def test_a_problem_leads_to_the_page_of_its_code(browser, author, unit):
    files = course_files()
    files[LESSON] += b"\n[[desconocido]]\n"
    with unit():
        draft = make_draft(author, files=files)
    panel = browser.get(f"/authoring/{draft.id}/files/{LESSON}").select("[data-problems]")[0]
    (link,) = panel.select("a[rel=help]")
    assert link["href"] == "/authoring/codes/R407"
    assert "Qué significa" in link.get_text()
    page = browser.get(link["href"])
    headings = [tag.get_text() for tag in page.select("main h2")]
    assert headings == ["Por qué", "Qué hacer", "Así no", "Así sí"]
    bad, good = page.select("main pre")
    assert bad.get_text() != good.get_text()
    assert page.title == "El término no está en el glosario"


def test_the_index_leads_to_every_code(browser):
    links = [tag["href"] for tag in browser.get("/authoring/codes").select("main li a[href*='/codes/']")]
    assert sorted(links) == sorted(f"/authoring/codes/{code.value}" for code in Code)


def test_what_is_no_code_is_not_found(browser):
    browser.get("/authoring/codes/R000", status=404)

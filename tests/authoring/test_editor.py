"""The editor: a file with its preview and problems, saved byte for byte, and two authors who lose nothing."""

import pytest

from lms.authoring import queries
from lms.core.actors import Role, ScopeKind
from lms.core.context import current_storage
from lms.testing.factories.accounts import give_role, make_administrator, make_person
from lms.testing.factories.authoring import LESSON, QUIZ, course_files, make_draft
from lms.testing.factories.courses import make_release
from lms.testing.factories.learning import make_cohort

JSON = {"Accept": "application/json"}


def file_url(draft, path=LESSON):
    return f"/authoring/{draft.id}/files/{path}"


def base_of(page):
    return page.select("input[name=base]")[0]["value"]


def bytes_of(unit, draft, path=LESSON):
    with unit():
        return current_storage().get(queries.files_of(draft.id)[path])


def text_of(page):
    """Return the text as a browser's box holds it: the first line end after the tag is dropped."""
    return page.select("textarea[name=text]")[0].string.removeprefix("\n")


def typed(text):
    """Return a text as a browser submits it."""
    return text.replace("\n", "\r\n")


def test_the_editor_shows_source_preview_problems_and_files(browser, draft):
    page = browser.get(file_url(draft))
    assert page.title == "Lección de Señales"
    assert "Habla de [[canalizar]]." in text_of(page)
    assert "Este párrafo lo leen todas las personas" in page.select("[data-preview]")[0].get_text()
    assert [link["href"] for link in page.select(".tree a[aria-current]")] == [
        f"{file_url(draft)}?device=phone"
    ]
    assert page.select("[data-weight]")[0].get_text().endswith("KB de 100")
    assert "No hay problemas" in page.select("[data-problems]")[0].get_text()
    main = page.select("main[data-editor]")[0]
    assert main["data-save-url"] == file_url(draft)
    assert main["data-check-url"] == f"/authoring/{draft.id}/check/{LESSON}"


def test_every_kind_of_file_has_its_page(browser, draft):
    assert "¿Cuál es la primera acción?" in browser.get(file_url(draft, QUIZ)).text
    assert "Curso de prueba" in browser.get(file_url(draft, "curso.yaml")).text
    assert "Canalizar" in browser.get(file_url(draft, "glosario.md")).text
    assert "Protocolo de Palermo" in browser.get(file_url(draft, "fuentes.yaml")).text


def test_the_preview_is_that_of_the_chosen_sector(browser, draft):
    page = browser.get(f"{file_url(draft)}?sector=education&device=tablet")
    preview = page.select("[data-preview]")[0]
    assert "Usted ve este apartado por su sector" in preview.get_text()
    assert preview["data-device"] == "tablet"
    assert page.select("select[name=sector] option[selected]")[0]["value"] == "education"


def test_saving_without_a_change_keeps_every_byte(browser, draft, unit):
    before = bytes_of(unit, draft)
    page = browser.get(file_url(draft))
    browser.post(file_url(draft), {"base": base_of(page), "text": typed(text_of(page))})
    assert bytes_of(unit, draft) == before


@pytest.mark.parametrize(
    ("made", "wanted"),
    [
        (lambda text: text, lambda text: text),
        (lambda text: text.replace("\n", "\r\n"), lambda text: text.replace("\n", "\r\n")),
        (lambda text: text.removesuffix("\n"), lambda text: text.removesuffix("\n")),
        (lambda text: f"\ufeff{text}", lambda text: f"\ufeff{text}"),
    ],
    ids=["lf", "crlf", "no final line end", "byte order mark"],
)
def test_an_edit_keeps_the_line_ends_and_the_mark_of_the_file(client_for, unit, author, made, wanted):
    source = course_files()
    text = source[LESSON].decode()
    with unit():
        draft = make_draft(author, files={**source, LESSON: made(text).encode()})
    browser = client_for(author)
    page = browser.get(file_url(draft))
    edited = text_of(page).replace("Habla de", "Trata de")
    browser.post(file_url(draft), {"base": base_of(page), "text": typed(edited)})
    assert bytes_of(unit, draft) == wanted(text.replace("Habla de", "Trata de")).encode()


def test_saving_with_the_browser_answers_with_the_new_base(browser, draft, unit):
    page = browser.get(file_url(draft))
    text = text_of(page).replace("Habla de", "Trata de")
    answer = browser.post(file_url(draft), {"base": base_of(page), "text": text}, status=200, headers=JSON)
    assert answer.response.json["state"].startswith("Guardado a las ")
    with unit():
        assert answer.response.json["base"] == queries.files_of(draft.id)[LESSON]


def test_two_authors_never_overwrite_each_other_silently(browser, client_for, draft, unit):
    with unit():
        other = make_administrator()
    second = client_for(other)
    pages = [browser.get(file_url(draft)), second.get(file_url(draft))]
    texts = [
        text_of(page).replace("Habla de", word) for page, word in zip(pages, ["Mía:", "Ajena:"], strict=True)
    ]
    second.post(file_url(draft), {"base": base_of(pages[1]), "text": typed(texts[1])})
    refused = browser.post(file_url(draft), {"base": base_of(pages[0]), "text": typed(texts[0])}, status=409)
    assert b"Ajena:" in bytes_of(unit, draft)
    assert "Mía:" in text_of(refused)
    assert "Ajena:" in refused.select("del")[0].get_text()
    assert other.name in refused.text
    browser.post(file_url(draft), {"base": base_of(refused), "text": typed(text_of(refused))})
    assert b"M\xc3\xada:" in bytes_of(unit, draft)
    page = browser.get(f"/authoring/{draft.id}/history/{LESSON}")
    assert [other.name in item.get_text() for item in page.select(".history > li")].count(True) >= 1


def test_a_conflict_answers_the_browser_with_the_other_text(browser, draft):
    answer = browser.post(file_url(draft), {"base": "0" * 64, "text": "mía"}, status=409, headers=JSON)
    told = answer.response.json
    assert "Habla de" in told["theirs"]
    assert told["by"] == "Ruta"
    assert told["compare_url"].endswith(f"/history/{LESSON}")


def test_the_check_says_how_typed_text_would_look_and_keeps_nothing(browser, draft, unit):
    before = bytes_of(unit, draft)
    text = before.decode().replace("(x) Escuchar", "( ) Escuchar").replace("Lo común", "Lo nuevo")
    path = f"/authoring/{draft.id}/check/{LESSON}"
    told = browser.post(path, {"text": typed(text), "sector": "health"}, status=200).response.json
    assert "Lo nuevo" in told["preview"]
    assert told["errors"] == 1
    assert told["counts"][LESSON] == {"errors": 1, "warnings": 0}
    assert [mark["line"] for mark in told["marks"]] == [
        text.split("\n").index("::: pregunta {id=senales-repaso}") + 1
    ]
    assert f"{file_url(draft)}?sector=health&amp;device=phone#L" in told["problems"]
    assert bytes_of(unit, draft) == before


def test_a_check_takes_no_write_lock(app, browser, draft, count_queries):
    with count_queries() as statements:
        browser.post(f"/authoring/{draft.id}/check/{LESSON}", {"text": "---\n"}, status=200)
    assert not [each for each in statements if each.split(" ", 1)[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert not [each for each in statements if "IMMEDIATE" in each]


def test_errors_close_the_way_to_a_review_and_say_why(browser, draft, unit):
    page = browser.get(file_url(draft))
    broken = text_of(page).replace("(x) Escuchar", "( ) Escuchar")
    browser.post(file_url(draft), {"base": base_of(page), "text": broken})
    page = browser.get(file_url(draft))
    (ask,) = [link for link in page.select("a.button") if link.get_text(strip=True) == "Pedir revisión"]
    assert ask["aria-disabled"] == "true"
    assert "href" not in ask.attrs
    assert "Corrija el error" in page.select(f"#{ask['aria-describedby']}")[0].get_text()
    problem = page.select(".problems__list a")[0]
    assert problem["data-path"] == LESSON
    assert problem["href"].endswith(f"#L{problem['data-line']}")
    assert "1 error" in browser.get("/authoring/").text


def test_a_self_check_is_tried_in_the_preview(browser, draft):
    path = f"/authoring/{draft.id}/checks/senales-repaso"
    page = browser.post(path, {"answer": "b"}, status=200, headers={"HX-Request": "true"})
    assert "Correcto" in page.text
    assert browser.post(path, {"answer": "b", "next": file_url(draft)}).location == file_url(draft)


def test_the_editor_costs_few_statements(browser, draft, count_queries):
    with count_queries() as statements:
        browser.get(file_url(draft))
    assert len(statements) <= 12


def test_a_stranger_and_a_fellow_trainer_find_nothing(client, client_for, draft, unit):
    with unit():
        fellow = make_person()
        give_role(fellow, Role.TRAINER, ScopeKind.PROGRAMME, make_cohort().programme_id)
    assert client.get(file_url(draft), status=303).location.startswith("/account/sign-in")
    client_for(fellow).get(file_url(draft), status=404)
    client_for(fellow).post(file_url(draft), {"text": "x"}, status=404)


def test_who_reviews_reads_and_does_not_write(client_for, draft, reviewer):
    page = client_for(reviewer).get(file_url(draft))
    assert page.select("textarea[name=text]") == []
    assert "Habla de [[canalizar]]." in page.select(".still__text")[0].get_text()
    client_for(reviewer).post(file_url(draft), {"text": "x"}, status=403)


def test_a_module_of_another_course_is_there_as_soon_as_it_is_released(client_for, author, unit):
    files = course_files()
    manifest = files["curso.yaml"].decode().replace("horas: 4\n", "horas: 6\n")
    files["curso.yaml"] = f"{manifest}  - incluye: tronco@1/01-senales\n    horas: 2\n".encode()
    with unit():
        draft = make_draft(author, files=files)
        assert draft.errors
    with unit():
        make_release(slug="tronco", title="Tronco común")
    page = client_for(author).get(file_url(draft, "curso.yaml"))
    assert "tronco@1" not in page.select("[data-problems]")[0].get_text()

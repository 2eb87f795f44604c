"""Files of a draft: new ones, other names, deleting and getting back, pictures, history, searching and replacing."""

from datetime import timedelta
from io import BytesIO

import pytest

from lms.authoring import queries, service
from lms.authoring.errors import TooLarge
from lms.authoring.messages import SweepLeftovers
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.clock import now
from lms.core.context import current_storage
from lms.core.jobs.orders import enqueue
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.authoring import LESSON, QUIZ, course_files, make_draft
from lms.testing.factories.learning import make_cohort

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR\x00\x00\x00\x02\x00\x00\x00\x02" + b"\x08\x02\x00\x00\x00"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"></svg>'
JSON = {"Accept": "application/json"}


def paths(unit, draft):
    with unit():
        return set(queries.files_of(draft.id))


def content(unit, draft, path=LESSON):
    with unit():
        return current_storage().get(queries.files_of(draft.id)[path])


def save(browser, draft, old, new, path=LESSON):
    url = f"/authoring/{draft.id}/files/{path}"
    page = browser.get(url)
    text = page.select("textarea[name=text]")[0].string.removeprefix("\n")
    assert old in text
    base = page.select("input[name=base]")[0]["value"]
    browser.post(url, {"base": base, "text": text.replace(old, new).replace("\n", "\r\n")})


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("lesson", "01-senales/02-mas.md"),
        ("simulation", "01-senales/02-caso.md"),
        ("bank", "bancos/senales.md"),
        ("file", "notas.txt"),
    ],
)
def test_a_new_file_begins_with_text_that_compiles(browser, draft, unit, kind, name):
    browser.post(f"/authoring/{draft.id}/new-file", {"kind": kind, "name": name})
    assert name in paths(unit, draft)
    with unit():
        assert queries.get_draft(draft.id).errors == 0


def test_the_first_page_of_a_folder_brings_its_module_along(browser, draft, unit):
    for name in ("02-llamada/01-atencion.md", "02-llamada/02-mas.md"):
        made = browser.post(f"/authoring/{draft.id}/new-file", {"kind": "lesson", "name": name})
        assert ("Se agregó el módulo «Llamada»" in browser.follow(made).text) is name.endswith("atencion.md")
    assert content(unit, draft, "curso.yaml").count(b'- carpeta: 02-llamada\n    titulo: "Llamada"\n') == 1
    with unit():
        assert queries.get_draft(draft.id).errors == 0
    assert "Atención" in browser.get(f"/authoring/{draft.id}/files/02-llamada/01-atencion.md").title


def test_a_new_page_is_titled_after_its_file_in_good_spanish(browser, draft, unit):
    browser.post(
        f"/authoring/{draft.id}/new-file", {"kind": "quiz", "name": "02-ruta/02-sesion-y-revision.md"}
    )
    assert 'titulo: "Sesión y revisión"'.encode() in content(unit, draft, "02-ruta/02-sesion-y-revision.md")


def test_the_form_for_a_new_file_proposes_the_next_of_the_module(browser, draft):
    page = browser.get(f"/authoring/{draft.id}/new-file?beside={LESSON}")
    assert page.select("input[name=name]")[0]["value"] == "01-senales/02-"


@pytest.mark.parametrize(
    "name", ["../fuera.md", "/etc/passwd.md", "A.md", "con espacios.md", ".oculto.md", "sin-fin", "a//b.md"]
)
def test_a_name_that_a_course_cannot_have_is_refused(browser, draft, unit, name):
    before = paths(unit, draft)
    page = browser.post(f"/authoring/{draft.id}/new-file", {"kind": "file", "name": name}, status=422)
    assert "Use minúsculas" in page.errors()
    assert paths(unit, draft) == before


def test_a_file_is_never_written_over_another_by_its_name(browser, draft):
    page = browser.post(f"/authoring/{draft.id}/new-file", {"kind": "lesson", "name": LESSON}, status=422)
    assert "Ya hay un archivo" in page.errors()
    page = browser.post(f"/authoring/{draft.id}/move/{QUIZ}", {"name": LESSON}, status=422)
    assert "Ya hay un archivo" in page.errors()


def test_a_file_gets_another_name_and_keeps_its_text(browser, draft, unit):
    before = content(unit, draft)
    moved = browser.post(f"/authoring/{draft.id}/move/{LESSON}", {"name": "01-senales/02-leccion.md"})
    assert "enlaces" in browser.follow(moved).text
    assert content(unit, draft, "01-senales/02-leccion.md") == before
    assert LESSON not in paths(unit, draft)
    assert "Antes se llamaba" in browser.get(f"/authoring/{draft.id}/history/01-senales/02-leccion.md").text


def test_a_deleted_file_comes_back_from_its_history(browser, draft, unit, at):
    before = content(unit, draft)
    with at(now().replace(hour=20)):
        assert "¿Borrar" in browser.get(f"/authoring/{draft.id}/delete/{LESSON}").title
        page = browser.follow(browser.post(f"/authoring/{draft.id}/delete/{LESSON}"))
    assert LESSON not in paths(unit, draft)
    assert LESSON in browser.get(f"/authoring/{draft.id}").select("#deleted ~ ul")[0].get_text()
    first = page.select(".history > li > a")[-1]["href"]
    form = browser.get(first).select("form[action$=restore]")[0]
    browser.post(form["action"])
    assert content(unit, draft) == before


def test_history_shows_each_change_and_brings_a_text_back(browser, draft, unit, at):
    before = content(unit, draft)
    with at(now().replace(hour=20)):
        save(browser, draft, "Habla de", "Trata de")
        page = browser.get(f"/authoring/{draft.id}/history/{LESSON}")
        newest, oldest = [link["href"] for link in page.select(".history > li > a")]
        change = browser.get(newest)
        assert "Habla de" in change.select("del")[0].get_text()
        assert "Trata de" in change.select("ins")[0].get_text()
        assert "Trata de" in browser.get(f"{oldest}?against=now").select("ins")[0].get_text()
        browser.post(f"{oldest}/restore")
        assert content(unit, draft) == before
        assert len(browser.get(f"/authoring/{draft.id}/history/{LESSON}").select(".history > li")) == 3


def test_the_saves_of_one_sitting_are_one_entry(browser, draft, at):
    with at(now().replace(hour=20)):
        save(browser, draft, "Habla de", "Trata de")
    with at(now().replace(hour=20, minute=5)):
        save(browser, draft, "Trata de", "Dice de")
        assert len(browser.get(f"/authoring/{draft.id}/history/{LESSON}").select(".history > li")) == 2
    with at(now().replace(hour=20, minute=45)):
        save(browser, draft, "Dice de", "Calla de")
        assert len(browser.get(f"/authoring/{draft.id}/history/{LESSON}").select(".history > li")) == 3


def upload(browser, draft, name, body, status):
    data = {"csrf_token": browser.csrf_token(), "file": (BytesIO(body), name), "path": LESSON}
    answer = browser.raw.post(f"/authoring/{draft.id}/uploads", data=data, headers=JSON)
    assert answer.status_code == status, answer.json
    return answer.json


def test_a_picture_is_kept_and_written_into_the_page(browser, draft, unit):
    told = upload(browser, draft, "Sala de Espera.SVG", SVG, 201)
    assert told == {"path": "imagenes/sala-de-espera.svg", "markdown": "![](../imagenes/sala-de-espera.svg)"}
    assert upload(browser, draft, "sala-de-espera.svg", SVG, 201)["path"] == told["path"]
    other = upload(browser, draft, "sala-de-espera.svg", SVG.replace(b"10", b"20"), 201)
    assert other["path"] == "imagenes/sala-de-espera-2.svg"
    save(browser, draft, "## Lo común", f"![Una sala vacía]({told['markdown'][4:-1]})\n\n## Lo común")
    page = browser.get(f"/authoring/{draft.id}/files/{LESSON}")
    address = page.select("[data-preview] img")[0]["src"]
    assert browser.raw.get(address).data == SVG
    assert browser.raw.get(address.replace("sala-de-espera", "otra")).status_code == 404


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("malo.svg", b'<svg onload="alert(1)"></svg>'),
        ("malo.png", b"no es una imagen"),
        ("malo.gif", b"GIF89a"),
    ],
)
def test_what_is_no_picture_for_a_course_is_refused(browser, draft, unit, name, body):
    before = paths(unit, draft)
    assert upload(browser, draft, name, body, 422)["message"]
    assert paths(unit, draft) == before


def test_a_picture_has_its_page_and_is_sent_as_it_is(browser, draft):
    upload(browser, draft, "punto.png", PNG, 201)
    page = browser.get(f"/authoring/{draft.id}/files/imagenes/punto.png")
    assert page.select("[data-preview] img")
    assert page.select("textarea[name=text]") == []
    assert browser.raw.get(f"/authoring/{draft.id}/raw/imagenes/punto.png").data == PNG


def test_searching_shows_every_line_and_what_a_replacement_would_leave(browser, draft):
    page = browser.get(f"/authoring/{draft.id}/search?q=escuchar&by=oír")
    assert {tag.get_text() for tag in page.select("del")} >= {"Escuchar"}
    assert {tag.get_text() for tag in page.select("ins")} == {"oír"}
    links = [link["href"] for link in page.select(".hits a")]
    assert any(link.startswith(f"/authoring/{draft.id}/files/{LESSON}#L") for link in links)
    exact = browser.get(f"/authoring/{draft.id}/search?q=ESCUCHAR&exact=y")
    assert "No está en ningún archivo" in exact.text


def test_replacing_touches_the_chosen_files_and_no_other_byte(client_for, author, unit):
    with unit():
        files = course_files()
        crlf = {**files, LESSON: files[LESSON].replace(b"\n", b"\r\n")}
        draft = make_draft(author, files=crlf)
    browser = client_for(author)
    data = {"q": "persona", "by": "víctima", "exact": "y", "file": [LESSON, QUIZ]}
    said = browser.follow(browser.post(f"/authoring/{draft.id}/search", data)).text
    assert "Se reemplazó" in said
    for path in (LESSON, QUIZ):
        assert content(unit, draft, path) == crlf[path].replace(b"persona", "víctima".encode())
    assert content(unit, draft, "02-ruta/01-leccion.md") == crlf["02-ruta/01-leccion.md"]
    assert "Reemplazo de «persona»" in browser.get(f"/authoring/{draft.id}/history/{QUIZ}").text


def test_people_are_invited_by_address_and_removed(browser, draft, client_for, unit):

    with unit():
        fellow = make_person()
        give_role(fellow, Role.TRAINER, ScopeKind.PROGRAMME, make_cohort().programme_id)
    theirs = client_for(fellow)
    assert "Todavía no hay borradores" in theirs.get("/authoring/").text
    page = browser.post(
        f"/authoring/{draft.id}/people", {"email": "nadie@example.org", "part": "author"}, status=422
    )
    assert "No hay una cuenta" in page.errors()
    browser.post(f"/authoring/{draft.id}/people", {"email": fellow.email, "part": "author"})
    assert "Curso de prueba" in theirs.get("/authoring/").text
    save(theirs, draft, "Habla de", "Trata de")
    with unit():
        (place,) = [p for p, person in queries.list_people(draft.id) if person.id == fellow.id]
    browser.post(f"/authoring/{draft.id}/people/{place.id}/remove")
    theirs.get(f"/authoring/{draft.id}", status=404)


def test_the_list_is_searched_without_accents_and_costs_little(
    client_for, administrator, unit, count_queries
):
    with unit():
        for number in range(3):
            make_draft(slug=f"curso-{number}", files=course_files(title=f"Detección {number}"))
    browser = client_for(administrator)
    with count_queries() as statements:
        page = browser.get("/authoring/?q=deteccion")
    assert len(page.select("tbody tr")) == 3
    assert len(statements) <= 6
    assert "Ningún borrador coincide" in browser.get("/authoring/?q=nada").text


def test_a_draft_has_a_limit_of_size(draft, unit, author):

    with pytest.raises(TooLarge), unit():
        service.write_files(
            queries.get_draft(draft.id), {"notas.txt": b"x" * 200_001}, actor=SYSTEM, now=now()
        )
    with pytest.raises(TooLarge), unit():
        service.add_picture(
            queries.get_draft(draft.id), "enorme.png", PNG + bytes(3_000_001), actor=SYSTEM, now=now()
        )


def test_texts_between_two_of_a_sitting_go_after_a_month_and_no_other(browser, draft, unit, at, run_jobs):
    first = content(unit, draft)
    with at(now() + timedelta(hours=1)):
        save(browser, draft, "Habla de", "Uno de")
        second = content(unit, draft)
        save(browser, draft, "Uno de", "Dos de")
        third = content(unit, draft)
        save(browser, draft, "Dos de", "Uno de")
        save(browser, draft, "Uno de", "Tres de")
        last = content(unit, draft)
    for days, is_kept in ((29, True), (31, False)):
        with at(now() + timedelta(days=days)):
            with unit():
                enqueue(SweepLeftovers(), now=now())
            run_jobs()
        with unit():
            kept = current_storage().files.values()
            assert {second in kept, third in kept} == {is_kept}
            assert first in kept
            assert last in kept


def test_a_text_that_somebody_writes_again_is_not_swept(browser, draft, unit, at, run_jobs):
    with at(now() + timedelta(hours=1)):
        save(browser, draft, "Habla de", "Uno de")
        again = content(unit, draft)
        save(browser, draft, "Uno de", "Dos de")
    with at(now() + timedelta(days=31)):
        with unit():
            mine = queries.get_draft(draft.id)
            service.write_files(mine, {LESSON: again}, actor=SYSTEM, now=now())
            enqueue(SweepLeftovers(), now=now())
        run_jobs()
    assert content(unit, draft) == again

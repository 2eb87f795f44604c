"""An author brings questions of another system into a draft, and takes them away, over HTTP."""

import io

import pytest

from lms.assessments.exchange.gift_reader import read_gift
from lms.authoring import queries
from lms.core.context import current_storage
from lms.testing.factories.accounts import make_administrator
from lms.testing.factories.authoring import make_draft
from lms.testing.factories.courses import make_release

GIFT = """::Frontera::¿Se exige cruzar una frontera? {F#No hace falta.#Así es.}

::Plazo::¿En cuánto tiempo? {=72 horas#Sí. ~Nunca#No.}

Solo una nota.

¿Rota? {=a ~b
""".encode()


@pytest.fixture
def browser(client_for, unit):
    with unit():
        administrator = make_administrator()
    return client_for(administrator)


@pytest.fixture
def draft(unit):
    with unit():
        return make_draft()


def send(browser, draft, content, name="Mis preguntas.txt", form=""):
    page = browser.post(
        f"/authoring/{draft.id}/questions/bring", {"file": (io.BytesIO(content), name), "form": form}
    )
    return page.location, browser.follow(page)


def files(unit, draft):
    with unit():
        return {path: current_storage().get(digest) for path, digest in queries.files_of(draft.id).items()}


def test_the_preview_tells_what_comes_in_what_does_not_and_where(browser, draft):
    _address, page = send(browser, draft, GIFT)
    assert [box["value"] for box in page.select("input[name=question]")] == ["frontera", "plazo"]
    lost = page.select("[aria-labelledby=lost]")[0].get_text(" ")
    assert "Línea 5" in lost
    assert "Línea 7" in lost
    assert page.select("input[name=name]")[0]["value"] == "mis-preguntas"


def test_the_ticked_ones_become_a_bank_with_its_history(browser, draft, unit):
    address, _page = send(browser, draft, GIFT)
    page = browser.post(address, {"question": ["plazo"], "bank": "", "name": "plazos"})
    assert page.location.startswith(f"/authoring/{draft.id}/files/bancos/plazos.md")
    assert "Entró 1 pregunta" in browser.follow(page).text
    text = files(unit, draft)["bancos/plazos.md"].decode()
    assert "id=plazo" in text
    assert "id=frontera" not in text
    with unit():
        assert queries.get_draft(draft.id).errors == 0
        assert queries.find_last_revision(draft.id, "bancos/plazos.md").note == "Se trajo 1 pregunta"


def test_what_the_draft_has_is_told_and_a_taken_id_changes(browser, draft, unit):
    address, _page = send(browser, draft, GIFT)
    browser.post(address, {"question": ["frontera", "plazo"], "bank": "", "name": "uno"})
    again = b"::Plazo::Otra cosa {T#a#b}\n\n::X::\xc2\xbfSe exige cruzar una frontera? {F#a#b}"
    address, page = send(browser, draft, again)
    boxes = {box["value"]: box.has_attr("checked") for box in page.select("input[name=question]")}
    assert boxes == {"plazo": True, "x": False}
    assert "bancos/uno.md" in page.text
    browser.post(address, {"question": ["plazo"], "bank": "bancos/uno.md", "name": ""})
    text = files(unit, draft)["bancos/uno.md"].decode()
    assert text.count("id=plazo ") + text.count("id=plazo}") == 1
    assert "id=plazo-2" in text


def test_nothing_ticked_or_nowhere_to_go_is_refused_at_its_field(browser, draft, unit):
    before = files(unit, draft)
    address, _page = send(browser, draft, GIFT)
    assert "al menos una" in browser.post(address, {"bank": "", "name": "uno"}, status=422).errors()
    page = browser.post(address, {"question": ["plazo"], "bank": "", "name": ""}, status=422)
    assert "nombre del banco" in page.errors()
    assert files(unit, draft) == before


def test_a_link_of_one_draft_opens_no_other(browser, draft, unit):
    address, _page = send(browser, draft, GIFT)
    with unit():
        other = make_draft(slug="otro")
    browser.get(address.replace(str(draft.id), str(other.id)), status=404)


def test_many_questions_fill_several_banks(browser, draft, unit):
    many = "\n\n".join(f"::P{n}::Pregunta número {n} {'larga ' * 60}{{T#no#sí}}" for n in range(700)).encode()
    address, page = send(browser, draft, many)
    assert len(page.select("input[name=question]")) == 300
    ids = [f"p{n}" for n in range(300)]
    browser.post(address, {"question": ids, "rest": "1", "bank": "", "name": "muchas"})
    found = {path: text for path, text in files(unit, draft).items() if path.startswith("bancos/")}
    assert set(found) == {f"bancos/muchas{tail}.md" for tail in ("", "-2")}
    assert sum(text.count(b"::: pregunta") for text in found.values()) == 700


def test_a_draft_and_a_release_give_their_questions_away(browser, draft, unit):
    page = browser.get(f"/authoring/{draft.id}/questions/leave?format=gift")
    assert page.select("a.button--primary")
    answer = browser.raw.get(f"/authoring/{draft.id}/questions/leave/file?format=gift")
    assert answer.headers["Content-Disposition"].endswith("curso-de-prueba.gift.txt")
    assert read_gift(answer.data).items
    with unit():
        release = make_release()
    browser.get(f"/authoring/releases/{release.id}/questions/leave")
    assert browser.raw.get(f"/authoring/releases/{release.id}/questions/leave/file").status_code == 200

"""Two people at one draft: nobody loses a text, judges their own, forges a signature, or releases against a review."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from lms.authoring import access, queries, service
from lms.authoring.models import DraftFile
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.core.context import current_storage
from lms.core.db import db
from lms.core.errors import NotFound
from lms.testing.factories.authoring import LESSON, make_draft

ALONE = "Lo escribí yo y está muy bien escrito."


def write(client, draft, old="", new="\nAlgo más.\n", path=LESSON):
    url = f"/authoring/{draft.id}/files/{path}"
    page = client.get(url)
    text = page.select("textarea[name=text]")[0].string.removeprefix("\n")
    base = page.select("input[name=base]")[0]["value"]
    client.post(url, {"base": base, "text": text.replace(old, new) if old else text + new})


def ask(client, draft):
    return client.post(f"/authoring/{draft.id}/reviews/ask", {"note": ""}).location


def approve(client, review_url, note="", status=303):
    return client.post(f"{review_url}/approve", {"note": note}, status=status)


def release(client, draft, status=303):
    data = {"change_class": "assessment", "notes": ""}
    return client.post(f"/authoring/{draft.id}/release", data, status=status)


def read(unit, draft, path):
    with unit():
        return current_storage().get(queries.files_of(draft.id)[path])


def meanwhile(file, content):
    """Save a file as another process does, which this one has not noticed."""
    digest = current_storage().put(content)
    statement = update(DraftFile).where(DraftFile.id == file.id).values(sha256=digest)
    db.session.execute(statement, execution_options={"synchronize_session": False})


def test_who_wrote_does_not_approve_though_another_asked(
    browser, client_for, administrator, reviewer, draft, mailbox, run_jobs
):
    writer = client_for(administrator)
    write(writer, draft)
    review_url = ask(browser, draft)
    run_jobs()
    assert {mail.to for mail in mailbox.sent} == {reviewer.email}
    assert "Usted escribió parte de lo que se revisa" in writer.get(review_url).text
    approve(writer, review_url, note=ALONE, status=403)
    approve(client_for(reviewer), review_url)


def test_who_wrote_approves_with_a_reason_where_nobody_else_can(browser, client_for, administrator, draft):
    writer = client_for(administrator)
    write(writer, draft)
    review_url = ask(browser, draft)
    approve(writer, review_url, status=422)
    approve(writer, review_url, note="En esta instalación nadie más revisa.")


def test_who_opened_a_release_has_not_written_it(browser, client_for, administrator, reviewer, draft, unit):
    approve(client_for(reviewer), ask(browser, draft))
    office = client_for(administrator)
    made = release(office, draft).location.rpartition("/")[2]
    browser.post(f"/authoring/{draft.id}/discard", {})
    opened = office.post(f"/authoring/releases/{made}/open", {}).location
    with unit():
        second = queries.find_open_draft(draft.slug)
        assert opened.endswith(str(second.id))
    author = client_for(reviewer)
    write(office, second)
    approve(author, ask(office, second))


def test_a_review_that_came_later_takes_the_approval_back(
    browser, client_for, reviewer, administrator, draft, at
):
    approve(client_for(reviewer), ask(browser, draft))
    with at(now() + timedelta(hours=1)):
        review_url = ask(browser, draft)
        release(client_for(administrator), draft, status=409)
        client_for(reviewer).post(f"{review_url}/send-back", {"note": "Hay un error en la norma."})
        release(client_for(administrator), draft, status=409)
    with at(now() + timedelta(hours=2)):
        approve(client_for(reviewer), ask(browser, draft))
        withdrawn = ask(browser, draft)
    with at(now() + timedelta(hours=3)):
        browser.post(f"{withdrawn}/withdraw", {})
        assert "Aprobado" in browser.get("/authoring/").text
        release(client_for(administrator), draft)


def test_an_older_release_is_not_released_again(browser, client_for, reviewer, administrator, draft, at):
    texts = (("", "\nUna frase.\n"), ("Una frase.", "Dos frases."), ("Dos frases.", "Una frase."))
    for hours, (old, new) in enumerate(texts):
        with at(now() + timedelta(hours=hours)):
            write(browser, draft, old, new)
            approve(client_for(reviewer), ask(browser, draft))
            is_older = hours == 2
            release(client_for(administrator), draft, status=409 if is_older else 303)
    page = client_for(administrator).get(f"/authoring/{draft.id}/release")
    assert "son los de una versión anterior" in page.text


@pytest.mark.parametrize("url", ["new-file", "move/notas.yaml"])
def test_no_file_becomes_the_one_of_the_signatures(author, client_for, unit, url):
    with unit():
        draft = make_draft(author)
        forged = b'- pagina: x\n  huella: "0"\n  por: nadie\n  dia: 2026-01-01\n'
        service.write_files(draft, {"notas.yaml": forged}, actor=SYSTEM, now=now())
    page = client_for(author).post(
        f"/authoring/{draft.id}/{url}", {"kind": "file", "name": "firmas.yaml"}, status=422
    )
    assert "Las firmas se dan" in page.errors()
    with unit():
        assert "firmas.yaml" not in queries.files_of(draft.id)


def test_a_file_deleted_by_another_is_there_again_when_its_author_says_so(browser, draft, unit):
    url = f"/authoring/{draft.id}/files/{LESSON}"
    base = browser.get(url).select("input[name=base]")[0]["value"]
    browser.post(f"/authoring/{draft.id}/delete/{LESSON}")
    page = browser.post(url, {"base": base, "text": "Lo mío."}, status=409)
    assert "Lo mío." in page.select("textarea[name=text]")[0].string
    browser.post(url, {"base": page.select("input[name=base]")[0]["value"], "text": "Lo mío."})
    assert read(unit, draft, LESSON) == b"Lo m\xc3\xado."
    browser.post(f"/authoring/{draft.id}/files/01-senales/nunca.md", {"base": "", "text": "x"}, status=404)


def test_moving_a_file_takes_along_what_another_saved_meanwhile(draft, unit):
    with unit():
        mine = queries.get_draft(draft.id)
        file = access.access_file(mine, LESSON)
        meanwhile(file, b"Lo de otra persona.\n")
        service.move_file(mine, file, "01-senales/09-otra.md", actor=SYSTEM, now=now())
    assert read(unit, draft, "01-senales/09-otra.md") == b"Lo de otra persona.\n"


def test_nothing_is_written_into_a_draft_that_another_put_away(draft, unit):
    with unit():
        mine = queries.get_draft(draft.id)
        service.discard(mine, actor=SYSTEM, now=now())
    with unit(), pytest.raises(NotFound):
        service.write_files(queries.get_draft(draft.id), {LESSON: b"x"}, actor=SYSTEM, now=now())


def test_a_picture_is_shown_under_each_of_its_names_and_a_recording_is_heard(browser, draft, unit):
    picture, sound = b'<svg xmlns="http://www.w3.org/2000/svg"/>', b"ID3" + bytes(20)
    with unit():
        mine = queries.get_draft(draft.id)
        files = {"imagenes/a.svg": picture, "imagenes/b.svg": picture, "audio/c.mp3": sound}
        service.write_files(mine, files, actor=SYSTEM, now=now())
        digests = queries.files_of(mine.id)
    for path in files:
        name = path.rpartition("/")[2]
        browser.get(f"/authoring/assets/{digests[path]}/{name}")
    browser.get(f"/authoring/assets/{digests['imagenes/a.svg']}/c.svg", status=404)


def test_the_first_release_asks_for_no_class_of_change(browser, client_for, reviewer, administrator, draft):
    approve(client_for(reviewer), ask(browser, draft))
    page = client_for(administrator).get(f"/authoring/{draft.id}/release")
    assert [tag["type"] for tag in page.select("input[name=change_class]")] == ["hidden"]
    assert "Cursos por revisar" in client_for(reviewer).get("/authoring/").title

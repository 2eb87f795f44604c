"""What learners opened and answered keeps its name: the editor says what is lost, and a release asks for a word."""

import pytest
from sqlalchemy import select

from lms.authoring import queries, service
from lms.core.actors import SYSTEM
from lms.core.audit import AuditEntry
from lms.core.clock import now
from lms.core.db import db
from lms.courses.models import Release
from lms.testing.factories.authoring import LESSON, QUIZ, course_files, open_draft_of
from lms.testing.factories.courses import make_release

MOVED = LESSON.replace("01-leccion", "01-otra")
LOST = "senales/leccion senales-dos"


@pytest.fixture
def draft(unit, author):
    """Return a draft in which a page has another address and a question another id."""
    files = course_files()
    files[MOVED] = files.pop(LESSON)
    files[QUIZ] = files[QUIZ].replace(b"{id=senales-dos}", b"{id=senales-otra}")
    with unit():
        draft = open_draft_of(make_release(), author)
        service.replace_files(draft, files, actor=SYSTEM, now=now(), note="")
        return draft


@pytest.fixture
def publish(browser, client_for, reviewer, administrator, draft):
    """Return a function that sends the form of the release of the approved draft."""
    review_url = browser.post(f"/authoring/{draft.id}/reviews/ask").location
    client_for(reviewer).post(f"{review_url}/approve", {"note": ""})
    client = client_for(administrator)

    def send(status, **said):
        data = {"change_class": "assessment", "notes": "", **said}
        return client.post(f"/authoring/{draft.id}/release", data, status=status)

    send.page = lambda: client.get(f"/authoring/{draft.id}/release")
    return send


def test_the_editor_names_what_the_text_lost_and_what_it_may_be_now(browser, draft, unit):
    page = browser.get(f"/authoring/{draft.id}/files/{QUIZ}").text
    assert "La página «senales/leccion» de la última versión ya no está" in page
    assert "¿Quiso decir «senales/otra»?" in page
    assert "La pregunta «senales-dos» de la última versión ya no está: conserve su id." in page
    with unit():
        service.replace_files(queries.get_draft(draft.id), course_files(), actor=SYSTEM, now=now(), note="")
    assert "de la última versión ya no está" not in browser.get(f"/authoring/{draft.id}/files/{QUIZ}").text


def test_a_release_that_loses_names_is_refused_until_its_author_says_that_they_go(publish, unit):
    page = publish.page()
    assert "Quien estudia perdería 2 cosas de la versión 1" in page.text
    assert "La página «Lección de Señales» (senales/leccion): quien la leyó no verá su avance." in page.text
    assert [field["value"] for field in page.select("input[name=lost]")] == [LOST]
    refused = publish(422, lost=LOST)
    assert "Quien estudia perdería «senales/leccion», «senales-dos»" in refused.errors()
    with unit():
        assert len(db.session.scalars(select(Release)).all()) == 1
    publish(303, lost=LOST, drops="y")
    with unit():
        assert len(db.session.scalars(select(Release)).all()) == 2
        (told,) = db.session.scalars(select(AuditEntry).where(AuditEntry.code == "courses.names-dropped"))
        assert told.data["names"] == ["senales/leccion", "senales-dos"]


def test_what_was_not_on_the_page_is_not_stated(publish, unit):
    refused = publish(422, lost="senales-dos", drops="y")
    assert "Quien estudia perdería «senales/leccion»: consérvela" in refused.errors()
    assert [field["value"] for field in refused.select("input[name=lost]")] == [LOST]


def test_a_release_that_keeps_every_name_asks_nothing(browser, client_for, administrator, author, unit):
    with unit():
        kept = open_draft_of(make_release(slug="curso-entero"), author)
        other = course_files()[LESSON].replace(b"Habla de", b"Trata de")
        service.write_files(kept, {LESSON: other}, actor=SYSTEM, now=now())
    page = client_for(administrator).get(f"/authoring/{kept.id}/release")
    assert "perdería" not in page.text
    assert not page.select("input[name=drops]")

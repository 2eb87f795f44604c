"""The text with which a new course begins is recognised until somebody writes over it."""

from datetime import date

from lms.authoring.queries import get_draft
from lms.authoring.service import write_files
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.courses import starter
from lms.testing.factories.authoring import make_draft

TODAY = date(2026, 11, 20)


def test_every_instruction_is_in_the_text_of_a_new_page_or_module():
    files = starter.new_course("Un curso", today=TODAY)
    longer = starter.with_module(files["curso.yaml"].decode(), "02-otro", "Otro")
    texts = [
        *files.values(),
        longer.encode(),
        starter.new_simulation("Un caso", today=TODAY).encode(),
    ]
    for sentence in starter.INSTRUCTIONS:
        assert any(sentence.encode() in text for text in texts), sentence
    assert not starter.has_instructions(starter.new_quiz("Comprobación", "uno").encode())


def test_asking_for_a_review_names_the_files_that_nobody_wrote_yet(browser, author, unit):
    with unit():
        draft = make_draft(author, files=starter.new_course("Un curso", today=TODAY))
    address = f"/authoring/{draft.id}/reviews/ask"
    page = browser.get(address)
    names = [link.get_text() for link in page.select("[data-kind=caution] li a")]
    assert names == ["01-inicio/01-bienvenida.md", "curso.yaml"]
    with unit():
        files = starter.new_course("Un curso", today=TODAY)
        written = {path: files[path].replace(b"Diga en una", b"En una") for path in ("curso.yaml",)}
        write_files(get_draft(draft.id), written, actor=SYSTEM, now=now())
    assert [link.get_text() for link in browser.get(address).select("[data-kind=caution] li a")] == names[:1]

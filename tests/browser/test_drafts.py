"""The pages around the editor in a real Chromium: the list, a draft, its history, its review, its signatures."""

from types import SimpleNamespace

import pytest

from lms.authoring import queries, reviewing, service
from lms.authoring.models import Part
from lms.core.actors import SYSTEM, Role
from lms.core.clock import now
from lms.core.context import current_storage
from lms.testing.factories.accounts import PASSWORD, give_role, make_person
from lms.testing.factories.authoring import LESSON, QUIZ, ask_review, open_draft_of
from lms.testing.factories.courses import make_release
from lms.testing.factories.learning import make_cohort


@pytest.fixture
def scene(unit):
    """Return a draft under review, with remarks, an earlier change, a deleted file and a page to sign."""
    with unit():
        person = make_person(email="administra@example.org", password=PASSWORD)
        give_role(person, Role.ADMINISTRATOR)
        draft = open_draft_of(make_release())
        make_cohort()
        service.invite(draft, make_person(), Part.REVIEWER, actor=SYSTEM, now=now())
        files = queries.files_of(draft.id)
        text = current_storage().get(files[LESSON])
        marked = text.replace(b"minutos: 1\n", b"minutos: 1\nverificar: el plazo de la norma\n")
        written = {LESSON: marked.replace("Este párrafo".encode(), b"Este texto"), "notas.txt": b"una nota\n"}
        service.write_files(draft, written, actor=SYSTEM, now=now())
        service.delete_file(draft, queries.find_file(draft.id, "notas.txt"), actor=SYSTEM, now=now())
        review = ask_review(draft)
        reviewing.remark(review, path=LESSON, line=12, text="Cite la norma.", actor=SYSTEM, now=now())
        revision = queries.find_last_revision(draft.id, LESSON)
        return SimpleNamespace(
            draft=draft.id, review=review.id, revision=revision.id, release=draft.based_on_id
        )


@pytest.mark.parametrize("width", [390, 1440])
def test_the_pages_of_a_draft(visit, scene, width):
    visitor = visit(width=width)
    visitor.page.goto(f"{visitor.url}/account/sign-in")
    visitor.fill(email="administra@example.org", password=PASSWORD)
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name="Entrar").click()
    base = f"/authoring/{scene.draft}"
    for path in (
        "/authoring/",
        "/authoring/new",
        base,
        f"{base}/new-file",
        f"{base}/move/{LESSON}",
        f"{base}/delete/{LESSON}",
        f"{base}/uploads",
        f"{base}/people",
        f"{base}/search?q=persona&by=alguien",
        f"{base}/history/{LESSON}",
        f"{base}/revisions/{scene.revision}",
        f"{base}/reviews/ask",
        f"{base}/reviews/{scene.review}",
        f"{base}/signatures",
        f"{base}/signatures/page/{LESSON}",
        f"{base}/release",
        f"{base}/discard",
        f"{base}/files/{QUIZ}",
        f"{base}/files/curso.yaml",
        f"/courses/releases/{scene.release}",
    ):
        visitor.open(path)
    visitor.check()

"""From a draft to a release: review with four eyes, the class of the change, and learners who are left in peace."""

import pytest
from sqlalchemy import select

from lms.authoring import queries, service
from lms.authoring.models import Draft, Part, Review, ReviewState
from lms.core.actors import SYSTEM, Role, ScopeKind
from lms.core.audit import AuditEntry
from lms.core.clock import now
from lms.core.context import current_storage
from lms.core.db import db
from lms.core.ids import new_id
from lms.courses.models import Release
from lms.courses.queries import list_releases
from lms.courses.stored import get_edition
from lms.testing.factories.accounts import give_role, make_person
from lms.testing.factories.authoring import LESSON, QUIZ, ask_review, make_draft, open_draft_of
from lms.testing.factories.courses import make_release
from lms.testing.factories.learning import make_cohort, make_enrolment


@pytest.fixture
def next_draft(unit, author):
    """Return a draft that starts from a release somebody studies."""
    with unit():
        return open_draft_of(make_release(), author)


def change(unit, draft, old, new, path=LESSON):
    with unit():
        draft = db.session.merge(draft, load=False)
        content = current_storage().get(queries.files_of(draft.id)[path])
        assert old.encode() in content
        written = {path: content.replace(old.encode(), new.encode())}
        service.write_files(draft, written, actor=SYSTEM, now=now())


def ask(browser, draft):
    return browser.post(f"/authoring/{draft.id}/reviews/ask", {"note": "Lo de la norma"}).location


def approve(client, review_url, note="", status=303):
    return client.post(f"{review_url}/approve", {"note": note}, status=status)


def release(client, draft, change_class="content", status=303):
    data = {"change_class": change_class, "notes": "Se aclaró la ruta."}
    return client.post(f"/authoring/{draft.id}/release", data, status=status)


def test_a_course_goes_from_a_title_to_a_release(
    browser, client_for, author, reviewer, administrator, unit, mailbox, run_jobs
):
    page = browser.follow(browser.post("/authoring/new", {"title": "Señales en el aula"}))
    assert page.title == "Señales en el aula"
    with unit():
        draft = queries.find_open_draft("senales-en-el-aula")
        assert (draft.errors, draft.warnings) == (0, 0)
    review_url = ask(browser, draft)
    run_jobs()
    assert {mail.to for mail in mailbox.sent} == {reviewer.email, administrator.email}
    assert all(review_url in mail.text for mail in mailbox.sent)
    approve(client_for(reviewer), review_url)
    run_jobs()
    assert mailbox.sent[-1].to == author.email
    made = release(client_for(administrator), draft)
    assert "Señales en el aula" in client_for(administrator).follow(made).title
    with unit():
        made = db.session.scalars(select(Release)).one()
        assert (made.number, made.change_class, made.notes) == (1, None, "Se aclaró la ruta.")
        assert db.session.get(Draft, draft.id).tree_hash == made.content_hash


@pytest.fixture
def commission(unit):
    """Return somebody who reviews for one programme, as the commission of a state does."""
    with unit():
        person = make_person(given_names="Comisión")
        give_role(person, Role.REVIEWER, ScopeKind.PROGRAMME, new_id())
    return person


def test_who_reviews_for_a_programme_finds_what_waits_and_names_nobody(
    browser, client_for, commission, draft, unit, mailbox, run_jobs
):
    client = client_for(commission)
    assert not client.get("/authoring/").select("tbody tr")
    client.get(f"/authoring/{draft.id}", status=404)
    review_url = ask(browser, draft)
    run_jobs()
    assert commission.email in {mail.to for mail in mailbox.sent}
    (link,) = client.get("/authoring/").select("tbody th a")
    assert link["href"] == f"/authoring/{draft.id}"
    client.get(f"/authoring/{draft.id}/files/{LESSON}")
    client.get(f"/authoring/{draft.id}/people", status=403)
    client.get(f"/authoring/{draft.id}/signatures")
    approve(client, review_url)
    assert "Aprobado" in client.get(review_url).text
    assert client.get("/authoring/").select("tbody tr")


def test_a_draft_that_names_its_reviewer_is_nobody_elses(
    browser, client_for, author, commission, draft, unit, mailbox, run_jobs
):
    with unit():
        named = make_person(given_names="Invitada")
        give_role(named, Role.REVIEWER, ScopeKind.PROGRAMME, new_id())
        teacher = make_person()
        give_role(teacher, Role.TRAINER, ScopeKind.PROGRAMME, new_id())
        service.invite(queries.get_draft(draft.id), named, Part.REVIEWER, actor=SYSTEM, now=now())
    review_url = ask(browser, draft)
    run_jobs()
    assert {mail.to for mail in mailbox.sent} == {named.email}
    assert not client_for(commission).get("/authoring/").select("tbody tr")
    client_for(commission).get(review_url, status=404)
    client_for(commission).post(f"{review_url}/approve", {"note": ""}, status=404)
    client_for(teacher).get(review_url, status=404)
    approve(client_for(named), review_url)


def test_the_list_of_what_waits_keeps_few_statements(client_for, commission, unit, count_queries):
    with unit():
        for number in range(30):
            ask_review(make_draft(slug=f"curso-{number:02}"))
    client = client_for(commission)
    client.get("/authoring/")
    with count_queries() as statements:
        page = client.get("/authoring/")
    assert "30 borradores" in page.text
    assert len(statements) == 4  # session, roles, count, page


def test_nobody_approves_what_they_asked_for_while_somebody_else_can(
    client_for, administrator, reviewer, unit
):
    with unit():
        draft = make_draft()
    client = client_for(administrator)
    review_url = ask(client, draft)
    assert "la aprueba otra persona" in client.get(review_url).text
    approve(client, review_url, note="Nadie más puede revisar hoy este curso.", status=403)
    with unit():
        assert db.session.scalars(select(Review.state)).all() == [ReviewState.OPEN]


def test_the_only_administrator_approves_alone_with_a_written_reason(client_for, administrator, unit):
    with unit():
        draft = make_draft()
    client = client_for(administrator)
    review_url = ask(client, draft)
    assert "Escriba por qué aprueba" in approve(client, review_url, note="sí", status=422).errors()
    approve(client, review_url, note="No hay otra persona en esta instalación.")
    with unit():
        entry = db.session.scalars(
            select(AuditEntry).where(AuditEntry.code == "authoring.draft-approved-alone")
        ).one()
        assert entry.data["reason"] == "No hay otra persona en esta instalación."
    release(client, draft)


def test_a_review_shows_the_paragraphs_that_change_and_takes_remarks(
    browser, client_for, reviewer, next_draft, unit
):
    change(unit, next_draft, "Este párrafo lo leen", "Este texto lo leen")
    review_url = ask(browser, next_draft)
    client = client_for(reviewer)
    page = client.get(review_url)
    assert [tag.get_text() for tag in page.select("del")] == ["párrafo"]
    assert [tag.get_text() for tag in page.select("ins")] == ["texto"]
    assert "1 archivo cambia" in page.text
    client.post(f"{review_url}/comments", {"path": LESSON, "line": "12", "text": "Cite la norma."})
    page = browser.get(review_url)
    assert page.select("#comments ~ ul a")[0]["href"].endswith(f"{LESSON}#L12")
    assert "Cite la norma." in page.text
    assert "Escriba qué falta" in client.post(f"{review_url}/send-back", {"note": ""}, status=422).errors()
    client.post(f"{review_url}/send-back", {"note": "Falta la fuente."})
    assert "Falta la fuente." in browser.get(review_url).text
    assert "Devuelto" in browser.get("/authoring/").text


def test_an_approval_is_of_these_bytes_and_no_others(
    browser, client_for, reviewer, administrator, next_draft, unit
):
    change(unit, next_draft, "Habla de", "Trata de")
    review_url = ask(browser, next_draft)
    change(unit, next_draft, "Trata de", "Dice algo de")
    assert "El borrador cambió después" in client_for(reviewer).get(review_url).text
    approve(client_for(reviewer), review_url, status=409)
    second = ask(browser, next_draft)
    approve(client_for(reviewer), second)
    change(unit, next_draft, "Dice algo de", "Calla lo de")
    assert "pida su revisión" in client_for(administrator).get(f"/authoring/{next_draft.id}/release").text
    release(client_for(administrator), next_draft, status=409)


@pytest.mark.parametrize(
    ("path", "old", "new", "declared", "proof"),
    [
        (
            QUIZ,
            "(x) Escuchar a la persona.",
            "(x) Oír a la persona.",
            "content",
            "01-senales/comprobacion.md",
        ),
        (LESSON, "Este párrafo lo leen", "Este párrafo no lo leen", "typo", "01-senales/01-leccion.md"),
        ("curso.yaml", "cuestionarios: 0.8", "cuestionarios: 0.7", "content", "curso.yaml"),
    ],
    ids=["question", "sense", "pass mark"],
)
def test_a_class_that_the_files_contradict_is_refused(
    browser, client_for, reviewer, administrator, next_draft, unit, path, old, new, declared, proof
):
    change(unit, next_draft, old, new, path)
    approve(client_for(reviewer), ask(browser, next_draft))
    refused = release(client_for(administrator), next_draft, declared, status=422)
    assert proof in refused.errors()
    release(client_for(administrator), next_draft, "assessment")


def test_a_release_leaves_who_studies_an_earlier_one_in_peace(
    browser, client_for, reviewer, administrator, next_draft, unit
):
    with unit():
        first = db.session.scalars(select(Release)).one()
        cohort = make_cohort(release=first)
        enrolment = make_enrolment(cohort)
        before = get_edition(first)
    change(unit, next_draft, "Este párrafo lo leen", "Este párrafo lo lean")
    approve(client_for(reviewer), ask(browser, next_draft))
    release(client_for(administrator), next_draft, "typo")
    with unit():
        first = db.session.get(Release, first.id)
        newest = list_releases(first.course_id)[0]
        assert (newest.number, newest.change_class) == (2, "typo")
        assert get_edition(first) == before
        assert db.session.get(type(cohort), cohort.id).release_id == first.id
        assert db.session.get(type(enrolment), enrolment.id).cohort_id == cohort.id
        assert queries.get_row(next_draft.id).number == 2


def test_a_draft_behind_a_newer_release_says_so_before_it_undoes_anything(
    browser, client_for, reviewer, administrator, next_draft, unit
):
    with unit():
        make_release(title="Otro título")
    change(unit, next_draft, "Habla de", "Trata de")
    approve(client_for(reviewer), ask(browser, next_draft))
    client = client_for(administrator)
    assert "versión más nueva" in client.get(f"/authoring/{next_draft.id}/release").text
    release(client, next_draft, status=409)
    client.post(f"/authoring/{next_draft.id}/catch-up")
    release(client, next_draft, "content")


def test_what_is_equal_to_its_release_needs_no_review(browser, next_draft):
    browser.post(f"/authoring/{next_draft.id}/reviews/ask", {"note": ""}, status=409)


def test_who_only_writes_does_not_release(browser, next_draft):
    browser.get(f"/authoring/{next_draft.id}/release", status=403)


def test_a_course_has_one_draft_at_a_time(browser, next_draft):
    with_draft = browser.post(f"/authoring/releases/{next_draft.based_on_id}/open")
    assert with_draft.location == f"/authoring/{next_draft.id}"
    browser.post(f"/authoring/{next_draft.id}/discard")
    browser.get(f"/authoring/{next_draft.id}", status=404)
    again = browser.post(f"/authoring/releases/{next_draft.based_on_id}/open")
    assert again.location != f"/authoring/{next_draft.id}"
    assert "versión 1" in browser.follow(again).text


def test_a_request_is_taken_back(browser, next_draft, unit):
    change(unit, next_draft, "Habla de", "Trata de")
    review_url = ask(browser, next_draft)
    browser.post(f"{review_url}/withdraw")
    assert "Retirada" in browser.get(review_url).text
    with unit():
        draft = db.session.get(Draft, next_draft.id)
        assert ask_review(draft).state is ReviewState.OPEN


def test_who_studies_reads_what_changed(
    browser, client, client_for, reviewer, administrator, next_draft, unit
):
    change(unit, next_draft, "Este párrafo lo leen", "Este texto lo leen")
    approve(client_for(reviewer), ask(browser, next_draft))
    page = client_for(administrator).follow(release(client_for(administrator), next_draft))
    assert "Se aclaró la ruta." in page.text
    assert "Clase de cambio: contenido." in page.text
    assert "Se aclaró la ruta." in client.get("/courses/curso-de-prueba").text

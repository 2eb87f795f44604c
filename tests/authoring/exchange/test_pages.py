"""Bringing a course as an archive, and carrying a draft or a release away, over HTTP."""

import io
import zipfile
from io import BytesIO

import pytest
from sqlalchemy import select

from lms.authoring import queries
from lms.authoring.exchange.zips import write_zip
from lms.authoring.models import Draft
from lms.authoring.service import write_signatures
from lms.core.actors import SYSTEM
from lms.core.audit import AuditEntry
from lms.core.clock import now
from lms.core.context import current_storage
from lms.core.db import db
from lms.testing.factories.accounts import make_administrator, make_person
from lms.testing.factories.authoring import course_files, make_draft
from lms.testing.factories.courses import make_release


@pytest.fixture
def browser(client_for, unit):
    with unit():
        administrator = make_administrator()
    return client_for(administrator)


@pytest.fixture
def draft(unit):
    with unit():
        return make_draft()


def sent(content, name="mi-curso.zip"):
    return (BytesIO(content), name)


def names(response):
    return zipfile.ZipFile(io.BytesIO(response.data)).namelist()


def pages_of(response):
    archive = zipfile.ZipFile(io.BytesIO(response.data))
    return b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".html"))


def test_a_zip_becomes_a_draft_with_the_same_bytes(browser, unit):
    files = course_files()
    page = browser.post("/authoring/import", {"file": sent(write_zip("mi-curso", files))})
    assert "Curso traído" in browser.follow(page).text
    with unit():
        draft = db.session.scalar(select(Draft).where(Draft.slug == "mi-curso"))
        assert set(queries.files_of(draft.id)) == set(files)
    answer = browser.raw.get(f"/authoring/{draft.id}/carry/as/zip")
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    assert {name.removeprefix("mi-curso/"): archive.read(name) for name in archive.namelist()} == files


def test_a_hostile_archive_is_refused_at_its_field_and_leaves_nothing(browser, unit):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("c/curso.yaml", "titulo: a")
        packed.writestr("c/../../robo", "x")
    page = browser.post("/authoring/import", {"file": sent(archive.getvalue())}, status=422)
    assert "sale de la carpeta del curso" in page.errors()
    with unit():
        assert db.session.scalar(select(Draft)) is None


def test_a_course_with_a_draft_is_replaced_only_on_purpose(browser, draft, unit):
    files = {**course_files(title="Otro título"), "notas.md": b"x"}
    packed = write_zip("curso-de-prueba", files)
    page = browser.post("/authoring/import", {"file": sent(packed)}, status=422)
    assert "ya tiene un borrador" in page.errors()
    assert page.select(f'a[href="/authoring/{draft.id}/replace"]')
    browser.post(f"/authoring/{draft.id}/replace", {"file": sent(packed)})
    with unit():
        assert "notas.md" in queries.files_of(draft.id)
    assert "Otro título" in browser.get(f"/authoring/{draft.id}").text


def signed(page, by):
    return f'- pagina: "{page}"\n  huella: "0123456789abcdef"\n  por: "{by}"\n  dia: 2026-11-20\n'.encode()


def signatures_of(unit, slug):
    with unit():
        draft = db.session.scalar(select(Draft).where(Draft.slug == slug, Draft.discarded_at.is_(None)))
        digest = queries.files_of(draft.id).get("firmas.yaml")
        return current_storage().get(digest) if digest else b""


def test_signatures_of_elsewhere_do_not_come_whoever_brings_them(browser, unit):
    files = {**course_files(), "firmas.yaml": signed("a", "Fiscal") + signed("b", "Jueza")}
    answer = browser.post("/authoring/import", {"file": sent(write_zip("mi-curso", files))})
    assert "2 firmas no se traen" in browser.follow(answer).text
    assert signatures_of(unit, "mi-curso") == b""


def test_signatures_given_here_come_back_and_those_beside_them_do_not(browser, draft, unit):
    own = signed("a", "Fiscal")
    with unit():
        held = queries.get_draft(draft.id)
        write_signatures(held, own, actor=SYSTEM, now=now())
    url = f"/authoring/{draft.id}/replace"
    archive = {**course_files(), "firmas.yaml": own + signed("a", "Fiscal General") + signed("b", "Fiscal")}
    answer = browser.post(url, {"file": sent(write_zip("c", archive))})
    assert "2 firmas no se traen" in browser.follow(answer).text
    assert signatures_of(unit, draft.slug) == own
    answer = browser.post(url, {"file": sent(write_zip("c", course_files()))})
    assert "no se trae" not in browser.follow(answer).text
    assert signatures_of(unit, draft.slug) == own
    browser.post(f"/authoring/{draft.id}/discard", {})
    again = {**course_files(), "firmas.yaml": own}
    browser.post("/authoring/import", {"file": sent(write_zip(draft.slug, again))})
    assert signatures_of(unit, draft.slug) == own
    browser.post("/authoring/import", {"file": sent(write_zip("otro-curso", again))})
    assert signatures_of(unit, "otro-curso") == b""


@pytest.mark.parametrize(
    ("form", "inside"), [("site", "index.html"), ("scorm", "imsmanifest.xml"), ("cmi5", "cmi5.xml")]
)
def test_each_form_of_a_draft_is_a_download_without_keys(browser, draft, form, inside):
    assert browser.get(f"/authoring/{draft.id}/carry").select(f"section[aria-labelledby={form}]")
    answer = browser.raw.get(f"/authoring/{draft.id}/carry/as/{form}")
    assert answer.status_code == 200
    assert any(name.endswith(inside) for name in names(answer))
    assert b"data-keys" not in pages_of(answer)


def test_taking_the_keys_along_leaves_a_trace(browser, draft, unit):
    data = {"csrf_token": browser.csrf_token()}
    answer = browser.raw.post(f"/authoring/{draft.id}/carry/as/scorm", data=data)
    assert b"data-keys" in pages_of(answer)
    with unit():
        codes = set(db.session.scalars(select(AuditEntry.code)))
    assert "exchange.course-carried" in codes
    assert browser.raw.post(f"/authoring/{draft.id}/carry/as/zip", data=data).status_code == 404


def test_the_booklet_is_drawn_by_a_job_once_and_then_downloaded(browser, draft, run_jobs):
    url = f"/authoring/{draft.id}/carry"
    assert browser.raw.get(f"{url}/booklet").status_code == 404
    browser.post(f"{url}/booklet")
    assert "Se está preparando" in browser.get(url).text
    run_jobs()
    assert "Descargar (" in browser.get(url).text
    assert browser.raw.get(f"{url}/booklet").data.startswith(b"%PDF")


def test_a_course_with_errors_leaves_as_files_only(browser, unit):
    with unit():
        draft = make_draft(files={**course_files(), "01-senales/01-leccion.md": b"sin cabecera"})
    assert browser.raw.get(f"/authoring/{draft.id}/carry/as/zip").status_code == 200
    browser.get(f"/authoring/{draft.id}/carry/as/site", status=409)


def test_a_release_leaves_too(browser, unit):
    with unit():
        release = make_release()
    url = f"/authoring/releases/{release.id}/carry"
    browser.get(url)
    assert any(name.endswith("cmi5.xml") for name in names(browser.raw.get(f"{url}/as/cmi5")))


def test_whoever_only_studies_finds_none_of_it(client_for, draft, unit):
    with unit():
        person = make_person()
    client = client_for(person)
    for url in (f"/authoring/{draft.id}/carry", f"/authoring/{draft.id}/carry/as/scorm", "/authoring/import"):
        assert client.raw.get(url).status_code in {403, 404}


def test_the_page_of_a_release_leads_to_a_draft_of_it_and_out_of_the_house(browser, unit):
    with unit():
        release = make_release()
    page = browser.get(f"/courses/releases/{release.id}")
    assert page.select(f'a[href="/authoring/releases/{release.id}/open"]')
    assert page.select(f'a[href="/authoring/releases/{release.id}/carry"]')

"""The commands of an author's own machine, from a new course to its packages."""

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select
from werkzeug.test import Client

from lms.authoring.exchange.live import STAMP, LivePreview
from lms.authoring.models import Draft
from lms.authoring.queries import files_of
from lms.core.db import db
from lms.courses.cli import course


@pytest.fixture
def run(app, tmp_path, monkeypatch):
    """Return a function that runs ``lms course …`` in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run_(*arguments, code=0):
        result = CliRunner().invoke(course, arguments, obj=lambda: app)
        assert result.exit_code == code, result.output
        return result.output

    return run_


@pytest.fixture
def folder(run, tmp_path):
    run("new", "mi-curso", "--titulo", "Señales: «lo que se ve»")
    return tmp_path / "mi-curso"


def test_a_new_course_passes_the_checker_without_a_warning(run, folder):
    assert "0 errores, 0 avisos" in run("check", str(folder))
    assert "Señales" in (folder / "curso.yaml").read_text(encoding="utf-8")


def test_a_folder_with_files_is_left_alone(run, folder):
    assert "ya tiene archivos" in run("new", str(folder), code=1)


def test_a_name_that_cannot_be_an_address_is_answered_with_one_that_can(run):
    assert "mi-curso-nuevo" in run("new", "Mi curso nuevo", code=1)


def test_a_zip_and_back_is_the_same_folder_byte_for_byte(run, folder, tmp_path):
    run("export", str(folder), "-o", "c.zip")
    run("import", "c.zip", "copia")
    before = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    copy = tmp_path / "copia"
    assert {path.relative_to(copy): path.read_bytes() for path in copy.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(("form", "first"), [("scorm", "imsmanifest.xml"), ("cmi5", "cmi5.xml")])
def test_a_package_is_a_zip_with_its_manifest_at_the_top(run, folder, form, first):
    run("export", str(folder), "--format", form)
    with zipfile.ZipFile(f"mi-curso-{form}.zip") as package:
        assert first in package.namelist()
        assert "index.html" in package.namelist()


def test_a_site_and_a_booklet_are_written(run, folder):
    assert "index.html" in run("export", str(folder), "--format", "sitio")
    assert (Path("mi-curso-sitio") / "inicio" / "bienvenida.html").exists()
    run("export", str(folder), "--format", "folleto")
    assert Path("mi-curso.pdf").read_bytes().startswith(b"%PDF")


def test_a_course_with_errors_is_not_exported(run, folder):
    (folder / "curso.yaml").write_text("titulo: Roto\n", encoding="utf-8")
    assert "error R" in run("export", str(folder), "--format", "scorm", code=1)


def test_an_archive_that_escapes_is_refused_and_writes_nothing(run, tmp_path):
    with zipfile.ZipFile("malo.zip", "w") as archive:
        archive.writestr("c/curso.yaml", "titulo: a")
        archive.writestr("c/../../fuera.txt", "x")
    assert "sale de la carpeta" in run("import", "malo.zip", "destino", code=1)
    assert not (tmp_path / "destino").exists()
    assert not (tmp_path.parent / "fuera.txt").exists()


def test_the_preview_shows_the_folder_as_it_is_now(app, folder):
    browser = Client(LivePreview(app, folder))
    assert "Bienvenida" in browser.get("/").text
    stamp = browser.get(STAMP).text
    lesson = folder / "01-inicio" / "01-bienvenida.md"
    lesson.write_text(
        lesson.read_text(encoding="utf-8").replace("Bienvenida", "Otra puerta"), encoding="utf-8"
    )
    assert browser.get(STAMP).text != stamp
    assert "Otra puerta" in browser.get("/").text
    (folder / "curso.yaml").write_text("titulo: [", encoding="utf-8")
    assert "hasta corregir los errores" in browser.get("/inicio/bienvenida.html").text


def test_a_folder_becomes_a_draft_once(run, folder, unit):
    assert "/authoring/" in run("draft", str(folder))
    with unit():
        draft = db.session.scalar(select(Draft).where(Draft.slug == "mi-curso"))
        assert "curso.yaml" in files_of(draft.id)

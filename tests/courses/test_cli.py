"""The commands of those who write courses."""

import json

import pytest
from click.testing import CliRunner

from lms.courses.cli import course
from lms.testing.factories.courses import write_course


@pytest.fixture
def run(app):
    def run(*words):
        return CliRunner().invoke(course, [str(word) for word in words], obj=lambda: app)

    return run


@pytest.fixture
def folder(tmp_path):
    return write_course(tmp_path / "mi-curso")


def spoil(folder):
    lesson = folder / "01-senales" / "01-leccion.md"
    lesson.write_text(lesson.read_text().replace("[[canalizar]]", "[[nadie]]"))


def test_a_sound_course_passes(run, folder):
    answer = run("check", folder)
    assert answer.exit_code == 0
    assert "0 errores" in answer.output


def test_a_problem_is_told_at_its_file_and_line(run, folder):
    spoil(folder)
    answer = run("check", folder)
    assert answer.exit_code == 1
    assert "01-senales/01-leccion.md:11: error" in answer.output


def test_problems_as_json_and_as_annotations(run, folder):
    spoil(folder)
    assert json.loads(run("check", folder, "--format", "json").output)[0]["line"] == 11
    assert run("check", folder, "--format", "github").output.startswith("::error file=")


def test_a_folder_that_is_not_there(run, tmp_path):
    assert run("check", tmp_path / "nada").exit_code == 2


def test_a_course_is_released_once_and_listed(run, folder):
    assert "Aún no hay cursos" in run("list").output
    assert "versión 1" in run("release", folder).output
    assert "versión 1" in run("release", folder).output
    write_course(folder, title="Otro título")
    assert "versión 2" in run("release", folder).output
    assert "mi-curso: Otro título, versión 2 (se ofrece)" in run("list").output


def test_a_course_with_errors_is_not_released(run, folder):
    spoil(folder)
    answer = run("release", folder)
    assert answer.exit_code == 1
    assert "01-leccion.md:11" in answer.output
    assert "Aún no hay cursos" in run("list").output

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


def test_a_path_that_is_not_there_gets_a_sentence(run, tmp_path):
    answer = run("check", tmp_path / "nada")
    assert answer.exit_code == 2
    assert answer.output == f"No existe «{tmp_path / 'nada'}»: revise la ruta.\n"


def test_a_file_outside_of_every_course(run, tmp_path):
    (tmp_path / "nota.md").write_text("Una nota.\n")
    assert run("check", tmp_path / "nota.md").exit_code == 2


def test_one_file_shows_its_own_problems(run, folder):
    spoil(folder)
    answer = run("check", folder / "glosario.md")
    assert answer.exit_code == 0
    assert "0 errores, 0 avisos.\n" in answer.output
    assert run("check", folder / "01-senales" / "01-leccion.md").exit_code == 1


def test_a_folder_of_courses(run, folder):
    write_course(folder.parent / "otro-curso")
    spoil(folder)
    answer = run("check", folder.parent)
    assert answer.exit_code == 1
    assert answer.output.startswith("mi-curso/01-senales/01-leccion.md:11: error R407")
    assert answer.output.endswith("2 cursos: 1 error, 0 avisos.\n")


def test_several_courses_at_once(run, folder, tmp_path, monkeypatch):
    other = write_course(tmp_path / "otro-curso")
    spoil(folder)
    monkeypatch.chdir(tmp_path)
    answer = run("check", other, folder)
    assert answer.exit_code == 1
    assert answer.output.startswith("mi-curso/01-senales/01-leccion.md:11: error R407")
    assert answer.output.endswith("2 cursos: 1 error, 0 avisos.\n")
    github = run("check", "otro-curso", "mi-curso", "--format", "github").output
    assert github.startswith("::error file=mi-curso/01-senales/01-leccion.md")


def test_warnings_alone_pass_unless_asked_to_be_strict(run, folder):
    lesson = folder / "01-senales" / "01-leccion.md"
    lesson.write_text(f"{lesson.read_text()}\nEs trata de blancas.\n")
    assert run("check", folder).exit_code == 0
    assert run("check", folder, "--strict").exit_code == 1


def test_what_the_last_release_had_is_missed(run, folder):
    assert "R125" not in run("check", folder, "--since-release").output
    run("release", folder)
    lesson = folder / "01-senales" / "01-leccion.md"
    lesson.rename(lesson.with_name("01-otra.md"))
    answer = run("check", folder, "--since-release")
    assert "curso.yaml:1: aviso R125: La página «senales/leccion»" in answer.output
    assert answer.exit_code == 0
    refused = run("release", folder)
    assert refused.exit_code == 1
    assert "Quien estudia perdería «senales/leccion»" in refused.output
    assert "versión 2" in run("release", folder, "--drop", "senales/leccion").output


def test_a_code_is_explained(run):
    answer = run("explain", "r502")
    assert answer.exit_code == 0
    assert "R502  Una palabra que conviene evitar" in answer.output
    assert "Así sí:" in answer.output


def test_a_code_that_does_not_exist(run):
    answer = run("explain", "R599")
    assert answer.exit_code == 2
    assert "«R599» no existe" in answer.output


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


def test_a_class_that_the_folder_contradicts_is_refused_with_the_file(run, folder):
    run("release", folder)
    quiz = folder / "01-senales" / "comprobacion.md"
    quiz.write_text(quiz.read_text().replace("(x) Escuchar a la persona.", "(x) Oír a la persona."))
    refused = run("release", folder, "--clase", "errata")
    assert refused.exit_code == 1
    assert "01-senales/comprobacion.md" in refused.output
    made = run("release", folder, "--class", "assessment", "--notes", "Otra redacción.")
    assert "versión 2" in made.output


def test_what_a_course_holds_is_counted(run, folder):
    translated = folder / "idiomas" / "en"
    translated.mkdir(parents=True)
    (translated / "curso.yaml").write_text("titulo: Signs\n")
    answer = run("count", folder.parent)
    assert answer.exit_code == 0
    assert "lecciones sin comprobación: ninguna" in answer.output
    assert answer.output.endswith("En total: 1 cursos y 8 preguntas distintas.\n")

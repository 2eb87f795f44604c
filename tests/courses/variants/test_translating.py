"""``lms course translate`` begins a translation and never touches what somebody wrote."""

import pytest
from click.testing import CliRunner

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.cli import course
from lms.courses.compiler.compile import compile_course
from lms.plugins.blocks import by_name
from lms.testing.factories.courses import write_course

PAGE = "01-senales/01-leccion.md"


@pytest.fixture
def folder(tmp_path):
    return write_course(tmp_path / "mi-curso")


def run(*words):
    return CliRunner().invoke(course, ["translate", *map(str, words)], obj=lambda: None)


def problems(folder):
    return compile_course(folder, by_name(BUILT_IN_BLOCKS)).diagnostics


def test_every_missing_page_begins_as_a_draft_with_the_original_text(folder):
    answer = run(folder, "en")
    assert answer.exit_code == 0
    assert answer.output.count("borrador nuevo") == 6
    text = (folder / "idiomas/en" / PAGE).read_text()
    assert text.startswith("---\ntitulo: Lección de Señales\nobjetivo: Reconocer")
    assert "Este párrafo lo leen todas" in text
    compilation = compile_course(folder, by_name(BUILT_IN_BLOCKS))
    assert {each.code for each in compilation.diagnostics if each.path.startswith("idiomas/")} == {"R355"}
    assert compilation.course.translations == ()


def test_a_draft_without_its_mark_is_a_translation_up_to_date(folder):
    run(folder, "en")
    page = folder / "idiomas/en" / PAGE
    page.write_text(page.read_text().replace("borrador: si\n", ""))
    compilation = compile_course(folder, by_name(BUILT_IN_BLOCKS))
    assert not [each for each in compilation.diagnostics if each.path == f"idiomas/en/{PAGE}"]
    assert [each.unit_slug for each in compilation.course.translations] == ["leccion"]


def test_asking_again_writes_nothing(folder):
    run(folder, "en")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert run(folder, "en").output == "No falta ninguna página.\n"
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_reviewed_page_says_what_it_translates_today_and_keeps_its_text(folder):
    run(folder, "en")
    page = folder / "idiomas/en" / PAGE
    page.write_text(page.read_text().replace("borrador: si\n", "").replace("Este párrafo", "This paragraph"))
    original = folder / PAGE
    original.write_text(original.read_text().replace("Este párrafo", "Este texto"))
    stale = [each for each in problems(folder) if each.code == "R352"]
    assert [each.path for each in stale] == [f"idiomas/en/{PAGE}"]
    assert f"idiomas/en/{PAGE}: revisada" in run(folder, "en", "--revisada", PAGE).output
    assert [each for each in problems(folder) if each.code == "R352"] == []
    assert "This paragraph" in page.read_text()
    assert "Ya dice" in run(folder, "en", "--reviewed", PAGE).output


def test_hashes_are_added_where_there_were_none_and_replaced_in_any_form(folder):
    run(folder, "en")
    page = folder / "idiomas/en" / PAGE
    text = page.read_text().replace("borrador: si\n", "")
    head, _, rest = text.partition("traduce: [")
    body = rest.partition("]\n")[2]
    for named in ("", "translates:\n  - 11111111\n  - 22222222\n"):
        page.write_text(f"{head}{named}{body}")
        run(folder, "en", "--reviewed", PAGE)
        assert not [each for each in problems(folder) if each.path == f"idiomas/en/{PAGE}"]


def test_a_page_with_other_sections_is_left_alone(folder):
    run(folder, "en")
    page = folder / "idiomas/en" / PAGE
    page.write_text(page.read_text() + "\n## More\n\nMore.\n")
    before = page.read_bytes()
    assert "iguálelas primero" in run(folder, "en", "--reviewed", PAGE).output
    assert page.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("ingles",), 2, "use es, en, pt, qu"),
        (("eng",), 2, "¿Quiso decir «en»?"),
        (("en", "--reviewed", "01-nada.md"), 0, "El curso no tiene esa página"),
    ],
)
def test_what_is_not_there_gets_a_sentence(folder, words, code, says):
    answer = run(folder, *words)
    assert answer.exit_code == code
    assert says in answer.output


def test_a_course_without_a_cover_gets_a_sentence(folder):
    (folder / "curso.yaml").unlink()
    assert "revise el curso primero" in run(folder, "en").output


def test_a_broken_header_is_left_alone(folder):
    run(folder, "en")
    (folder / "idiomas/en" / PAGE).write_text("Sin cabecera.\n")
    assert "No se entiende su cabecera" in run(folder, "en", "--reviewed", PAGE).output


def test_a_page_without_a_translation_cannot_be_reviewed_and_nothing_begins(folder):
    answer = run(folder, "en", "--reviewed", PAGE)
    assert "prepárela primero" in answer.output
    assert not (folder / "idiomas").exists()

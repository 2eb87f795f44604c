"""The examples of the guide about variants, languages and shared modules compile as it says."""

import re
from pathlib import Path

import pytest

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.compile import compile_tree
from lms.courses.compiler.course import PlacePart
from lms.courses.compiler.languages import LANGUAGES
from lms.courses.compiler.source import SourceFile, SourceTree
from lms.plugins.blocks import by_name

GUIDE = (Path(__file__).resolve().parents[2] / "docs/authoring/variantes-e-idiomas.md").read_text(
    encoding="utf-8"
)
EXAMPLE = re.compile(r"^```(?:markdown|yaml) (?P<use>[^\n]+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
EXAMPLES = [(found["use"], found["text"]) for found in EXAMPLE.finditer(GUIDE)]
LESSON = "01-marco/01-definicion.md"
FILES = {use: text for use, text in EXAMPLES if use.endswith((".md", ".yaml")) and " " not in use}
MISTAKES = [(*use.split()[1:], text) for use, text in EXAMPLES if use.startswith("error ")]
QUIZ = "---\ntipo: cuestionario\ntitulo: Comprobación\nminutos: 5\nintentos: 3\nbanco: senales\nextraer: 1\n---\n"
SOURCES = "PAL:\n  titulo: Protocolo de Palermo\n  consultado: 2026-11-01\n"


def compiled(files):
    tree = SourceTree(
        files={
            path: SourceFile(path=path, content=text.encode())
            for path, text in (files | {"fuentes.yaml": SOURCES}).items()
        }
    )
    return compile_tree(tree, "mi-curso", by_name(BUILT_IN_BLOCKS))


def test_the_course_of_the_guide_compiles_without_a_remark():
    compilation = compiled(FILES | {"01-marco/comprobacion.md": QUIZ})
    assert compilation.diagnostics == ()
    course = compilation.course
    (fork,) = [part for part in course.modules[0].units[0].parts if isinstance(part, PlacePart)]
    assert [branch.places for branch in fork.branches] == [("general",), ("MX",)]
    assert [each.unit.title for each in course.translations] == [
        "The definition",
        "A woman arrives",
        "Comprobación",
    ]
    lesson, case, quiz = (each.unit for each in course.translations)
    (fork,) = [part for part in lesson.parts if isinstance(part, PlacePart)]
    assert [branch.language for branch in fork.branches] == ["", ""]
    assert [choice.critical for choice in case.scenes[0].choices] == ["", "He heard what she said"]
    assert [term.term for term in case.terms] == ["Means"]
    assert quiz.questions[0].stem_html == "Is deceit a means?"
    assert [each.title for each in course.outlines] == ["Detect and refer"]
    assert [each.place for each in course.places] == ["PE", "MX-ROO"]


def test_the_example_of_a_shared_module_is_read():
    text = dict(EXAMPLES)["incluye"]
    lesson = FILES[LESSON]
    codes = [
        each.code for each in compiled({"curso.yaml": text, "02-salud/01-definicion.md": lesson}).diagnostics
    ]
    assert codes == ["R361"], "it lacks nothing but the release of the other course"


@pytest.mark.parametrize("mistake", MISTAKES, ids=[mistake[0] for mistake in MISTAKES])
def test_a_mistake_is_reported_as_the_guide_says(mistake):
    code, *beside, text = mistake
    head = FILES[LESSON].partition("\n---\n")[0] + "\n---\n"
    changed = {beside[0]: text, LESSON: FILES[LESSON]} if beside else {LESSON: head + text}
    files = {"curso.yaml": FILES["curso.yaml"], **changed}
    assert code in {each.code for each in compiled(files).diagnostics}


def test_the_guide_names_every_language():
    assert [code for code in LANGUAGES if code != "es" and f"`{code}`" not in GUIDE] == []

"""The examples of the authors' guide compile as the guide says."""

import re
from pathlib import Path

import pytest

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.blocks.names import NAMES
from lms.courses.compiler.codes import Code
from lms.courses.compiler.compile import compile_course
from lms.courses.compiler.course import Quiz
from lms.courses.compiler.formatting import format_page
from lms.courses.compiler.kinds.words import KINDS
from lms.courses.compiler.sectors import SECTOR_SLUGS
from lms.plugins.blocks import by_name

GUIDE = (Path(__file__).resolve().parents[2] / "docs/authoring/formato.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(
    r"^```(?P<language>markdown|yaml) (?P<use>[^\n]+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE
)
EXAMPLES = [(found["use"], found["text"]) for found in EXAMPLE.finditer(GUIDE)]
FILES = {use: text for use, text in EXAMPLES if use.endswith((".md", ".yaml"))}
FRAGMENTS = [text for use, text in EXAMPLES if use == "lección"]
QUESTIONS = [text for use, text in EXAMPLES if use == "cuestionario"]
MISTAKES = [(use.split()[1], text) for use, text in EXAMPLES if use.startswith("error ")]
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100"><path d="M0 50h300"/></svg>'
OTHERS = {
    "imagenes/elementos.svg": PICTURE,
    "medios/escucha.mp4": b"\x00\x00\x00\x18ftypmp42",
    "medios/escucha.vtt": "WEBVTT\n",
    "medios/saludo.mp3": b"ID3",
    "medios/ficha.pdf": b"%PDF-1.7",
}
HEAD = """\
---
titulo: Un ejemplo
minutos: 1
objetivo: Probar un ejemplo de la guía.
revisado: 2026-11-01
fuentes: [PAL]
---

"""
QUIZ = "02-evaluacion/evaluacion.md"
LESSON = "01-marco/02-ejemplo.md"


@pytest.fixture
def compiled(tmp_path):
    def compile_files(files):
        for path, text in files.items():
            place = tmp_path / "mi-curso" / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(text if isinstance(text, bytes) else text.encode())
        return compile_course(tmp_path / "mi-curso", by_name(BUILT_IN_BLOCKS))

    return compile_files


def with_lesson(text):
    others = {path: content for path, content in OTHERS.items() if path.rpartition("/")[2] in text}
    return FILES | {LESSON: HEAD + text} | others


def test_the_guide_has_the_examples_that_this_module_looks_for():
    assert set(FILES) == {
        "curso.yaml",
        "fuentes.yaml",
        "glosario.md",
        "01-marco/01-definicion.md",
        "01-marco/08-la-consulta.md",
        "01-marco/comprobacion.md",
        "02-evaluacion/evaluacion.md",
        "03-practica/00-antes.md",
        "03-practica/01-simulacro.md",
        "03-practica/practica.md",
        "03-practica/02-mi-plan.md",
        "03-practica/encuesta.md",
        "03-practica/90-que-ha-aplicado.md",
        "03-practica/91-que-ve-en-su-equipo.md",
        "bancos/senales.md",
        "bancos/forma-a.md",
        "bancos/forma-b.md",
    }
    assert len(FRAGMENTS) >= 7
    assert len(MISTAKES) >= 6


def test_the_course_of_the_guide_compiles_without_a_remark(compiled):
    compilation = compiled(FILES)
    assert compilation.diagnostics == ()
    assert [len(module.units) for module in compilation.course.modules] == [3, 1, 7]


@pytest.mark.parametrize("text", FRAGMENTS, ids=lambda text: text.splitlines()[0])
def test_a_fragment_compiles_without_a_remark(compiled, text):
    assert compiled(with_lesson(text)).diagnostics == ()


@pytest.mark.parametrize("text", QUESTIONS, ids=lambda text: text.splitlines()[0])
def test_a_question_of_a_quiz_compiles_and_formatting_it_changes_nothing_it_says(compiled, text):
    page = f"{FILES[QUIZ]}\n{text}"
    compilation = compiled(FILES | {QUIZ: page})
    assert compilation.diagnostics == ()
    formatted = compiled(FILES | {QUIZ: format_page(page)})
    assert quizzes_of(formatted) == quizzes_of(compilation)
    assert format_page(format_page(page)) == format_page(page)


def quizzes_of(compilation):
    return [unit for module in compilation.course.modules for unit in module.units if isinstance(unit, Quiz)]


def test_the_guide_shows_every_type_of_question_in_both_languages():
    shown = [kind for word, kind in KINDS.items() if f"tipo={word}" in GUIDE or f"type={word}" in GUIDE]
    assert {kind for kind in KINDS.values() if shown.count(kind) < len(("tipo", "type"))} == set()


@pytest.mark.parametrize(("code", "text"), MISTAKES, ids=[code for code, _ in MISTAKES])
def test_a_mistake_is_reported_as_the_guide_says(compiled, code, text):
    found = compiled(with_lesson(text)).diagnostics
    assert code in {each.code for each in found}
    assert {each.path for each in found if each.code == code} == {LESSON}


def test_the_guide_names_every_block_and_sector():
    assert [names[0] for names in NAMES.values() if f"::: {names[0]}" not in GUIDE] == []
    assert [slug for slug in SECTOR_SLUGS if f"`{slug}`" not in GUIDE] == []


def test_the_guide_describes_every_family_of_codes():
    assert [code for code in Code if f"| {code.value[:2]}.. |" not in GUIDE] == []

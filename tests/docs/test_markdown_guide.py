"""The guide to our Markdown tells the truth: each example compiles, or is warned about, as it says."""

import re
from pathlib import Path

import pytest

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.compile import compile_tree
from lms.courses.compiler.course import Lesson
from lms.courses.compiler.formatting import format_page
from lms.courses.compiler.source import SourceFile, SourceTree
from lms.plugins.blocks import by_name

GUIDE = (Path(__file__).resolve().parents[2] / "docs/authoring/markdown.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(
    r"^(`{3,})markdown (lección|aviso) ?(R\d+)?\n(.*?)^\1$", GUIDE, re.DOTALL | re.MULTILINE
)
GOOD = [text for _fence, use, _code, text in EXAMPLES if use == "lección"]
BAD = [(code, text) for _fence, use, code, text in EXAMPLES if use == "aviso"]
HEAD = "---\ntitulo: {}\nminutos: 1\nobjetivo: Leer.\nrevisado: 2026-11-01\nfuentes: [PAL]\n---\n\n"
LESSON = "01-marco/02-ejemplo.md"
FILES = {
    "curso.yaml": (
        "titulo: Curso\nresumen: De prueba.\nhoras: 1\nmodulos:\n"
        "  - carpeta: 01-marco\n    titulo: Marco\n    horas: 1\n"
    ),
    "fuentes.yaml": "PAL:\n  titulo: Protocolo\n  consultado: 2026-11-01\n",
    "glosario.md": "## Canalizar\n\nAcompañar a la persona.\n",
    "01-marco/01-definicion.md": HEAD.format("Otra") + "Un texto sobre [[canalizar]].\n",
}


def compiled(text):
    files = FILES | {LESSON: HEAD.format("Ejemplo") + text}
    tree = SourceTree(
        files={path: SourceFile(path=path, content=body.encode()) for path, body in files.items()}
    )
    return compile_tree(tree, "curso", by_name(BUILT_IN_BLOCKS))


@pytest.mark.parametrize("text", GOOD, ids=lambda text: text.splitlines()[0])
def test_what_the_guide_recommends_compiles_without_a_remark(text):
    compilation = compiled(text)

    assert compilation.diagnostics == ()
    assert isinstance(compilation.course.modules[0].units[1], Lesson)


@pytest.mark.parametrize(("code", "text"), BAD, ids=[f"{code}-{text.splitlines()[0]}" for code, text in BAD])
def test_what_the_guide_warns_of_is_warned_of(code, text):
    found = [problem for problem in compiled(text).diagnostics if problem.code[:3] in {"R21", "R22"}]

    assert {problem.code for problem in found} == {code}
    assert {problem.path for problem in found} == {LESSON}


def test_the_guide_explains_every_code_of_the_family():
    assert sorted({code for code, _text in BAD}) == ["R213", *(f"R22{digit}" for digit in "01345679")]


@pytest.mark.parametrize("text", GOOD, ids=lambda text: text.splitlines()[0])
def test_what_the_guide_recommends_is_written_as_the_house_does(text):
    assert format_page(text) == text

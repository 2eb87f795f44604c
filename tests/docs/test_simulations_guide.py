"""The examples of the guide to simulations compile as the guide says."""

import re
from pathlib import Path

import pytest

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.compile import compile_tree
from lms.courses.compiler.simulation_reader import AXES
from lms.courses.compiler.source import SourceFile, SourceTree
from lms.plugins.blocks import by_name

GUIDE = (Path(__file__).resolve().parents[2] / "docs/authoring/simulaciones.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"^```markdown (?P<use>[^\n]+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
EXAMPLES = [(found["use"], found["text"]) for found in EXAMPLE.finditer(GUIDE)]
PAGE = "01-marco/02-la-ventanilla.md"
WHOLE = dict(EXAMPLES)[PAGE]
SCENES = [text for use, text in EXAMPLES if use == "escena"]
OPTIONS = [text for use, text in EXAMPLES if use == "opción"]
MISTAKES = [(use.split()[1], text) for use, text in EXAMPLES if use.startswith("error ")]
HEAD = WHOLE.partition("Usted atiende")[0].replace("minutos: 3", "minutos: 1")
ENDINGS = "\n::: final bien Bien\nUn balance.\n:::\n\n::: final mal Mal\nUn balance.\n:::\n"
FILES = {
    "curso.yaml": (
        "titulo: Curso\nresumen: De prueba.\nhoras: 1\nmodulos:\n"
        "  - carpeta: 01-marco\n    titulo: Marco\n    horas: 1\n"
    ),
    "fuentes.yaml": "PAL:\n  titulo: Protocolo\n  consultado: 2026-11-21\n",
    "glosario.md": "## Canalizar\n\nAcompañar a la persona.\n",
}


def compiled(text):
    files = FILES | {PAGE: text, "glosario.md": FILES["glosario.md"] if "[[" in text else ""}
    sources = {path: SourceFile(path=path, content=content.encode()) for path, content in files.items()}
    return compile_tree(SourceTree(files=sources), "mi-curso", by_name(BUILT_IN_BLOCKS))


def test_the_simulation_of_the_guide_compiles_without_a_remark():
    compilation = compiled(WHOLE)
    assert compilation.diagnostics == ()
    simulation = compilation.course.modules[0].units[0]
    assert [scene.id for scene in simulation.scenes] == ["llegada", "silencio", "a-solas"]
    assert [ending.id for ending in simulation.endings] == ["acuerdo", "se-fue"]


@pytest.mark.parametrize("text", SCENES)
def test_a_scene_of_the_guide_compiles_without_a_remark(text):
    assert compiled(HEAD + text + ENDINGS).diagnostics == ()


@pytest.mark.parametrize("text", OPTIONS)
def test_an_option_of_the_guide_belongs_to_a_scene(text):
    leads_to = re.search(r"\(#([\w-]+)\)", text)[1]
    other = "- [Otra cosa](#mal) {ruta=-1 confidencialidad=-1}\n  > Pasa algo.\n  >\n  > Por qué: por algo.\n"
    scene = f"::: escena una Una\nPasa algo.\n\n{text}{other}:::\n"

    assert compiled(HEAD + scene + ENDINGS.replace("bien", leads_to, 1)).diagnostics == ()


@pytest.mark.parametrize(("code", "text"), MISTAKES, ids=[code for code, _ in MISTAKES])
def test_a_mistake_is_reported_as_the_guide_says(code, text):
    assert code in {found.code for found in compiled(HEAD + text + ENDINGS).diagnostics}


def test_the_guide_has_the_examples_that_this_module_looks_for():
    assert SCENES
    assert OPTIONS
    assert len(MISTAKES) >= 3


def test_the_guide_names_every_word_of_the_axes():
    assert [word for word in AXES if f"`{word}`" not in GUIDE] == []

"""Simulations written in a few lines."""

import pytest

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.compile import compile_tree
from lms.courses.compiler.source import SourceFile, SourceTree
from lms.plugins.blocks import by_name

HEAD = """\
---
tipo: simulacion
titulo: Un caso
minutos: 1
objetivo: Decidir.
revisado: 2026-11-21
fuentes: [PAL]
{extra}---
"""
FILES = {
    "curso.yaml": (
        "titulo: Curso\nresumen: De prueba.\nhoras: 1\nmodulos:\n"
        "  - carpeta: 01-marco\n    titulo: Marco\n    horas: 1\n"
    ),
    "fuentes.yaml": "PAL:\n  titulo: Protocolo\n  consultado: 2026-11-21\n",
    "glosario.md": "## Canalizar\nAcompañar a la persona.\n",
}
PAGE = "01-marco/01-caso.md"
FIRST_LINE = 9
"""Line of the page at which the text of a case begins."""


def option(text, target, braces="", consequence="Algo pasa.", reason="Así cuida."):
    """Return a choice as an author writes it."""
    lines = [f"- [{text}](#{target}) {braces}".rstrip()]
    if consequence:
        lines += [f"  > {consequence}", "  >"]
    if reason:
        lines += [f"  > Por qué: {reason}"]
    return "\n".join(lines) + "\n"


def scene(name, *options, attributes=""):
    """Return a scene as an author writes it."""
    head = f"::: escena {name} Escena {name} {attributes}".rstrip()
    return f"{head}\nUn texto breve.\n\n{''.join(options)}:::\n\n"


def ending(name):
    """Return an ending as an author writes it."""
    return f"::: final {name} Final {name}\nUn balance breve.\n:::\n\n"


def compile_text(text, extra=""):
    """Return what a case comes to among sound files."""
    glossary = FILES["glosario.md"] if "[[" in text else ""
    files = FILES | {PAGE: HEAD.format(extra=extra) + text, "glosario.md": glossary}
    sources = {path: SourceFile(path=path, content=content.encode()) for path, content in files.items()}
    return compile_tree(SourceTree(files=sources), "curso", by_name(BUILT_IN_BLOCKS))


@pytest.fixture
def compile_case():
    """Return a function that compiles the text of a case among sound files."""
    return compile_text


@pytest.fixture(scope="session")
def compile_whatever():
    """Return the same function, for properties that try many texts."""
    return compile_text


@pytest.fixture
def case_of():
    """Return a function that compiles the text of a case and answers the simulation."""

    def compile_sound(text, extra=""):
        compilation = compile_text(text, extra)
        assert compilation.course is not None, compilation.diagnostics
        return compilation.course.modules[0].units[0]

    return compile_sound

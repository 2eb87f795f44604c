"""The compiler's own reading of Markdown, before pages are dressed."""

import pytest

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.compile import compile_tree
from lms.courses.compiler.conversion import Fragment, convert
from lms.courses.compiler.markdown_events import events_of
from lms.courses.compiler.source import SourceFile, SourceTree
from lms.plugins.blocks import by_name

LESSON = "01-marco/01-tema.md"
HEAD = "---\ntitulo: Una\nminutos: 1\nobjetivo: Leer.\nrevisado: 2026-11-21\nfuentes: [PAL]\n---\n"
COURSE = {
    "curso.yaml": (
        "titulo: Curso\nresumen: De prueba.\nhoras: 1\nmodulos:\n"
        "  - carpeta: 01-marco\n    titulo: Marco\n    horas: 1\n"
    ),
    "fuentes.yaml": "PAL:\n  titulo: Protocolo\n  consultado: 2026-11-21\n",
    "glosario.md": "## Canalizar\n\nAcompañar a la persona.\n",
}


class Undressed:
    """Leaves every element as Markdown yields it."""

    def prepare(self, element, *, is_nested):
        pass

    def dress(self, root):
        pass

    def start_again(self):
        pass


@pytest.fixture(scope="session")
def compiled():
    """Return a function that answers what the compiler makes of a text, as events."""

    def read(text):
        converted = convert([Fragment(text=text.strip("\n"))], Undressed(), "es")
        return events_of(converted.fragments[0] + converted.notes)

    return read


@pytest.fixture(scope="session")
def problems_of():
    """Return a function that answers what the compiler says of the body of a lesson."""
    blocks = by_name(BUILT_IN_BLOCKS)

    def compile_body(body):
        files = {
            path: SourceFile(path=path, content=text.encode())
            for path, text in (COURSE | {LESSON: HEAD + body}).items()
        }
        found = compile_tree(SourceTree(files=files), "curso", blocks).diagnostics
        return [problem for problem in found if problem.path == LESSON]

    return compile_body

"""Course folders for the compiler's tests."""

from pathlib import Path

import pytest

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.compile import compile_course
from lms.plugins.blocks import by_name

LESSON_HEAD = """\
---
titulo: Una lección
minutos: 1
objetivo: Leer.
revisado: 2026-11-21
fuentes: [PAL]
---
"""
QUIZ_HEAD = """\
---
tipo: cuestionario
titulo: Comprobación
minutos: 5
intentos: 3
---
"""
SOUND = {
    "curso.yaml": (
        "titulo: Curso\nresumen: De prueba.\nhoras: 1\nmodulos:\n"
        "  - carpeta: 01-marco\n    titulo: Marco\n    horas: 1\n"
    ),
    "fuentes.yaml": "PAL:\n  titulo: Protocolo\n  consultado: 2026-11-21\n",
    "glosario.md": "## Canalizar\nAcompañar a la persona.\n",
    "01-marco/01-tema.md": f"{LESSON_HEAD}Un texto breve.\n",
}


@pytest.fixture
def write_course(tmp_path):
    """Return a function that writes a sound course with some files changed, and answers its folder."""

    def write(changed=None):
        folder = tmp_path / "curso"
        for path, content in (SOUND | (changed or {})).items():
            if content is None:
                continue
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, bytes):
                place.write_bytes(content)
            else:
                place.write_text(content, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def compile_with(write_course):
    """Return a function that compiles a sound course with some files changed."""

    def compile_changed(changed=None, **options):
        return compile_course(write_course(changed), by_name(BUILT_IN_BLOCKS), **options)

    return compile_changed


@pytest.fixture
def lesson_of(compile_with):
    """Return a function that compiles one lesson by its text and answers it."""

    def compile_lesson(text, changed=None):
        files = {"01-marco/01-tema.md": f"{LESSON_HEAD}{text}"} | (changed or {})
        compilation = compile_with(files)
        assert compilation.course is not None, compilation.diagnostics
        return compilation.course.modules[0].units[0]

    return compile_lesson


@pytest.fixture(scope="session")
def golden():
    """Return the folder of the golden cases."""
    return Path(__file__).parents[1] / "golden"

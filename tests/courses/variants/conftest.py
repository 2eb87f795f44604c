"""Courses with variants, translations and shared modules, compiled in memory."""

import pytest

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.compile import compile_tree
from lms.courses.compiler.source import SourceFile, SourceTree
from lms.plugins.blocks import by_name

HEAD = """\
---
titulo: El consentimiento
minutos: 1
objetivo: Decidir.
revisado: 2026-11-21
fuentes: [PAL]
---
"""
LESSON = "01-marco/01-tema.md"
SOUND = {
    "curso.yaml": (
        "titulo: Curso\nresumen: De prueba.\nhoras: 1\nmodulos:\n"
        "  - carpeta: 01-marco\n    titulo: Marco\n    horas: 1\n"
    ),
    "fuentes.yaml": "PAL:\n  titulo: Protocolo\n  consultado: 2026-11-21\n",
    LESSON: f"{HEAD}Un texto breve.\n",
}


@pytest.fixture
def compiled():
    """Return a function that compiles a sound course with some files changed; None takes one away."""

    def compile_files(changed=None, *, slug="curso", **options):
        files = {path: text for path, text in (SOUND | (changed or {})).items() if text is not None}
        tree = SourceTree(
            files={
                path: SourceFile(path=path, content=text if isinstance(text, bytes) else text.encode())
                for path, text in files.items()
            }
        )
        return compile_tree(tree, slug, by_name(BUILT_IN_BLOCKS), **options)

    return compile_files


@pytest.fixture
def lesson_of(compiled):
    """Return a function that compiles a course and answers its first lesson."""

    def compile_lesson(text, changed=None, **options):
        compilation = compiled({LESSON: f"{HEAD}{text}"} | (changed or {}), **options)
        assert compilation.course is not None, compilation.diagnostics
        return compilation.course.modules[0].units[0]

    return compile_lesson


@pytest.fixture
def found(compiled):
    """Return a function that compiles a course and answers its problems as (code, path, line)."""

    def compile_found(changed, **options):
        return [(each.code, each.path, each.line) for each in compiled(changed, **options).diagnostics]

    return compile_found

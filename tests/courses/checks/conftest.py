"""Sound courses for the rules of writing."""

from collections.abc import Mapping

import pytest

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.compile import compile_tree
from lms.courses.compiler.explanations.page import COURSE, HEAD, LESSON
from lms.courses.compiler.source import SourceFile, SourceTree
from lms.plugins.blocks import by_name

SOUND = {
    "curso.yaml": COURSE,
    "fuentes.yaml": "PAL:\n  titulo: Protocolo\n  consultado: 2026-11-21\n",
    "glosario.md": "## Canalizar\n\nAcompañar a la persona.\n",
    LESSON: f"{HEAD}Un texto breve.\n",
}


def make_tree(files: Mapping[str, str | bytes | None]) -> SourceTree:
    whole = {path: content for path, content in (SOUND | dict(files)).items() if content is not None}
    return SourceTree(
        files={
            path: SourceFile(path=path, content=content if isinstance(content, bytes) else content.encode())
            for path, content in whole.items()
        }
    )


@pytest.fixture
def tree_of():
    """Return a function that gives the files of a sound course with some of them changed."""
    return make_tree


@pytest.fixture
def compiled():
    """Return a function that compiles a sound course with some files changed, in memory."""

    def compile_files(files, **options):
        return compile_tree(make_tree(files), "curso", by_name(BUILT_IN_BLOCKS), **options)

    return compile_files


@pytest.fixture
def found_in(compiled):
    """Return a function that gives the codes and lines found in the body of a lesson; it starts at line 8."""

    def find(body, files=None, **options):
        compilation = compiled({LESSON: HEAD + body, **(files or {})}, **options)
        return [(found.code, found.line) for found in compilation.diagnostics]

    return find

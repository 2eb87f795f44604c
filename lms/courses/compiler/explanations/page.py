"""What the checker says about each of its codes: why it matters, how to mend it, and an example of both kinds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from lms.courses.compiler.codes import Code

LESSON = "01-marco/01-tema.md"
QUIZ = "01-marco/comprobacion.md"
IMAGE = "imagenes/ruta.svg"
HEAD = "---\ntitulo: Una lección\nminutos: 1\nobjetivo: Leer.\nrevisado: 2026-11-21\nfuentes: [PAL]\n---\n"
QUIZ_HEAD = "---\ntipo: cuestionario\ntitulo: Comprobación\nminutos: 5\nintentos: 3\n---\n"
COURSE = (
    "titulo: Curso\nresumen: De prueba.\nhoras: 1\nmodulos:\n"
    "  - carpeta: 01-marco\n    titulo: Marco\n    horas: 1\n"
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"></svg>'
QUESTION = "::: pregunta {id=uno}\n¿Sí?\n\n(x) Sí.\n    > Así es.\n( ) No.\n    > Lea de nuevo.\n:::\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A change to a sound course."""

    shown: str
    """What a person reads: the piece that matters."""
    files: Mapping[str, str | bytes | None] = field(default_factory=dict)
    """The files that change, by path; None takes one away. None at all: only a folder can show it."""
    before: Mapping[str, str | bytes | None] = field(default_factory=dict)
    """The files of the last release that differ, for the rules that compare two."""
    today: date | None = None
    """The day on which dates are judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The page of a code."""

    code: Code
    title: str
    why: str
    cure: str
    bad: Example
    good: Example


def lesson(body: str, files: Mapping[str, str | bytes | None] | None = None) -> Example:
    """Return an example in the body of a lesson, with other files if it needs them."""
    return Example(shown=body, files={LESSON: HEAD + body, **(files or {})})


def front(text: str, *, today: date | None = None) -> Example:
    """Return an example in the front matter of a lesson."""
    return Example(
        shown=f"---\n{text}---\n", files={LESSON: f"---\n{text}---\nUn texto breve.\n"}, today=today
    )


def quiz(body: str) -> Example:
    """Return an example in the body of a quiz."""
    return Example(shown=body, files={QUIZ: QUIZ_HEAD + body})


def file(path: str, text: str) -> Example:
    """Return an example that is a whole file."""
    return Example(shown=text, files={path: text})


def folder(shown: str, files: Mapping[str, str | bytes | None] | None = None) -> Example:
    """Return an example told in words: it is in the names, the sizes or the bytes of files."""
    return Example(shown=shown, files=files or {})

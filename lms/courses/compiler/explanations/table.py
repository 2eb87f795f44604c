"""Every explanation, by its code, and how it is written for a person to read."""

from collections.abc import Mapping
from types import MappingProxyType

from lms.courses.compiler.codes import Code
from lms.courses.compiler.diagnostics import did_you_mean
from lms.courses.compiler.explanations import (
    files,
    markdown,
    places,
    questions,
    references,
    review,
    routes,
    simulations,
    structure,
    style,
)
from lms.courses.compiler.explanations.page import Example, Explanation

_FAMILIES = (
    files,
    structure,
    markdown,
    questions,
    simulations,
    places,
    routes,
    references,
    style,
    review,
)
EXPLANATIONS: Mapping[Code, Explanation] = MappingProxyType(
    {page.code: page for family in _FAMILIES for page in family.PAGES}
)
FAMILIES: Mapping[str, str] = MappingProxyType(
    {
        "R1": "Archivos, nombres y datos",
        "R2": "Bloques, títulos y Markdown",
        "R3": "Preguntas, simulaciones, lugares, idiomas y rutas",
        "R4": "Imágenes, enlaces, términos y fuentes",
        "R5": "Estilo",
        "R6": "Revisión jurídica",
        "R9": "Avisos permitidos",
    }
)
"""What the codes that begin alike are about, in order."""
_MOST_LINES = 12
"""Lines of an example that are shown."""
_FENCE = "````"


def find_explanation(code: str) -> Explanation:
    """Return the page of a code, in capitals or not; raises LookupError with a sentence when there is none."""
    wanted = code.strip().upper()
    known = {each.value: page for each, page in EXPLANATIONS.items()}
    if wanted not in known:
        raise LookupError(f"El código «{wanted}» no existe.{did_you_mean(wanted, known)}")
    return known[wanted]


def in_families() -> dict[str, list[Explanation]]:
    """Return the pages of every family by its title, in the order of their codes."""
    pages = sorted(EXPLANATIONS.values(), key=lambda page: page.code.value)
    return {
        title: [page for page in pages if page.code.value.startswith(family)]
        for family, title in FAMILIES.items()
    }


def shown(example: Example) -> str:
    """Return what a person reads of an example: its first lines, without what cannot be seen."""
    return "\n".join(_short(example.shown))


def as_text(page: Explanation) -> str:
    """Return the page of a code for a terminal."""
    return (
        f"{page.code.value}  {page.title}\n\n"
        f"Por qué: {page.why}\n"
        f"Qué hacer: {page.cure}\n\n"
        f"Así no:\n{_indented(page.bad.shown)}\n\n"
        f"Así sí:\n{_indented(page.good.shown)}\n"
    )


def as_markdown(page: Explanation) -> str:
    """Return the section of a code for the documentation."""
    return (
        f"### {page.code.value}\n\n**{page.title}.** {page.why}\n\n{page.cure}\n\n"
        f"Así no:\n\n{_fenced(page.bad.shown)}\n\nAsí sí:\n\n{_fenced(page.good.shown)}\n"
    )


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in _short(text))


def _fenced(text: str) -> str:
    return "\n".join((f"{_FENCE}text", *_short(text), _FENCE))


def _short(text: str) -> list[str]:
    """Return the lines of an example that fit; a line that goes on and on is cut."""
    lines = [
        line if len(line) <= 300 else f"{line[:297]}…" for line in _visible(text).strip("\n").split("\n")
    ]
    return lines if len(lines) <= _MOST_LINES else [*lines[: _MOST_LINES - 1], "…"]


def _visible(text: str) -> str:
    return "".join(letter if letter.isprintable() or letter == "\n" else "␣" for letter in text)

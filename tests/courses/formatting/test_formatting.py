"""A formatted page says the same, and formatting it again changes nothing."""

from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.compile import compile_tree
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.formatting import format_page
from lms.courses.compiler.markdown_events import events_of
from lms.courses.compiler.source import SourceFile, SourceTree, read_tree
from lms.plugins.blocks import by_name

ROOT = Path(__file__).parents[3]
FLAGSHIP = ROOT / "content/courses/ruta-deteccion-canalizacion"
GOLDEN = ROOT / "tests/courses/golden/every-block/source"
BLOCKS = by_name(BUILT_IN_BLOCKS)
HEAD = "---\ntitulo: Una\nminutos: 1\nobjetivo: Leer.\nrevisado: 2026-11-21\nfuentes: [PAL]\n---\n"
COURSE = {
    "curso.yaml": (
        "titulo: Curso\nresumen: De prueba.\nhoras: 1\nmodulos:\n"
        "  - carpeta: 01-marco\n    titulo: Marco\n    horas: 1\n"
    ),
    "fuentes.yaml": "PAL:\n  titulo: Protocolo\n  consultado: 2026-11-21\n",
    "glosario.md": "## Canalizar\n\nAcompañar a la persona.\n",
}
CASES = {
    "head": (
        "---\nminutos:   5\ntitulo:  Una lección   \nrevisado: 2026-11-21\n---\nTexto.\n",
        "---\ntitulo: Una lección\nminutos: 5\nrevisado: 2026-11-21\n---\n\nTexto.\n",
    ),
    "head with lists": (
        "---\nfuentes:\n  - PAL\ntitulo: Una\n---\n\nTexto.\n",
        "---\nfuentes:\n  - PAL\ntitulo: Una\n---\n\nTexto.\n",
    ),
    "windows": ("\ufeffUno.\r\n\r\n\r\n\r\nDos.   \r\n\r\n", "Uno.\n\nDos.\n"),
    "break": ("Uno    \ndos   \n", "Uno  \ndos\n"),
    "headings": ("Uno.\n##  Dos ##\nTres.\n", "Uno.\n\n## Dos\n\nTres.\n"),
    "bullets": ("*   uno\n*   dos\n    + tres\n", "- uno\n- dos\n    - tres\n"),
    "numbers": ("1.   uno\n2.  dos\n", "1. uno\n2. dos\n"),
    "table": ("|a|b |\n|-|:-:|\n|c||\n", "| a | b |\n| --- | :---: |\n| c | |\n"),
    "code": ("```\nuno   \n\n\n*   dos\n```\n", "```\nuno   \n\n\n*   dos\n```\n"),
    "blocks": (
        "Uno.\n:::::   ficticio    Un  caso\n\nDos.\n::: clave T\nTres.\n\n\n:::\n:::::\nCuatro.\n",
        "Uno.\n\n:::: ficticio Un caso\nDos.\n\n::: clave T\nTres.\n:::\n::::\n\nCuatro.\n",
    ),
    "question": (
        (
            "::: pregunta  {id=a   nivel=R}\n\n¿Sí?\n( X ) Sí.\n  > Así.\n  > Es.\n()   No,\n   nunca.\n> No.\n"
            "**explicación:** porque\nsí.\n:::\n"
        ),
        (
            "::: pregunta {id=a nivel=R}\n¿Sí?\n\n(x) Sí.\n    > Así.\n    > Es.\n( ) No, nunca.\n    > No.\n\n"
            "Explicación: porque\nsí.\n:::\n"
        ),
    ),
    "say": ("::: diga\n-  «uno»\n\n\n+  «dos»   \n:::\n", "::: diga\n-  «uno»\n\n+  «dos»\n:::\n"),
    "comment": ("Uno.\n\n\n<!-- ::: clave -->\n\nDos.\n", "Uno.\n\n<!-- ::: clave -->\n\nDos.\n"),
    "not closed": ("::: clave\nUno.   \n\n\nDos.\n", "::: clave\nUno.   \n\n\nDos.\n"),
    "nothing": ("", ""),
}


def tree_of(body):
    files = COURSE | {"01-marco/01-tema.md": HEAD + body}
    return SourceTree(
        files={path: SourceFile(path=path, content=text.encode()) for path, text in files.items()}
    )


def formatted(tree):
    return SourceTree(
        files={
            path: SourceFile(path=path, content=format_page(source.content.decode()).encode())
            if path.endswith(".md")
            else source
            for path, source in tree.files.items()
        }
    )


def compiled(tree):
    course = compile_tree(tree, "curso", BLOCKS).attempt
    return None if course is None else plain((course.modules, course.glossary, course.sources))


def plain(value, name=""):
    """Return compiled values with their HTML as events: white space that shows nothing is left out."""
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name), each.name) for each in fields(value)}
    if isinstance(value, (tuple, list)):
        return [plain(each) for each in value]
    return events_of(value) if name.endswith("html") else value


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_a_page_is_written_in_one_form(text, expected):
    assert format_page(text) == expected
    assert format_page(expected) == expected


@pytest.mark.parametrize("folder", [FLAGSHIP, GOLDEN], ids=["flagship", "every-block"])
def test_a_formatted_course_compiles_to_the_same(folder):
    tree = read_tree(folder, Findings())

    assert compiled(formatted(tree)) == compiled(tree)


PIECES = st.sampled_from(
    [
        *(
            "::: clave Uno\n",
            "::::  ficticio  T\n",
            "::: sector salud T\n",
            "::: pregunta {id=a}\n",
            "::: diga\n",
        ),
        *(
            ":::\n",
            ":::\n",
            "::::\n",
            "\n",
            "\n\n",
            "\n\n\n",
            "    ",
            "  ",
            "> ",
            "- ",
            "* ",
            "+ ",
            "1. ",
            "1.  ",
        ),
        *(
            "## ",
            "##  Uno ##\n",
            "```\n",
            "~~~\n",
            "| a |b|\n|-|:-:|\n|c|d|\n",
            "|",
            "---\n",
            "===\n",
            "a  \n",
        ),
        *(
            "( ) no\n",
            "(x) sí\n",
            "[x] sí\n",
            "    > así\n",
            "> ",
            "Explicación: ",
            "**Explicación:** ",
            "(x)",
        ),
        *(
            "{#x .y a=b}",
            "{: .z}\n",
            "[^1]",
            "[^1]: nota\n",
            "[[canalizar]]",
            "[a](b.md)",
            "![a](x.png)",
            "[a]: b\n",
        ),
        *(
            "<b>",
            "<!--",
            "-->",
            "&amp;",
            "*",
            "**",
            "_",
            "`",
            "\\",
            ": ",
            "a\n: b\n",
            "*[A]: b\n",
            "\r\n",
            "\t",
        ),
        *("una frase", "ñ", "\u2028", "\u00a0", "a", "."),
    ]
)
bodies = st.lists(PIECES | st.text(max_size=3), max_size=20).map("".join)


@example(body="*[A]: b\n  - ")
@settings(max_examples=60, deadline=None)
@given(body=bodies)
def test_what_a_page_means_survives_and_formatting_again_changes_nothing(body):
    page = HEAD + body
    once = format_page(page)

    assert format_page(once) == once
    assert compiled(formatted(tree_of(body))) == compiled(tree_of(body))


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=60) | st.text(alphabet="-: \n[]{}#|>'\"tiulo&*!", max_size=60))
def test_no_text_makes_the_formatter_raise(text):
    once = format_page(f"---\n{text}\n---\n{text}")

    assert format_page(once) == once

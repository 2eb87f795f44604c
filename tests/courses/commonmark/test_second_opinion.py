"""What the second opinion says to authors, and what it leaves alone."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.courses.compiler.plain_markdown import groups, reads_alike
from lms.courses.compiler.second_opinion import differences
from lms.courses.compiler.two_engines import as_commonmark, as_ours

FIRST = 8
"""Line of the file at which the body of the lesson begins."""
MISTAKES = [
    ("-    Uno\n\n    Sigue uno.\n", 3, "R220", "primera letra"),
    ("100. Uno\n    - Dos\n", 2, "R220", "primera letra"),
    ("Antes de entrar, toque.\n##Al entrar\n", 2, "R221", "línea en blanco"),
    ("Texto.\n\n```\nsin cerrar\n", 3, "R223", "ciérrelo"),
    ("Texto.\n\n##Título\n", 3, "R224", "un espacio después"),
    ("Texto.\n\nUno\ndos\n---\n", 5, "R224", "«## Título»"),
    ("Es *muy*bueno y **(claro)**sí.\n", 1, "R225", "asteriscos"),
    ("Vea [la guía](una guía.md).\n", 1, "R226", "sin espacios"),
    ("Vea <https://example.org/ñ>.\n\nEscriba a <uno@example.org>.\n", 3, "R226", "[texto](dirección)"),
    ("Uno:\n\n\tdos\ttres\n", 3, "R227", "use espacios"),
    ("Es `` a`b `` así.\n\nY ` a`.\n", 3, "R227", "acentos graves"),
    ("## Título {nota}\n\nTexto.\n", 1, "R227", "use paréntesis"),
    ("Texto <marquee>que corre</marquee>.\n", 1, "R213", "«<marquee>»"),
    ("<!-- nota -->Texto con *énfasis*.\n", 1, "R229", "comentario"),
    ('Un \\«signo\\» y \\"otro\\".\n', 1, "R227", "quítela"),
    ("::: clave Recuerde\nAntes de entrar\ntoque\n---\n:::\n", 4, "R224", "«## Título»"),
    ("::: revelar ¿Y si dice que no?\nRespete.\n\n::: \n\nOtra\nvez\n---\n", 8, "R224", "«## Título»"),
]
PLAIN = [
    "- Uno\n  - Dos\n  - Tres\n",
    "1. Uno\n   - Dos\n\n     Sigue dos.\n2. Tres\n",
    "1. Uno\n    - Dos\n        - Tres\n",
    "- Uno\n\n  Sigue uno.\n",
    "- Uno\n\n    Sigue uno.\n",
    "Lleve consigo:\n- agua\n- su credencial\n",
    "- Uno\n* Dos\n",
    "1) Uno\n2) Dos\n",
    "3. Tres\n4. Cuatro\n",
    "- Uno\n- Dos\n\n- Tres\n",
    "Texto.\n\n- Uno\n\n    ```\n    código\n\n    más\n    ```\n- Dos\n",
    "1. Uno\n   - Dos\n     ```\n     código\n     ```\n",
    "> Uno\n\n> Dos\n",
    "> - Uno\n>   - Dos\n",
    "> ```\n> código\n> ```\n",
    "Señales:\n| Uno | Dos |\n|---|---|\n| a | b |\n- Después\n",
    "Texto\n  ## Título ##\n- Uno\n",
    "Primera línea\\\nsegunda línea.\n",
    "Lleve consigo:\n\n- agua\n- su credencial,\n  siempre\n",
    "1. Uno\n2. Dos\n",
    "- Uno\n    - Dos\n    - Tres\n",
    "- Uno\n\n- Dos\n",
    "Dice:\n> «Una cita\n> de dos líneas».\n",
    'El *énfasis*, la **negrita**, `código` y [la guía](01-tema.md "La guía").\n',
    "Dos líneas  \nen un párrafo.\n",
    "| Uno | Dos |\n|---|:-:|\n| a | |\n| **b** | [c](01-tema.md) |\n",
    "Una nota.[^a] Otra.[^b]\n\n[^a]: Con *énfasis*.\n[^b]: Y otra\n    línea.\n",
    "La ONU lo dice.\n\n*[ONU]: Organización de las Naciones Unidas\n",
    "Término\n: Su definición.\n",
    "## Un título {#otro}\n\nUn párrafo.\n{: .grande}\n",
    "El [[canalizar|canalice]] y _el [[canalizar]]_.\n",
    "```python\nuno = 1\n```\n\nTexto.\n",
    "Uno.\n\n<!-- Nota entre autores. -->\n\nDos.\n",
    "Uno <!-- nota --> dos.\n",
    "::: diga Al empezar\n- «Usted decide».\n+ «¿Por qué no se fue?»\n:::\n",
    "Corte de 5 < 6 y 7 > 3; R&D; 3 * 4; un_nombre_largo.\n",
]


@pytest.mark.parametrize(("body", "line", "code", "advice"), MISTAKES, ids=[each[0] for each in MISTAKES])
def test_a_text_read_in_two_ways_is_told_at_its_line_with_a_cure(body, line, code, advice, problems_of):
    found = [problem for problem in problems_of(body) if problem.code[:3] in {"R21", "R22"}]

    assert [(problem.line - FIRST + 1, problem.code) for problem in found][:1] == [(line, code)]
    assert advice in found[0].message


@pytest.mark.parametrize("body", PLAIN)
def test_what_authors_usually_write_is_left_alone(body, problems_of):
    assert [problem for problem in problems_of(body) if problem.code.startswith("R22")] == []


def test_every_difference_of_a_page_is_told(problems_of):
    body = "Uno\nuno\n---\n\nDos.\n\nTres\ntres\n---\n\n100. Cuatro\n    - cinco\n"

    assert [problem.line - FIRST + 1 for problem in problems_of(body)] == [3, 9, 12]


def test_equal_lines_are_told_where_they_stand(problems_of):
    body = "Uno:\n\n---\n\n::: clave T\nDos\ntres\n---\n:::\n"

    assert [problem.line - FIRST + 1 for problem in problems_of(body)] == [8]


DEFINITION = re.compile(r"^ *:", re.MULTILINE)
WORDS = st.sampled_from(
    [
        "a",
        "una frase",
        "¿Qué?",
        "«ñ»",
        "(b)",
        "2026",
        "12.",
        "3)",
        "—",
        "–",
        "x.",
        ":",
        ";",
        "!",
        "%",
        "/",
        "a-b",
    ]
)
MARKED = st.sampled_from(
    [
        *(
            "**a b**",
            "*a*",
            "*a",
            "b*",
            "**",
            "_a_",
            "a_b",
            "`a`",
            "`a b`",
            "` a`",
            "[a](b.md)",
            "[a](b",
            "[a]",
        ),
        *(
            '![a](b.png "t u")',
            "![a](b)",
            "[^a]",
            "\\",
            "\\*",
            "&",
            "&amp;",
            "<",
            "<b>",
            "{",
            "{.a}",
            "^",
            "~",
        ),
        *("\u00a0", "\u2028", "\t", '"', "'", "http://a.b", "<a@b.c>", "**a**b", "(*a*)", "*a*)", "***a***"),
    ]
)
SPACES = st.sampled_from(["", " ", " ", "  ", "\n", "\n\n", "\n\n", "\n\n\n", "\n \n"])
STARTS = st.sampled_from(
    [
        *(
            "",
            "",
            "- ",
            "- ",
            "1. ",
            "2. ",
            "10. ",
            "* ",
            "+ ",
            "# ",
            "## ",
            "##",
            "> ",
            ">",
            ": ",
            "    ",
            "  ",
        ),
        *("---\n", "===\n", "```\n", "~~~\n", "| a | b |\n| --- | :-: |\n| c | ", "|", "-", "1) ", "***\n"),
    ]
)
LINES = st.builds(
    "".join,
    st.tuples(STARTS, WORDS | MARKED, st.sampled_from(["", " "]), WORDS | MARKED, SPACES, STARTS, WORDS),
)
texts = st.lists(LINES | SPACES, max_size=6).map("".join).map(lambda text: text.strip("\n"))
plain = st.lists(
    st.builds("".join, st.tuples(STARTS, WORDS, st.just(" "), MARKED, st.just(" "), WORDS, SPACES)),
    max_size=4,
)


@settings(max_examples=300, deadline=None)
@given(text=texts | plain.map("".join).map(lambda text: text.strip("\n")))
def test_what_passes_for_plain_is_read_alike(text):
    if all(map(reads_alike, groups(text))):
        assert as_ours(text) == as_commonmark(text)


@settings(max_examples=300, deadline=None)
@given(text=texts)
def test_groups_read_alone_are_the_text_read_whole(text):
    if "[^a]:" not in text and not DEFINITION.search(text):
        parts = list(groups(text))

        assert [event for part in parts for event in as_ours(part.text)] == as_ours(text)
        assert [event for part in parts for event in as_commonmark(part.text)] == as_commonmark(text)


@settings(max_examples=300, deadline=None)
@given(text=texts)
def test_a_text_without_warnings_is_compiled_as_commonmark_says(text, compiled):
    if "{" not in text and not DEFINITION.search(text) and not list(differences([text])):
        assert compiled(text) == as_commonmark(text)

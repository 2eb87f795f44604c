"""Whatever somebody puts in a folder, the compiler answers with diagnostics."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

HEAD = "---\ntitulo: Una\nminutos: 1\nobjetivo: Leer.\nrevisado: 2026-11-21\nfuentes: [PAL]\n---\n"
PIECES = st.sampled_from(
    [
        *(
            "::: clave Uno\n",
            ":::: ficticio\n",
            "::: sector salud,justicia T\n",
            "::: pregunta {id=a}\n",
            "::: nada\n",
        ),
        *(
            ":::\n",
            "::::\n",
            "\n",
            "\n\n",
            "    ",
            "> ",
            "- ",
            "1. ",
            "# ",
            "## ",
            "### ",
            "```\n",
            "~~~\n",
            "|",
            "---\n",
        ),
        *(
            "( ) no\n",
            "(x) sí\n",
            "[x] sí\n",
            "    > así\n",
            "Explicación: ",
            "{#x .y a=b}",
            "{: style='a'}",
            "[^1]",
        ),
        *(
            "[^1]: nota\n",
            "[[canalizar]]",
            "[[a|b]]",
            "[[",
            "]]",
            "[a](b.md)",
            "[a](#b)",
            "![](x.png)",
            "![a](https://x)",
        ),
        *(
            "<script>",
            "</p>",
            "<!--",
            "-->",
            "<b onclick=x>",
            "&amp;",
            "&#0;",
            "*",
            "**",
            "_",
            "`",
            "\\",
            ": ",
            "a\n: b\n",
        ),
        *(
            "*[A]: b\n",
            "[a]: b\n",
            "\ue000" + "0\ue001",
            "\ue000",
            "\x02",
            "\x00",
            "ñ",
            "\u2028",
            "\r",
            "\t",
            "{{ x }}",
        ),
    ]
)
bodies = st.lists(PIECES | st.text(max_size=6), max_size=25).map("".join)
SETTINGS = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


class Outline(HTMLParser):
    """Notes what would be dangerous in HTML."""

    def __init__(self):
        super().__init__()
        self.bad = []

    def handle_starttag(self, tag, attrs):
        if tag in {"script", "style", "iframe", "form", "input", "object"}:
            self.bad.append(tag)
        for name, value in attrs:
            if name == "style" or name.startswith("on") or re.match(r"\s*javascript:", value or ""):
                self.bad.append(f"{tag} {name}={value}")


def html_of(course):
    lesson = course.modules[0].units[0]
    return "".join(getattr(part, "html", "") for part in lesson.parts)


@SETTINGS
@given(body=bodies)
def test_no_lesson_makes_it_raise_or_lets_active_html_through(body, compile_with):
    compilation = compile_with({"01-marco/01-tema.md": HEAD + body})

    assert "R217" not in {found.code for found in compilation.diagnostics}
    if compilation.course is not None:
        outline = Outline()
        outline.feed(html_of(compilation.course))
        assert outline.bad == []
        assert not re.search("[\ue000-\uf8ff]", html_of(compilation.course))


@SETTINGS
@given(body=bodies)
def test_no_quiz_makes_it_raise(body, compile_with):
    head = "---\ntipo: cuestionario\ntitulo: Una\nminutos: 5\nintentos: 3\n---\n"
    compilation = compile_with({"01-marco/comprobacion.md": head + body})

    assert "R217" not in {found.code for found in compilation.diagnostics}


yaml_pieces = st.sampled_from(
    [
        "titulo: ",
        "modulos:\n",
        "  - ",
        "carpeta: ",
        "01-marco",
        "{",
        "}",
        "[",
        "]",
        "&a ",
        "*a",
        "? ",
        "!!x ",
        "|\n",
        "\t",
    ]
)


@SETTINGS
@given(text=st.lists(yaml_pieces | st.text(max_size=4), max_size=20).map("".join))
@pytest.mark.parametrize("path", ["curso.yaml", "fuentes.yaml", "glosario.md"])
def test_no_data_file_makes_it_raise(path, text, compile_with):
    compilation = compile_with({path: text})

    assert "R217" not in {found.code for found in compilation.diagnostics}


@SETTINGS
@given(content=st.binary(max_size=200))
@pytest.mark.parametrize("path", ["curso.yaml", "glosario.md", "01-marco/01-tema.md", "imagenes/a.png"])
def test_no_bytes_make_it_raise(path, content, compile_with):
    compilation = compile_with({path: content})

    assert "R217" not in {found.code for found in compilation.diagnostics}


@pytest.mark.parametrize(
    "text",
    [
        piece * (100_000 // len(piece))
        for piece in (
            "[",
            "> ",
            "*a ",
            "![a",
            "[a](",
            ":",
            "`",
            "(",
            "{: a",
            "<!--",
            "--><!-- ",
            "[[a]]",
            "<b ",
            "a.",
            "1 ",
            "( ) ",
        )
    ]
    + ["- " * 2_000, "1. " * 2_000, "a\n: b\n" * 1_000],
    ids=lambda text: text[:2],
)
def test_text_made_to_exhaust_is_answered(text, compile_with):
    assert compile_with({"01-marco/01-tema.md": HEAD + text}).diagnostics is not None


def test_yaml_nested_without_end_is_answered(compile_with):
    codes = {found.code for found in compile_with({"curso.yaml": "[" * 20_000}).diagnostics}

    assert codes == {"R110"}

"""Warnings permitted in place, with a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.courses.compiler.codes import RETIRED, Code
from lms.courses.compiler.diagnostics import Diagnostic, Severity
from lms.courses.compiler.permissions import with_permissions
from lms.courses.compiler.source import SourceFile, SourceTree

WORD = "Es trata de blancas.\n"
NOTE = "<!-- ruta: permitir R502 porque es un título -->"


@pytest.mark.parametrize(
    "body",
    [
        f"{NOTE}\n{WORD}",
        f"{NOTE}\n\n{WORD}",
        f"<!-- ruta: allow R502 because it is a title -->\n{WORD}",
        f"<!-- ruta: permitir R502, R503 porque es un título -->\n{WORD}",
        f"<!-- ruta: permitir R502 porque\n  es un título -->\n{WORD}",
        f"Es trata de blancas. {NOTE}\n",
        f"{NOTE}\n\nUna línea.\nEs trata de blancas.\n".replace("\n\nUna", "\nUna"),
        f"{NOTE}\n::: clave\nUno.\n\n{WORD}:::\n",
        f"{NOTE}\n<!-- ruta: permitir R213 porque se explica la etiqueta -->\nEs <b>trata de blancas</b>.\n",
    ],
)
def test_a_warning_is_permitted(body, found_in):
    assert [found for found in found_in(body) if found[0] == "R502"] == []


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (f"{NOTE}\nUno.\n\n{WORD}", 11),
        (f"Uno. {NOTE}\n{WORD}", 9),
        (f"{NOTE}\n::: clave\nUno.\n:::\n{WORD}", 12),
        (f"{WORD}{NOTE}\n", 8),
    ],
)
def test_a_permission_reaches_no_further_than_what_follows(body, line, found_in):
    assert ("R502", line) in found_in(body)
    assert "R902" in {code for code, _ in found_in(body)}


@pytest.mark.parametrize(
    "note",
    [
        "<!-- ruta: permitir R502 -->",
        "<!-- ruta: permitir R502 porque -->",
        "<!-- ruta: permitir porque sí -->",
        "<!-- ruta: permite R502 porque sí -->",
        "<!-- ruta: permitir R599 porque sí -->",
        "<!-- ruta: permitir R902 porque sí -->",
    ],
)
def test_a_permission_says_what_and_why(note, found_in):
    found = found_in(f"{note}\n{WORD}")

    assert ("R901", 8) in found
    assert ("R502", 9) in found


@pytest.mark.parametrize("code", sorted(RETIRED))
def test_a_note_for_a_rule_that_was_retired_is_a_warning_that_says_so(code, compiled):
    note = f"<!-- ruta: permitir {code}, R502 porque es un título -->\n"
    head = "---\ntitulo: Una\nminutos: 1\nobjetivo: Leer.\nrevisado: 2026-11-21\nfuentes: [PAL]\n---\n"
    compilation = compiled({"01-marco/01-tema.md": f"{head}{note}{WORD}"})
    (found,) = (each for each in compilation.diagnostics if each.line == 8)
    assert (found.code, found.severity) == ("R902", Severity.WARNING)
    assert f"El código {code} ya no existe" in found.message
    assert "R502" not in {each.code for each in compilation.diagnostics}
    assert compilation.course is not None


def test_no_rule_has_the_code_of_one_that_was_retired():
    assert RETIRED.isdisjoint(code.value for code in Code)


def test_an_error_is_not_permitted(compiled):
    body = "<!-- ruta: permitir R407 porque falta el glosario -->\n[[nada]]\n"
    head = "---\ntitulo: Una\nminutos: 1\nobjetivo: Leer.\nrevisado: 2026-11-21\nfuentes: [PAL]\n---\n"
    compilation = compiled({"01-marco/01-tema.md": head + body})

    assert [(found.code, found.line) for found in compilation.diagnostics] == [("R903", 8), ("R407", 9)]
    assert compilation.course is None


def test_a_permission_inside_code_is_an_example(found_in):
    assert found_in(f"```\n{NOTE}\n```\n\nUn texto.\n") == []


def test_front_matter_and_yaml_permit_after_a_hash(compiled):
    head = (
        "---\ntitulo: Una\n# ruta: permitir R504 porque se lee en grupo\nminutos: 9\nobjetivo: Leer.\n"
        "revisado: 2026-11-21 # ruta: permitir R417 porque la norma no cambia\nfuentes: [PAL]\n---\nUn texto.\n"
    )

    assert compiled({"01-marco/01-tema.md": head}).diagnostics == ()


def test_other_line_ends_change_nothing(compiled):
    head = "---\ntitulo: Una\nminutos: 1\nobjetivo: Leer.\nrevisado: 2026-11-21\nfuentes: [PAL]\n---\n"
    text = (head + f"Uno.\n\n{NOTE}\n{WORD}").replace("\n", "\r\n")

    assert compiled({"01-marco/01-tema.md": text}).diagnostics == ()


PIECES = st.sampled_from(
    [
        *(
            "<!-- ruta:",
            " permitir ",
            "R502",
            ", R503",
            " porque ",
            "sí",
            "-->",
            "\n",
            "\n\n",
            "---\n",
            "# ruta:",
        ),
        *(
            ":::",
            "::: clave\n",
            ":::\n",
            "```\n",
            "\r",
            "\ufeff",
            "ruta:",
            "Es trata de blancas.",
            "\xff",
            "\u2028",
        ),
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join), st.sampled_from(["a.md", "a.yaml"]))
def test_whatever_a_note_says_nothing_raises_and_no_error_is_lost(text, path):
    tree = SourceTree(files={path: SourceFile(path=path, content=text.encode("utf-8"))})
    said = tuple(
        Diagnostic(code="R502", severity=severity, path=path, line=line, message="Uno.")
        for severity in Severity
        for line in range(1, 9)
    )
    found = with_permissions(said, tree)

    assert {each for each in said if each.severity is Severity.ERROR} <= set(found)

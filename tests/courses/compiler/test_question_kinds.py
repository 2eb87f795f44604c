"""Questions that are not answered with options: what their authors get wrong, told at the line."""

import pytest

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.compile import compile_tree
from lms.courses.compiler.explanations.page import COURSE, QUIZ, QUIZ_HEAD
from lms.courses.compiler.source import SourceFile, SourceTree
from lms.plugins.blocks import by_name

FIRST = QUIZ_HEAD.count("\n") + 1
"""Line of the block."""


def compile_question(attributes, body, head=QUIZ_HEAD):
    text = f"{head}::: pregunta {{id=uno {attributes}}}\n{body}:::\n"
    files = {"curso.yaml": COURSE, QUIZ: text}
    sources = {path: SourceFile(path=path, content=content.encode()) for path, content in files.items()}
    return compile_tree(SourceTree(files=sources), "curso", by_name(BUILT_IN_BLOCKS))


@pytest.mark.parametrize(
    ("attributes", "body", "code", "line"),
    [
        ("tipo=escala", "¿Qué?\n", "R318", 0),
        ("tipo=escala", "¿Qué?\n\nEscala: Nada\n", "R318", 3),
        ("tipo=escala", "¿Qué?\n\nEscala: Nada / nada\n", "R318", 3),
        ("tipo=escala", "¿Qué?\n\nEscala: Nada / Mucho\nSuelto.\n", "R306", 4),
        ("tipo=escala parcial=si", "¿Qué?\n\nEscala: Nada / Mucho\n", "R310", 0),
        ("tipo=corta", "¿Qué?\n\n( ) Kioto\n", "R301", 0),
        ("tipo=corta", "¿Qué?\n\n(x) Sí\n(x) sí\n", "R311", 4),
        ("tipo=corta erratas=9", "¿Qué?\n\n(x) Sí\n", "R310", 0),
        ("tipo=corta exige=comas", "¿Qué?\n\n(x) Sí\n", "R310", 0),
        ("tipo=numero", "¿Cuánto?\n\n(x) mucho\n", "R318", 3),
        ("tipo=numero tolerancia=algo", "¿Cuánto?\n\n(x) 3\n", "R310", 0),
        ('tipo=numero unidades="horas; días"', "¿Cuánto?\n\n(x) 3\n", "R310", 0),
        ("tipo=parejas", "¿Qué?\n\n- uno => dos\n", "R318", 0),
        ("tipo=parejas", "¿Qué?\n\n- uno => dos\n- tres =>\n- c => d\n", "R318", 4),
        ("tipo=orden", "¿Qué?\n\n1. Uno\n2. Dos\n", "R318", 0),
        ("tipo=orden", "¿Qué?\n\n1. Uno\n2. Dos\n3. Uno\n", "R311", 5),
        ("tipo=huecos", "Complete.\n\nSin huecos.\n", "R318", 0),
        ("tipo=huecos", "Complete.\n\nEs {{(x) uno | (x) dos}}.\n", "R318", 0),
        ("tipo=huecos", "Es {{uno}}.\n", "R305", 0),
        ("tipo=ensayo", "¿Qué?\n\nRúbrica:\n\n| C | a | b |\n|---|---|---|\n| x | y | z |\n", "R318", 3),
        ("tipo=ensayo", "¿Qué?\n\nRúbrica:\n\n| C | 0 | 1 |\n|---|---|---|\n| x | y |\n", "R318", 7),
        ("tipo=archivo formatos=exe", "Entregue.\n", "R310", 0),
        ("tipo=archivo limite=20", "Entregue.\n", "R310", 0),
        ("tipo=ensayo limite=5", "¿Qué?\n", "R310", 0),
        ("tipo=otra", "¿Qué?\n", "R316", 0),
    ],
)
def test_a_mistake_is_told_at_its_line(attributes, body, code, line):
    found = compile_question(attributes, body).diagnostics
    assert (code, FIRST + line) in {(each.code, each.line) for each in found}


@pytest.mark.parametrize(("key", "value"), [("intentos", "3"), ("aprobar", "0.5"), ("banco", "senales")])
def test_a_survey_has_no_tries_no_mark_and_no_bank(key, value):
    head = f"---\ntipo: encuesta\ntitulo: Opinión\nminutos: 5\n{key}: {value}\n---\n"
    found = compile_question("", "¿Qué?\n\n( ) Sí.\n( ) No.\n", head).diagnostics
    assert "R111" in {each.code for each in found}


@pytest.mark.parametrize(("key", "value"), [("intentos", "3"), ("tiempo", "20"), ("banco", "senales")])
def test_nobody_grades_or_times_a_plan(key, value):
    head = "---\ntipo: plan\ntitulo: Mi plan\nminutos: 5\n{}---\n"
    (plan,) = compile_question("tipo=ensayo", "¿Qué?\n", head.format("")).course.modules[0].units[-1:]
    assert (plan.is_plan, plan.pass_mark) == (True, 1)
    found = compile_question("tipo=ensayo", "¿Qué?\n", head.format(f"{key}: {value}\n")).diagnostics
    assert "R111" in {each.code for each in found}
    assert "R316" in {
        each.code for each in compile_question("tipo=numero", "¿Qué?\n\n= 3\n", head.format("")).diagnostics
    }


def test_a_survey_and_a_plan_take_no_files():
    for kind in ("encuesta", "plan"):
        head = f"---\ntipo: {kind}\ntitulo: Opinión\nminutos: 5\n---\n"
        assert "R316" in {
            each.code for each in compile_question("tipo=archivo", "Entregue.\n", head).diagnostics
        }


def test_an_option_of_a_survey_is_never_right():
    head = "---\ntipo: encuesta\ntitulo: Opinión\nminutos: 5\n---\n"
    assert not compile_question("", "¿Qué?\n\n( ) Sí.\n( ) No.\n", head).diagnostics
    found = compile_question("", "¿Qué?\n\n(x) Sí.\n( ) No.\n", head).diagnostics
    assert "R301" in {each.code for each in found}


def test_no_letter_of_a_step_tells_its_place():
    body = "¿Qué?\n\n{}\n{}\n{}\n"
    steps = ("1. Uno", "2. Dos", "3. Tres")
    for order in (steps, ("1. Tres", "2. Uno", "3. Dos")):
        (quiz,) = compile_question("tipo=orden", body.format(*order)).course.modules[0].units[-1:]
        letters = {option.html: option.key for option in quiz.questions[0].options}
        assert letters == {"Dos": "a", "Tres": "b", "Uno": "c"}

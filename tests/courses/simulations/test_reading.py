"""Cases as authors write them: what they become, and everything that is said about the wrong ones."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.courses.compiler.codes import Code
from lms.courses.compiler.course import Axis
from lms.courses.compiler.diagnostics import Severity
from lms.courses.compiler.simulation_codec import simulation_from_json, simulation_to_json
from lms.courses.compiler.simulation_reader import read_scene
from lms.plugins.blocks import Block
from tests.courses.simulations.conftest import FIRST_LINE, ending, option, scene

GOOD = "{seguridad=+2 trato=+1 ruta=+1 confidencialidad=+1}"
SOUND = (
    scene(
        "uno",
        option("Hacer poco, y dejarlo para otro día", "mal", "{ruta=-1}"),
        option("Ayudar", "bien", GOOD),
    )
    + ending("bien")
    + ending("mal")
)
LOOSE = "Suelto.\n:::\n\n::: final bien"
NOTE = "Nota.[^1]\n\n[^1]: Al pie."


def found(compilation):
    return [(each.code, each.line, each.severity) for each in compilation.diagnostics]


def test_a_sound_case_has_no_remarks(compile_case):
    assert compile_case(SOUND).diagnostics == ()


def test_what_is_written_is_what_is_kept(case_of):
    case = case_of("Usted atiende.\n\n" + SOUND)
    assert case.start == "uno"
    assert case.pass_mark is None
    assert [choice.key for choice in case.scenes[0].choices] == ["a", "b"]
    first, second = case.scenes[0].choices
    assert (first.target, first.scores, first.critical) == ("mal", {Axis.ROUTE: -1}, "")
    assert second.scores == {Axis.SAFETY: 2, Axis.CARE: 1, Axis.ROUTE: 1, Axis.CONFIDENTIALITY: 1}
    assert first.consequence_html == "<p>Algo pasa.</p>"
    assert first.reason_html == "<p>Así cuida.</p>"
    assert case.intro[0].html == "<p>Usted atiende.</p>"


def test_a_case_survives_its_way_through_a_release(case_of):
    case = case_of("Usted [[canalizar|canaliza]].\n\n" + SOUND, extra="aprobar: 0.75\n")
    assert simulation_from_json(json.loads(json.dumps(simulation_to_json(case)))) == case
    assert case.pass_mark == 0.75


def test_english_words_mean_the_same(case_of):
    english = (
        SOUND.replace("::: escena", "::: scene")
        .replace("::: final", "::: ending")
        .replace("seguridad", "safety")
        .replace("trato", "care")
        .replace("ruta", "route")
        .replace("confidencialidad", "confidentiality")
        .replace("Por qué:", "Why:")
    )
    assert case_of(english).scenes == case_of(SOUND).scenes


def test_each_scene_links_its_terms_anew(case_of):
    text = SOUND.replace("Un texto breve.", "Hay que [[canalizar]].").replace(
        "Un balance breve.", "Y [[canalizar]]."
    )
    case = case_of(text)
    assert 'href="#g-canalizar"' in case.scenes[0].parts[0].html
    assert all('href="#g-canalizar"' in each.parts[0].html for each in case.endings)
    assert [term.slug for term in case.terms] == ["canalizar"]


def test_the_case_begins_where_its_author_says(case_of):
    second = scene(
        "dos", option("Seguir adelante sin mirar", "mal"), option("Ir", "uno", GOOD), attributes="{inicio=si}"
    )
    assert case_of(SOUND + second).start == "dos"


def test_lists_and_links_of_the_text_are_no_choices(case_of):
    text = SOUND.replace(
        "Un texto breve.", "- Una señal\n- [Otra](https://example.org)\n\n```\n- [No](#mal)\n```", 1
    )
    case = case_of(text)
    assert len(case.scenes[0].choices) == 2
    assert "<li>" in case.scenes[0].parts[0].html


@pytest.mark.parametrize("sign", ["-", "−", "–"])
def test_any_minus_is_a_minus(sign):
    block = Block(name="escena", argument="uno", title="Uno", body=f"- [No](#mal) {{ruta={sign}1}}\n")
    assert read_scene(block, is_start=False).choices[0].scores == {Axis.ROUTE: -1}


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        pytest.param(SOUND.replace("(#bien)", "(#bin)"), Code.UNKNOWN_TARGET, 8, id="unknown"),
        pytest.param(SOUND.replace("(#bien)", "(bien)"), Code.UNKNOWN_TARGET, 8, id="without #"),
        pytest.param(SOUND + ending("otro"), Code.UNREACHABLE_SCENE, 22, id="unreachable"),
        pytest.param(SOUND.replace("::: escena uno Escena uno", "::: escena uno"), Code.BAD_HEAD, 1, id="no title"),
        pytest.param(SOUND.replace("uno Escena", "Uno Escena"), Code.BAD_HEAD, 1, id="capitals"),
        pytest.param(SOUND.replace("uno Escena", f"{'u' * 61} Escena"), Code.BAD_HEAD, 1, id="too long"),
        pytest.param(SOUND.replace("ruta=-1", "rutta=-1"), Code.BAD_CHOICE, 4, id="no such axis"),
        pytest.param(SOUND.replace("ruta=-1", "ruta=-1 ruta=2"), Code.BAD_CHOICE, 4, id="twice"),
        pytest.param(SOUND.replace("ruta=-1", "ruta -1"), Code.BAD_CHOICE, 4, id="no pair"),
        pytest.param(SOUND.replace("{ruta=-1}", '{critico=""}'), Code.BAD_CHOICE, 4, id="nameless error"),
        pytest.param(SOUND.replace("[Ayudar]", "[]"), Code.EMPTY_OPTION, 8, id="empty"),
        pytest.param(SOUND.replace(":::\n\n::: final bien", LOOSE), Code.LOOSE_TEXT, 12, id="loose"),
        pytest.param(SOUND.replace("Un balance breve.", ""), Code.EMPTY_BLOCK, 14, id="empty ending"),
        pytest.param(SOUND + "Al final.\n", Code.TEXT_BETWEEN_SCENES, 22, id="between"),
        pytest.param(SOUND.replace("Un texto breve.", NOTE), Code.TEXT_BETWEEN_SCENES, None, id="note"),
    ],
)  # fmt: skip
def test_a_mistake_is_reported_at_its_line(compile_case, text, code, line):
    said = found(compile_case(text))
    lines = [at for each, at, severity in said if each == code.value and severity is Severity.ERROR]
    assert lines, said
    assert line is None or line + FIRST_LINE - 1 in lines


def test_an_unknown_scene_gets_a_proposal(compile_case):
    said = [each.message for each in compile_case(SOUND.replace("(#bien)", "(#bin)")).diagnostics]
    assert "No hay escena ni final «bin». ¿Quiso decir «bien»?" in said


def test_a_dead_end_is_not_blamed_on_the_scenes_before_it(compile_case):
    text = SOUND.replace("(#bien)", "(#dos)") + "::: escena dos Dos\nTexto.\n:::\n"
    codes = [code for code, _line, _severity in found(compile_case(text))]
    assert Code.DEAD_END.value in codes
    assert Code.NO_WAY_OUT.value not in codes


def test_a_case_in_which_nothing_is_gained_cannot_be_released(compile_case):
    text = SOUND.replace(GOOD, "{seguridad=-1 trato=-1 confidencialidad=-1}")
    assert Code.FLAT_SCORES.value in {
        each.code for each in compile_case(text).diagnostics if each.severity == "error"
    }


def test_a_scene_in_a_lesson_is_told_where_it_belongs(compile_case):
    lesson = "\n::: escena uno Uno\nTexto.\n:::\n"
    text = SOUND.replace("Un texto breve.", f"Un texto breve.\n{lesson}").replace(
        "::: escena uno Escena uno", ":::: escena uno Escena uno", 1
    )
    text = text.replace("Así cuida.\n:::", "Así cuida.\n::::", 2)
    assert Code.MISPLACED_BLOCK.value in {each.code for each in compile_case(text).diagnostics}


def test_a_case_has_no_questions(compile_case):
    question = "\n::: pregunta\n¿Sí?\n\n(x) Sí.\n( ) No.\n:::\n\n"
    assert Code.MISPLACED_BLOCK.value in {each.code for each in compile_case(question + SOUND).diagnostics}


pieces = st.sampled_from(
    ["::: escena uno Uno", ":::", "- [a](#uno)", "- [b](#fin) {ruta=+1}",
     "  > pasa", "  > Por qué: sí", "::: final fin Fin",
     "texto", "", "::::", "- [", "{", "[[x]]", "- [c](#) {critico=", "::: cierre", "  >", "\t> x", "- [](#uno) {}"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(pieces, max_size=25))
def test_no_text_makes_the_compiler_fail(lines):
    block = Block(name="escena", argument="uno", title="Uno", body="\n".join(lines))
    read_scene(block, is_start=False)


@settings(deadline=None)
@given(st.lists(pieces, max_size=25))
def test_no_case_goes_without_an_answer(compile_whatever, lines):
    compilation = compile_whatever("\n".join(lines))
    assert Code.NOT_CONVERTED.value not in {each.code for each in compilation.diagnostics}
    assert (compilation.course is None) == any(each.severity == "error" for each in compilation.diagnostics)

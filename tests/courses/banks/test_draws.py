"""What the author of a quiz says of its banks, forms, times and of what is shown when."""

import pytest

from lms.courses.changes import ChangeClass, compare
from lms.courses.compiler.codec import quiz_from_json, quiz_to_json
from lms.courses.compiler.quiz_terms import USUAL_REVIEW, Counting, Draw, Moment, Piece, ReviewTime
from lms.courses.editions import edition_of
from tests.courses.banks.test_banks import BANK_HEAD, QUIZ, course_with, questions, quiz_of, quiz_saying, said

TAGS = {
    "uno": "nivel=A modulo=1",
    "dos": 'nivel=A modulo=3 etiquetas="frontera documentos"',
    "tres": "modulo=3",
}


def tagged(**tags):
    text = questions(*tags)
    for name, attributes in tags.items():
        text = text.replace(f"{{id={name}}}", f"{{id={name} {attributes}}}")
    return BANK_HEAD + text


def drawing(*lines, bank=None, **options):
    head = ("banco: senales", "extraer:", *(f"  - {{{line}}}" for line in lines))
    return course_with(quiz_saying(*head), bank or tagged(**TAGS), **options)


def test_a_draw_says_how_many_of_which_tags():
    made = drawing("cuantas: 1, nivel: A, etiqueta: frontera", "count: 1, module: 3")
    quiz = quiz_of(made)
    assert said(made) == []
    assert quiz.draws == (Draw(count=1, level="A", tag="frontera"), Draw(count=1, module=3))
    assert (quiz.drawn, quiz.drawing) == (2, (2, 3))
    assert quiz.questions[1].tags == ("frontera", "documentos")
    assert quiz_from_json(quiz_to_json(quiz)) == quiz


@pytest.mark.parametrize(
    ("lines", "code", "words"),
    [
        (["cuantas: 3, nivel: A"], "R319", "quedan 2"),
        (["cuantas: 2, nivel: A", "cuantas: 2, modulo: 3"], "R319", "quedan 1"),
        (["cuantas: 1, sector: sanidad"], "R215", "no existe"),
        (["cuantas: 1, nivel: X"], "R113", "nivel"),
        (["cuanta: 1"], "R111", "¿Quiso decir «cuantas»?"),
    ],
)
def test_a_draw_that_cannot_be_made_is_an_error_at_its_line(lines, code, words):
    found = [each for each in drawing(*lines).diagnostics if str(each.code) == code]
    assert [(each.path, each.line) for each in found] == [(QUIZ, 7 + len(lines))]
    assert words in found[0].message


def test_a_draw_that_is_short_for_one_sector_or_country_is_a_warning():
    bank = tagged(uno="sector=salud", dos="", tres="pais=PE")
    made = drawing("cuantas: 2", bank=bank)
    assert said(made) == [("R319", QUIZ, 8)]
    assert "los demás sectores en los demás países hay 1" in made.diagnostics[0].message
    assert said(drawing("cuantas: 1, sector: salud", bank=bank)) == []


def test_a_retired_question_is_kept_and_nothing_counts_on_it():
    made = drawing("cuantas: 2, nivel: A", bank=tagged(uno="nivel=A estado=retirada", dos="nivel=A", tres=""))
    assert said(made) == [("R319", QUIZ, 8)]
    quiz = quiz_of(course_with(quiz_saying("banco: senales"), tagged(uno="estado=retirada", dos="")))
    assert [each.id for each in quiz.questions] == ["uno", "dos"]
    assert [each.id for each in quiz.live] == ["dos"]


@pytest.mark.parametrize("attribute", ["modulo=tres", "objetivo=Señas", 'etiquetas="a B"', "estado=borrada"])
def test_a_tag_that_is_none_is_told(attribute):
    assert [code for code, *_ in said(course_with(quiz_saying("banco: senales"), tagged(uno=attribute)))] == [
        "R310"
    ]


def test_a_quiz_may_use_several_banks():
    made = course_with(
        quiz_saying("banco: [senales, otras]", "extraer: 4"),
        files={"bancos/otras.md": BANK_HEAD + questions("cuatro", "cinco")},
    )
    assert said(made) == []
    assert quiz_of(made).drawing == (4, 5)


def forms(second, *lines):
    head = quiz_saying("momento: inicial", "formas: [senales, otra]", *lines).replace("intentos: 3\n", "")
    return course_with(head, files={"bancos/otra.md": BANK_HEAD + questions(*second)})


def test_a_first_measure_has_forms_of_one_length_and_no_mark():
    quiz = quiz_of(forms(["cuatro", "cinco", "seis"]))
    assert quiz.forms == (("uno", "dos", "tres"), ("cuatro", "cinco", "seis"))
    assert (quiz.moment, quiz.attempts, quiz.pass_mark, quiz.is_measure) == (Moment.INITIAL, 1, 0, True)
    assert [each.id for each in quiz.first_form] == ["uno", "dos", "tres"]
    assert quiz_from_json(quiz_to_json(quiz)) == quiz
    assert [code for code, *_ in said(forms(["cuatro"]))] == ["R338"]
    assert [code for code, *_ in said(forms(["a", "b", "c"], "aprobar: 0.5"))] == ["R111"]
    assert [code for code, *_ in said(forms(["a", "b", "c"], "banco: senales"))] == ["R111"]


def test_times_counting_shuffles_and_what_is_shown():
    lines = (
        "tiempo: 30",
        "espera: 24",
        "cuenta: media",
        "mezclar: todo",
        "revision:",
        "  al-enviar: [puntos]",
    )
    quiz = quiz_of(course_with(quiz_saying("banco: senales", *lines)))
    assert (quiz.limit_minutes, quiz.wait_hours, quiz.counting) == (30, 24, Counting.MEAN)
    assert (quiz.shuffle, quiz.shuffles_questions) == (True, True)
    assert quiz.review == {**USUAL_REVIEW, ReviewTime.SUBMITTED: {Piece.POINTS}}
    assert quiz_from_json(quiz_to_json(quiz)) == quiz
    for line in ("tiempo: 0", "cuenta: peor", "mezclar: tal-vez", "revision: {al-enviar: [nota]}"):
        assert [code for code, *_ in said(course_with(quiz_saying("banco: senales", line)))] == ["R113"]


def test_what_was_usual_is_stored_as_before():
    assert "review" not in (body := quiz_to_json(quiz_of(course_with(quiz_saying("banco: senales")))))
    assert set(body) == {
        *("slug", "title", "minutes", "attempts", "pass_mark", "shuffle", "intro_html", "questions"),
        *("pool", "drawn"),
    }


def test_a_draw_a_time_or_a_retired_question_changes_what_is_asked_and_a_tag_does_not():
    def changed(before, after):
        return compare(edition_of(before.course), edition_of(after.course)).change_class

    base = drawing("cuantas: 1, modulo: 3")
    assert changed(base, drawing("cuantas: 1, modulo: 1")) is ChangeClass.ASSESSMENT
    assert changed(base, drawing("cuantas: 1, modulo: 3", bank=tagged(**TAGS | {"uno": "modulo=3"}))) is (
        ChangeClass.ASSESSMENT
    )
    assert changed(base, drawing("cuantas: 1, modulo: 3", bank=tagged(**TAGS | {"uno": "modulo=2"}))) is not (
        ChangeClass.ASSESSMENT
    )
    retired = TAGS | {"uno": TAGS["uno"] + " estado=retirada"}
    assert changed(base, drawing("cuantas: 1, modulo: 3", bank=tagged(**retired))) is ChangeClass.ASSESSMENT
    plain, timed = (course_with(quiz_saying("banco: senales", *more)) for more in ((), ("tiempo: 30",)))
    assert changed(plain, timed) is ChangeClass.ASSESSMENT

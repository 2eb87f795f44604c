"""Question banks: what they may hold, which quizzes use them, and what a change to one compiles again."""

import pytest

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.changes import ChangeClass, compare
from lms.courses.compiler.cache import CompilationCache
from lms.courses.compiler.codec import quiz_from_json, quiz_to_json
from lms.courses.compiler.compile import compile_tree
from lms.courses.compiler.source import SourceFile, SourceTree
from lms.courses.editions import edition_of
from lms.plugins.blocks import by_name
from tests.courses.compiler.conftest import QUIZ_HEAD, SOUND

BLOCKS = by_name(BUILT_IN_BLOCKS)
QUIZ, BANK = "01-marco/comprobacion.md", "bancos/senales.md"
BANK_HEAD = "---\ntipo: banco\ntitulo: Señales\n---\n"
QUESTION = (
    "\n::: pregunta {{id={}}}\n¿Sí o no, {}?\n\n(x) Sí.\n    > Así es.\n( ) No.\n    > Lea de nuevo.\n:::\n"
)


def questions(*names):
    return "".join(QUESTION.format(name, name) for name in names)


SOUND_BANK = BANK_HEAD + questions("uno", "dos", "tres")


def quiz_saying(*lines, own=()):
    return QUIZ_HEAD.replace("intentos: 3\n", "\n".join(("intentos: 3", *lines, ""))) + questions(*own)


def course_with(quiz, bank=SOUND_BANK, **options):
    files = SOUND | {QUIZ: quiz, BANK: bank} | options.pop("files", {})
    tree = SourceTree(
        files={
            path: SourceFile(path=path, content=text.encode())
            for path, text in files.items()
            if text is not None
        }
    )
    return compile_tree(tree, "curso", BLOCKS, **options)


def quiz_of(compilation):
    assert compilation.course is not None, compilation.diagnostics
    return compilation.course.modules[0].units[-1]


def said(compilation):
    return [(str(each.code), each.path, each.line) for each in compilation.diagnostics]


def test_a_quiz_asks_its_own_questions_and_those_of_its_bank():
    compilation = course_with(quiz_saying("banco: senales", "extraer: 2", own=["propia"]))
    quiz = quiz_of(compilation)
    assert said(compilation) == []
    assert [question.id for question in quiz.questions] == ["propia", "uno", "dos", "tres"]
    assert (quiz.pool, quiz.drawn, quiz.drawing) == (("uno", "dos", "tres"), 2, (2, 3))


def test_without_a_number_the_whole_bank_is_asked():
    quiz = quiz_of(course_with(quiz_saying("banco: senales")))
    assert (len(quiz.questions), quiz.drawn, quiz.drawing) == (3, None, None)


def test_the_english_names_say_the_same():
    spanish = quiz_of(course_with(quiz_saying("banco: senales", "extraer: 1")))
    english = course_with(
        quiz_saying("bank: senales", "draw: 1"),
        bank=None,
        files={"banks/senales.md": "---\ntype: bank\ntitle: Signs\n---\n" + questions("uno", "dos", "tres")},
    )
    assert quiz_of(english) == spanish


@pytest.mark.parametrize(
    ("lines", "code", "line", "words"),
    [
        (["banco: senal"], "R315", 6, "¿Quiso decir «senales»?"),
        (["banco: senales", "extraer: 4"], "R113", 7, "entre 1 y 3"),
        (["banco: senales", "extraer: 0"], "R113", 7, "entre 1 y 3"),
        (["extraer: 2"], "R112", 6, "Falta «banco»"),
    ],
)
def test_a_quiz_that_misnames_its_bank_or_draws_badly(lines, code, line, words):
    found = [
        each for each in course_with(quiz_saying(*lines, own=["propia"])).diagnostics if each.path == QUIZ
    ]
    assert [(str(each.code), each.line) for each in found] == [(code, line)]
    assert words in found[0].message


@pytest.mark.parametrize(
    ("bank", "code", "line"),
    [
        (BANK_HEAD, "R312", 5),
        (BANK_HEAD + "\nUn texto.\n" + questions("uno"), "R216", 6),
        (BANK_HEAD.replace("banco", "leccion") + questions("uno"), "R113", 2),
        (BANK_HEAD.replace("---\n", "---\nverificar: todo\n", 1) + questions("uno"), "R111", 2),
        (BANK_HEAD + questions("uno").replace("    > Así es.\n", ""), "R302", 9),
        (questions("uno"), "R210", 1),
    ],
)
def test_a_bank_holds_questions_only_and_each_is_checked_once(bank, code, line):
    files = {"01-marco/01-tema.md": SOUND["01-marco/01-tema.md"]}
    found = course_with(quiz_saying("banco: senales"), bank, files=files)
    assert found.course is None
    assert [each for each in said(found) if each[1] == BANK] == [(code, BANK, line)]
    assert [each for each in said(found) if each[1] == QUIZ] == []


def test_an_id_is_unique_among_banks_and_pages():
    found = course_with(quiz_saying("banco: senales", own=["uno"]))
    assert [code for code, _, _ in said(found)] == ["R309"]


def test_two_quizzes_may_use_one_bank():
    second = SOUND["curso.yaml"].replace("horas: 1\nmodulos", "horas: 2\nmodulos")
    second += "  - carpeta: 02-fin\n    titulo: Fin\n    horas: 1\n"
    quiz = quiz_saying("banco: senales", "extraer: 1")
    found = course_with(quiz, files={"curso.yaml": second, "02-fin/final.md": quiz})
    assert said(found) == []
    assert [len(module.units[-1].pool) for module in found.course.modules] == [3, 3]


def test_a_bank_that_no_quiz_uses_is_a_warning():
    found = course_with(quiz_saying(own=["propia"]))
    assert found.course is not None
    assert said(found) == [("R106", BANK, 1)]


def test_two_banks_with_one_name_are_an_error():
    found = course_with(
        quiz_saying("banco: senales"), files={"banks/senales.md": BANK_HEAD + questions("otra")}
    )
    assert said(found) == [("R122", "banks/senales.md", 1)]


def test_a_question_that_waits_for_a_signature_is_not_drawn():
    bank = BANK_HEAD + questions("uno", "dos").replace("{id=uno}", '{id=uno verificar="el plazo"}')
    quiz = quiz_of(course_with(quiz_saying("banco: senales", "extraer: 2"), bank))
    assert (quiz.pool, quiz.drawing) == (("dos",), (1, 1))


def test_a_change_to_a_bank_compiles_its_quizzes_again():
    cache = CompilationCache()
    quiz = quiz_saying("banco: senales")
    first = quiz_of(course_with(quiz, cache=cache))
    again = quiz_of(course_with(quiz, cache=cache))
    changed = BANK_HEAD + questions("uno", "dos").replace("Así es", "Es así")
    warm = course_with(quiz, changed, cache=cache)
    assert again == first
    assert warm == course_with(quiz, changed)
    assert "Es así" in quiz_of(warm).questions[0].options[0].feedback_html


def test_a_translated_quiz_asks_the_questions_of_the_bank_in_the_language_of_the_course():
    english = "---\ntitulo: Check\n---\n" + questions("propia").replace("¿Sí o no", "Yes or no")
    quiz = quiz_saying("banco: senales", "extraer: 2", own=["propia"])
    found = course_with(quiz, files={f"idiomas/en/{QUIZ}": english})
    assert found.course is not None, found.diagnostics
    translated = found.course.translations[0].unit
    assert [question.id for question in translated.questions] == ["propia", "uno", "dos", "tres"]
    assert translated.drawing == (2, 3)
    assert 'lang="es"' in translated.questions[1].stem_html


def test_a_release_keeps_what_is_drawn_and_an_older_one_draws_nothing():
    quiz = quiz_of(course_with(quiz_saying("banco: senales", "extraer: 2")))
    assert quiz_from_json(quiz_to_json(quiz)) == quiz
    older = {key: value for key, value in quiz_to_json(quiz).items() if key not in {"pool", "drawn"}}
    assert (quiz_from_json(older).pool, quiz_from_json(older).drawing) == ((), None)


def weight_of(before, after):
    """Return the classes of the changes from one quiz to another, each with the text of its bank."""
    changes = compare(edition_of(sound_course(*before)), edition_of(sound_course(*after))).changes
    return [each.change_class for each in changes]


def sound_course(*texts):
    compilation = course_with(*texts)
    assert compilation.course is not None, compilation.diagnostics
    return compilation.course


def test_drawing_otherwise_changes_what_is_asked():
    two = (quiz_saying("banco: senales", "extraer: 2"),)
    assert weight_of(two, (quiz_saying("banco: senales", "extraer: 1"),)) == [ChangeClass.ASSESSMENT]
    assert weight_of(two, (quiz_saying("banco: senales"),)) == [ChangeClass.ASSESSMENT]
    assert weight_of(two, two) == []


@pytest.mark.parametrize(
    ("draw", "found"), [(["extraer: 1"], [ChangeClass.ASSESSMENT]), ([], [])], ids=["draws", "asks all"]
)
def test_moving_a_question_to_the_bank_matters_when_the_bank_is_drawn_from(draw, found):
    before = (
        quiz_saying("banco: senales", *draw, own=["uno"]),
        BANK_HEAD + questions("dos", "tres"),
    )
    assert weight_of(before, (quiz_saying("banco: senales", *draw), SOUND_BANK)) == found

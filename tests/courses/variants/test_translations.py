"""Pages in other languages: the same questions, known when old, never blank."""

import pytest

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.cache import CompilationCache
from lms.courses.compiler.codec import lesson_from_json, lesson_to_json
from lms.courses.compiler.course import HtmlPart, QuestionPart
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.sections import sections
from lms.courses.compiler.splitter import split
from lms.courses.compiler.translations import TranslationCompiler
from lms.plugins.blocks import by_name

LESSON = "01-marco/01-tema.md"
ENGLISH = "idiomas/en/01-marco/01-tema.md"
HEAD = "---\ntitulo: Tema\nminutos: 1\nobjetivo: Decidir.\nrevisado: 2026-11-21\nfuentes: [PAL]\n---\n"
BODY = """\
Un texto para empezar.

## Lo primero

Se escucha.[^n]

::: clave
Escuchar es proteger.
:::

## Compruebe

::: pregunta
¿Qué se hace primero?

( ) Anotar.
    > Después.
(x) Escuchar.
    > Eso es.

Explicación: primero se escucha.
:::

[^n]: Siempre a solas.
"""
TRANSLATED = """\
A text to begin.

## First of all

One listens.[^n]

::: key
Listening protects.
:::

## Check

::: question
What comes first?

( ) Taking notes.
    > Later.
(x) Listening.
    > That is it.

Explanation: listening comes first.
:::

[^n]: Always in private.
"""


def hashes(body=BODY):
    nodes = split(body, "x.md", Findings())
    return [section.hash for section in sections(nodes, by_name(BUILT_IN_BLOCKS))]


def english(body=TRANSLATED, named=None, extra=""):
    named = hashes() if named is None else named
    return f"---\ntitle: Topic\nobjective: Decide.\ntranslates: [{', '.join(named)}]\n{extra}---\n{body}"


def html_of(unit):
    return "".join(part.html for part in unit.parts if isinstance(part, HtmlPart))


@pytest.fixture
def translated(compiled):
    def compile_both(files):
        compilation = compiled({LESSON: HEAD + BODY} | files)
        assert compilation.course is not None, compilation.diagnostics
        return compilation.course.translations[0].unit, compilation.diagnostics

    return compile_both


def test_a_page_is_cut_at_its_headings_and_blocks():
    assert len(hashes()) == 5


def test_sectors_in_a_row_are_one_section():
    body = "::: sector salud\nA.\n:::\n\n::: sector justicia\nB.\n:::\n\n::: lugar mx\nC.\n:::\n"
    assert len(hashes(body)) == 2


def test_a_translation_is_kept_with_its_language_and_place(compiled):
    compilation = compiled({LESSON: HEAD + BODY, ENGLISH: english()})
    assert compilation.diagnostics == ()
    (found,) = compilation.course.translations
    assert (found.language, found.module_slug, found.unit_slug) == ("en", "marco", "tema")
    assert (found.unit.title, found.unit.objective) == ("Topic", "Decide.")
    assert [heading.text for heading in found.unit.headings] == ["First of all", "Check"]
    assert "One listens." in html_of(found.unit)
    assert "Se escucha" not in html_of(found.unit)
    assert 'lang="es"' not in html_of(found.unit)
    assert "Back to the place of note" in html_of(found.unit)


def test_the_question_keeps_the_id_and_keys_of_the_original(translated):
    unit, _ = translated({ENGLISH: english()})
    (question,) = [part.question for part in unit.parts if isinstance(part, QuestionPart)]
    assert (question.id, question.stem_html) == ("tema-1", "What comes first?")
    assert [(option.key, option.is_right, option.html) for option in question.options] == [
        ("a", False, "Taking notes."),
        ("b", True, "Listening."),
    ]
    assert "listening comes first" in question.explanation_html


def test_what_the_author_did_not_translate_of_a_question_stays_marked(translated):
    body = TRANSLATED.replace("    > Later.\n", "").replace("Explanation: listening comes first.\n", "")
    unit, _ = translated({ENGLISH: english(body)})
    (question,) = [part.question for part in unit.parts if isinstance(part, QuestionPart)]
    assert 'lang="es"' in question.options[0].feedback_html
    assert 'lang="es"' in question.explanation_html
    assert 'lang="es"' not in question.options[1].feedback_html


def test_a_changed_section_is_flagged_at_its_line(compiled):
    files = {LESSON: HEAD + BODY.replace("Escuchar es proteger", "Escuchar protege"), ENGLISH: english()}
    (problem,) = compiled(files).diagnostics
    assert (problem.code, problem.severity, problem.path, problem.line) == ("R352", "warning", ENGLISH, 12)
    assert hashes(BODY.replace("Escuchar es proteger", "Escuchar protege"))[2] in problem.message


def test_a_new_section_is_read_in_the_original_and_marked(translated):
    new = "## Después\n\nSe acuerda.[^m]\n\n## Compruebe"
    body = BODY.replace("## Compruebe", new) + "[^m]: Con la persona.\n"
    unit, problems = translated({LESSON: HEAD + body, ENGLISH: english()})
    assert [(each.code, each.line) for each in problems if each.code == "R353"] == [("R353", 16)]
    html = html_of(unit)
    assert html.index("Listening protects") < html.index("Se acuerda") < html.index("Check")
    assert '<div class="prose" lang="es">' in html
    assert "Con la persona" in html
    assert [(heading.text, heading.language) for heading in unit.headings] == [
        ("First of all", ""),
        ("Después", "es"),
        ("Check", ""),
    ]
    ids = [piece.split('"')[0] for piece in html.split('id="')[1:]]
    assert len(ids) == len(set(ids))


def test_a_new_question_is_read_in_the_original_and_keeps_its_id(translated):
    new = "::: pregunta\n¿Y antes?\n\n( ) Uno.\n(x) Dos.\n:::\n\n## Compruebe"
    unit, _ = translated({LESSON: HEAD + BODY.replace("## Compruebe", new), ENGLISH: english()})
    questions = [part.question for part in unit.parts if isinstance(part, QuestionPart)]
    assert [question.id for question in questions] == ["tema-1", "tema-2"]
    assert questions[0].stem_html == '<span lang="es">¿Y antes?</span>'
    assert questions[1].stem_html == "What comes first?"


def test_a_section_that_the_original_lost_is_left_out(translated):
    body = BODY.replace("::: clave\nEscuchar es proteger.\n:::\n\n", "")
    unit, problems = translated({LESSON: HEAD + body, ENGLISH: english()})
    assert [(each.code, each.line) for each in problems] == [("R352", 12)]
    assert "quítela" in problems[0].message
    assert "Listening protects" not in html_of(unit)


def test_without_hashes_the_translation_is_read_and_asked_for_them(translated):
    unit, (problem,) = translated({ENGLISH: f"---\ntitle: Topic\n---\n{TRANSLATED}"})
    assert problem.code == "R352"
    assert "Falta «traduce»" in problem.message
    assert unit.objective == "Decidir."


def test_branches_of_a_place_that_are_not_translated_stay_marked(translated):
    base = "::: lugar general {id=ley}\nGeneral.\n:::\n"
    named = hashes(base)
    unit, _ = translated(
        {
            LESSON: HEAD + base,
            "variantes/mx/01-marco/01-tema.md": "::: lugar mx Aquí {id=ley}\nEn México.\n:::\n",
            ENGLISH: english("::: place general {id=ley}\nIn general.\n:::\n", named),
        }
    )
    (fork,) = unit.parts
    assert [(branch.places, branch.language) for branch in fork.branches] == [
        (("general",), ""),
        (("MX",), "es"),
    ]
    assert "In general" in fork.branches[0].parts[0].html
    assert 'lang="es"' in fork.branches[1].parts[0].html
    again = lesson_from_json(lesson_to_json(unit))
    assert again == unit


@pytest.mark.parametrize(
    ("files", "code", "says"),
    [
        ({ENGLISH: english(TRANSLATED.replace("## Check\n\n", "More.\n\n"))}, "R351", "tiene 4 secciones"),
        (
            {ENGLISH: english(TRANSLATED.replace("(x) Lis", "( ) Lis").replace("( ) Tak", "(x) Tak"))},
            "R354",
            "orden",
        ),
        (
            {ENGLISH: english(TRANSLATED.replace(") Taking notes.\n    > Later.", ") A.\n( ) B."))},
            "R354",
            "orden",
        ),
        ({ENGLISH: english(TRANSLATED.replace("question\n", "question {id=otra}\n"))}, "R354", "{id=tema-1}"),
        ({ENGLISH: english(TRANSLATED.replace("::: question", "::: info"))}, "R354", "1 preguntas y esta 0"),
        ({ENGLISH.replace("/en/", "/eng/"): english()}, "R350", "¿Quiso decir «en»?"),
        ({ENGLISH.replace("/en/", "/es/"): english()}, "R350", "es el idioma del curso"),
        ({ENGLISH.replace("tema", "tena"): english()}, "R341", "¿Quiso decir «01-marco/01-tema.md»?"),
        (
            {"idiomas/en/curso.yaml": "titulo: C\nmodulos:\n  - carpeta: 01-marca\n    titulo: F\n"},
            "R120",
            "01-marco",
        ),
        ({ENGLISH: english(extra="minutos: 4\n")}, "R111", "«minutos»"),
    ],
)
def test_what_cannot_be_a_translation_is_an_error(compiled, files, code, says):
    problems = [
        each for each in compiled({LESSON: HEAD + BODY} | files).diagnostics if each.severity == "error"
    ]
    assert {each.code for each in problems} == {code}
    assert says in problems[0].message
    assert problems[0].path in files


@pytest.mark.parametrize("extra", ["", "validado-por: ''\n"])
def test_kichwa_is_held_back_until_somebody_vouches_for_it(compiled, extra):
    files = {LESSON: HEAD + BODY, "idiomas/qu/01-marco/01-tema.md": english(extra=extra)}
    compilation = compiled(files)
    assert [each.code for each in compilation.diagnostics] == ["R355"]
    assert compilation.course.translations == ()


def test_kichwa_that_somebody_vouches_for_is_read(compiled):
    text = english(extra="validado-por: Dirección bilingüe\n")
    compilation = compiled({LESSON: HEAD + BODY, "idiomas/qu/01-marco/01-tema.md": text})
    assert [each.language for each in compilation.course.translations] == ["qu"]


def test_a_draft_is_held_back_in_any_language(compiled):
    compilation = compiled({LESSON: HEAD + BODY, ENGLISH: english(extra="borrador: si\n")})
    assert [each.code for each in compilation.diagnostics] == ["R355"]
    assert compilation.course.translations == ()


def test_the_cover_is_translated_too(compiled):
    cover = (
        "title: Course\nsummary: For tests.\nnotice: Take care.\nmodules:\n"
        "  - folder: 01-marco\n    title: Frame\n    objective: Tell them apart.\n"
    )
    (found,) = compiled({"idiomas/en/curso.yaml": cover}).course.outlines
    assert (found.language, found.title, found.notice) == ("en", "Course", "Take care.")
    assert found.modules["marco"].title == "Frame"


QUIZ = """\
---
tipo: cuestionario
titulo: Comprobación
minutos: 5
intentos: 3
---
Con calma.

::: pregunta {id=uno nivel=R}
¿Uno?

(x) Sí.
    > Sí.
( ) No.
    > No.
:::

::: pregunta {id=dos}
¿Dos?

[x] A.
    > Sí.
[x] B.
    > Sí.
:::
"""
QUIZ_BODY = QUIZ.split("---\n", 2)[2]


def test_a_quiz_keeps_its_questions_whatever_is_translated(compiled):
    text = (
        f"---\ntitle: Check\ntranslates: [{', '.join(hashes(QUIZ_BODY)[:2])}]\n---\nTake your time.\n\n"
        "::: question {id=uno}\nOne?\n\n(x) Yes.\n    > Yes.\n( ) No.\n    > No.\n:::\n"
    )
    files = {"01-marco/comprobacion.md": QUIZ, "idiomas/en/01-marco/comprobacion.md": text}
    compilation = compiled(files)
    assert [each.code for each in compilation.diagnostics] == ["R353"]
    quiz = compilation.course.translations[0].unit
    assert (quiz.title, quiz.attempts, quiz.intro_html) == ("Check", 3, "<p>Take your time.</p>")
    assert [question.id for question in quiz.questions] == ["uno", "dos"]
    assert (quiz.questions[0].stem_html, quiz.questions[0].level) == ("One?", "R")
    assert quiz.questions[1].stem_html == '<span lang="es">¿Dos?</span>'


def test_only_what_changed_beside_the_pages_is_compiled_again(compiled, monkeypatch):

    asked = []
    real = TranslationCompiler.compile
    monkeypatch.setattr(
        TranslationCompiler,
        "compile",
        lambda self, page, *rest: asked.append(page.path) or real(self, page, *rest),
    )
    cache = CompilationCache()
    files = {LESSON: HEAD + BODY, ENGLISH: english(), "idiomas/pt/01-marco/01-tema.md": english()}
    first = compiled(files, cache=cache)
    assert len(asked) == 2
    assert compiled(files, cache=cache) == first
    assert len(asked) == 2
    compiled(files | {ENGLISH: english(TRANSLATED.replace("One listens", "We listen"))}, cache=cache)
    assert asked[2:] == [ENGLISH]
    compiled(files | {LESSON: HEAD + BODY.replace("escucha", "atiende")}, cache=cache)
    assert len(asked) == 5


def test_what_waits_for_a_signature_waits_in_every_language(compiled):
    quiz = QUIZ.replace("{id=dos}", '{id=dos verificar="el plazo"}')
    body = quiz.split("---\n", 2)[2]
    text = (
        f"---\ntitle: Check\ntranslates: [{', '.join(hashes(body))}]\n---\nTake your time.\n\n"
        "::: question {id=uno}\nOne?\n\n(x) Yes.\n    > Yes.\n( ) No.\n    > No.\n:::\n\n"
        "::: question {id=dos}\nTwo?\n\n[x] A.\n    > Yes.\n[x] B.\n    > Yes.\n:::\n"
    )
    lesson = BODY.replace("::: pregunta", '::: pregunta {id=tema-1 verificar="el plazo"}')
    files = {
        LESSON: HEAD + lesson,
        ENGLISH: english(named=hashes(lesson)),
        "01-marco/comprobacion.md": quiz,
        "idiomas/en/01-marco/comprobacion.md": text,
    }
    course = compiled(files).course
    units = {each.unit_slug: each.unit for each in course.translations}
    assert [question.id for question in units["comprobacion"].questions] == ["uno"]
    assert [part for part in units["tema"].parts if isinstance(part, QuestionPart)] == []

"""Cases, glossaries, banks and variants in other languages: the words change, and nothing that counts does."""

import pytest

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.cache import CompilationCache
from lms.courses.compiler.course import HtmlPart, QuestionPart
from lms.courses.compiler.parts import html_of
from lms.courses.compiler.simulation_codec import simulation_from_json, simulation_to_json
from lms.courses.compiler.source import SourceFile, SourceTree
from lms.courses.compiler.translation_files import Rewritten, plan_files
from lms.plugins.blocks import by_name
from tests.courses.variants.conftest import HEAD, LESSON, SOUND

CASE, BANK, QUIZ = "01-marco/02-caso.md", "bancos/senales.md", "01-marco/comprobacion.md"
VARIANT = f"variantes/mx-roo/{LESSON}"
CASE_TEXT = """\
---
tipo: simulacion
titulo: Un caso
minutos: 1
objetivo: Decidir.
revisado: 2026-11-21
fuentes: [PAL]
---
Antes de empezar.

::: escena llegada Llega una persona
Alguien espera [[canalizar|canalización]].

- [Escuchar](#acuerdo) {seguridad=+1 trato=+2 ruta=+1 confidencialidad=+1}
  > Habla.
  >
  > Por qué: así decide.
- [Llamar](#perdida) {seguridad=-2 critico="Puso en riesgo"}
  > Se va.
  >
  > Por qué: no se preguntó.
:::

::: final acuerdo Hay un acuerdo
Se canaliza.
:::

::: final perdida Se va
Nadie sabe.
:::

::: cierre
Recuerde esto.
:::
"""
QUESTION = "\n::: pregunta {{id={}}}\n¿Sí, {}?\n\n(x) Sí.\n    > Así es.\n( ) No.\n    > Lea.\n:::\n"
FILES = SOUND | {
    LESSON: (
        f"{HEAD}Se trata de [[canalizar]].\n\n::: lugar general {{id=ley}}\nEn general.\n:::\n\n"
        "::: termino canalizar\n:::\n"
    ),
    CASE: CASE_TEXT,
    "glosario.md": (
        "# Glosario\n\n## Canalizar\nAcompañar a la persona.\n\nTambién: referir\n\n"
        "## Riesgo\nLo que puede dañar.\n"
    ),
    BANK: "---\ntipo: banco\ntitulo: Señales\n---\n" + "".join(QUESTION.format(n, n) for n in ("uno", "dos")),
    QUIZ: (
        "---\ntipo: cuestionario\ntitulo: Comprobación\nminutos: 5\nintentos: 3\nbanco: senales\nextraer: 1\n---\n"
        + QUESTION.format("propia", "propia")
    ),
    VARIANT: "::: lugar mx-roo Aquí {id=ley de=6bb1c9b2}\nEn Quintana Roo.\n\n:::\n",
}
ENGLISH = {
    CASE: {
        "Un caso": "A case",
        "Decidir.": "Decide.",
        "Antes de empezar.": "Before you start.",
        "Llega una persona": "Somebody arrives",
        "Alguien espera [[canalizar|canalización]]": "Somebody waits for [[referral]]",
        "Escuchar": "Listen",
        "Llamar": "Call",
        " {seguridad=+1 trato=+2 ruta=+1 confidencialidad=+1}": "",
        "Puso en riesgo": "Put at risk",
        "seguridad=-2 ": "",
        "Habla.": "She speaks.",
        "Se va\n": "She leaves\n",
        "Se va.": "She leaves.",
        "Por qué: así decide": "Why: she decides",
        "Por qué: no se preguntó": "Why: nobody asked",
        "Hay un acuerdo": "There is an agreement",
        "Se canaliza.": "She is referred.",
        "Nadie sabe.": "Nobody knows.",
        "Recuerde esto.": "Remember this.",
    },
    "glosario.md": {
        "Canalizar": "Referral",
        "Acompañar a la persona.": "Going along with the person.",
        "También: referir": "Also: refer",
        "Riesgo": "Risk",
        "Lo que puede dañar.": "What can harm.",
    },
    BANK: {"Señales": "Signs", "¿Sí, ": "Yes, ", "Sí.": "Yes.", "Así es.": "That is it.", "Lea.": "Read."},
    VARIANT: {"Aquí": "Here", "En Quintana Roo.": "In Quintana Roo."},
    LESSON: {
        "El consentimiento": "Consent",
        "Decidir.": "Decide.",
        "Se trata de [[canalizar]].": "It is about [[referral]].",
        "En general.": "In general.",
        "termino canalizar": "term referral",
    },
}


def drafts(files, language="en"):
    """Return what `lms course translate` writes, by the path of the original."""
    tree = SourceTree(
        files={path: SourceFile(path=path, content=text.encode()) for path, text in files.items()}
    )
    found = plan_files(tree, language, by_name(BUILT_IN_BLOCKS))
    start = f"idiomas/{language}/"
    return {each.path.removeprefix(start): each.text for each in found if isinstance(each, Rewritten)}


def english(*paths, files=None, **changed):
    """Return the files of the course with some of them in English."""
    files = FILES | (files or {})
    made = drafts(files)
    for path in paths:
        text = made[path].replace("borrador: si\n", "")
        for spanish, words in ENGLISH[path].items():
            text = text.replace(spanish, words)
        for old, new in changed.items():
            text = text.replace(old, new)
        files = files | {f"idiomas/en/{path}": text}
    return files


def changed(path, old, new, files):
    assert old in files[path]
    return files | {path: files[path].replace(old, new)}


@pytest.fixture
def said(compiled):
    """Return a function that compiles files and answers the problems but those of the variant's own hash."""

    def compile_said(files):
        found = compiled(files).diagnostics
        return [(str(each.code), each.path, each.line) for each in found if each.path.startswith("idiomas/")]

    return compile_said


@pytest.fixture
def units(compiled):
    def compile_units(files, **options):
        compilation = compiled(files, **options)
        assert compilation.course is not None, compilation.diagnostics
        return {each.unit_slug: each.unit for each in compilation.course.translations}

    return compile_units


def test_a_course_without_a_draft_mark_is_translated_whole(said, compiled):
    files = FILES | {
        f"idiomas/en/{path}": text.replace("borrador: si\n", "") for path, text in drafts(FILES).items()
    }
    assert said(files) == []
    found = compiled(files).course
    assert {each.unit_slug for each in found.translations} == {"tema", "caso", "comprobacion"}
    assert [entry.language for entry in found.glossaries["en"]] == ["", ""]


def test_every_draft_is_held_back(said):
    files = FILES | {f"idiomas/en/{path}": text for path, text in drafts(FILES).items()}
    assert {code for code, _, _ in said(files)} <= {"R355", "R357"}


def test_a_case_keeps_its_exits_scores_and_names(units, compiled, said):
    files = english(CASE, "glosario.md")
    assert said(files) == []
    case = units(files)["caso"]
    base = compiled(files).course.modules[0].units[1]
    assert (case.title, case.objective, case.language) == ("A case", "Decide.", "")
    (scene,) = case.scenes
    assert (scene.id, scene.title, scene.language) == ("llegada", "Somebody arrives", "")
    assert [
        (choice.key, choice.html, choice.target, choice.scores, choice.critical) for choice in scene.choices
    ] == [
        ("a", "Listen", "acuerdo", base.scenes[0].choices[0].scores, ""),
        ("b", "Call", "perdida", base.scenes[0].choices[1].scores, "Put at risk"),
    ]
    assert "nobody asked" in scene.choices[1].reason_html.lower()
    assert [ending.title for ending in case.endings] == ["There is an agreement", "She leaves"]
    assert (case.bounds, case.minutes, case.start) == (base.bounds, base.minutes, base.start)
    assert [(term.slug, term.term, term.language) for term in case.terms] == [("canalizar", "Referral", "")]
    told = html_of((*case.intro, *scene.parts, *case.closing))
    assert 'lang="es"' not in told
    assert "Before you start" in told
    assert "Remember this" in told
    assert simulation_from_json(simulation_to_json(case)) == case


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("(#perdida)", "(#acuerdo)", "escriba (#perdida)"),
        ('{critico="Put at risk"}', '{critico="Put at risk" seguridad=+2}', "quite las llaves"),
        (' {critico="Put at risk"}', "", "es un error crítico"),
        ("(#acuerdo)", '(#acuerdo) {critico="Oh"}', "no es un error crítico"),
        ("- [Call](#perdida)", "- [Wait](#perdida)\n- [Call](#perdida)", "deje las mismas"),
        ("escena llegada", "escena arrival", "«::: escena llegada»"),
        ("(#acuerdo)", "(#acuerdo) {segurida=1}", "no es un eje"),
    ],
)
def test_a_case_that_would_decide_otherwise_is_an_error_and_never_read(compiled, old, new, says):
    files = english(CASE, "glosario.md")
    compilation = compiled(changed(f"idiomas/en/{CASE}", old, new, files))
    (problem,) = [each for each in compilation.diagnostics if each.severity == "error"]
    assert (problem.code, problem.path) == ("R356", f"idiomas/en/{CASE}")
    assert says in problem.message
    assert compilation.course is None
    (scene,) = compilation.attempt.translations[0].unit.scenes
    assert scene.language == "es"
    assert scene.choices[0].html == '<span lang="es">Escuchar</span>'


def test_a_changed_scene_is_flagged_at_its_line_and_still_read(said, units):
    files = changed(CASE, "Alguien espera", "Una persona espera", english(CASE, "glosario.md"))
    assert said(files) == [("R352", f"idiomas/en/{CASE}", 8)]
    assert units(files)["caso"].scenes[0].title == "Somebody arrives"


def test_a_new_scene_is_read_in_the_original_and_marked(said, units):
    new = (
        "::: escena casa En casa\nSe piensa.\n\n- [Volver](#acuerdo) {ruta=+1}\n  > Vuelve.\n"
        "- [No](#perdida)\n  > No.\n:::\n\n::: final acuerdo"
    )
    files = changed(CASE, "[Escuchar](#acuerdo)", "[Escuchar](#casa)", english(CASE, "glosario.md"))
    files = changed(f"idiomas/en/{CASE}", "[Listen](#acuerdo)", "[Listen](#casa)", files)
    files = changed(CASE, "::: final acuerdo", new, files)
    assert [(code, line) for code, _, line in said(files)] == [("R352", 8), ("R353", 21)]
    case = units(files)["caso"]
    assert [(scene.id, scene.language) for scene in case.scenes] == [("llegada", ""), ("casa", "es")]
    assert case.scenes[1].choices[0].target == "acuerdo"
    assert 'lang="es"' in html_of(case.scenes[1].parts)


def test_the_terms_of_a_translated_page_are_those_of_its_glossary(units, compiled, said):
    files = english(LESSON, "glosario.md")
    assert said(files) == []
    lesson = units(files)["tema"]
    assert [(term.slug, term.term, term.aliases) for term in lesson.terms] == [
        ("canalizar", "Referral", ("refer",))
    ]
    assert 'href="#g-canalizar"' in html_of(lesson.parts)
    assert "Going along with the person" in html_of(lesson.parts), "the box of the term"
    entries = compiled(files).course.glossaries["en"]
    assert [(entry.slug, entry.term) for entry in entries] == [("canalizar", "Referral"), ("riesgo", "Risk")]


def test_a_term_without_a_translation_is_marked_where_it_is_explained(units):
    files = english(LESSON)
    text = files[f"idiomas/en/{LESSON}"].replace("[[referral]]", "[[canalizar|referral]]")
    files |= {f"idiomas/en/{LESSON}": text.replace("term referral", "term canalizar")}
    lesson = units(files)["tema"]
    assert [(term.term, term.language) for term in lesson.terms] == [("Canalizar", "es")]
    assert '<div lang="es">' in html_of(lesson.parts)


def test_a_changed_or_new_term_is_flagged_at_its_line(said, compiled):
    files = english("glosario.md")
    stale = changed("glosario.md", "Lo que puede dañar", "Lo que daña", files)
    assert said(stale) == [("R352", "idiomas/en/glosario.md", 11)]
    new = changed("glosario.md", "## Riesgo", "## Red\nQuienes acompañan.\n\n## Riesgo", files)
    assert said(new) == [("R353", "idiomas/en/glosario.md", 11)]
    entries = compiled(new).course.glossaries["en"]
    assert [(entry.term, entry.language) for entry in entries] == [
        ("Referral", ""),
        ("Red", "es"),
        ("Risk", ""),
    ]


def test_a_translated_bank_is_asked_by_every_quiz_that_draws_from_it(said, units):
    files = english(BANK)
    assert said(files) == []
    quiz = units(files)["comprobacion"]
    assert (quiz.title, quiz.language, quiz.pool, quiz.drawn) == ("Comprobación", "es", ("uno", "dos"), 1)
    assert [(question.id, question.stem_html) for question in quiz.questions] == [
        ("propia", '<span lang="es">¿Sí, propia?</span>'),
        ("uno", "Yes, uno?"),
        ("dos", "Yes, dos?"),
    ]
    assert [option.is_right for option in quiz.questions[1].options] == [True, False]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("(x) Yes.\n    > That is it.\n( ) No.", "( ) Yes.\n    > That is it.\n(x) No.", "R354"),
        ("id=dos", "id=tres", "R354"),
        ("---\n\n::: pregunta", "---\n\nLoose.\n\n::: pregunta", "R351"),
    ],
)
def test_a_bank_that_would_grade_otherwise_is_an_error(said, old, new, code):
    found = said(changed(f"idiomas/en/{BANK}", old, new, english(BANK)))
    assert code in {each[0] for each in found}


def test_a_changed_question_of_a_bank_is_flagged_at_its_line(said):
    assert said(changed(BANK, "¿Sí, dos?", "¿Sí o no, dos?", english(BANK))) == [
        ("R352", f"idiomas/en/{BANK}", 15)
    ]


def test_a_variant_is_read_in_the_language_of_the_page(said, units):
    files = english(LESSON, VARIANT, "glosario.md")
    assert said(files) == []
    (fork,) = [part for part in units(files)["tema"].parts if hasattr(part, "branches")]
    assert [(branch.places, branch.title, branch.language) for branch in fork.branches] == [
        (("general",), "", ""),
        (("MX-ROO",), "Here", ""),
    ]
    assert fork.branches[1].parts[0].html == "<p>In Quintana Roo.</p>"


def test_a_question_in_a_variant_keeps_its_id_and_keys(units):
    asks = "::: pregunta {id=local}\n¿Sí?\n\n( ) No.\n(x) Sí.\n:::\n"
    text = f":::: lugar mx-roo Aquí {{id=ley}}\nEn Quintana Roo.\n\n{asks}::::\n"
    files = english(LESSON, VARIANT, "glosario.md", files={VARIANT: text})
    files = changed(f"idiomas/en/{VARIANT}", "¿Sí?", "Yes?", files)
    (fork,) = [part for part in units(files)["tema"].parts if hasattr(part, "branches")]
    (question,) = [each.question for each in fork.branches[1].parts if isinstance(each, QuestionPart)]
    assert (question.id, question.stem_html) == ("local", "Yes?")
    assert [option.is_right for option in question.options] == [False, True]


@pytest.mark.parametrize(
    ("path", "old", "new", "code"),
    [
        (VARIANT, "En Quintana Roo", "En el estado", "R352"),
        (f"idiomas/en/{VARIANT}", "id=ley", "id=lei", "R342"),
        (f"idiomas/en/{VARIANT}", "lugar mx-roo", "lugar mx", "R343"),
        (f"idiomas/en/{VARIANT}", "---\n:::", "---\nLoose.\n\n:::", "R346"),
    ],
)
def test_a_translated_variant_follows_the_rules_of_both(said, path, old, new, code):
    found = said(changed(path, old, new, english(LESSON, VARIANT, "glosario.md")))
    assert code in {each[0] for each in found}
    assert {each[1] for each in found} == {f"idiomas/en/{VARIANT}"}


def test_a_variant_waits_for_its_page_and_says_so(said):
    assert said(english(VARIANT)) == [("R357", f"idiomas/en/{VARIANT}", 1)]


@pytest.mark.parametrize("base", ["glosarios.md", "bancos/senal.md", f"variantes/mx/{LESSON}"])
def test_a_file_that_translates_nothing_is_an_error(said, base):
    assert said(FILES | {f"idiomas/en/{base}": "---\ntraduce: []\n---\n"}) == [
        ("R341", f"idiomas/en/{base}", 1)
    ]


def test_two_files_for_the_same_page_are_an_error(compiled):
    files = english(CASE, "glosario.md")
    files |= {f"languages/en/{CASE}": files[f"idiomas/en/{CASE}"]}
    found = [each for each in compiled(files).diagnostics if each.severity == "error"]
    assert [(each.code, each.path) for each in found] == [("R122", f"languages/en/{CASE}")]


def test_a_new_word_in_the_glossary_compiles_the_pages_of_its_language_again(units):
    cache = CompilationCache()
    files = english(LESSON, "glosario.md")
    units(files, cache=cache)
    again = changed("idiomas/en/glosario.md", "Going along", "Walking along", files)
    found = units(again, cache=cache)["tema"]
    assert "Walking along" in found.terms[0].html
    assert found == units(again)["tema"]


@pytest.mark.parametrize("path", ["glosario.md", BANK, CASE, VARIANT])
def test_kichwa_waits_for_whoever_speaks_it_in_every_kind_of_file(said, path):
    text = drafts(FILES, "qu")[path].replace("borrador: si\n", "")
    found = said(FILES | {f"idiomas/qu/{path}": text})
    assert found[0][:2] == ("R355" if path != VARIANT else "R357", f"idiomas/qu/{path}")


def test_nothing_of_the_parts_is_empty(units):
    lesson = units(english(LESSON, VARIANT, "glosario.md"))["tema"]
    assert all(part.html for part in lesson.parts if isinstance(part, HtmlPart))

"""A variant or a translation that asks to be verified is not shown, and what it stands beside is read instead."""

from datetime import date

import pytest

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.cache import CompilationCache
from lms.courses.compiler.compile import compile_tree
from lms.courses.compiler.course import PlacePart
from lms.courses.compiler.marks import find_marks
from lms.courses.compiler.parts import html_of
from lms.courses.compiler.signatures import Signature, add_signature
from lms.courses.compiler.source import SourceFile, SourceTree
from lms.plugins.blocks import by_name
from tests.courses.variants.conftest import HEAD, LESSON, SOUND

FORK = f"{HEAD}::: lugar general {{id=plazo}}\nLo que dice la norma del país.\n:::\n"
VARIANT, ENGLISH = f"variantes/mx/{LESSON}", f"idiomas/en/{LESSON}"
MARK = "---\nverificar: el plazo, con la fiscalía\n---\n"
IN_MEXICO = "::: lugar mx En México {id=plazo}\nEn veinticuatro horas.\n:::\n"
IN_ENGLISH = (
    "---\ntitulo: Consent\nverify: the term\n---\n\n::: place general {id=plazo}\nWhat the law says.\n:::\n"
)


def tree_of(**others):
    files = {**SOUND, LESSON: FORK, VARIANT: MARK + IN_MEXICO, ENGLISH: IN_ENGLISH, **others}
    return SourceTree(
        files={path: SourceFile(path=path, content=text.encode()) for path, text in files.items() if text}
    )


def compiled(tree, **options):
    return compile_tree(tree, "curso", by_name(BUILT_IN_BLOCKS), **options)


def signed(tree, *items):
    content = b""
    for mark in find_marks(tree):
        if mark.item in items:
            content = add_signature(
                content,
                Signature(
                    kind=mark.kind, item=mark.item, fingerprint=mark.fingerprint, by="Persona, área",
                    day=date(2026, 11, 20),
                ),
            )  # fmt: skip
    return {path: file.content.decode() for path, file in tree.files.items()} | {
        "firmas.yaml": content.decode()
    }


def held(compilation):
    return [
        (each.code, each.path, each.line) for each in compilation.diagnostics if each.code.startswith("R60")
    ]


def test_both_are_told_and_the_lesson_reads_what_is_general():
    compilation = compiled(tree_of())
    assert held(compilation) == [("R601", ENGLISH, 3), ("R601", VARIANT, 2)]
    said = [each.message for each in compilation.diagnostics if each.code == "R601"]
    assert all("se lee el original hasta que alguien firme" in message for message in said)
    assert "En veinticuatro horas" not in repr(compilation.course)
    assert compilation.course.translations == ()
    (lesson,) = compilation.course.modules[0].units
    assert "Lo que dice la norma del país." in html_of(lesson.parts)


def test_the_preview_of_their_author_has_them():
    attempt = compiled(tree_of()).attempt
    assert "En veinticuatro horas" in html_of(attempt.modules[0].units[0].parts)
    assert [each.language for each in attempt.translations] == ["en"]


def test_each_is_signed_by_itself():
    files = signed(tree_of(), VARIANT)
    compilation = compiled(tree_of(**files))
    assert held(compilation) == [("R601", ENGLISH, 3)]
    (lesson,) = compilation.course.modules[0].units
    (fork,) = [part for part in lesson.parts if isinstance(part, PlacePart)]
    assert [branch.places for branch in fork.branches][-1] == ("MX",)
    assert compilation.course.translations == ()
    changed = compiled(tree_of(**{**files, VARIANT: (MARK + IN_MEXICO).replace("veinticuatro", "doce")}))
    assert ("R602", VARIANT, 2) in held(changed)
    assert "doce horas" not in repr(changed.course)
    both = compiled(tree_of(**signed(tree_of(), VARIANT, ENGLISH)))
    assert held(both) == []
    assert both.course == both.attempt


def test_the_head_of_a_variant_moves_no_line():
    wrong = f"{MARK}{IN_MEXICO}\nSuelto.\n"
    (found,) = [each for each in compiled(tree_of(**{VARIANT: wrong})).diagnostics if each.code == "R346"]
    assert found.line == wrong.split("\n").index("Suelto.") + 1


@pytest.mark.parametrize(
    "head", ["---\ntitulo: Otro\n---\n", "---\nverificar: x\ntitulo: Otro\n---\n", "---\nverificar: x\n"]
)
def test_a_variant_has_no_other_head(head):
    compilation = compiled(tree_of(**{VARIANT: head + IN_MEXICO, ENGLISH: ""}))
    assert compilation.course is None


@pytest.mark.parametrize("path", [VARIANT, ENGLISH])
def test_a_question_that_is_marked_holds_the_page_it_stands_in(path):
    choices = "¿Cuándo?\n\n(x) Hoy.\n    > Sí.\n( ) Nunca.\n    > No.\n"
    question = f'\n::: pregunta {{id=tema-uno verificar="la clave"}}\n{choices}:::\n'
    body = (
        IN_MEXICO.replace(":::\n", f"{question}:::\n")
        .replace("::: lugar", ":::: lugar")
        .replace(f"{question}:::", f"{question}::::")
    )
    text = body if path == VARIANT else IN_ENGLISH.replace("verify: the term\n", "") + question
    tree = tree_of(**{VARIANT: "", ENGLISH: "", path: text})
    (mark,) = find_marks(tree)
    assert (mark.kind, mark.item, mark.what) == ("page", path, "la clave")
    assert "tema-uno" not in repr(compiled(tree).course)


def test_with_a_cache_the_answer_is_the_same():
    cache, tree = CompilationCache(), tree_of()
    later = tree_of(**signed(tree, VARIANT))
    for each in (tree, later, tree):
        assert compiled(each, cache=cache) == compiled(each)

"""What waits for a signature: what asks for one, which text it signs, and what is left out meanwhile."""

from datetime import date

import pytest

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.compile import compile_tree
from lms.courses.compiler.course import Lesson
from lms.courses.compiler.parts import html_of
from lms.courses.compiler.signatures import Signature, add_signature, find_marks
from lms.courses.compiler.source import SourceFile, SourceTree
from lms.plugins.blocks import by_name
from lms.testing.factories.authoring import LESSON, QUIZ, course_files

PAGE = (LESSON, b"minutos: 1\n", b"minutos: 1\nverificar: el plazo\n")
CHECK = (LESSON, b"{id=senales-repaso}", b'{id=senales-repaso verify="la clave"}')
SCORED = (QUIZ, b"{id=senales-dos}", b'{id=senales-dos verificar="la clave"}')


def tree_with(*changes, **others):
    files = {**course_files(), **others}
    for path, old, new in changes:
        assert old in files[path]
        files[path] = files[path].replace(old, new)
    return SourceTree(files={path: SourceFile(path=path, content=body) for path, body in files.items()})


def compiled(tree):
    return compile_tree(tree, "curso", by_name(BUILT_IN_BLOCKS))


def signed(tree, *marks):
    content = b""
    for mark in marks:
        signature = Signature(
            kind=mark.kind,
            item=mark.item,
            fingerprint=mark.fingerprint,
            by="Persona, área",
            day=date(2026, 11, 20),
        )
        content = add_signature(content, signature)
    files = {path: file.content for path, file in tree.files.items()} | {"firmas.yaml": content}
    return SourceTree(files={path: SourceFile(path=path, content=body) for path, body in files.items()})


def units(course):
    return [f"{module.slug}/{unit.slug}" for module in course.modules for unit in module.units]


def codes(compilation):
    return [found.code for found in compilation.diagnostics]


def test_a_marked_page_is_left_out_and_its_author_told():
    compilation = compiled(tree_with(PAGE))
    assert codes(compilation) == ["R601"]
    assert "falta verificar el plazo" in compilation.diagnostics[0].message
    assert "senales/leccion" not in units(compilation.course)
    assert "senales/leccion" in units(compilation.attempt)


@pytest.mark.parametrize("change", [CHECK, SCORED], ids=["self-check", "scored"])
def test_a_marked_question_is_left_out_and_the_rest_stays(change):
    compilation = compiled(tree_with(change))
    assert codes(compilation) == ["R601"]
    assert units(compilation.course) == units(compilation.attempt)
    text = repr(compilation.course)
    assert change[1].decode()[4:-1] not in text
    assert change[1].decode()[4:-1] in repr(compilation.attempt)


def test_a_signature_lets_exactly_its_text_out():
    tree = tree_with(PAGE, SCORED)
    whole = signed(tree, *find_marks(tree))
    assert codes(compiled(whole)) == []
    assert compiled(whole).course == compiled(whole).attempt
    files = {path: file.content for path, file in whole.files.items()}
    files[LESSON] += b"Una frase nueva.\n"
    changed = SourceTree(files={path: SourceFile(path=path, content=body) for path, body in files.items()})
    compilation = compiled(changed)
    assert codes(compilation) == ["R602"]
    assert "senales/leccion" not in units(compilation.course)


def test_line_ends_do_not_void_a_signature():
    tree = tree_with(PAGE)
    (mark,) = find_marks(tree)
    other = tree_with((LESSON, b"\n", b"\r\n"), **{LESSON: tree.files[LESSON].content})
    assert find_marks(other)[0].fingerprint == mark.fingerprint


def test_a_signature_that_nothing_asks_for_is_told():
    tree = tree_with(PAGE)
    plain = tree_with()
    files = {path: file.content for path, file in plain.files.items()}
    files["firmas.yaml"] = signed(tree, *find_marks(tree)).files["firmas.yaml"].content
    made = SourceTree(files={path: SourceFile(path=path, content=body) for path, body in files.items()})
    assert codes(compiled(made)) == ["R603"]


def test_a_link_to_what_is_held_back_becomes_text():
    link = (b"Habla de", b"Lea [la otra](../02-ruta/01-leccion.md). Habla de")
    held = ("02-ruta/01-leccion.md", b"minutos: 1\n", b"minutos: 1\nverificar: el plazo\n")
    compilation = compiled(tree_with((LESSON, *link), held))
    lesson = compilation.course.modules[0].units[0]
    assert isinstance(lesson, Lesson)
    assert "la otra" in html_of(lesson.parts)
    assert "../ruta/leccion" not in html_of(lesson.parts)
    assert "../ruta/leccion" in html_of(compilation.attempt.modules[0].units[0].parts)


def test_a_module_with_nothing_left_is_left_out():
    changes = [(path, b"minutos: ", b"verificar: todo\nminutos: ") for path in (LESSON, QUIZ)]
    assert [module.slug for module in compiled(tree_with(*changes)).course.modules] == ["ruta"]


@pytest.mark.parametrize(
    "text",
    [
        "hola",
        "- 1",
        "- pagina: x",
        "- pagina: x\n  pregunta: y\n  huella: z\n  por: w\n  dia: 2026-01-01",
        "a: [",
        "[]",
    ],
)
def test_whatever_stands_in_the_file_of_signatures_its_author_gets_a_sentence(text):
    compilation = compiled(tree_with(PAGE, **{"firmas.yaml": text.encode()}))
    assert all(found.message for found in compilation.diagnostics)
    assert compilation.course is None or "senales/leccion" not in units(compilation.course)


def test_adding_a_signature_keeps_the_earlier_ones_byte_for_byte():
    first = add_signature(
        b"",
        Signature(
            kind="page",
            item="a/b.md",
            fingerprint="0" * 16,
            by='Una "persona"',
            day=date(2026, 1, 2),
            note="n: 1",
        ),
    )
    second = add_signature(
        first, Signature(kind="question", item="m1", fingerprint="1" * 16, by="Otra", day=date(2026, 1, 3))
    )
    assert second.startswith(first)
    assert second.count(b"huella:") == 2

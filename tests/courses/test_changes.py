"""How much a new release changes: spelling, content or what is asked; and which file proves it."""

from dataclasses import replace

import pytest

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.changes import ChangeClass, ChangeKind, compare
from lms.courses.compiler.compile import compile_tree
from lms.courses.compiler.source import SourceFile, SourceTree
from lms.courses.editions import edition_of, source_paths
from lms.plugins.blocks import by_name
from lms.testing.factories.authoring import LESSON, QUIZ, course_files

TYPO, CONTENT, ASSESSMENT = ChangeClass
LONG = "Este texto de relleno lo leen las personas que estudian. " * 60


def compiled(files):
    tree = SourceTree(files={path: SourceFile(path=path, content=body) for path, body in files.items()})
    course = compile_tree(tree, "curso", by_name(BUILT_IN_BLOCKS)).course
    assert course is not None
    return course


def files_with(*changes, path=LESSON):
    files = course_files()
    files[LESSON] = files[LESSON].replace(b"## Compruebe", f"{LONG}\n\n## Compruebe".encode())
    for old, new in changes:
        assert old.encode() in files[path], old
        files[path] = files[path].replace(old.encode(), new.encode())
    return files


def difference(*changes, path=LESSON):
    return compare(edition_of(compiled(files_with())), edition_of(compiled(files_with(*changes, path=path))))


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (("Este párrafo lo leen", "Este parrafo lo leen"), TYPO),
        (("que estudian. Este", "que estudiam. Este"), CONTENT),
        (("revisado: 2026-11-01", "revisado: 2026-11-02"), TYPO),
        (("Este párrafo lo leen", "Este párrafo no lo leen"), CONTENT),
        (("Este párrafo lo leen", "Este párrafo lo leen 30"), CONTENT),
        (("Este párrafo lo leen", "Este protocolo lo leen"), CONTENT),
        (("## Lo común", "## Lo comun"), CONTENT),
        (("Lección de Señales", "Leccion de Señales"), CONTENT),
        (("Habla de [[canalizar]].", "Habla de **[[canalizar]]**."), CONTENT),
        (("## Lo común", "Un párrafo más.\n\n## Lo común"), CONTENT),
        (("Escuchar abre el espacio.", "Escuchar abre un lugar."), CONTENT),
    ],
    ids=[
        "an accent", "sixty words", "day of review", "a negation", "a number", "another word", "a heading", "the title",
        "emphasis", "a paragraph", "feedback of a self-check",
    ],
)  # fmt: skip
def test_the_class_of_a_change_in_a_lesson(change, found):
    seen = difference(change)
    assert seen.change_class is found
    assert [each.place for each in seen.changes] == ["senales/leccion"]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (("(x) Escuchar a la persona.", "(x) Escuchar a la personas."), ASSESSMENT),
        (("¿Cuál es la primera acción?", "¿Cual es la primera acción?"), ASSESSMENT),
        (("[ ] Grabar", "[x] Grabar"), ASSESSMENT),
        (("intentos: 3", "intentos: 2"), ASSESSMENT),
        (("senales-tres", "senales-cuatro"), ASSESSMENT),
        (("Grabar la pone en riesgo.", "Grabar la pone en rieszo."), TYPO),
        (("Grabar la pone en riesgo.", "Grabar no ayuda a nadie en esto."), CONTENT),
        (("nivel=R", "nivel=A"), TYPO),
    ],
    ids=[
        "an option",
        "a stem",
        "a key",
        "attempts",
        "another question",
        "feedback spelt",
        "feedback",
        "level",
    ],
)
def test_the_class_of_a_change_in_a_quiz(change, found):
    assert difference(change, path=QUIZ).change_class is found


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (("asistencia: 0.8", "asistencia: 0.7"), ASSESSMENT),
        (("resumen: Un curso pequeño", "resumen: Un curso breve"), CONTENT),
        (("titulo: Señales", "titulo: Indicios"), CONTENT),
    ],
)
def test_the_class_of_a_change_in_what_the_course_says_of_itself(change, found):
    seen = difference(change, path="curso.yaml")
    assert seen.change_class is found
    assert [each.kind for each in seen.changes] == [ChangeKind.COURSE]


def test_the_same_course_has_no_change():
    assert difference().changes == ()
    assert difference().change_class is None


def test_pages_come_go_and_move():
    before = files_with()
    after = {**before, "01-senales/02-mas.md": before[LESSON].replace(b"senales-repaso", b"otro-repaso")}
    added = compare(edition_of(compiled(before)), edition_of(compiled(after)))
    assert [(each.kind, each.change_class) for each in added.changes] == [(ChangeKind.ADDED, CONTENT)]
    removed = compare(edition_of(compiled(after)), edition_of(compiled(before)))
    assert [(each.kind, each.place) for each in removed.changes] == [(ChangeKind.REMOVED, "senales/mas")]
    moved = {**after, "01-senales/00-mas.md": after["01-senales/02-mas.md"]}
    del moved["01-senales/02-mas.md"]
    seen = compare(edition_of(compiled(after)), edition_of(compiled(moved)))
    assert {each.kind for each in seen.changes} == {ChangeKind.MOVED}
    assert seen.change_class is CONTENT


def test_a_quiz_that_goes_changes_what_is_asked():
    before = files_with()
    after = {path: body for path, body in before.items() if path != QUIZ}
    seen = compare(edition_of(compiled(before)), edition_of(compiled(after)))
    assert seen.change_class is ASSESSMENT


def test_a_declared_class_is_contradicted_by_what_weighs_more():
    seen = difference(("Este párrafo lo leen", "Este protocolo lo leen"))
    assert [each.place for each in seen.against(TYPO)] == ["senales/leccion"]
    assert seen.against(CONTENT) == ()
    assert seen.against(ASSESSMENT) == ()


def test_the_file_of_a_page_is_found_by_its_place():
    assert source_paths(course_files())["senales/leccion"] == LESSON


def test_an_edition_compares_by_value():
    edition = edition_of(compiled(files_with()))
    assert compare(edition, replace(edition)).changes == ()

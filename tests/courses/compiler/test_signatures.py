"""What waits for a signature: what asks for one, which text it signs, and what is left out meanwhile."""

from datetime import date

import pytest

from lms.courses import starter
from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.cache import CompilationCache
from lms.courses.compiler.compile import compile_tree
from lms.courses.compiler.course import Lesson
from lms.courses.compiler.marks import find_marks
from lms.courses.compiler.parts import html_of
from lms.courses.compiler.signatures import Signature, add_signature
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


STEPS = """\
titulo: Ruta del estado
lugar: mx-roo
vigente-desde: 2026-01-01
verificador: Secretaría técnica
verificado: 2026-11-01
pasos:
  - id: riesgo
    titulo: Valorar el riesgo
    responsable: Quien detecta
    si-no-es-seguro: Aléjese.
    contacto: mx-911
    verificar: si
  - id: aviso
    titulo: Avisar
    que-hacer: Llame
      hoy.
    responsable: La fiscalía
    plazo: En 24 horas
    documento: Un aviso
    si-no-es-seguro: Avise desde otra línea.
    contacto: mx-linea
    fundamento: {fuente: PAL}
    verificar: si
  - id: seguimiento
    titulo: Dar seguimiento
    responsable: Quien recibe
    fundamento: {fuente: PAL}
"""
ROUTE = "rutas/estado.yaml"
SHOWS_ROUTE = (LESSON, b"Habla de", b"\n\n::: ruta\n:::\n\nHabla de")


def tree_with_route(text=STEPS, **others):
    return tree_with(SHOWS_ROUTE, **{ROUTE: text.encode(), **others})


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


LINK = b"[la lecci\xc3\xb3n](01-leccion.md)"
LINKED = {
    "quiz": (QUIZ, "\u00bfCu\u00e1l es la primera acci\u00f3n?".encode(), b"Vea " + LINK + b"."),
    "feedback": (QUIZ, b"> As\xc3\xad empieza la ruta.", b"> Vea " + LINK + b"."),
    "simulation": ("01-senales/03-caso.md", b"Diga qui\xc3\xa9n es usted", b"Vea " + LINK + b". Diga"),
    "choice": ("01-senales/03-caso.md", b"> Al d\xc3\xada siguiente", b"> Vea " + LINK + b". Al dia"),
}


@pytest.mark.parametrize("where", LINKED)
def test_a_link_in_a_question_or_a_case_to_what_is_held_back_becomes_text(where):
    case = starter.new_simulation("Un caso", today=date(2026, 11, 20)).encode()
    compilation = compiled(tree_with(PAGE, LINKED[where], **{"01-senales/03-caso.md": case}))
    assert "../senales/leccion" in repr(compilation.attempt)
    assert "../senales/leccion" not in repr(compilation.course)
    assert "la lección" in repr(compilation.course)


def test_a_link_to_a_quiz_without_questions_left_becomes_text():
    changes = [
        (QUIZ, f"{{id=senales-{name}".encode(), f"{{verificar=x id=senales-{name}".encode())
        for name in ("uno", "dos", "tres")
    ]
    link = (LESSON, b"Habla de", b"Vaya a [la prueba](comprobacion.md). Habla de")
    compilation = compiled(tree_with(link, *changes))
    assert "senales/comprobacion" not in units(compilation.course)
    assert "../senales/comprobacion" in repr(compilation.attempt)
    assert "../senales/comprobacion" not in repr(compilation.course)


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


def test_a_marked_step_keeps_its_place_and_its_way_out_and_says_that_it_waits():
    compilation = compiled(tree_with_route())
    told = [(found.code, found.line) for found in compilation.diagnostics if found.path == ROUTE]
    assert told == [("R604", 7), ("R604", 13)]
    (route,) = compilation.course.routes
    first, second, third = route.steps
    assert [step.title for step in route.steps] == ["Valorar el riesgo", "Avisar", "Dar seguimiento"]
    assert (first.unsafe, second.unsafe) == ("Aléjese.", "Avise desde otra línea.")
    assert first.contact == "mx-911"
    assert (second.responsible, second.deadline, second.document, second.contact, second.basis) == (
        "", "", "", "", ()
    )  # fmt: skip
    assert second.action == "Este paso espera la confirmación de la autoridad local."
    assert [step.is_held_back for step in route.steps] == [True, True, False]
    assert third.responsible == "Quien recibe"
    assert route.is_to_verify


def test_nothing_of_a_held_step_is_left_in_the_lessons_that_draw_the_route():
    compilation = compiled(tree_with_route())
    whole = repr(compilation.course)
    assert whole.count("Este paso espera la confirmación de la autoridad local.") > 2
    assert "La fiscalía" not in whole
    assert "En 24 horas" not in whole
    assert "Por confirmar con la autoridad" not in whole
    assert "La fiscalía" in html_of(compilation.attempt.modules[0].units[0].parts)


def test_a_signed_step_comes_whole_and_confirmed():
    tree = tree_with_route()
    signed_tree = signed(tree, *[mark for mark in find_marks(tree) if mark.item == "estado/aviso"])
    assert 'ruta: "estado/aviso"' in signed_tree.files["firmas.yaml"].content.decode()
    compilation = compiled(signed_tree)
    first, second, _third = compilation.course.routes[0].steps
    assert (first.is_held_back, second.is_held_back, second.is_to_verify) == (True, False, False)
    assert (second.responsible, second.contact) == ("La fiscalía", "mx-linea")
    assert "La fiscalía" in html_of(compilation.course.modules[0].units[0].parts)


def test_in_english_the_signature_of_a_step_says_route():
    tree = tree_with_route()
    content = signed(tree, *find_marks(tree)).files["firmas.yaml"].content.replace(b"- ruta:", b"- route:")
    compilation = compiled(tree_with_route(**{"firmas.yaml": content}))
    assert compilation.course.routes[0].is_to_verify is False


@pytest.mark.parametrize(
    ("before", "after", "holds"),
    [
        ("plazo: En 24 horas", "plazo: En 48 horas", False),
        ("fundamento: {fuente: PAL}\n    verificar", "fundamento: []\n    verificar", False),
        ("Llame\n      hoy.", "Llame hoy.", True),
        ("titulo: Dar seguimiento", "titulo: Otro", True),
    ],
)
def test_only_another_wording_of_the_step_voids_its_signature(before, after, holds):
    tree = tree_with_route()
    firmas = signed(tree, *find_marks(tree)).files["firmas.yaml"].content
    assert before in STEPS
    compilation = compiled(tree_with_route(STEPS.replace(before, after), **{"firmas.yaml": firmas}))
    assert ("R602" in codes(compilation)) is not holds
    assert compilation.course.routes[0].steps[1].is_held_back is not holds


def test_a_key_that_is_written_in_another_way_is_marked_all_the_same():
    text = STEPS.replace("    verificar: si", '    "verific\\u0061r": si')
    assert [mark.item for mark in find_marks(tree_with_route(text))] == ["estado/riesgo", "estado/aviso"]
    assert compiled(tree_with_route(text)).course.routes[0].steps[1].is_held_back


def test_with_a_cache_a_signature_is_seen_at_once():
    cache = CompilationCache()
    blocks = by_name(BUILT_IN_BLOCKS)
    tree = tree_with_route()
    later = signed(tree, *find_marks(tree))
    assert compile_tree(tree, "curso", blocks, cache=cache).course.routes[0].is_to_verify
    assert compile_tree(later, "curso", blocks, cache=cache) == compiled(later)
    assert compile_tree(tree, "curso", blocks, cache=cache) == compiled(tree)

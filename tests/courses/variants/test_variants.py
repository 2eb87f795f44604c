"""Files of variants add the law of a place to a lesson, and notice when the lesson moves away from them."""

import pytest

from lms.courses.compiler.course import PlacePart
from lms.courses.compiler.sections import short_hash

LESSON = "01-marco/01-tema.md"
VARIANT = "variantes/mx/01-marco/01-tema.md"
HEAD = "---\ntitulo: T\nminutos: 1\nobjetivo: O.\nrevisado: 2026-11-21\nfuentes: [PAL]\n---\n"
BASE = HEAD + (
    "## El consentimiento\n\n::: lugar general {id=consentimiento}\n"
    "No se toma en cuenta si hubo un medio.[^a]\n:::\n\nSigue.\n\n[^a]: Una nota.\n"
)
HASH = short_hash("No se toma en cuenta si hubo un medio.[^a]")
SOUND = f"::: lugar mx En México {{id=consentimiento de={HASH}}}\nNo excusa en ningún caso.\n:::\n"


def fork_of(compilation):
    assert compilation.course, compilation.diagnostics
    (fork,) = [part for part in compilation.course.modules[0].units[0].parts if isinstance(part, PlacePart)]
    return fork


def test_a_variant_adds_its_branch_to_the_fork(compiled):
    compilation = compiled({LESSON: BASE, VARIANT: SOUND})
    fork = fork_of(compilation)
    assert compilation.diagnostics == ()
    assert [branch.places for branch in fork.branches] == [("general",), ("MX",)]
    assert fork.branches[1].title == "En México"
    assert "No excusa" in fork.branches[1].parts[0].html


def test_several_places_and_the_english_folder_work_alike(compiled):
    files = {
        VARIANT: SOUND,
        "overlays/ec-a/01-marco/01-tema.md": SOUND.replace("lugar mx En México", "place ec-a"),
    }
    places = [branch.places for branch in fork_of(compiled({LESSON: BASE} | files)).branches]
    assert places == [("general",), ("EC-A",), ("MX",)]


def test_notes_and_headings_of_a_variant_keep_their_ids_apart(compiled):
    text = SOUND.replace("caso.", "caso.[^a]\n\n## El consentimiento\n\nOtra vez.\n\n[^a]: Otra nota.")
    unit = compiled({LESSON: BASE, VARIANT: text}).course.modules[0].units[0]
    html = "".join(
        each.html
        for part in unit.parts
        for each in (
            [inner for b in part.branches for inner in b.parts] if hasattr(part, "branches") else [part]
        )
    )
    ids = [piece.split('"')[0] for piece in html.split('id="')[1:]]
    assert len(ids) == len(set(ids))
    assert 'href="#fn:a-mx"' in html
    assert 'id="fn:a-mx"' in html


def test_links_and_pictures_are_written_as_in_the_lesson(compiled):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 1"><path d="M0 5h3"/></svg>'
    text = SOUND.replace(
        "caso.",
        "caso. [El otro](02-otro.md#hola) y [aquí](#el-consentimiento).\n\n![Un mapa](../imagenes/m.svg)",
    )
    files = {
        LESSON: BASE,
        "01-marco/02-otro.md": HEAD + "## Hola\n\nHola.\n",
        VARIANT: text,
        "imagenes/m.svg": svg,
    }
    compilation = compiled(files)
    assert compilation.diagnostics == ()
    html = fork_of(compilation).branches[1].parts[0].html
    assert 'href="../marco/otro#hola"' in html
    assert len(compilation.course.assets) == 1


def test_a_broken_link_of_a_variant_is_reported_in_its_file(found):
    assert ("R404", VARIANT, 2) in found({LESSON: BASE, VARIANT: SOUND.replace("caso.", "[x](03-no.md).")})


def test_a_variant_written_against_an_older_text_is_flagged_with_the_hash_to_write(compiled):
    changed = BASE.replace("hubo un medio", "hubo engaño")
    (problem,) = compiled({LESSON: changed, VARIANT: SOUND}).diagnostics
    assert (problem.code, problem.severity, problem.path, problem.line) == ("R345", "warning", VARIANT, 1)
    assert HASH in problem.message
    assert short_hash("No se toma en cuenta si hubo engaño.[^a]") in problem.message


def test_a_variant_without_a_hash_is_asked_for_one(compiled):
    (problem,) = compiled({LESSON: BASE, VARIANT: SOUND.replace(f" de={HASH}", "")}).diagnostics
    assert problem.code == "R345"
    assert f"de={HASH}" in problem.message


@pytest.mark.parametrize(
    ("files", "code", "line", "says"),
    [
        (
            {VARIANT: SOUND.replace("consentimiento", "consentimento")},
            "R342",
            1,
            "¿Quiso decir «consentimiento»?",
        ),
        ({VARIANT: SOUND.replace("lugar mx", "lugar pe")}, "R343", 1, "::: lugar mx"),
        ({VARIANT: "Suelto.\n\n" + SOUND}, "R346", 1, "solo van bloques"),
        ({VARIANT: SOUND + "\n::: clave\nHola.\n:::\n"}, "R346", 5, "solo van bloques"),
        ({"variantes/mex/01-marco/01-tema.md": SOUND}, "R340", 1, "«mex» no existe"),
        ({"variantes/mx/01-marco/01-tena.md": SOUND}, "R341", 1, "¿Quiso decir «01-marco/01-tema.md»?"),
        (
            {LESSON: BASE.replace("lugar general", "lugar mx"), VARIANT: SOUND},
            "R344",
            1,
            "ya tiene un apartado",
        ),
    ],
)
def test_what_does_not_fit_is_an_error(compiled, files, code, line, says):
    problems = [each for each in compiled({LESSON: BASE} | files).diagnostics if each.severity == "error"]
    assert [(each.code, each.line) for each in problems] == [(code, line)]
    assert says in problems[0].message
    assert problems[0].path != LESSON


def test_a_question_of_a_variant_has_an_id_of_its_own(compiled):
    question = "\n\n::: pregunta\n¿Y?\n\n( ) Uno.\n(x) Dos.\n:::\n"
    text = ":" + SOUND.replace("caso.\n:::", f"caso.{question}\n::::")
    base = BASE.replace("Sigue.", "::: pregunta\n¿Qué?\n\n( ) Uno.\n(x) Dos.\n:::\n")
    fork = fork_of(compiled({LESSON: base, VARIANT: text}))
    assert [part.question.id for part in fork.branches[1].parts[1:]] == ["tema-mx-1"]


def test_a_quiz_takes_no_variants(found):
    quiz = (
        "---\ntipo: cuestionario\ntitulo: Q\nminutos: 5\nintentos: 1\n---\n::: pregunta {id=a}\n¿?\n\n"
        "( ) U.\n    > No.\n(x) D.\n    > Sí.\n:::\n"
    )
    problems = found({"01-marco/comprobacion.md": quiz, "variantes/mx/01-marco/comprobacion.md": SOUND})
    assert ("R341", "variantes/mx/01-marco/comprobacion.md", 1) in problems


COVER = (
    "titulo: Curso\nresumen: De prueba.\nhoras: 1\nmodulos:\n"
    "  - carpeta: 01-marco\n    titulo: Marco\n    horas: 1\n"
)


def test_the_cover_says_what_a_place_sets_otherwise(compiled):
    cover = (
        COVER
        + "variantes:\n  pe:\n    titulo: Curso para el Perú\n    aprobacion:\n      cuestionarios: 0.7\n"
        + "  ec-p:\n    aviso: A.\n"
    )
    places = compiled({"curso.yaml": cover}).course.places
    assert [(each.place, each.title, each.notice, each.pass_mark) for each in places] == [
        ("PE", "Curso para el Perú", "", 0.7),
        ("EC-P", "", "A.", None),
    ]


@pytest.mark.parametrize(
    ("variants", "code", "line"),
    [
        ("variantes: mx\n", "R113", 8),
        ("variantes:\n  mxx:\n    titulo: A\n", "R340", 9),
        ("variantes:\n  general:\n    titulo: A\n", "R340", 9),
        ("variantes:\n  mx:\n    titulos: A\n", "R111", 10),
        ("variantes:\n  mx:\n    aprobacion:\n      cuestionarios: 7\n", "R113", 11),
    ],
)
def test_a_wrong_place_on_the_cover_is_an_error(found, variants, code, line):
    assert found({"curso.yaml": COVER + variants}) == [(code, "curso.yaml", line)]


def test_no_hash_looks_like_a_telephone_number():
    assert not [number for number in range(3_000) if short_hash(str(number)).isdigit()]

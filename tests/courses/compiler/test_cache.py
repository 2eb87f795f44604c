"""A warm compilation answers what a cold one answers, and compiles only what changed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler import lessons
from lms.courses.compiler.cache import CompilationCache
from lms.courses.compiler.compile import compile_course, compile_tree
from lms.courses.compiler.source import SourceFile, SourceTree
from lms.plugins.blocks import by_name
from tests.courses.compiler.conftest import LESSON_HEAD, QUIZ_HEAD, SOUND

BLOCKS = by_name(BUILT_IN_BLOCKS)
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 {}"></svg>'
MANIFEST = SOUND["curso.yaml"].replace("horas: 1\nmodulos", "horas: 2\nmodulos")
SECOND = "  - carpeta: 02-fin\n    titulo: Fin\n    horas: 1\n"
QUESTION = "::: pregunta {{id={}}}\n¿Sí?\n\n(x) Sí\n    > Así es.\n( ) No\n    > No.\n:::\n"
PIECES = (
    "## Uno\n\nUn [[canalizar]] breve.\n",
    "## Dos\n\nVea [otra](02-otro.md#uno) y [aquí](#dos).\n",
    "Vea [el fin](../02-fin/01-final.md#nada).\n",
    "![Un dibujo](../imagenes/a.svg)\n",
    "![](../imagenes/no.svg)\n",
    "::: clave Recuerde\nEsto.[^1]\n:::\n\n[^1]: Nota.\n",
    "::: sector salud\n[[acogida]]\n:::\n",
    QUESTION.format("uno"),
    QUESTION.format("dos"),
    "::: nada\nHola\n",
    "Llame al 998 123 4567.\n",
    "::: lugar general {id=ley}\nLa ley general. [[canalizar]]\n:::\n",
    "[[[[[[[[" * 8,
)
bodies = st.lists(st.sampled_from(PIECES), max_size=4).map("\n".join)
PLACE = "::: lugar mx {{id={}}}\nLa ley de México, [[canalizar]].\n:::\n"
lessons_written = st.builds(
    lambda head, body: head + body,
    st.sampled_from([LESSON_HEAD, LESSON_HEAD.replace("PAL", "OTRA"), QUIZ_HEAD, "---\ntitulo\n---\n", ""]),
    bodies,
)
edits = st.one_of(
    st.tuples(
        st.sampled_from(
            ["01-marco/01-tema.md", "01-marco/02-otro.md", "02-fin/01-final.md", "02-fin/comprobacion.md"]
        ),
        lessons_written,
    ),
    st.tuples(
        st.just("glosario.md"),
        st.sampled_from([SOUND["glosario.md"], "## Acogida\nDar techo.\n", "## \n", None]),
    ),
    st.tuples(
        st.just("fuentes.yaml"), st.sampled_from([SOUND["fuentes.yaml"], "OTRA:\n  titulo: Otra\n", None])
    ),
    st.tuples(
        st.just("curso.yaml"), st.sampled_from([MANIFEST + SECOND, SOUND["curso.yaml"], "titulo: [", None])
    ),
    st.tuples(
        st.sampled_from(["imagenes/a.svg", "imagenes/b.svg"]),
        st.sampled_from([DRAWING.format(9), DRAWING.format(8), None]),
    ),
    st.tuples(st.sampled_from(["01-marco/02-otro.md", "02-fin/01-final.md", "suelto.txt"]), st.none()),
    st.tuples(
        st.sampled_from(["variantes/mx/01-marco/01-tema.md", "variantes/mx/02-fin/01-final.md"]),
        st.sampled_from([PLACE.format("ley"), PLACE.format("otra") + QUESTION.format("uno"), None]),
    ),
    st.tuples(
        st.sampled_from(["idiomas/en/01-marco/01-tema.md", "idiomas/en/glosario.md"]),
        st.one_of(lessons_written, st.none()),
    ),
)


def tree_of(files):
    return SourceTree(
        files={
            path: SourceFile(path=path, content=files[path].encode())
            for path in sorted(files)
            if files[path] is not None
        }
    )


@settings(max_examples=80, deadline=None)
@given(changes=st.lists(edits, min_size=1, max_size=8))
def test_after_any_edits_a_warm_compilation_equals_a_cold_one(changes):
    cache = CompilationCache()
    files = SOUND | {"curso.yaml": MANIFEST + SECOND, "02-fin/01-final.md": f"{LESSON_HEAD}Un texto.\n"}
    compile_tree(tree_of(files), "curso", BLOCKS, cache=cache)
    for path, content in changes:
        files = files | {path: content}
        cold = compile_tree(tree_of(files), "curso", BLOCKS)

        assert compile_tree(tree_of(files), "curso", BLOCKS, cache=cache) == cold


def test_threads_that_share_a_cache_answer_as_if_alone():
    versions = [
        tree_of(
            SOUND
            | {"glosario.md": glossary, "01-marco/01-tema.md": f"{LESSON_HEAD}Un [[canalizar]] y {word}.\n"}
        )
        for glossary in (SOUND["glosario.md"], "## Canalizar\nEnviar con cuidado.\n")
        for word in ("uno", "dos", "tres")
    ]
    alone = [compile_tree(tree, "curso", BLOCKS) for tree in versions]
    cache = CompilationCache()
    with ThreadPoolExecutor(4) as pool:
        together = list(
            pool.map(lambda tree: compile_tree(tree, "curso", BLOCKS, cache=cache), versions * 10)
        )

    assert together == alone * 10


@pytest.fixture
def compiled(monkeypatch):
    """Return the list of the lessons that are really compiled."""
    paths = []
    compile_lesson = lessons.LessonCompiler.compile

    def noted(self, unit):
        paths.append(unit.page.path)
        return compile_lesson(self, unit)

    monkeypatch.setattr(lessons.LessonCompiler, "compile", noted)
    return paths


def test_only_the_lesson_that_changed_is_compiled_again(compiled, write_course):
    cache = CompilationCache()
    other = {"01-marco/02-otro.md": f"{LESSON_HEAD}Otro texto.\n"}
    compile_course(write_course(other), BLOCKS, cache=cache)
    compiled.clear()

    compile_course(
        write_course(other | {"01-marco/01-tema.md": f"{LESSON_HEAD}Cambió.\n"}), BLOCKS, cache=cache
    )

    assert compiled == ["01-marco/01-tema.md"]


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("glosario.md", "## Canalizar\nEnviar con cuidado.\n"),
        ("fuentes.yaml", SOUND["fuentes.yaml"].replace("Protocolo", "Convenio")),
        ("imagenes/a.svg", DRAWING.format(5)),
        ("01-marco/02-otro.md", f"{LESSON_HEAD}Otro texto.\n"),
    ],
)
def test_what_every_page_can_depend_on_compiles_all_again(path, content, compiled, write_course):
    cache = CompilationCache()
    compile_course(write_course(), BLOCKS, cache=cache)
    compiled.clear()

    compile_course(write_course({path: content}), BLOCKS, cache=cache)

    assert "01-marco/01-tema.md" in compiled


def test_another_day_compiles_all_again(compiled, write_course):
    cache = CompilationCache()
    folder = write_course()
    compile_course(folder, BLOCKS, cache=cache, today=date(2026, 11, 20))
    compile_course(folder, BLOCKS, cache=cache, today=date(2026, 11, 21))

    assert compiled == ["01-marco/01-tema.md"] * 2


def test_a_page_that_failed_is_tried_again(compiled, write_course, monkeypatch):
    cache = CompilationCache()
    folder = write_course()
    with monkeypatch.context() as broken:
        broken.setattr(lessons, "split", lambda *_, **__: 1 / 0)
        assert "R217" in {found.code for found in compile_course(folder, BLOCKS, cache=cache).diagnostics}

    assert compile_course(folder, BLOCKS, cache=cache).course is not None

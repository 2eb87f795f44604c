"""Whatever files a course is made of, compiling, checking and formatting them answer and never raise."""

from hypothesis import given, settings
from hypothesis import strategies as st

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.compile import compile_tree
from lms.courses.compiler.diagnostics import as_json
from lms.courses.compiler.formatting import format_page
from lms.courses.compiler.source import SourceFile, SourceTree
from lms.plugins.blocks import by_name

BLOCKS = by_name(BUILT_IN_BLOCKS)
NAMES = sorted({*BLOCKS})
COURSE = (
    "titulo: Curso\nresumen: De prueba.\nhoras: 1\nmodulos:\n"
    "  - carpeta: 01-uno\n    titulo: Uno\n    horas: 0.5\n  - carpeta: 02-dos\n    titulo: Dos\n    horas: 0.5\n"
)
KEYS = (
    *("tipo", "titulo", "title", "minutos", "objetivo", "revisado", "fuentes", "jurisdiccion", "intensidad"),
    *(
        "intentos",
        "aprobar",
        "mezclar",
        "lugar",
        "idioma",
        "traduce",
        "base",
        "incluye",
        "modulos",
        "horas",
        "carpeta",
    ),
    *(
        "id",
        "vigente",
        "pasos",
        "perfil",
        "nombre",
        "numero",
        "verificado",
        "consultado",
        "direccion",
        "nota",
        "inicio",
    ),
)
VALUES = (
    *(
        "cuestionario",
        "simulacion",
        "simulation",
        "lesson",
        "Una",
        "5",
        "0",
        "-1",
        "1e9",
        "2026-11-21",
        "2026-13-01",
    ),
    *(
        "[PAL]",
        "[PAL, NADA]",
        "{a: b}",
        "si",
        "no",
        "null",
        "~",
        "general",
        "MX",
        "mx-roo",
        "es",
        "en",
        "xx",
        "*a",
        "|",
    ),
    *(
        '"sin cerrar',
        "'",
        "[",
        "{",
        "- a",
        "!!python/object:os.system x",
        "&a b",
        ">",
        "@",
        "`",
        "%",
        "? x",
        "1.0",
        "09",
    ),
)
PATHS = (
    *(
        "curso.yaml",
        "fuentes.yaml",
        "glosario.md",
        "01-uno/01-tema.md",
        "01-uno/02-caso.md",
        "01-uno/comprobacion.md",
    ),
    *(
        "02-dos/01-otro.md",
        "02-dos/evaluacion.md",
        "02-dos/01-otro.mx.md",
        "en/01-uno/01-tema.md",
        "rutas/mx.yaml",
    ),
    *(
        "lugares/mx-roo/01-uno/01-tema.md",
        "idiomas/en/01-uno/01-tema.md",
        "idiomas/en/curso.yaml",
        "ruta.yaml",
    ),
    *(
        "imagenes/a.svg",
        "imagenes/b.png",
        "medios/a.mp3",
        "medios/a.vtt",
        "suelto.md",
        "03-nada/01-x.md",
        "directorio.yaml",
    ),
)
pairs = st.tuples(st.sampled_from(KEYS), st.sampled_from(VALUES) | st.text(max_size=8)).map(": ".join)
indented = st.tuples(st.sampled_from(["", "", "  ", "    ", "  - ", "- "]), pairs).map("".join)
yaml = st.lists(indented | st.text(max_size=10), max_size=8).map("\n".join)
heads = st.builds(
    "{} {} {}{}\n".format,
    st.sampled_from([":::", "::::", ":::::"]),
    st.sampled_from([*NAMES, "nada", "{a=b}"]),
    st.sampled_from(["", "salud", "salud,nada", "MX", "mx-roo", "Un título", "[[canalizar]]", "0", "-> fin"]),
    st.sampled_from(["", " {id=a}", " {id=a nivel=R}", " {a=", ' {x="1 2"}', " {seguridad=+1 ruta=-9}"]),
)
lines = st.sampled_from(
    [
        *(
            ":::\n",
            "::::\n",
            ":::::\n",
            "\n",
            "\n\n",
            "Texto.\n",
            "- uno\n",
            "  - dos\n",
            "1. tres\n",
            "+ «no»\n",
        ),
        *(
            "( ) no\n",
            "(x) sí\n",
            "[x] sí\n",
            "    > así\n",
            "Explicación: x\n",
            "## Título\n",
            "```\n",
            "> cita\n",
        ),
        *(
            "[[canalizar]]\n",
            "[x](01-tema.md#y)\n",
            "![x](../imagenes/a.svg)\n",
            "[^1]\n",
            "[^1]: x\n",
            "| a |\n|---|\n",
        ),
        *(
            "- [ir](#fin) {seguridad=1}\n",
            "-> fin\n",
            "# Escena\n",
            "<!-- x -->\n",
            "<b>x</b>\n",
            "{: .x}\n",
            "Tel. 998 123 4567\n",
        ),
    ]
)
bodies = st.lists(heads | lines | st.text(max_size=8), max_size=14).map("".join)
pages = st.builds("---\n{}\n---\n{}".format, yaml, bodies) | bodies
contents = st.one_of(pages, yaml, st.just(COURSE)).map(str.encode) | st.binary(max_size=40)
trees = st.dictionaries(st.sampled_from(PATHS) | st.text(max_size=12), contents, max_size=8)


def tree_of(files):
    return SourceTree(files={path: SourceFile(path=path, content=content) for path, content in files.items()})


@settings(max_examples=120, deadline=None)
@given(files=trees, has_manifest=st.booleans())
def test_no_tree_makes_the_compiler_raise(files, has_manifest):
    whole = files | {"curso.yaml": COURSE.encode()} if has_manifest else files
    found = compile_tree(tree_of(whole), "curso", BLOCKS).diagnostics

    assert "R217" not in {problem.code for problem in found}, found
    assert as_json(found)


@settings(max_examples=120, deadline=None)
@given(page=pages)
def test_no_page_makes_the_formatter_raise_or_change_its_mind(page):
    once = format_page(page)

    assert format_page(once) == once

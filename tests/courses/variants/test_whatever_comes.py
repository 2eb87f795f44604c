"""Whatever stands beside the pages, the compiler answers with diagnostics and keeps its promises."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.course import HtmlPart
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.sections import sections
from lms.courses.compiler.splitter import split
from lms.courses.compiler.stand_ins import flat_parts
from lms.plugins.blocks import by_name

HEAD = "---\ntitulo: Una\nminutos: 1\nobjetivo: Leer.\nrevisado: 2026-11-21\nfuentes: [PAL]\n---\n"
LESSON = "01-marco/01-tema.md"
BLOCKS = by_name(BUILT_IN_BLOCKS)
QUESTION = "::: pregunta {id=%s}\n¿?\n\n(x) Sí.\n( ) No.\n:::\n\n"
PIECES = (
    "::: lugar general {id=uno}\nG[^1].\n:::\n\n",
    "::: lugar mx {id=uno}\nM[^1].\n:::\n\n",
    "::: lugar pe\nP.\n:::\n\n",
    "::: sector salud\nS.\n:::\n\n",
    ":::: clave T\n::: lugar mx\nN.\n:::\n::::\n\n",
    "::: video a.mp4 T\nT.\n:::\n\n",
    "::: termino canalizar\n:::\n\n",
    QUESTION % "a",
    QUESTION % "b",
    "## Un título\n\nTexto[^1] [[canalizar]].\n\n",
    "Suelto.\n\n",
    "[^1]: Nota.\n\n",
    "```\n## no\n```\n\n",
    "::: lugar mx {id=uno de=12}\n",
    ":::\n",
    "[a](#un-titulo) [b](02-no.md)\n\n",
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
HASHES = st.lists(st.sampled_from(["aaaaaaaa", "bbbbbbbb", "x", ""]), max_size=4).map(", ".join)
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def hashes(body):
    return [each.hash for each in sections(split(body, "", Findings()), BLOCKS)]


def html_of(unit):
    drawn = [inner for part in unit.parts for inner in flat_parts(part)]
    return "".join(part.html for part in drawn if isinstance(part, HtmlPart))


@SLOW
@given(base=TEXTS, variant=TEXTS, translated=TEXTS, named=HASHES)
def test_no_file_beside_a_page_breaks_the_compiler(compiled, base, variant, translated, named):
    files = {
        LESSON: HEAD + base,
        f"variantes/mx/{LESSON}": variant,
        f"idiomas/en/{LESSON}": f"---\ntitulo: T\ntraduce: [{named}]\n---\n{translated}",
        f"idiomas/qu/{LESSON}": translated,
        "glosario.md": "## Canalizar\n\nA.\n",
    }
    codes = {each.code for each in compiled(files).diagnostics}
    assert "R217" not in codes


@SLOW
@given(base=TEXTS, later=TEXTS)
def test_a_translation_of_an_older_text_asks_the_same_and_repeats_no_id(compiled, base, later):
    files = {
        "glosario.md": "## Canalizar\n\nA.\n",
        "01-marco/02-no.md": HEAD + "Sí.\n",
        "01-marco/a.mp4": b"0000ftyp",
    }
    english = f"---\ntitulo: T\ntraduce: [{', '.join(hashes(base))}]\n---\n{base}"
    course = compiled(files | {LESSON: HEAD + later, f"idiomas/en/{LESSON}": english}).attempt
    translations = [] if course is None else [each.unit for each in course.translations]
    for unit in translations:
        ids = re.findall(r'\bid="([^"]+)"', html_of(unit))
        assert len(ids) == len(set(ids))


def test_a_fork_under_a_repeated_id_repeats_no_id_of_its_notes(compiled):
    twice = "::: lugar mx {id=uno}\nM[^1].\n:::\n\n[^1]: Nota.\n\n" * 2
    later = f"{twice}::: sector salud\nS.\n:::\n\n::: lugar general {{id=uno}}\nG[^1].\n:::\n"
    english = "---\ntitulo: T\ntraduce: []\n---\n"
    course = compiled({LESSON: HEAD + later, f"idiomas/en/{LESSON}": english}).attempt
    (unit,) = [each.unit for each in course.translations]
    ids = re.findall(r'\bid="([^"]+)"', html_of(unit))
    assert sorted(ids) == ["fn:1", "fnref2:1", "fnref3:1", "fnref:1"]


@pytest.mark.parametrize(
    "body", ["", "\n\n", "## A\n## B\n", "```\n## no\n```\n", "Texto.\n## A\n::: clave\nB.\n:::\nC.\n"]
)
def test_the_sections_of_a_page_hold_all_of_it(body):
    nodes = split(body, "", Findings())
    found = [node for section in sections(nodes, BLOCKS) for node in section.nodes]
    assert words_of(found) == words_of(nodes)


def words_of(nodes):
    return "\n".join(getattr(node, "text", "") or f"{node.head}\n{node.body}" for node in nodes).split()

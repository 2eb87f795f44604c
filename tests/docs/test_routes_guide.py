"""The examples of the guide about routes and the directory work as the guide says."""

import re
from datetime import date
from pathlib import Path

import pytest

from lms.contacts.loading import Verdict, judge
from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.compile import compile_tree
from lms.courses.compiler.explanations.page import COURSE, HEAD, LESSON
from lms.courses.compiler.referral import PROFILES
from lms.courses.compiler.source import SourceFile, SourceTree
from lms.plugins.blocks import by_name

GUIDE = (Path(__file__).resolve().parents[2] / "docs/authoring/rutas-y-directorio.md").read_text(
    encoding="utf-8"
)
EXAMPLE = re.compile(r"^```(?:markdown|yaml) (?P<use>[^\n]+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
EXAMPLES = [(found["use"], found["text"]) for found in EXAMPLE.finditer(GUIDE)]
ROUTES = {use: text for use, text in EXAMPLES if use.startswith("rutas/")}
FRAGMENTS = [text for use, text in EXAMPLES if use == "lección"]
MISTAKES = [
    (use.split()[1], (use.split()[2:] or [LESSON])[0], text)
    for use, text in EXAMPLES
    if use.startswith("error ")
]
SOURCES = (
    "PAL:\n  titulo: Protocolo\n  consultado: 2026-11-01\nLEY:\n  titulo: Ley\n  consultado: 2026-11-01\n"
)
TODAY = date(2026, 11, 20)


def diagnostics_of(files):
    whole = {
        "curso.yaml": COURSE,
        "fuentes.yaml": SOURCES,
        LESSON: f"{HEAD}Un texto breve.\n",
        **ROUTES,
        **files,
    }
    tree = SourceTree(
        files={path: SourceFile(path=path, content=text.encode()) for path, text in whole.items()}
    )
    return compile_tree(tree, "curso", by_name(BUILT_IN_BLOCKS), today=TODAY).diagnostics


def test_the_guide_has_the_examples_that_this_module_looks_for():
    assert list(ROUTES) == ["rutas/quintana-roo.yaml"]
    assert len(FRAGMENTS) >= 3
    assert len(MISTAKES) >= 3


def test_the_route_of_the_guide_compiles_without_a_remark():
    assert diagnostics_of({}) == ()


@pytest.mark.parametrize("text", FRAGMENTS, ids=lambda text: text.splitlines()[0])
def test_a_fragment_compiles_without_a_remark(text):
    assert diagnostics_of({LESSON: HEAD + text}) == ()


@pytest.mark.parametrize(("code", "path", "text"), MISTAKES, ids=[code for code, _, _ in MISTAKES])
def test_a_mistake_is_reported_as_the_guide_says(code, path, text):
    found = diagnostics_of({path: HEAD + text if path == LESSON else text})
    assert [(each.code, each.path) for each in found] == [(code, path)]


def test_the_directory_of_the_guide_can_be_brought_in(unit):
    (content,) = [text for use, text in EXAMPLES if use == "directorio.yaml"]
    with unit():
        assert {row.verdict for row in judge(content.encode(), today=TODAY)} == {Verdict.ADD}


def test_the_guide_names_every_profile_in_spanish():
    spanish = {word for word in PROFILES if word not in PROFILES.values() and word != "indígena"}
    assert [word for word in sorted(spanish) if f"`{word}`" not in GUIDE] == []

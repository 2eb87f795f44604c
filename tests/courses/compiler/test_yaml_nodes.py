"""YAML is read in one quick pass when it is sound, and with the same answers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.courses.compiler import yaml_nodes
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.yaml_nodes import read_yaml

PIECES = st.sampled_from(
    [
        *(
            "titulo: ",
            "a: ",
            "b: 1\n",
            "modulos:\n",
            "  - ",
            "- ",
            "01-marco",
            "{",
            "}",
            "[",
            "]",
            ", ",
            "key: value\n",
        ),
        *(
            "l: [a, b]\n",
            "&a ",
            "*a",
            "? ",
            "?",
            "!!x ",
            "!!null ",
            "|\n",
            ">-\n",
            "\t",
            "\n",
            ": ",
            "null",
            "~",
            "'",
            '"',
        ),
        *(
            "# c\n",
            "--- \n",
            "...\n",
            "  ",
            "%YAML 1.1\n",
            "\u2028",
            "\x85",
            "ñ",
            "''",
            "no",
            "010",
            "\\",
            "!",
            " ",
        ),
    ]
)
texts = st.lists(PIECES | st.text(max_size=3), max_size=14).map("".join)


def read(text):
    findings = Findings()
    return read_yaml(text, "curso.yaml", findings, first_line=2), findings.sorted()


def read_slowly(text):
    findings = Findings()
    return yaml_nodes.read_slowly(text, "curso.yaml", findings, 2), findings.sorted()


@settings(max_examples=1_000, deadline=None)
@given(text=texts)
def test_the_quick_reading_answers_what_the_slow_one_answers(text):
    assert read(text) == read_slowly(text)


@pytest.mark.parametrize(
    "text", ["titulo: Uno\nfuentes: [A, B]\n", "modulos:\n  - carpeta: 01-a\n    horas: 1\n"]
)
def test_sound_yaml_is_read_once(text, monkeypatch):
    monkeypatch.setattr(yaml_nodes, "read_slowly", lambda *_: pytest.fail("read a second time"))

    node, problems = read(text)

    assert node is not None
    assert problems == ()

"""A bank compiled on its own, and a sample of every kind of question."""

import os
from datetime import date
from pathlib import Path

import pytest

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.banks import compile_bank
from lms.courses.compiler.diagnostics import Findings, Severity
from lms.courses.compiler.glossary import TermIndex
from lms.courses.compiler.site import Site
from lms.courses.compiler.source import SourceFile, SourceTree
from lms.plugins.blocks import by_name


def bank(text):
    """Compile the text of a bank: its questions, and the errors that the checker finds in it."""
    findings = Findings()
    tree = SourceTree(files={"bancos/b.md": SourceFile(path="bancos/b.md", content=text.encode())})
    site = Site(
        tree=tree, blocks=by_name(BUILT_IN_BLOCKS), language="es", asset_base="", terms=TermIndex([]),
        sources={}, units={}, today=date(2026, 11, 1),
    )  # fmt: skip
    found = compile_bank(site, "bancos/b.md", findings)
    errors = [each for each in findings.sorted() if each.severity is Severity.ERROR]
    return (found.questions if found else ()), errors


@pytest.fixture
def compile_questions():
    return bank


@pytest.fixture
def golden(request):
    """Compare a text with the file that keeps it; ``GOLDEN=write`` writes the file."""

    def compare(name, text):
        path = Path(__file__).parent / "golden" / name
        if os.environ.get("GOLDEN") == "write":
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare

"""The written pages keep up with the code."""

import ast
import re
from pathlib import Path

import pytest

from lms.core.actors import Role, ScopeKind
from lms.core.db import Base
from lms.web.sectors import SECTORS

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


def packages():
    roots = [path for path in (ROOT / "lms").iterdir() if (path / "__init__.py").is_file()]
    inner = [path for root in roots for path in root.iterdir() if (path / "plugin.py").is_file()]
    return sorted({path.name for path in [*roots, *inner]})


@pytest.mark.parametrize("name", packages())
def test_the_architecture_names_every_package(name):
    assert re.search(rf"\b{name}\b", (DOCS / "architecture.md").read_text(encoding="utf-8"))


def entities():
    modules = [path for path in (ROOT / "lms").rglob("models.py") if "migrations" not in path.parts]
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in modules]
    classes = [node for tree in trees for node in tree.body if isinstance(node, ast.ClassDef)]
    return sorted(node.name for node in classes if any(ast.unparse(base) == "Base" for base in node.bases))


def glossary():
    return (DOCS / "glossary.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", entities())
def test_the_glossary_explains_every_table(name):
    assert f"`{name}`" in glossary()


@pytest.mark.parametrize("word", [*Role, *ScopeKind, *SECTORS])
def test_the_glossary_explains_every_role_scope_and_sector(word):
    assert f"`{word}`" in glossary()


def test_the_tables_of_the_glossary_are_those_of_the_database():
    assert Base.metadata.tables, "the models are loaded"
    assert len(entities()) >= 20


def test_every_decision_is_in_the_list_and_has_its_four_parts():
    listed = (DOCS / "adr" / "README.md").read_text(encoding="utf-8")
    for path in sorted((DOCS / "adr").glob("0*.md")):
        text = path.read_text(encoding="utf-8")
        assert f"({path.name})" in listed
        for part in ("Context", "Decision", "Consequence", "When to revisit"):
            assert f"**{part}.**" in text, f"{path.name}: {part}"


def test_operations_leaves_no_setting_out():
    named = set(re.findall(r"LMS_[A-Z_]+", (DOCS / "operations.md").read_text(encoding="utf-8")))
    known = set(re.findall(r"LMS_[A-Z_]+", (DOCS / "reference" / "settings.md").read_text(encoding="utf-8")))
    assert named <= known

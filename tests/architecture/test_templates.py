"""Templates: every one compiles, none carries code or styles of its own, and each that a view names exists."""

import ast
import re
from pathlib import Path

from flask import Flask
from jinja2 import TemplateSyntaxError, meta

ROOT = Path(__file__).resolve().parents[2]
INLINE = re.compile(
    r"""\sstyle\s*=|<style\b|\son[a-z]+\s*=\s*["']|javascript:|<script(?![^>]*\bsrc=)(?![^>]*type="application/json")""",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"""(?:href|action|hx-(?:get|post))="/(?!/)[^"]*""")
RULES = (INLINE, ADDRESS)
PAPER = ("/pdf/", "/email/")
"""Folders of templates that no browser shows: xhtml2pdf reads styles only where they stand."""


def page_templates():
    folders = sorted((ROOT / "lms").rglob("templates"))
    return [path for folder in folders for path in sorted(folder.rglob("*.html"))]


def test_there_are_templates():
    assert len(page_templates()) > 40


def test_every_template_compiles(built_app: Flask):
    faults = []
    for name in built_app.jinja_env.list_templates(extensions=["html", "txt"]):
        try:
            built_app.jinja_env.get_template(name)
        except TemplateSyntaxError as error:
            faults.append(f"{name}:{error.lineno}: {error.message}")
    assert faults == []


def test_every_template_that_another_names_exists(built_app: Flask):
    environment = built_app.jinja_env
    known = set(environment.list_templates())
    faults = []
    for name in sorted(known):
        if not name.endswith((".html", ".txt")):
            continue
        source, _path, _fresh = environment.loader.get_source(environment, name)
        named = meta.find_referenced_templates(environment.parse(source))
        faults += [f"{name}: {other}" for other in named if other and other not in known]
    assert faults == []


def rendered_names(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        is_call = isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"render", "render_template"}
        if is_call and node.args and isinstance(node.args[0], ast.Constant):
            yield node.lineno, node.args[0].value


def test_every_template_that_a_view_renders_exists(built_app: Flask):
    known = set(built_app.jinja_env.list_templates())
    paths = sorted((ROOT / "lms").rglob("*.py"))
    named = [(path, line, name) for path in paths for line, name in rendered_names(path)]
    assert len(named) > 40
    assert [
        f"{path.relative_to(ROOT)}:{line}: {name}" for path, line, name in named if name not in known
    ] == []


def test_templates_carry_no_code_no_style_and_no_address_of_their_own():
    faults = []
    for path in page_templates():
        if not any(part in path.as_posix() for part in PAPER):
            source = path.read_text(encoding="utf-8")
            faults += [
                f"{path.relative_to(ROOT)}: {found}" for rule in RULES for found in rule.findall(source)
            ]
    assert faults == [], (
        "move code and styles to files (the policy forbids them) and write url_for(…) for addresses"
    )

"""A course written to do harm: what the compiler keeps of it is only to be read."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.compile import compile_course
from lms.courses.compiler.course import Quiz
from lms.plugins.blocks import by_name

FOLDER = Path(__file__).parent / "curso-hostil"
ACTIVE = {
    *("applet", "base", "body", "button", "dialog", "embed", "form", "frame", "frameset", "html", "iframe"),
    *("input", "link", "marquee", "math", "meta", "noscript", "object", "plaintext", "script", "select"),
    *("style", "template", "textarea", "title", "xmp", "animate", "set", "foreignobject"),
}
ATTRIBUTES = {
    *("alt", "class", "decoding", "height", "href", "id", "lang", "loading", "rel", "role", "scope", "src"),
    *("start", "tabindex", "title", "width", "data-kind", "data-s"),
}


class Harm(HTMLParser):
    """Notes every element, attribute and address that could do more than be read."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag in ACTIVE:
            self.found.append(tag)
        for name, value in attrs:
            if name not in ATTRIBUTES and not name.startswith("aria-"):
                self.found.append(f"{tag} {name}={value}")
            if name in {"href", "src"} and self.leads_astray(name, value or ""):
                self.found.append(f"{tag} {name}={value}")

    @staticmethod
    def leads_astray(name, value):
        parts = urlsplit("".join(value.split()).lower())
        if name == "src":
            return bool(parts.scheme or parts.netloc)
        return parts.scheme not in {"", "http", "https", "mailto"} or value.startswith(("//", "\\", "/\\"))


def html_of(value):
    """Give every text of HTML inside compiled values, however deep."""
    if isinstance(value, (tuple, list)):
        for item in value:
            yield from html_of(item)
    for name in getattr(value, "__slots__", ()):
        inner = getattr(value, name)
        if isinstance(inner, str):
            if name == "html" or name.endswith("_html"):
                yield inner
        else:
            yield from html_of(inner)


@pytest.fixture(scope="module")
def compilation():
    return compile_course(FOLDER, by_name(BUILT_IN_BLOCKS))


def test_it_cannot_be_released(compilation):
    assert compilation.course is None
    assert "R217" not in {problem.code for problem in compilation.diagnostics}


def test_every_page_is_kept_for_its_preview(compilation):
    pages = {path.stem.partition("-")[2] or path.stem for path in FOLDER.rglob("*.md")} - {"glosario"}

    assert {unit.slug for unit in compilation.attempt.modules[0].units} == pages


def test_nothing_active_is_kept(compilation):
    texts = list(html_of(compilation.attempt.modules)) + list(html_of(compilation.attempt.glossary))
    harm = Harm()
    for text in texts:
        harm.feed(text)
    harm.close()

    assert len(texts) > 40
    assert harm.found == []


def test_no_mark_of_the_compiler_is_kept(compilation):
    assert not re.search("[\ue000-\uf8ff\x02\x03]", "".join(html_of(compilation.attempt.modules[0])))


def test_only_the_sound_picture_is_kept(compilation):
    assert [asset.path for asset in compilation.attempt.assets] == ["imagenes/buena.svg"]


def test_no_term_takes_braces_for_a_template(compilation):
    lesson = next(unit for unit in compilation.attempt.modules[0].units if unit.slug == "plantillas")

    assert "{{7*7}}" in "".join(html_of(lesson.parts))
    assert not any(
        isinstance(unit, Quiz) and "49" in unit.title for unit in compilation.attempt.modules[0].units
    )

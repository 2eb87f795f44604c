"""Convert the pieces of one page in a single run of Markdown, so that notes and references cross blocks."""

import html
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from lms.courses.compiler.dressing import Dresser

START, END = "\ue000", "\ue001"
_MARK = re.compile(rf"{START}(\d+){END}")
_SEPARATOR = re.compile(rf"<p>{START}(\d+){END}</p>\n?")
_ONE_PARAGRAPH = re.compile(r"<p>((?:(?!</?p>).)*)</p>", re.DOTALL)
_TAG = r"</?[a-zA-Z][\w-]*(?:\s[^<>]*)?/?>"
_TAG_PRIORITY = 90
_AFTER_EVERYTHING = -10
_LANGUAGES = {
    "es": "Volver al lugar de la nota {}",
    "en": "Back to the place of note {}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """A piece of Markdown of the page."""

    text: str
    is_nested: bool = False
    """Inside a block, whose title takes the third level of headings."""
    is_inline: bool = False
    """Loses the paragraph around it when there is only one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """The HTML of the fragments, in order, and that of the notes at the foot."""

    fragments: tuple[str, ...]
    notes: str = ""


def convert(fragments: list[Fragment], dresser: Dresser, language: str) -> Converted:
    """Return the HTML of all fragments; a text that breaks out of its place is converted on its own."""
    together = _run(fragments, dresser, language)
    if together is not None:
        return together
    dresser.start_again()
    alone = [_run([fragment], dresser, language) for fragment in fragments]
    texts = [
        one.fragments[0] if one else f"<p>{html.escape(fragment.text)}</p>"
        for one, fragment in zip(alone, fragments, strict=True)
    ]
    return Converted(fragments=tuple(texts), notes="".join(one.notes for one in alone if one))


def _run(fragments: list[Fragment], dresser: Dresser, language: str) -> Converted | None:
    markdown = _markdown(fragments, dresser, language)
    marked = [f"{START}{index}{END}\n\n{fragment.text}\n\n" for index, fragment in enumerate(fragments)]
    pieces = _SEPARATOR.split(markdown.convert(f"{''.join(marked)}{START}{len(fragments)}{END}\n"))
    if pieces[1::2] != [str(index) for index in range(len(fragments) + 1)] or pieces[0].strip():
        return None
    if any(_MARK.search(piece) for piece in pieces[2::2]):
        return None
    texts = [_finish(piece, fragment) for piece, fragment in zip(pieces[2::2], fragments, strict=False)]
    return Converted(fragments=tuple(texts), notes=pieces[-1].strip())


def _finish(piece: str, fragment: Fragment) -> str:
    piece = piece.strip()
    only = _ONE_PARAGRAPH.fullmatch(piece) if fragment.is_inline else None
    return piece if only is None else only.group(1)


def _markdown(fragments: list[Fragment], dresser: Dresser, language: str) -> Markdown:
    notes = FootnoteExtension(BACKLINK_TITLE=_LANGUAGES.get(language, _LANGUAGES["es"]), BACKLINK_TEXT="↑")
    return Markdown(
        extensions=[
            TableExtension(use_align_attribute=True),
            AttrListExtension(),
            DefListExtension(),
            AbbrExtension(),
            SaneListExtension(),
            FencedCodeExtension(),
            notes,
            _CourseExtension(fragments, dresser),
        ]
    )


class _CourseExtension(Extension):
    """Takes raw HTML out and hands every element to the dresser."""

    def __init__(self, fragments: list[Fragment], dresser: Dresser) -> None:
        super().__init__()
        self._fragments = fragments
        self._dresser = dresser

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        # Obfuscated addresses would reach the dresser as entities.
        md.inlinePatterns.deregister("automail")
        md.inlinePatterns.register(_TagRemover(_TAG, md), "tags", _TAG_PRIORITY)
        tree = _DressingTree(md, self._fragments, self._dresser)
        md.treeprocessors.register(tree, "dressing", _AFTER_EVERYTHING)


class _TagRemover(InlineProcessor):
    """Takes HTML tags out and leaves the text between them."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - name and wider type are Python-Markdown's
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        del data
        return "", m.start(0), m.end(0)


class _DressingTree(Treeprocessor):
    def __init__(self, md: Markdown, fragments: list[Fragment], dresser: Dresser) -> None:
        super().__init__(md)
        self._fragments = fragments
        self._dresser = dresser

    def run(self, root: ET.Element) -> None:
        is_nested = False
        for child in list(root):
            mark = _MARK.fullmatch((child.text or "").strip()) if child.tag == "p" else None
            if mark is not None:
                index = int(mark.group(1))
                is_nested = index < len(self._fragments) and self._fragments[index].is_nested
            else:
                self._dresser.prepare(child, is_nested=is_nested)
        self._dresser.dress(root)

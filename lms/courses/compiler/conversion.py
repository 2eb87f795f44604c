"""Convert the pieces of one page in a single run of Markdown, so that notes and references cross blocks."""

import html
import re
import threading
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from lms.courses.compiler.commonmark import CommonMarkExtension
from lms.courses.compiler.dressing import Dresser
from lms.courses.compiler.fences import FenceExtension
from lms.courses.compiler.lists import ListExtension
from lms.courses.compiler.quick_markdown import QuickMarkdown

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
    text = "".join(f"{START}{index}{END}\n\n{fragment.text}\n\n" for index, fragment in enumerate(fragments))
    with _CONVERTERS.lent(language) as converter:
        nested = [fragment.is_nested for fragment in fragments]
        pieces = _SEPARATOR.split(converter.convert(f"{text}{START}{len(fragments)}{END}\n", nested, dresser))
    if pieces[1::2] != [str(index) for index in range(len(fragments) + 1)] or pieces[0].strip():
        return None
    if any(START in piece and _MARK.search(piece) for piece in pieces[2::2]):
        return None
    texts = [_finish(piece, fragment) for piece, fragment in zip(pieces[2::2], fragments, strict=False)]
    return Converted(fragments=tuple(texts), notes=pieces[-1].strip())


def _finish(piece: str, fragment: Fragment) -> str:
    piece = piece.strip()
    only = _ONE_PARAGRAPH.fullmatch(piece) if fragment.is_inline else None
    return piece if only is None else only.group(1)


class _PageConverter:
    """Python-Markdown as our courses use it, for one page after another."""

    def __init__(self, language: str) -> None:
        notes = _Notes(BACKLINK_TITLE=_LANGUAGES[language], BACKLINK_TEXT="↑")
        self._dressing = _DressingTree()
        self._markdown = QuickMarkdown(
            extensions=[
                TableExtension(use_align_attribute=True),
                AttrListExtension(),
                DefListExtension(),
                AbbrExtension(),
                FenceExtension(),
                ListExtension(),
                CommonMarkExtension(),
                notes,
                _CourseExtension(self._dressing),
            ]
        )

    def convert(self, page: str, nested: Sequence[bool], dresser: Dresser) -> str:
        """Return the HTML of a page whose fragments are nested or not."""
        self._dressing.take(nested, dresser)
        self._markdown.reset()
        return self._markdown.convert(page)


class _Converters(threading.local):
    """The converters of each thread: making one takes as long as a page."""

    def __init__(self) -> None:
        self._by_language: dict[str, _PageConverter] = {}

    @contextmanager
    def lent(self, language: str) -> Iterator[_PageConverter]:
        """Lend a converter; one that stopped half way is not used again."""
        language = language if language in _LANGUAGES else "es"
        converter = self._by_language.pop(language, None) or _PageConverter(language)
        yield converter
        self._by_language[language] = converter


_CONVERTERS = _Converters()


class _CourseExtension(Extension):
    """Takes raw HTML out and hands every element to the dresser."""

    def __init__(self, dressing: "_DressingTree") -> None:
        super().__init__()
        self._dressing = dressing

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        # Obfuscated addresses would reach the dresser as entities.
        md.inlinePatterns.deregister("automail")
        md.inlinePatterns.register(_TagRemover(_TAG, md), "tags", _TAG_PRIORITY)
        md.treeprocessors.register(self._dressing, "dressing", _AFTER_EVERYTHING)


class _Notes(FootnoteExtension):
    """Notes always stand at the end, so no page is searched for another place for them."""

    def findFootnotesPlaceholder(self, root: ET.Element) -> None:  # noqa: N802 - the name is Python-Markdown's
        """Return nothing: no place is marked."""
        del root


class _TagRemover(InlineProcessor):
    """Takes HTML tags out and leaves the text between them."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - name and wider type are Python-Markdown's
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        del data
        return "", m.start(0), m.end(0)


class _DressingTree(Treeprocessor):
    """Hands the elements of each page to its dresser."""

    _nested: Sequence[bool]
    _dresser: Dresser

    def take(self, nested: Sequence[bool], dresser: Dresser) -> None:
        """Work for a page from now on."""
        self._nested, self._dresser = nested, dresser

    def run(self, root: ET.Element) -> None:
        is_nested = False
        for child in root:
            mark = _MARK.fullmatch((child.text or "").strip()) if child.tag == "p" else None
            if mark is not None:
                index = int(mark.group(1))
                is_nested = index < len(self._nested) and self._nested[index]
            else:
                self._dresser.prepare(child, is_nested=is_nested)
        self._dresser.dress(root)

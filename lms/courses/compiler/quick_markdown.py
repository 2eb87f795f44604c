"""Python-Markdown without the work that cannot change its answer.

It tries some twenty patterns on every piece of text and a dozen kinds of block on every paragraph. Each needs
characters that ordinary prose lacks, so we look for those first. The answers stay the same to the letter.
"""

import re
import xml.etree.ElementTree as ET
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Self

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.inlinepatterns import Pattern
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor, PrettifyTreeprocessor, UnescapeTreeprocessor
from markdown.util import BLOCK_LEVEL_ELEMENTS, STX, AtomicString

from lms.courses.compiler.xhtml import to_xhtml

NEEDS = MappingProxyType(
    {
        "backtick": "`",
        "escape": "\\",
        "footnote": "[^",
        "reference": "[",
        "link": "[",
        "image_link": "![",
        "image_reference": "![",
        "short_reference": "[",
        "short_image_ref": "![",
        "autolink": "<",
        "automail": "<",
        "linebreak": "  \n",
        "backslash_break": "\\\n",
        "html": "<",
        "tags": "<",
        "entity": "&",
    }
)
"""What a text must hold before the inline pattern of this name can match; one without a name here is tried always."""
_MARKUP = re.compile(r"[`\\\[<&*_\x02]")
_BREAK = "  \n"
_FIRST = re.compile(r"\Z|\n|[ ]{4}|[ ]{0,3}(?:[#=\-_*+>:\[]|\d+[.)])")
_LATER = re.compile(r"\n[ ]{0,3}(?:[#=\-_*+>:\[]|\d+[.)])")
_BLOCKS = frozenset(BLOCK_LEVEL_ELEMENTS)
_CODE = frozenset({"code", "pre"})
_Place = Callable[[str, ET.Element, bool], list[tuple[ET.Element, list[str]]]]
_Step = Callable[[Pattern, str, int, int], tuple[str, bool, int]]
_FENCES = 25
_INLINE, _PRETTIFY, _ATTRIBUTES, _UNESCAPE = 20, 10, 8, 0


class QuickMarkdown(Markdown):
    """The converter of the course: the same answers, sooner."""

    output_formats = {**Markdown.output_formats, "xhtml": to_xhtml}  # noqa: RUF012 - as Python-Markdown declares it
    has_braces = False
    """Whether the text at hand holds what every attribute needs."""

    def build_parser(self) -> Self:
        """Set the parts up, ours in the place of those that try everything."""
        super().build_parser()
        stock = self.parser
        self.parser = _Blocks(self)
        self.parser.blockprocessors = stock.blockprocessors
        for processor in stock.blockprocessors:
            processor.parser = self.parser
        self.treeprocessors.register(_Inline(self), "inline", _INLINE)
        self.treeprocessors.register(_Prettify(self), "prettify", _PRETTIFY)
        self.treeprocessors.register(_Unescape(self), "unescape", _UNESCAPE)
        return self

    def convert(self, source: str) -> str:
        """Return the HTML of a text."""
        self.has_braces = "{" in source
        return super().convert(source)

    def is_block_level(self, tag: object) -> bool:
        """Return whether an element stands on its own."""
        return tag in _BLOCKS

    def registerExtensions(  # noqa: N802 - the name is Python-Markdown's
        self, extensions: Sequence[Extension | str], configs: Mapping[str, dict[str, Any]]
    ) -> Self:
        """Add the extensions, then put our part in the place of one of theirs."""
        super().registerExtensions(extensions, configs)
        if "fenced_code_block" in self.preprocessors:
            stock = self.preprocessors["fenced_code_block"]
            self.preprocessors.register(_Fences(self, stock), "fenced_code_block", _FENCES)
        if "attr_list" in self.treeprocessors:
            self.treeprocessors.register(_Attributes(self), "attr_list", _ATTRIBUTES)
        return self


def may_hold_markup(text: str) -> bool:
    """Return whether any inline pattern could match in a text."""
    return _MARKUP.search(text) is not None or _BREAK in text


def is_one_paragraph(block: str) -> bool:
    """Return whether a block can be nothing but one paragraph."""
    return "|" not in block and not _FIRST.match(block) and not ("\n" in block and _LATER.search(block))


class _Fences(Preprocessor):
    def __init__(self, md: Markdown, stock: Preprocessor) -> None:
        super().__init__(md)
        self._stock = stock

    def run(self, lines: list[str]) -> list[str]:
        has_fence = any("```" in line or "~~~" in line for line in lines)
        return self._stock.run(lines) if has_fence else lines


class _Blocks(BlockParser):
    _processors: list[BlockProcessor] | None = None

    def parseBlocks(self, parent: ET.Element, blocks: list[str]) -> None:  # noqa: N802 - the name is Python-Markdown's
        if self._processors is None:
            self._processors = list(self.blockprocessors)
        paragraph = self.blockprocessors["paragraph"]
        while blocks:
            if is_one_paragraph(blocks[0]):
                paragraph.run(parent, blocks)
                continue
            for processor in self._processors:
                if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                    break


class _Inline(InlineProcessor):
    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        # Python-Markdown keeps these steps private; were they renamed, a test would say so.
        self._apply: _Step = getattr(self, "_InlineProcessor__applyPattern")  # noqa: B009 - the types do not know it
        self._place: _Place = getattr(self, "_InlineProcessor__processPlaceholders")  # noqa: B009 - nor this one
        self._tried: list[tuple[Pattern, str]] = []

    def run(self, tree: ET.Element, ancestors: list[str] | None = None) -> ET.Element:
        """Convert what elements hold, breadth first; no pattern of ours asks for ancestors."""
        self.stashed_nodes = {}
        self.ancestors = ancestors or []
        waiting = deque([tree])
        while waiting:
            element = waiting.popleft()
            made: list[tuple[ET.Element, list[ET.Element]]] = []
            for child in element:  # what a tail becomes is put after its child, and met in its turn
                if child.text and may_hold_markup(child.text) and not isinstance(child.text, AtomicString):
                    made.append((child, self._in_text(child)))
                    waiting.extend(made[-1][1])
                if child.tail and may_hold_markup(child.tail):
                    self._in_tail(element, child)
                if len(child):
                    waiting.append(child)
            for child, inside in made:
                child[:0] = inside
        return tree

    def _in_text(self, element: ET.Element) -> list[ET.Element]:
        """Convert the text before the children of an element; return the elements that belong there."""
        text, element.text = element.text, None
        return [
            made for made, _ in self._place(self._InlineProcessor__handleInline(text or ""), element, True)
        ]

    def _in_tail(self, parent: ET.Element, element: ET.Element) -> None:
        """Convert the text after an element, and put the elements that it holds there."""
        holder = ET.Element("d")
        tail, element.tail = element.tail, None
        made = self._place(self._InlineProcessor__handleInline(tail or ""), holder, False)
        element.tail = holder.tail
        index = list(parent).index(element) + 1
        parent[index:index] = [each for each, _ in made]

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803 - the names are Python-Markdown's
        if isinstance(data, AtomicString) or not may_hold_markup(data):
            return data
        tried = self._patterns()
        start, index = 0, patternIndex
        while index < len(tried):
            pattern, needed = tried[index]
            is_matched = False
            if needed in data:
                data, is_matched, start = self._apply(pattern, data, index, start)
            if not is_matched:
                start, index = 0, index + 1
        return data

    def _patterns(self) -> list[tuple[Pattern, str]]:
        """Return each pattern with what a text must hold before it can match."""
        if not self._tried:
            known = self.md.inlinePatterns
            needs = {known.get_index_for_name(name): need for name, need in NEEDS.items() if name in known}
            self._tried = [(pattern, needs.get(index, "")) for index, pattern in enumerate(known)]
        return self._tried


class _Attributes(AttrListTreeprocessor):
    def __init__(self, converter: QuickMarkdown) -> None:
        super().__init__(converter)
        self._converter = converter

    def run(self, doc: ET.Element) -> None:
        if self._converter.has_braces:
            super().run(doc)


class _Prettify(PrettifyTreeprocessor):
    def _prettifyETree(self, elem: ET.Element) -> None:  # noqa: N802 - the name is Python-Markdown's
        """Put line breaks between blocks; code keeps its own."""
        tag = elem.tag
        if len(elem) and tag in _BLOCKS and tag not in _CODE:
            if elem[0].tag in _BLOCKS and not (elem.text and elem.text.strip()):
                elem.text = "\n"
            for child in elem:
                if child.tag in _BLOCKS:
                    self._prettifyETree(child)
        tail = elem.tail
        if not tail or tail.isspace():
            elem.tail = "\n"


class _Unescape(UnescapeTreeprocessor):
    """Looks only at what holds an escape: texts, tails and attributes."""

    def run(self, root: ET.Element) -> None:
        for element in root.iter():
            text, tail = element.text, element.tail
            if text and STX in text and element.tag != "code":
                element.text = self.unescape(text)
            if tail and STX in tail:
                element.tail = self.unescape(tail)
            for name, value in element.items():
                if value and STX in value:
                    element.set(name, self.unescape(value))

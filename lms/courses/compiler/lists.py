"""Read lists as CommonMark does, in the place of the list processors of Python-Markdown.

What belongs to an item is told by where its text begins, so two spaces nest as well as four; a list may follow a
paragraph at once; another mark begins another list; code fences stand inside items. The ``tab_length`` of
Python-Markdown cannot do it: it knows one width for all lists, and with two, four spaces would be two levels.
"""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension

from lms.courses.compiler.quick_markdown import is_one_paragraph

_ITEM = re.compile(r"( {0,3})([-*+]|\d{1,9}[.)])(?:( +)(?=[^ \n])| *(?=\n|\Z))")
_RULE = re.compile(r" {0,3}(?:(?:\*[ ]*){3,}|(?:-[ ]*){3,}|(?:_[ ]*){3,})(?:\n|\Z)")
_INTERRUPTS = re.compile(r"\n(?= {0,3}(?:[-*+]|1[.)]) +[^ \n])")
_BEGINS_ANOTHER = re.compile(r" {0,3}(?:>|#{1,6}(?: |\Z)|`{3}|~{3})")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*\Z)|~{3,})")
_QUOTE = re.compile(r"\A {0,3}> ?")
_ENOUGH = 4
"""Spaces that always nest one level, however wide the mark above."""
_CODE = "    "
_MOST_LEVELS = 24
"""Lists inside lists; deeper marks are words."""
_FIRST, _WITHIN, _INDENT = 95, 77, 85


class ListExtension(Extension):
    """Makes lists mean what CommonMark says; it goes after definition lists and fenced code."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        """Put our processors in the place of those of Python-Markdown."""
        processors = md.parser.blockprocessors
        for name in ("indent", "olist", "ulist"):
            processors.deregister(name)
        lists = _Lists(md.parser)
        processors.register(lists, "lists", _FIRST)
        processors.register(_ListUnderText(md.parser, lists), "list_under_text", _WITHIN)
        processors.register(_DefinitionGoesOn(md.parser), "defindent", _INDENT)


@dataclass(slots=True)
class Item:
    """An item of a list as it is read."""

    kind: str
    number: int
    needed: int
    """Spaces before a line that make it part of the item."""
    offset: int
    """Where the text of the item begins."""
    lines: list[str]
    gaps: int = 0
    """Blank places between its lines, save those in code."""


def item_at(text: str) -> Item | None:
    """Return the item that begins at the first line of a text."""
    mark = _ITEM.match(text)
    if mark is None or _RULE.match(text):
        return None
    spaces = len(mark[3] or " ")
    spaces = spaces if spaces <= _ENOUGH else 1
    indent, width = len(mark[1]), len(mark[2]) + spaces
    line = text.split("\n", 1)[0]
    return Item(
        kind=mark[2][-1],
        number=int(mark[2][:-1] or 1),
        needed=indent + min(width, _ENOUGH),
        offset=indent + width,
        lines=[line[indent + width :] if mark[3] else ""],
    )


@dataclass(slots=True)
class _Reading:
    """The items of one list, line by line."""

    items: list[Item]
    gaps: int = 0
    """Blank places between items."""
    _fence: str = ""
    _is_after_blank: bool = field(default=False)

    def takes(self, lines: list[str]) -> int:
        """Add the lines that belong to the list; return how many."""
        for index, line in enumerate(lines):
            if line.strip():
                if not self._takes_line(line):
                    return index
            else:
                self.take_blank()
        return len(lines)

    def take_blank(self) -> None:
        """Add a blank line to the last item."""
        self.items[-1].lines.append("")
        self._is_after_blank = True

    def _takes_line(self, line: str) -> bool:
        item = self.items[-1]
        indent = len(line) - len(line.lstrip(" "))
        if indent >= item.needed and not (self._is_after_blank and not any(item.lines)):
            item.gaps += self._is_after_blank and not self._fence
            self._add(line[min(indent, item.offset) :])
            return True
        begun = item_at(line)
        if begun is not None:
            return begun.kind == item.kind and self.begin(begun)
        goes_on = not (self._is_after_blank or self._fence) and not begins_another(line)
        if goes_on and is_text(item.lines):
            item.lines.append(line)
            return True
        return False

    def begin(self, item: Item) -> bool:
        """Go on with another item."""
        self.gaps += self._is_after_blank
        self.items.append(item)
        self._fence = ""
        self._add(item.lines.pop())
        return True

    def _add(self, text: str) -> None:
        self._is_after_blank = False
        self.items[-1].lines.append(text)
        if "```" in text or "~~~" in text:
            self._follow_fence(_innermost(text))

    def _follow_fence(self, text: str) -> None:
        if self._fence:
            closing = text.strip()
            is_closed = not closing.strip(self._fence[0]) and len(closing) >= len(self._fence)
            self._fence = "" if is_closed else self._fence
        elif fence := _FENCE.match(text):
            self._fence = fence[1]


def _innermost(text: str) -> str:
    """Return a line without the marks of the items and quotations that begin at it."""
    for _level in range(_MOST_LEVELS):
        item = item_at(text)
        inside = item.lines[0] if item is not None else _QUOTE.sub("", text)
        if inside == text:
            break
        text = inside
    return text


def begins_another(line: str) -> bool:
    """Return whether a title, a quotation, a code fence or a rule begins at a line."""
    return bool(_BEGINS_ANOTHER.match(line) or _RULE.match(line))


def is_text(lines: list[str]) -> bool:
    """Return whether the last line is of a paragraph, which may go on without its indent or mark."""
    last = _innermost(lines[-1])
    if not last.strip() or _BEGINS_ANOTHER.match(last) or _RULE.match(last):
        return False
    return not last.startswith(_CODE) or (len(lines) > 1 and bool(lines[-2].strip()))


class _Lists(BlockProcessor):
    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser)
        self._open: list[tuple[ET.Element, list[int]]] = []

    def test(self, parent: ET.Element, block: str) -> bool:
        del parent
        is_item = _ITEM.match(block) is not None and not _RULE.match(block)
        return is_item and len(self._open) < _MOST_LEVELS

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        reading = _read(blocks)
        if self._open and self._open[-1][0] is parent:
            self._open[-1][1].append(reading.gaps + sum(item.gaps for item in reading.items))
        made = _element(parent, reading.items[0])
        is_tight = not reading.gaps
        for item in reading.items:
            is_tight = self._fill(ET.SubElement(made, "li"), item) and is_tight
        if is_tight:
            for item_element in made:
                _without_paragraphs(item_element)

    def _fill(self, element: ET.Element, item: Item) -> bool:
        """Put what an item holds into its element; return whether no blank line parts it."""
        lines = item.lines
        if len(lines) == 1 and is_one_paragraph(lines[0]):
            ET.SubElement(element, "p").text = lines[0]
            return True
        if any("```" in line or "~~~" in line for line in lines):
            lines = self.parser.md.preprocessors["fenced_code_block"].run([*lines, ""])
        inner: list[int] = []
        self._open.append((element, inner))
        self.parser.state.set("item")
        self.parser.parseChunk(element, "\n".join(lines).strip("\n"))
        self.parser.state.reset()
        self._open.pop()
        return item.gaps <= sum(inner)


def _read(blocks: list[str]) -> _Reading:
    """Take the list with which blocks begin out of them."""
    lines = blocks.pop(0).split("\n")
    first = item_at(lines[0])
    if first is None:
        raise ValueError(lines[0])
    reading = _Reading([])
    reading.begin(first)
    taken = 1 + reading.takes(lines[1:])
    while taken == len(lines) and blocks:
        lines = blocks[0].strip("\n").split("\n")
        reading.take_blank()
        taken = reading.takes(lines)
        if taken:
            blocks.pop(0)
    if 0 < taken < len(lines):
        blocks.insert(0, "\n".join(lines[taken:]))
    return reading


def _element(parent: ET.Element, first: Item) -> ET.Element:
    """Return the element of a list: a definition gets its blocks one by one, and its list goes on."""
    tag = "ol" if first.kind in ".)" else "ul"
    if parent.tag == "dd" and len(parent) and parent[-1].tag == tag:
        return parent[-1]
    made = ET.SubElement(parent, tag)
    if tag == "ol" and first.number != 1:
        made.set("start", str(first.number))
    return made


def _without_paragraphs(item: ET.Element) -> None:
    """Leave the text of paragraphs in their place: nothing is set apart in a tight list."""
    before: ET.Element | None = None
    for child in list(item):
        if child.tag != "p":
            before = child
            continue
        item.remove(child)
        if before is None:
            item.text = f"{item.text}\n{child.text}" if item.text else child.text
        else:
            before.tail = f"{before.tail or ''}\n{child.text}"


class _ListUnderText(BlockProcessor):
    """Parts a list from the lines right above it."""

    def __init__(self, parser: BlockParser, lists: _Lists) -> None:
        super().__init__(parser)
        self._lists = lists

    def test(self, parent: ET.Element, block: str) -> bool:
        found = _INTERRUPTS.search(block)
        return found is not None and self._lists.test(parent, block[found.end() :])

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        found = _INTERRUPTS.search(block)
        if found is not None:
            blocks.insert(0, block[found.end() :])
            block = block[: found.start()]
        self.parser.parseBlocks(parent, [block])


class _DefinitionGoesOn(BlockProcessor):
    """Gives a definition all the indented blocks that follow it."""

    def test(self, parent: ET.Element, block: str) -> bool:
        last = self.lastChild(parent)
        return block.startswith(_CODE) and last is not None and last.tag == "dl" and len(last) > 0

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        inside: list[str] = []
        while blocks and blocks[0].startswith(_CODE):
            inside.append(self.looseDetab(blocks.pop(0)))
        definition = parent[-1][-1]
        if definition.text and definition.text.strip():
            paragraph = ET.Element("p")
            paragraph.text, definition.text = definition.text, None
            definition.insert(0, paragraph)
        self.parser.state.set("detabbed")
        self.parser.parseChunk(definition, "\n\n".join(inside))
        self.parser.state.reset()

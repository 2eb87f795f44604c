"""Read quotations, titles, tables and marks within a line as CommonMark does, where Python-Markdown would not."""

import re
import xml.etree.ElementTree as ET

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor, BlockQuoteProcessor, HashHeaderProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import SubstituteTagInlineProcessor

from lms.courses.compiler.lists import begins_another, is_text, item_at

_BREAK = r"\\\n *"
_QUOTE = re.compile(r" {0,3}> ?(.*)")
_QUOTE_BEGINS = re.compile(r"(?:^|\n)(?= {0,3}>)")
_TABLE_BEGINS = re.compile(r"\n(?=\|[^\n]*\| *\n\|(?: *:?-+:? *\|)+ *(?:\n|\Z))")
_TITLE = re.compile(
    r"(?:^|\n) {0,3}(?P<level>#{1,6})(?!#)(?P<header>(?:[^\n ]| +(?! |#* *(?:\n|\Z)))*)(?: +#*)? *(?:\n|\Z)"
)


class CommonMarkExtension(Extension):
    """Makes these marks mean what CommonMark says; it goes after tables."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        """Put our processors in the place of those of Python-Markdown."""
        blocks, inline = md.parser.blockprocessors, md.inlinePatterns
        blocks.register(_TableUnderText(md.parser), "table_under_text", 76)
        blocks.register(_Titles(md.parser), "hashheader", 70)
        blocks.register(_Quotes(md.parser), "quote", 20)
        inline.register(SubstituteTagInlineProcessor(_BREAK, "br"), "backslash_break", 101)


class _Titles(HashHeaderProcessor):
    """Titles may stand up to three spaces in; those without a space after their signs are titles all the same."""

    RE = _TITLE


class _Quotes(BlockQuoteProcessor):
    """Quotations end at a blank line, and where something else begins."""

    RE = _QUOTE_BEGINS

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        found = _QUOTE_BEGINS.search(block)
        start = found.end() if found is not None else 0
        if start:
            self.parser.parseBlocks(parent, [block[:start].rstrip("\n")])
        lines = block[start:].split("\n")
        inside = _quoted(lines)
        if len(inside) < len(lines):
            blocks.insert(0, "\n".join(lines[len(inside) :]))
        if any("```" in line or "~~~" in line for line in inside):
            inside = self.parser.md.preprocessors["fenced_code_block"].run(inside)
        self.parser.state.set("blockquote")
        self.parser.parseChunk(ET.SubElement(parent, "blockquote"), "\n".join(inside).strip("\n"))
        self.parser.state.reset()


def _quoted(lines: list[str]) -> list[str]:
    """Return what is quoted at the beginning of lines, without its marks."""
    inside: list[str] = []
    for line in lines:
        marked = _QUOTE.fullmatch(line)
        if marked is not None:
            inside.append(marked[1])
        elif is_text(inside) and not begins_another(line) and item_at(line) is None:
            inside.append(line)
        else:
            break
    return inside


class _TableUnderText(BlockProcessor):
    """Parts a table from the lines right above it."""

    def test(self, parent: ET.Element, block: str) -> bool:
        del parent
        found = _TABLE_BEGINS.search(block) if "|" in block else None
        return found is not None and "|" not in block[: found.start()]

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        above, table = _TABLE_BEGINS.split(block, maxsplit=1)
        blocks.insert(0, table)
        self.parser.parseBlocks(parent, [above])

"""One page on its way to HTML: blocks ask it for pieces, it converts them together and fills them in."""

import re

from lms.courses.compiler import second_opinion
from lms.courses.compiler.clean import clean
from lms.courses.compiler.conversion import END, START, Fragment, convert
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.dressing import Dresser
from lms.courses.compiler.site import Site
from lms.courses.compiler.terms import link_terms, mark_terms, plain_terms, written_terms

_MARK = re.compile(rf"{START}(\d+){END}")
# What would start a list, a heading, a quotation or a definition at the beginning of a title or an option.
_NUMBERED = re.compile(r"\A(\d+)\.(?=\s)")
_BLOCK_START = re.compile(r"(\d+(?=[.)])|)([-+*#>.)])(?=\s|$)|#+|\*?\[(?=[^\]]*\]:)")


class Manuscript:
    """The pieces of a page; convert once, then ask for the HTML of marked text, in reading order."""

    def __init__(self, site: Site, path: str, body: str, first_line: int) -> None:
        """Start a page whose body begins at a line of its file."""
        self.site = site
        self.path = path
        self._lines = body.split("\n")
        self._first_line = first_line
        self.dresser = Dresser(site, path, self._lines, first_line)
        self.linked: dict[str, None] = {}
        """Slugs of the terms linked so far, in order."""
        self._fragments: list[Fragment] = []
        self._html: list[str] = []
        self._notes = ""

    def block(self, markdown: str, *, is_nested: bool = False) -> str:
        """Take a piece of Markdown and return the mark that stands for its HTML."""
        return self._add(Fragment(text=mark_terms(markdown.strip("\n")), is_nested=is_nested))

    def inline(self, markdown: str) -> str:
        """Take one line of Markdown and return the mark that stands for its HTML."""
        line = " ".join(markdown.split())
        start = _BLOCK_START.match(line)
        if start is not None:
            cut = len(start.group(1) or "")
            line = f"{line[:cut]}\\{line[cut:]}"
        return self._add(Fragment(text=written_terms(line), is_nested=True, is_inline=True))

    def flow(self, markdown: str) -> str:
        """Take some paragraphs without links to terms; a single one loses the paragraph around it."""
        # A stem that starts with a number is numbered by hand: it is no list.
        text = _NUMBERED.sub(r"\1\\.", written_terms(markdown.strip()), count=1)
        return self._add(Fragment(text=text, is_nested=True, is_inline=True))

    def plain_block(self, markdown: str) -> str:
        """Take a piece of Markdown whose terms are words, not links."""
        return self._add(Fragment(text=written_terms(markdown.strip("\n")), is_nested=True))

    def convert(self, findings: Findings) -> None:
        """Convert every piece taken so far, once."""
        converted = convert(self._fragments, self.dresser, self.site.language)
        self._html = list(converted.fragments)
        self._notes = converted.notes
        self.dresser.broken_anchors()
        findings.extend(self.dresser.findings.sorted())
        texts = [fragment.text for fragment in self._fragments]
        second_opinion.report(texts, self.path, self._lines, self._first_line, findings)
        self.site.anchors.extend(self.dresser.anchors)
        self.site.ids[self.path] = frozenset(self.dresser.ids)

    def html(self, marked: str, *, has_terms: bool = True) -> str:
        """Return clean HTML for marked text; terms link at their first use."""
        filled = _MARK.sub(lambda m: self._html[int(m[1])] if int(m[1]) < len(self._html) else "", marked)
        if has_terms:
            filled = link_terms(filled, self.site.terms, self.linked)
        return clean(plain_terms(filled))

    def notes(self) -> str:
        """Return the clean HTML of the footnotes, or nothing."""
        return self.html(self._notes) if self._notes else ""

    def _add(self, fragment: Fragment) -> str:
        self._fragments.append(fragment)
        return f"{START}{len(self._fragments) - 1}{END}"

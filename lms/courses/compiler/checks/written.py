"""The text of a page as the rules of writing read it: code and addresses blanked, every line in its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lms.courses.compiler.splitter import fenced_code_lines

_CODE = re.compile(r"`+[^`\n]*`+")
# Two patterns that begin with letters of their own are found many times faster than one with either.
_TARGET = re.compile(r"\]\([^)\s]+")
_ADDRESS = re.compile(r"https?://[^\s)>]+")
_LONG_NUMBER = re.compile(r"\d(?:[ \t().–-]*\d){5}")
_BLOCK = re.compile(r"^ {0,3}(:{3,})[ \t]*([^\s:{]*)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A page for the rules to read; positions in its texts lead to lines of the file."""

    path: str
    body: str
    """Without code."""
    text: str
    """Without code and without the addresses of links."""
    lowered: str
    """The text in small letters, to ask quickly whether something may be there."""
    first_line: int
    has_long_number: bool
    """Whether a telephone number or that of a document may stand in the text."""

    def line_at(self, position: int) -> int:
        """Return the line of the file at a position of the text."""
        return self.first_line + self.text.count("\n", 0, position)

    def lines(self) -> Iterator[tuple[int, str]]:
        """Give each line with its number."""
        yield from enumerate(self.text.split("\n"), self.first_line)

    def blocks_around(self, position: int) -> list[str]:
        """Return the names of the blocks that are open at a position, the outermost first."""
        opened: list[tuple[str, str]] = []
        for found in _BLOCK.finditer(self.body, 0, position):
            if found[2]:
                opened.append((found[1], found[2]))
                continue
            while opened and opened[-1][0] != found[1]:
                opened.pop()
            opened = opened[:-1]
        return [name for _, name in opened]


def read(path: str, body: str, first_line: int) -> Written:
    """Return a page for the rules; its body begins at a line of its file."""
    if "```" in body or "~~~" in body:
        lines = body.split("\n")
        code = fenced_code_lines(lines)
        body = "\n".join("" if index in code else line for index, line in enumerate(lines))
    body = blank(_CODE, body) if "`" in body else body
    text = _TARGET.sub(_blank_target, body) if "](" in body else body
    text = blank(_ADDRESS, text) if "://" in text else text
    return Written(
        path=path,
        body=body,
        text=text,
        lowered=text.lower(),
        first_line=first_line,
        has_long_number=_LONG_NUMBER.search(text) is not None,
    )


def blank(pattern: re.Pattern[str], text: str) -> str:
    """Return the text with what a pattern finds turned into spaces, each line kept."""
    return pattern.sub(_spaces, text)


def places(stem: str, text: str) -> Iterator[int]:
    """Give every place of some letters in a text."""
    position = text.find(stem)
    while position >= 0:
        yield position
        position = text.find(stem, position + 1)


def _blank_target(found: re.Match[str]) -> str:
    return f"]({' ' * (len(found[0]) - 2)}"


def _spaces(found: re.Match[str]) -> str:
    return "\n".join(" " * len(line) for line in found[0].split("\n"))

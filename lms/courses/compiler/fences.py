"""Write code fences so that Python-Markdown finds every one that CommonMark does."""

import re

from markdown import Markdown
from markdown.extensions.fenced_code import FencedBlockPreprocessor, FencedCodeExtension

from lms.courses.compiler.lists import item_at

_OPENING = re.compile(r"( {0,3})(`{3,}(?=[^`]*\Z)|~{3,}) *(.*)")
_CLOSING = re.compile(r" {0,3}(`{3,}|~{3,}) *")
_LANGUAGE = re.compile(r"[\w#.+-]*\Z")
_OURS = ("{", "hl_lines=")
"""What only Python-Markdown reads after a fence."""
_PRIORITY = 25


class FenceExtension(FencedCodeExtension):
    """Code fences: indented up to three spaces, closed by as many marks or more."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        """Put our reader in the place of the one of Python-Markdown."""
        md.registerExtension(self)
        md.preprocessors.register(_Fences(md, self.getConfigs()), "fenced_code_block", _PRIORITY)


class _Fences(FencedBlockPreprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return super().run(_plain(lines))


def _plain(lines: list[str]) -> list[str]:
    """Return lines whose fences stand at the edge and are closed by what opened them."""
    made: list[str] = []
    index = inside_item = 0
    while index < len(lines):
        line = lines[index]
        opening = _OPENING.fullmatch(line)
        if opening is not None and not 0 < inside_item <= len(opening[1]):
            end = _closing(lines, index + 1, opening[2])
            made += lines[index:] if end is None else _written(opening, lines[index : end + 1])
            index = len(lines) if end is None else end + 1
            continue
        item = item_at(line) if line.strip() else None
        if item is not None:
            inside_item = item.needed
        elif (
            line.strip() and index and not lines[index - 1].strip() and not line.startswith(" " * inside_item)
        ):
            inside_item = 0
        made.append(line)
        index += 1
    return made


def _closing(lines: list[str], start: int, mark: str) -> int | None:
    """Return the index of the line that closes a fence."""
    for index in range(start, len(lines)):
        closing = _CLOSING.fullmatch(lines[index])
        if closing is not None and closing[1].startswith(mark):
            return index
    return None


def _written(opening: re.Match[str], lines: list[str]) -> list[str]:
    """Return a fence and its code at the edge; one whose language nobody could name stays as it was."""
    indent, mark, words = opening.groups()
    language = words.split(" ", 1)[0]
    if not _LANGUAGE.match(language):
        if not any(word in words for word in _OURS):
            return lines
        language = words
    elif any(word in words for word in _OURS):
        language = words
    code = [line[min(len(line) - len(line.lstrip(" ")), len(indent)) :] for line in lines[1:-1]]
    return [f"{mark}{language}", *code, mark]

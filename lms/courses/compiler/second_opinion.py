"""Ask a second Markdown engine how it reads a page, and tell the author where the two would differ.

Python-Markdown makes our pages; the judge follows the CommonMark specification, which most editors and previews follow.
What only our pages have (notes, definitions, abbreviations, attributes) is taken out before the two are compared.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lms.courses.compiler.comparable import Comparable, comparable
from lms.courses.compiler.cures import Cure, cure_for
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.piece_lines import line_of, starts_of
from lms.courses.compiler.plain_markdown import Group, groups, is_plain_prose, reads_alike
from lms.courses.compiler.two_engines import as_commonmark, as_ours, commonmark_blocks

_NOTE_ID = re.compile(r"^ {0,3}\[\^([^\]\n]*)\]:", re.MULTILINE)
_REFERENCE = re.compile(r"\[(?!\^)(?:[^\[\]\\]|\\.)+\]:", re.DOTALL)
_BLANK = re.compile(r"\n[ \t]*\n")
_MOST_LINES = 60
"""Lines of a block that are tried one by one to find the one that is read in two ways."""
_MOST_DIFFERENCES = 25
"""Differences of one page that are looked for; the author mends these first."""

_MOST_CHARACTERS = 200_000
"""Text of one group that is read again and again to find every difference in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A place that the two engines read in two ways, and what to do there."""

    piece: int
    """Index of the piece of the page."""
    line: int
    """Index of the line within the piece."""
    text: str
    """The line as written."""
    cure: Cure


def report(
    pieces: Iterable[str], path: str, lines: Sequence[str], first_line: int, findings: Findings
) -> None:
    """Warn of what is read in two ways in the pieces of a page, whose lines begin at a line of its file."""
    texts = list(pieces)
    found = list(differences(texts))
    if not found:
        return
    places = starts_of(texts, lines)
    for difference in found:
        index = line_of(difference.text, places[difference.piece], difference.line, lines)
        findings.warning(difference.cure.code, path, first_line + index, difference.cure.advice)


def differences(pieces: Iterable[str]) -> Iterator[Difference]:
    """Give the places where the pieces of one page, converted together, are read in two ways."""
    texts = list(pieces)
    suspicious = [
        (index, group)
        for index, text in enumerate(texts)
        if not is_plain_prose(text)
        for group in groups(text)
        if not reads_alike(group)
    ]
    if not suspicious:
        return
    page = _Page(texts)
    found = 0
    for index, group in suspicious:
        for line in page.differing_lines(index, group):
            lines = texts[index].split("\n")
            yield Difference(piece=index, line=line, text=lines[line], cure=cure_for(lines, line))
            found += 1
            if found == _MOST_DIFFERENCES:
                return


class _Page:
    """What the pieces of a page share: its notes and its references."""

    def __init__(self, texts: list[str]) -> None:
        self._notes = frozenset(_NOTE_ID.findall("\n".join(texts)))
        self._references = [
            (index, "\n\n".join(part for part in _BLANK.split(text) if _REFERENCE.search(part)))
            for index, text in enumerate(texts)
            if _REFERENCE.search(text)
        ]

    def differing_lines(self, index: int, group: Group) -> Iterator[int]:
        """Give the lines of a piece at which a group is read in two ways."""
        others = "".join(f"\n\n{definitions}" for piece, definitions in self._references if piece != index)
        lines = group.text.split("\n")
        start = 0
        for _round in range(max(_MOST_CHARACTERS // max(len(group.text), 1), 1)):
            if start >= len(lines):
                return
            found = _differing_block(comparable(lines[start:], self._notes), others)
            if found is None:
                return
            first, last = found
            ends = range(first + 1, min(len(lines) - start, first + _MOST_LINES) + 1)
            culprit = next(
                (end - 1 for end in ends if self._differ(lines[start : start + end], others)), first
            )
            yield group.line + start + culprit
            start += max(last, culprit + 1)

    def _differ(self, lines: list[str], others: str) -> bool:
        return _differing_block(comparable(lines, self._notes), others) is not None


def _differing_block(piece: Comparable, others: str) -> tuple[int, int] | None:
    """Return the first line, and the one after the last, of the first block that is read in two ways."""
    text = piece.text + others
    ours = as_ours(text)
    if ours == as_commonmark(text):
        return None
    done = 0
    for first, last, events in commonmark_blocks(text):
        if ours[done : done + len(events)] != events:
            return piece.source_line(first), max(piece.source_line(last - 1), piece.source_line(first)) + 1
        done += len(events)
    return piece.source_line(-1), piece.source_line(-1) + 1

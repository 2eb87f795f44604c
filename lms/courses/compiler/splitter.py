"""Split Markdown into prose and `:::` blocks, with line numbers, before anything is converted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lms.courses.compiler.codes import Code
from lms.courses.compiler.diagnostics import Findings

_OPEN = re.compile(r" {0,3}(:{3,})[ \t]*(\S.*?)[ \t]*")
_CLOSE = re.compile(r" {0,3}(:{3,})[ \t]*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """Plain Markdown between blocks."""

    text: str
    line: int


@dataclass(slots=True, kw_only=True)
class Fenced:
    """A block as it stands in the text: its head is not read yet."""

    head: str
    colons: int
    line: int
    body: str = ""
    children: "list[Prose | Fenced]" = field(default_factory=list)
    is_reported: bool = False


Node = Prose | Fenced


def split(text: str, path: str, findings: Findings, *, first_line: int = 1) -> list[Node]:
    """Return the prose and the blocks of a text; what is not closed is closed where it must end."""
    if ":::" not in text:
        return [Prose(text=text, line=first_line)] if text.strip() else []
    return _Splitter(text.split("\n"), path, findings, first_line).run()


def fenced_code_lines(lines: list[str]) -> frozenset[int]:
    """Return the indexes of the lines inside code fences, fences included."""
    inside: set[int] = set()
    if not any("```" in line or "~~~" in line for line in lines):
        return frozenset()
    index = 0
    while index < len(lines):
        end = _end_of_fence(lines, index)
        inside.update(range(index, end))
        index = max(end, index + 1)
    return frozenset(inside)


def _end_of_fence(lines: list[str], start: int) -> int:
    """Return the index after the fence that opens here, or `start` when none does or it never closes."""
    found = _FENCE.match(lines[start])
    if found is None:
        return start
    mark = found.group(1)
    for index in range(start + 1, len(lines)):
        closing = lines[index].strip()
        if closing and not closing.strip(mark[0]) and len(closing) >= len(mark):
            return index + 1
    return start


class _Splitter:
    def __init__(self, lines: list[str], path: str, findings: Findings, first_line: int) -> None:
        self._lines = lines
        self._path = path
        self._findings = findings
        self._first = first_line
        self._top: list[Node] = []
        self._open: list[tuple[Fenced, int]] = []
        self._prose_from = 0

    def run(self) -> list[Node]:
        code = fenced_code_lines(self._lines)
        for index, line in self._marks(code):
            closing = _CLOSE.fullmatch(line)
            if closing is not None:
                self._close(index, len(closing.group(1)))
            else:
                opening = _OPEN.fullmatch(line)
                if opening is not None:
                    self._start(index, len(opening.group(1)), opening.group(2))
        self._finish()
        return self._top

    def _marks(self, code: frozenset[int]) -> Iterator[tuple[int, str]]:
        for index, line in enumerate(self._lines):
            if ":::" in line and index not in code:
                yield index, line

    def _start(self, index: int, colons: int, head: str) -> None:
        self._take_prose(index)
        block = Fenced(head=head, colons=colons, line=self._first + index)
        if self._open and colons >= self._open[-1][0].colons:
            self._report_nesting(block, self._open[-1][0])
        self._children().append(block)
        self._open.append((block, index + 1))
        self._prose_from = index + 1

    def _report_nesting(self, inner: Fenced, outer: Fenced) -> None:
        outer.is_reported = True
        message = (
            f"El bloque de la línea {outer.line} sigue abierto: ciérrelo con «{':' * outer.colons}», "
            f"o ábralo y ciérrelo con más dos puntos («{':' * (inner.colons + 1)}») si este va dentro."
        )
        self._findings.error(Code.BAD_NESTING, self._path, inner.line, message)

    def _close(self, index: int, colons: int) -> None:
        depth = self._depth_of(colons)
        if depth is None:
            self._take_prose(index)
            self._prose_from = index + 1
            message = (
                f"«{':' * colons}» no cierra ningún bloque: quítelo o iguale los dos puntos de la apertura."
            )
            self._findings.error(Code.STRAY_CLOSE, self._path, self._first + index, message)
            return
        self._take_prose(index)
        while len(self._open) > depth + 1:
            self._end(index, is_closed=False)
        self._end(index, is_closed=True)
        self._prose_from = index + 1

    def _depth_of(self, colons: int) -> int | None:
        for depth in reversed(range(len(self._open))):
            if self._open[depth][0].colons == colons:
                return depth
        return None

    def _end(self, index: int, *, is_closed: bool) -> None:
        block, body_from = self._open.pop()
        block.body = "\n".join(self._lines[body_from:index])
        if is_closed or block.is_reported:
            return
        message = (
            f"El bloque «{block.head.split()[0]}» no se cierra: agregue «{':' * block.colons}» al final."
        )
        self._findings.error(Code.UNCLOSED_BLOCK, self._path, block.line, message)

    def _finish(self) -> None:
        end = len(self._lines)
        self._take_prose(end)
        while self._open:
            self._end(end, is_closed=False)

    def _children(self) -> list[Node]:
        return self._open[-1][0].children if self._open else self._top

    def _take_prose(self, index: int) -> None:
        text = "\n".join(self._lines[self._prose_from : index])
        if text.strip():
            self._children().append(Prose(text=text, line=self._first + self._prose_from))

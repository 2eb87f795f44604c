"""Write Markdown tidily: each step is kept only when our engine shows the same before and after it."""

import re
from collections.abc import Callable, Sequence

from lms.courses.compiler.conversion import END, START
from lms.courses.compiler.splitter import fenced_code_lines
from lms.courses.compiler.two_engines import our_html

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]*(.*?)(?:[ \t]+#+)?[ \t]*")
_BULLET = re.compile(r"( *)[-*+][ \t]+(?=\S)")
_NUMBER = re.compile(r"( *\d{1,9}\.)[ \t]+(?=\S)")
_ROW = re.compile(r"\|.*\|")
_DELIMITER = re.compile(r"\|(?:[ \t]*:?-+:?[ \t]*\|)+")
_BREAK = "  "
_BLOCK_TAG = re.compile(
    r" ?(</?(?:blockquote|br|d[dlt]|h[1-6r]|li|ol|p|pre|t[dhr]|table|tbody|thead|ul)\b[^<>]*>) ?"
)
_DEFINITIONS = re.compile(r"^[ \t]*(?:\*\[|\[\^)", re.MULTILINE)
_PRE = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)


def tidy(text: str) -> str:
    """Return a text without spaces at the end of its lines nor more than one blank line together."""
    return _kept(text, (_without_edges, _without_idle_spaces, _with_single_blanks))


def tidy_prose(text: str) -> str:
    """Return Markdown in its plainest writing: titles apart, lists with hyphens, tables with one space."""
    steps = (
        _with_plain_headings,
        _with_headings_apart,
        _with_hyphens,
        _with_plain_numbers,
        _with_plain_tables,
    )
    return _kept(tidy(text), (*steps, _with_single_blanks))


def shown(text: str) -> tuple[str, ...]:
    """Return what our engine makes of a text among others, with white space that shows nothing taken as one space.

    A page is converted with a mark before and after each text, and what stands there can change how it is read.
    """
    pieces = _PRE.split(our_html(f"{START}\n\n{text}\n\n{END}\n"))
    return tuple(
        piece if index % 2 else _BLOCK_TAG.sub(r"\1", " ".join(piece.split()))
        for index, piece in enumerate(pieces)
    )


def _kept(text: str, steps: Sequence[Callable[[list[str], frozenset[int]], list[str]]]) -> str:
    before = shown(text)
    # The engine that judges knows no abbreviations nor notes: a text that defines them stays as its author wrote it.
    if not any(before) or _DEFINITIONS.search(text):
        return text
    for step in steps:
        lines = text.split("\n")
        changed = "\n".join(step(lines, fenced_code_lines(lines)))
        if changed != text and shown(changed) == before:
            text = changed
    return text


def _without_edges(lines: list[str], code: frozenset[int]) -> list[str]:
    full = [index for index, line in enumerate(lines) if line.strip() or index in code]
    return lines[full[0] : full[-1] + 1] if full else []


def _without_idle_spaces(lines: list[str], code: frozenset[int]) -> list[str]:
    after = [*lines[1:], ""]
    return [line if index in code else _ended(line, after[index]) for index, line in enumerate(lines)]


def _ended(line: str, after: str) -> str:
    """Two spaces before a line of the same paragraph break the line; no others at an end show anything."""
    plain = line.rstrip()
    return f"{plain}{_BREAK}" if plain and line.endswith(_BREAK) and after.strip() else plain


def _with_single_blanks(lines: list[str], code: frozenset[int]) -> list[str]:
    return [
        line
        for index, line in enumerate(lines)
        if line.strip() or index in code or index == 0 or lines[index - 1].strip() or index - 1 in code
    ]


def _with_plain_headings(lines: list[str], code: frozenset[int]) -> list[str]:
    return [
        f"{found[1]} {found[2]}".rstrip()
        if index not in code and (found := _HEADING.fullmatch(line)) is not None and found[2]
        else line
        for index, line in enumerate(lines)
    ]


def _with_headings_apart(lines: list[str], code: frozenset[int]) -> list[str]:
    made: list[str] = []
    is_after_heading = False
    for index, line in enumerate(lines):
        is_heading = index not in code and line.startswith("#")
        if made and made[-1].strip() and line.strip() and (is_heading or is_after_heading):
            made.append("")
        made.append(line)
        is_after_heading = is_heading
    return made


def _with_hyphens(lines: list[str], code: frozenset[int]) -> list[str]:
    return [
        line if index in code else _BULLET.sub(r"\1- ", line, count=1) if _BULLET.match(line) else line
        for index, line in enumerate(lines)
    ]


def _with_plain_numbers(lines: list[str], code: frozenset[int]) -> list[str]:
    return [
        line if index in code else _NUMBER.sub(r"\1 ", line, count=1) if _NUMBER.match(line) else line
        for index, line in enumerate(lines)
    ]


def _with_plain_tables(lines: list[str], code: frozenset[int]) -> list[str]:
    made = list(lines)
    for index in range(1, len(lines)):
        if index in code or not _DELIMITER.fullmatch(lines[index].rstrip()):
            continue
        start = index - 1
        end = next(
            (row for row in range(index, len(lines)) if not _ROW.fullmatch(lines[row].rstrip())), len(lines)
        )
        for row in range(start, end):
            if _ROW.fullmatch(made[row].rstrip()):
                made[row] = _delimiter(made[row]) if row == index else _row(made[row])
    return made


def _row(line: str) -> str:
    cells = re.split(r"(?<!\\)\|", line.strip()[1:-1])
    return "".join(f"| {cell.strip()} " if cell.strip() else "| " for cell in cells) + "|"


def _delimiter(line: str) -> str:
    sides = [(cell.strip()[:1], cell.strip()[-1:]) for cell in line.strip()[1:-1].split("|")]
    return "".join(f"| {':' * (left == ':')}---{':' * (right == ':')} " for left, right in sides) + "|"

"""What differs between two texts, line by line or paragraph by paragraph. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

Kind = Literal["same", "out", "in", "gap"]
CONTEXT: Final = 3
"""Lines that stay, shown around each difference."""
_BLANK: Final = re.compile(r"\n[ \t]*\n+")
_TOKEN: Final = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a difference: in both, taken out, put in, or a gap of lines that are in both."""

    kind: Kind
    text: str
    number: int
    """In the newer text; of a line taken out, where it stood in the older one; of a gap, how many lines it hides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A piece of a paragraph: in both, taken out or put in."""

    kind: Kind
    text: str


def by_line(before: str, after: str, *, context: int = CONTEXT) -> list[Line]:
    """Return the difference of two texts line by line, with gaps where nothing differs; empty for equal texts."""
    old, new = before.split("\n"), after.split("\n")
    if old == new:
        return []
    lines: list[Line] = []
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for index, (tag, i, j, k, m) in enumerate(codes):
        if tag == "equal":
            lines += _kept(new, k, m, head=index > 0, tail=index < len(codes) - 1, context=context)
            continue
        lines += [Line(kind="out", text=old[at], number=at + 1) for at in range(i, j)]
        lines += [Line(kind="in", text=new[at], number=at + 1) for at in range(k, m)]
    return lines


def _kept(
    new: Sequence[str], start: int, end: int, *, head: bool, tail: bool, context: int
) -> Iterator[Line]:
    first = range(start, min(end, start + context)) if head else range(start, start)
    last = range(max(first.stop, end - context), end) if tail else range(end, end)
    for at in first:
        yield Line(kind="same", text=new[at], number=at + 1)
    if hidden := last.start - first.stop:
        yield Line(kind="gap", text="", number=hidden)
    for at in last:
        yield Line(kind="same", text=new[at], number=at + 1)


def by_paragraph(before: str, after: str) -> list[list[Run]]:
    """Return the paragraphs that differ, each as runs of text that stay, go or come."""
    old, new = (_BLANK.split(text.strip("\n")) for text in (before, after))
    found: list[list[Run]] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        pairs = min(j - i, m - k)
        found += [_within(old[i + step], new[k + step]) for step in range(pairs)]
        found += [[Run(kind="out", text=text)] for text in old[i + pairs : j]]
        found += [[Run(kind="in", text=text)] for text in new[k + pairs : m]]
    return found


def _within(old: str, new: str) -> list[Run]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    match = SequenceMatcher(None, before, after, autojunk=False)
    if match.ratio() < 0.4:  # two paragraphs that share little read better one after the other
        return [Run(kind="out", text=old), Run(kind="in", text=new)]
    runs: list[Run] = []
    for tag, i, j, k, m in match.get_opcodes():
        if tag == "equal":
            runs.append(Run(kind="same", text="".join(after[k:m])))
            continue
        runs += [Run(kind="out", text="".join(before[i:j]))] if j > i else []
        runs += [Run(kind="in", text="".join(after[k:m]))] if m > k else []
    return runs

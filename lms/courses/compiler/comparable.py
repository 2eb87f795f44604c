"""Take out of a text what only our Markdown has, so that what remains can be read by any engine."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from lms.courses.compiler.terms import written_terms

_NOTE = re.compile(r" {0,3}\[\^[^\]]*\]:[ \t]*")
_NOTE_MARK = re.compile(r"\[\^([^\]]*)\](?!:)")
_DEFINITION = re.compile(r" {0,3}:[ ]{1,3}(?=\S)")
_ABBREVIATION = re.compile(r"\*\[[^\\\]]*\] ?:.*")
_ATTRIBUTES = re.compile(r"\{(?::|[ ]?[#.][\w-])[^{}]*\}")
_INSIDE = "    "
_STANDS_FOR_NOTE = "†"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparable:
    """A text that any engine reads, and where its lines come from."""

    text: str
    sources: tuple[int, ...]
    """For each line, the index of the line that it was."""

    def source_line(self, line: int) -> int:
        """Return the index of the written line behind a line; lines that were added lead to the last one."""
        return self.sources[min(line, len(self.sources) - 1)]


def comparable(lines: Sequence[str], notes: Collection[str]) -> Comparable:
    """Return lines without terms, notes, definitions, abbreviations and attributes; `notes` are known by their ids."""
    made: list[str] = []
    sources: list[int] = []
    is_inside = has_text = False
    for index, line in enumerate(lines):
        text, is_apart = _plain(line, notes, has_term=has_text)
        has_text = has_text or bool(line.strip())
        is_inside = is_apart or (is_inside and (not line.strip() or line.startswith(_INSIDE)))
        if is_apart and made and made[-1].strip():
            made.append("")
            sources.append(index)
        made.append(text.removeprefix(_INSIDE) if is_inside else text)
        sources.append(index)
    return Comparable(text="\n".join(made), sources=tuple(sources))


def _plain(line: str, notes: Collection[str], *, has_term: bool) -> tuple[str, bool]:
    """Return a line as any engine may read it, and whether it begins something of its own."""
    text = _ATTRIBUTES.sub("", _ABBREVIATION.sub("", written_terms(line)))
    start = _NOTE.match(text) or (_DEFINITION.match(text) if has_term else None)
    if start is not None:
        text = text[start.end() :]
    text = _NOTE_MARK.sub(lambda mark: _STANDS_FOR_NOTE if mark[1] in notes else mark[0], text)
    return text, start is not None

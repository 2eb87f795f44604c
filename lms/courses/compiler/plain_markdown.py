"""Tell the Markdown that every engine reads alike, so that only the rest needs a second opinion.

The patterns are strict on purpose: what they do not know is for both engines to read. A property test holds that
what they accept is shown alike.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*)*\n")
_WHOLE = re.compile(r"```|~~~|(?m:^[ \t]*<)|(?s:\[(?!\^)(?:[^\[\]\\]|\\.)*\]:)")
_MARKS_OF_THE_WHOLE = ("```", "~~~", "<", "]:")
_ITEM = re.compile(r"^ {0,3}(?:[-*+]|\d+[.)])(?:[ \t]|$)", re.MULTILINE)
_QUOTE = re.compile(r"^ *>", re.MULTILINE)

# Characters that mean something somewhere; the rest are words.
_MEANING = re.compile(r"[*_`\[\]<>&\\|{}^\t\x02\x03]")
_CHAR = r"[^\s*_`\[\]<>&\\|{}^\x02\x03]"
_WORDS = rf"{_CHAR}(?:(?:{_CHAR}|[ \n](?![ \n]))*{_CHAR})?"
_LINE_OF_WORDS = rf"{_CHAR}(?:(?:{_CHAR}| (?! ))*{_CHAR})?"
_OPENED = r"(?:(?<=[ («“¿¡\n]\*)|(?<![\s\S]\*))"
_CLOSED = r"(?=[ .,;:)»”?\n]|\Z)"
_IN_CODE = r"[^\s`\\\[\]{}<>&|]"
_TARGET = r"[A-Za-z0-9./#?=%,;@~+:-]+"
_IN_TITLE = r"[^\"\s\\_*`<>&\[\]]+"
_TITLE = rf"\"{_IN_TITLE}(?: {_IN_TITLE})*\""
_LINKED = rf"{_LINE_OF_WORDS}\]\({_TARGET}(?: {_TITLE})?\)(?![\[(:])"
_NOTE = r"(?<![\]!]\[)\^[a-z0-9-]+\](?![\[(:])"
# Each way begins with its own sign: so the pattern is found at the speed of a search for signs.
_MARKED = re.compile(
    rf"\*{_OPENED}(?:\*{_WORDS}\*|{_WORDS})\*{_CLOSED}"
    rf"|`(?<!``){_IN_CODE}(?:(?:{_IN_CODE}| (?! ))*{_IN_CODE})?`(?!`)"
    rf"|!\[{_LINKED}"
    rf"|\[(?:{_LINKED}|{_NOTE})"
)
# Beginnings of a line that are, or might be, a list, a definition, a heading, a rule, a quotation or code.
_BEGINNING = re.compile(r"^(?: {4}| *(?:[-+=:~#>]|\d+[.)](?:[ \t]|$)))", re.MULTILINE)
_HEADING = re.compile(r"#{1,6} (?=[^\s#])[^\n#]*(?:\n|\Z)")
_LINE_MARKS = (
    ("- ", re.compile(r"^- (?=\S)", re.MULTILINE)),
    ("1. ", re.compile(r"^\d{1,9}\. (?=\S)", re.MULTILINE)),
    ("[^", re.compile(r"^\[\^[a-z0-9-]+\]: (?=\S)", re.MULTILINE)),
)
_SIGNS = frozenset("-+=:~#>")
_RULE = "---"
_ROW = re.compile(r"\|(?: (?:[^|\s](?:[^|\n]*[^|\s])? )?\|){2,}")
_DELIMITERS = re.compile(r"\|(?: ?:?-{2,}:? ?\|){2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Neighbouring pieces of a text that no engine reads apart."""

    line: int
    """Index of its first line in the text."""
    text: str
    pieces: int
    """How many pieces between blank lines it has."""


def is_plain_prose(text: str) -> bool:
    """Whether a text is nothing but words in paragraphs: what every engine reads alike."""
    return _MEANING.search(text) is None and all(map(_begins_and_ends_in_words, text.split("\n")))


def groups(text: str) -> Iterator[Group]:
    """Give the groups of a text; reading each alone is reading the whole."""
    if any(mark in text for mark in _MARKS_OF_THE_WHOLE) and _WHOLE.search(text):
        yield Group(line=0, text=text, pieces=2)
        return
    start = end = pieces = 0
    line = 0
    for piece_start, piece_end in _pieces(text):
        if pieces and not _belongs(text[start:end], text[piece_start:piece_end]):
            yield Group(line=line, text=text[start:end], pieces=pieces)
            line += text.count("\n", start, piece_start)
            start, pieces = piece_start, 0
        end, pieces = piece_end, pieces + 1
    if pieces:
        yield Group(line=line, text=text[start:end], pieces=pieces)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for blank in _BLANK.finditer(text):
        end = text.rfind("\n", blank.start(), blank.end()) + 1
        yield start, blank.start()
        start = end
    yield start, len(text)


def _belongs(before: str, piece: str) -> bool:
    """Whether a piece may go on with what stands before it."""
    first = piece[:1]
    if first.isspace() or first in {":", ">"}:
        return first != ">" or _QUOTE.search(before) is not None
    if not before.strip():
        return True
    return _ITEM.match(piece) is not None and _ITEM.search(before) is not None


def _begins_and_ends_in_words(line: str) -> bool:
    return not line or not (line[0] in _SIGNS or line[0].isdigit() or line[0].isspace() or line[-1].isspace())


def reads_alike(group: Group) -> bool:
    """Whether every engine shows a group alike; False also when that is not known."""
    text = group.text
    if group.pieces > 1 or " \n" in text or text.strip() != text:
        return False
    if text.startswith("| "):
        return _is_plain_table(text)
    while (heading := _HEADING.match(text)) is not None:
        if _means_something(heading[0].strip("# \n")):
            return False
        text = text[heading.end() :]
    mark = next((mark for start, mark in _LINE_MARKS if text.startswith(start)), None)
    if mark is not None:
        text = mark.sub("", text)
    is_plain = _BEGINNING.search(text) is None and not _means_something(text)
    return is_plain or text == _RULE


def _means_something(text: str) -> bool:
    return _MEANING.search(text) is not None and _MEANING.search(_MARKED.sub("x", text)) is not None


def _is_plain_table(text: str) -> bool:
    rows = text.split("\n")
    if len(rows) < 3 or not _DELIMITERS.fullmatch(rows[1]):
        return False
    columns = rows[0].count("|")
    if rows[1].count("|") != columns:
        return False
    cells = (rows[0], *rows[2:])
    return all(row.count("|") == columns and _ROW.fullmatch(row) for row in cells) and not any(
        _means_something(cell) for cell in text.split("|")
    )

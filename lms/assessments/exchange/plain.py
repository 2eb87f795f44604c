"""Plain text as Markdown that says exactly that, and Markdown that stays inside its question."""

import re
from typing import Final

from lms.courses.compiler.splitter import fenced_code_lines

_SPECIAL: Final = re.compile(r"_{3,}|[\\`*\[\]{]|(?<!\w)_|_(?!\w)|<(?=[\w/!?])|&(?=#?\w+;)|~~|\^")
_LEADING: Final = re.compile(
    r"(?m)^( {0,3})(?:([#>+\-|]|={1,})(?=[\s#>+\-|=]|$)|(\d{1,9})([.)])(?=\s|$)|(:)|(~{3}))"
)
_ENTITIES: Final = {"<": "&lt;", "&": "&amp;", "~~": "&#126;&#126;", "^": "&#94;"}
FORBIDDEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ue000-\uf8ff\ufeff\ufffe\uffff\ud800-\udfff]")
"""What no text of a course may hold."""
_BREAKS: Final = re.compile(r"\r\n?|[\x85\u2028\u2029]")
_ODD: Final = re.compile(FORBIDDEN.pattern[:-1] + r"\r\x85\u2028\u2029]")
_BLOCK: Final = re.compile(r"(?m)^([ \t]*):(?=::)")
_FENCE: Final = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_OPTION: Final = re.compile(r"(?m)^( {0,3})([(\[])(?=[ \t]?[xX]?[ \t]?[)\]])")
_WORDS: Final = re.compile(
    r"(?im)^(\s*\**(?:Explicación|Explanation|Rúbrica|Rubrica|Rubric|Escala|Scale)\s*):"
)
_ARROW: Final = re.compile(r"=>|→")
_STEP: Final = re.compile(r"(?m)^( {0,3}\d{1,2})([.)])(?=[ \t])")


def escaped(text: str) -> str:
    """Return Markdown that shows this text and nothing else; its lines stay lines."""
    if not text.isalnum():
        text = _SPECIAL.sub(_escape, text)
        if "\n" in text or _LEADING.match(text):  # to look for beginnings of lines in one line costs time
            text = _LEADING.sub(_escape_leading, text)
    return text


def cleaned(text: str) -> str:
    """Return a text without what no course holds: control characters and odd ends of lines."""
    if text.isprintable() or not _ODD.search(text):
        return text
    return FORBIDDEN.sub("", _BREAKS.sub("\n", text))


def contained(markdown: str) -> str:
    """Return Markdown that cannot end its question, open a comment or leave a fence of code open."""
    if ":::" in markdown:
        markdown = _BLOCK.sub(r"\1&#58;", markdown)
    if "<!--" in markdown:
        markdown = markdown.replace("<!--", "&lt;!--")
    if "```" in markdown or "~~~" in markdown:
        markdown = _closed(markdown)
    return markdown.strip("\n").rstrip()


def as_stem(markdown: str, *, has_steps: bool = False) -> str:
    """Return a stem in which nothing looks like an option, a pair, a step or a heading of the question."""
    text = contained(markdown)
    if "(" in text or "[" in text:
        text = _OPTION.sub(r"\1\\\2", text)
    if ":" in text:
        text = _WORDS.sub(r"\1&#58;", text)
    if has_steps:
        text = _STEP.sub(r"\1\\\2", _ARROW.sub(lambda found: "&rarr;" if found[0] == "→" else "=&gt;", text))
    return text


def without_arrows(text: str) -> str:
    """Return the left side of a pair without anything that looks like its arrow."""
    return _ARROW.sub(lambda found: "&rarr;" if found[0] == "→" else "=&gt;", text)


def one_line(markdown: str) -> str:
    """Return Markdown on one line."""
    return " ".join(markdown.split())


def _escape(found: re.Match[str]) -> str:
    mark = found[0]
    if mark.startswith("__"):
        return mark if len(mark) != len(found.string.strip()) else f"\\{mark}"
    return _ENTITIES.get(mark) or f"\\{mark}"


def _escape_leading(found: re.Match[str]) -> str:
    if found[4]:
        return f"{found[1]}{found[3]}\\{found[4]}"
    if found[5] or found[6]:
        return f"{found[1]}{'&#58;' if found[5] else '&#126;~~'}"
    mark = found[2]
    return (
        f"{found[1]}&#61;{mark[1:]}"
        if mark[0] == "="
        else f"{found[1]}&#124;"
        if mark == "|"
        else f"{found[1]}\\{mark}"
    )


def _closed(markdown: str) -> str:
    """Return Markdown whose marks of fences that never close are only text."""
    lines = markdown.split("\n")
    inside = fenced_code_lines(lines)
    return "\n".join(
        line
        if number in inside
        else _FENCE.sub(lambda found: found[0].replace("`", "&#96;").replace("~", "&#126;"), line)
        for number, line in enumerate(lines)
    )

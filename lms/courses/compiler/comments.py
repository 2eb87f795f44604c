"""Take HTML comments out of Markdown: they are notes between authors."""

import re

from lms.courses.compiler.cures import COMMENT
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.splitter import fenced_code_lines
from lms.courses.compiler.two_engines import as_commonmark

_OPEN, _CLOSE = "<!--", "-->"
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]*>")
_MOST_TRIED = 25
"""Lines with comments that are tried one by one to find the one that changes what is read."""


def blank_comments(text: str) -> str:
    """Return the text without its comments, on the same lines; code and unclosed comments stay."""
    if _OPEN not in text:
        return text
    code = fenced_code_lines(text.split("\n"))
    pieces: list[str] = []
    done = position = line = 0
    while (start := text.find(_OPEN, position)) >= 0 and (end := text.find(_CLOSE, start)) >= 0:
        line += text.count("\n", position, start)
        position = start + len(_OPEN)
        if line in code:
            continue
        pieces += [text[done:start], "\n" * text.count("\n", start, end)]
        line += text.count("\n", start, end)
        done = position = end + len(_CLOSE)
    return "".join((*pieces, text[done:]))


def report_comments(text: str, blanked: str, path: str, findings: Findings) -> None:
    """Warn of the first comment of a file that changes how what stands around it is read.

    Other tags are taken out, and told, elsewhere.
    """
    text, blanked = _TAG.sub("", text), _TAG.sub("", blanked)
    if as_commonmark(text) == as_commonmark(blanked):
        return
    written, without = text.split("\n"), blanked.split("\n")
    changed = [index for index, line in enumerate(written) if line != without[index]]
    differing = (
        index
        for index in changed[:_MOST_TRIED]
        if as_commonmark("\n".join(written[: index + 1])) != as_commonmark("\n".join(without[: index + 1]))
    )
    findings.warning(COMMENT.code, path, next(differing, changed[0]) + 1, COMMENT.advice)

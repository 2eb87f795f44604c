"""Write a page in one form, whatever its author's habits: what it means does not change.

A step that would change how the page is read is left out, and a page whose blocks do not close, or that is too
tangled to read, is left as it is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lms.courses.compiler.comments import blank_comments
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.front_formatting import format_front
from lms.courses.compiler.question_formatting import format_question, is_question, question_read
from lms.courses.compiler.splitter import Fenced, Node, Prose, split
from lms.courses.compiler.tangles import tangle_in
from lms.courses.compiler.tidying import shown, tidy, tidy_prose

_RULE = "---"
_OPEN, _CLOSE = "<!--", "-->"
_QUOTED = re.compile(r"""("[^"]*"|'[^']*')""")
_LEAST_COLONS = 3
_MOST_PASSES = 5


def format_page(text: str) -> str:
    """Return a page, its head and its body, as we write it; asking again changes nothing."""
    start = _with_plain_ends(text)
    if tangle_in(blank_comments(start)) is not None:
        return start
    page = start
    for _attempt in range(_MOST_PASSES):
        formatted = _formatted(page)
        if formatted == page:
            return page
        page = formatted
    return start


def _with_plain_ends(text: str) -> str:
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    return f"{lines}\n" if lines else ""


def _formatted(page: str) -> str:
    head, body = _parted(page)
    made = _formatted_body(body)
    if head is None:
        return _with_plain_ends(made)
    return _with_plain_ends(
        f"{_RULE}\n{format_front(head)}\n{_RULE}\n\n{made}"
        if made
        else f"{_RULE}\n{format_front(head)}\n{_RULE}"
    )


def _parted(page: str) -> tuple[str | None, str]:
    """Return the text between the two rules at the beginning of a page, or None, and the rest."""
    lines = page.split("\n")
    if lines[0].rstrip() != _RULE:
        return None, page
    end = next((index for index, line in enumerate(lines) if index and line.rstrip() == _RULE), None)
    return (None, page) if end is None else ("\n".join(lines[1:end]), "\n".join(lines[end + 1 :]))


def _formatted_body(body: str) -> str:
    findings = Findings()
    nodes = split(body, "", findings)
    if findings.sorted():
        return body.strip("\n")
    made = _joined(
        [tidy_prose(node.text) if isinstance(node, Prose) else _block(node).text for node in nodes]
    )
    return made if _read(made) == _read(body) else body.strip("\n")


@dataclass(frozen=True, slots=True)
class _Written:
    text: str
    colons: int


def _block(block: Fenced) -> _Written:
    inner = [_block(child) for child in block.children if isinstance(child, Fenced)]
    colons = max((each.colons + 1 for each in inner), default=_LEAST_COLONS)
    rest = iter(inner)
    if not inner:
        body = format_question(block.body) if is_question(block.head) else tidy(block.body)
    else:
        body = _joined(
            [tidy(child.text) if isinstance(child, Prose) else next(rest).text for child in block.children]
        )
    mark = ":" * colons
    return _Written("\n".join(filter(None, (f"{mark} {_head(block.head)}", body.strip("\n"), mark))), colons)


def _head(head: str) -> str:
    """Return a head with single spaces; what stands between quotes keeps its own."""
    pieces = _QUOTED.split(head)
    plain = (piece if index % 2 else re.sub(r"[ \t]+", " ", piece) for index, piece in enumerate(pieces))
    return "".join(plain).strip()


def _joined(texts: Sequence[str]) -> str:
    return "\n\n".join(text.strip("\n") for text in texts if text.strip())


_Reading = tuple[object, ...]


def _read(body: str) -> _Reading:
    """Return what a body says to whoever compiles it, and its comments."""
    findings = Findings()
    nodes = split(blank_comments(body), "", findings)
    return tuple(map(_node_read, nodes)), tuple(_comments(body)), bool(findings.sorted())


def _comments(body: str) -> Iterator[str]:
    end = 0
    while (start := body.find(_OPEN, end)) >= 0 and (end := body.find(_CLOSE, start)) >= 0:
        yield " ".join(body[start:end].split())


def _node_read(node: Node) -> _Reading:
    if isinstance(node, Prose):
        return ("prose", *shown(node.text.strip("\n")))
    if is_question(node.head) and not any(isinstance(child, Fenced) for child in node.children):
        return (_head(node.head), question_read(node.body))
    return (_head(node.head), tuple(map(_node_read, node.children)))

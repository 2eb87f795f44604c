"""What a lesson costs to whoever reads it on a telephone with little signal."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from lms.courses.compiler.checks.written import Written
from lms.courses.compiler.codes import Code
from lms.courses.compiler.course import (
    Asset,
    HtmlPart,
    Lesson,
    LivePart,
    Part,
    Question,
    QuestionPart,
    Quiz,
    Unit,
)
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.source import SourceTree

KILOBYTE = 1_000
MAX_IMAGE = 40 * KILOBYTE
"""Bytes of one picture."""
MAX_PAGE = 100 * KILOBYTE
"""Bytes of a lesson with its pictures, when nothing of it is kept yet in the telephone."""
_IMAGE = re.compile(r"!\[[^\[\]\n]*\]\(<?([^)\s>]+)")


def page_weight(unit: Unit, assets: Iterable[Asset]) -> int:
    """Return the bytes of the HTML of a page and of the pictures of the course that it shows."""
    html = "".join(_html_of(unit))
    # Video, audio and downloads travel only when somebody asks for them.
    shown = (asset for asset in assets if asset.media_type.startswith("image/") and asset.sha256 in html)
    return len(html.encode()) + sum(len(asset.content) for asset in shown)


def check_images(written: Written, tree: SourceTree, findings: Findings) -> None:
    """No picture of a page is too heavy."""
    if "![" not in written.body:
        return
    for found in _IMAGE.finditer(written.body):
        address = posixpath.join(posixpath.dirname(written.path), unquote(found[1]))
        source = tree.files.get(posixpath.normpath(address))
        if source is not None and len(source.content) > MAX_IMAGE:
            message = (
                f"La imagen «{found[1]}» pesa {_kilobytes(len(source.content))} KB: redúzcala a "
                f"{_kilobytes(MAX_IMAGE)} KB o menos."
            )
            line = written.line_at(found.start())
            findings.warning(Code.HEAVY_IMAGE, written.path, line, message)


def check_page_weight(unit: Unit, assets: Iterable[Asset], path: str, line: int, findings: Findings) -> None:
    """A page opens within seconds with a poor signal."""
    weight = page_weight(unit, assets)
    if weight > MAX_PAGE:
        message = (
            f"La página pesa {_kilobytes(weight)} KB con sus imágenes y el límite es {_kilobytes(MAX_PAGE)} KB: "
            "reduzca las imágenes o divídala."
        )
        findings.warning(Code.HEAVY_PAGE, path, line, message)


def _kilobytes(count: int) -> int:
    return -(-count // KILOBYTE)


def _html_of(unit: Unit) -> Iterator[str]:
    if isinstance(unit, Lesson):
        for part in unit.parts:
            yield from _html_of_part(part)
    elif isinstance(unit, Quiz):
        yield unit.intro_html
        for question in unit.questions:
            yield from _html_of_question(question)


def _html_of_part(part: Part) -> Iterator[str]:
    if isinstance(part, HtmlPart | LivePart):
        yield part.html
    elif isinstance(part, QuestionPart):
        yield from _html_of_question(part.question)
    else:
        for branch in part.branches:
            for inner in branch.parts:
                yield from _html_of_part(inner)


def _html_of_question(question: Question) -> Iterator[str]:
    yield question.stem_html
    yield from (option.html for option in question.options)

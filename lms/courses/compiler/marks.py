"""Find what a course marks to be verified: pages, questions and steps of referral routes, with their exact text.

A page that stands beside others, a variant of a place or a translation, is marked as a whole.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from lms.courses.compiler.banks import is_bank_path
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.front_matter import read_page
from lms.courses.compiler.heads import attributes_of
from lms.courses.compiler.route_reader import is_route_path, marked_steps, read_route_file
from lms.courses.compiler.source import SourceTree
from lms.courses.compiler.splitter import Fenced, Node, split
from lms.courses.compiler.yaml_nodes import YamlNode

DIGITS: Final = 16
"""Of the SHA-256 in hexadecimal that stands for a text."""
Kind: TypeAlias = Literal["page", "question", "step"]
_QUESTION_NAMES: Final = ("pregunta", "question")
_MARKS: Final = ("verificar", "verify")
_SIGNS: Final = tuple(mark.encode() for mark in _MARKS)
_SIDES: Final = ("variantes/", "overlays/", "idiomas/", "languages/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something that waits for a signature: a page, one question, or one step of a route."""

    kind: Kind
    item: str
    """Path of the page, id of the question, or key of the route and id of the step with a slash between."""
    path: str
    line: int
    what: str
    """What has to be verified, as the author says it."""
    text: str
    """Exactly what is signed."""

    @property
    def is_side(self) -> bool:
        """Say whether it is a variant or a translation: without it people read what it stands beside."""
        return self.path.startswith(_SIDES)

    @property
    def page(self) -> str:
        """Return the path of the page, or of the one that a variant or a translation stands beside."""
        return self.path.split("/", 2)[-1] if self.is_side else self.path

    @property
    def fingerprint(self) -> str:
        """Return the digest that a signature of this text carries."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:DIGITS]


def find_marks(tree: SourceTree) -> tuple[Mark, ...]:
    """Return everything in the files of a course that asks to be verified, in the order of the files."""
    return tuple(mark for path in sorted(tree.files) for mark in _marks_of(tree, path))


def find_side_marks(tree: SourceTree) -> tuple[Mark, ...]:
    """Return the variants and the translations that ask to be verified."""
    return tuple(
        mark for path in sorted(tree.files) if path.startswith(_SIDES) for mark in _marks_of(tree, path)
    )


def _marks_of(tree: SourceTree, path: str) -> Iterator[Mark]:
    file = tree.files[path]
    if is_route_path(path):
        yield from _in_route(tree, path)
    elif not path.endswith(".md") or not any(map(file.holds, _SIGNS)):
        return
    elif path.startswith(_SIDES):
        yield from _beside(tree, path)
    elif path.count("/") == 1:
        yield from _in_page(tree, path)


def _beside(tree: SourceTree, path: str) -> Iterator[Mark]:
    """Yield the mark of a variant or a translation: what its head says, or any question in it."""
    text = tree.text(path, Findings())
    if text is None:
        return
    page = read_page(text, path, Findings())
    body, first = (page.body, page.body_line) if page else (text, 1)
    found = [(page.verify_line, page.verify)] if page and page.verify else []
    for block in _questions(split(body, path, Findings(), first_line=first)):
        found += [(block.line, what) for what in (_asked_of(block),) if what]
    if found:
        whole = _raw(tree.files[path].content)
        what = "; ".join(dict.fromkeys(what for _line, what in found))
        yield Mark(kind="page", item=path, path=path, line=found[0][0], what=what, text=whole)


def _asked_of(block: Fenced) -> str:
    """Return what a question says has to be verified; empty when nothing."""
    attributes = attributes_of(block)
    return next((attributes[name] for name in _MARKS if attributes.get(name)), "")


def _in_page(tree: SourceTree, path: str) -> Iterator[Mark]:
    text = tree.text(path, Findings())
    page = read_page(text, path, Findings()) if text else None
    if text is None or page is None:
        return
    if page.verify and not is_bank_path(path):
        whole = _raw(tree.files[path].content)
        yield Mark(kind="page", item=path, path=path, line=page.verify_line, what=page.verify, text=whole)
    for block in _questions(split(page.body, path, Findings(), first_line=page.body_line)):
        what, name = _asked_of(block), attributes_of(block).get("id")
        if what and name:
            signed = f"{block.head}\n{block.body}"
            yield Mark(kind="question", item=name, path=path, line=block.line, what=what, text=signed)


def _in_route(tree: SourceTree, path: str) -> Iterator[Mark]:
    key = path.rsplit("/", 1)[-1].rpartition(".")[0]
    for step in marked_steps(read_route_file(tree, path, Findings()), path):
        yield Mark(
            kind="step",
            item=f"{key}/{step.id}",
            path=path,
            line=step.line,
            what=f"«{step.title}», con la autoridad del lugar",
            text="\n".join(_lines(step.node)),
        )


def _raw(content: bytes) -> str:
    """Return the text of a page as its author sees it, comments included."""
    return content.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def _questions(nodes: Iterable[Node]) -> Iterator[Fenced]:
    for node in nodes:
        if isinstance(node, Fenced):
            if node.head.partition(" ")[0] in _QUESTION_NAMES:
                yield node
            yield from _questions(node.children)


def _lines(node: YamlNode) -> Iterator[str]:
    """Yield a value of YAML as it reads, however it is folded: only another wording is another text."""
    if isinstance(node.value, str):
        yield from node.value.split("\n")
    elif isinstance(node.value, list):
        for item in node.value:
            first, *others = [*_lines(item)] or [""]
            yield from (f"- {first}", *(f"  {line}" for line in others))
    else:
        for key, value in node.value.items():
            first, *others = [*_lines(value)] or [""]
            if isinstance(value.value, str):
                yield from (f"{key}: {first}", *(f"  {line}" for line in others))
            else:
                yield from (f"{key}:", *(f"  {line}" for line in (first, *others)))

"""The sections of a page and their hashes: by them a translation or a variant knows that its original changed."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.heads import read_head
from lms.courses.compiler.splitter import Fenced, Node, Prose, fenced_code_lines
from lms.plugins.blocks import Block, BlockRole, BranchAxis, MarkdownBlock

HASH_LENGTH = 8
Blocks = Mapping[str, MarkdownBlock]


@dataclass(slots=True, kw_only=True)
class Section:
    """A stretch of a page: from a second-level heading or a block to the next; a fork is one section."""

    line: int
    nodes: list[Node] = field(default_factory=list)
    said: str | None = None
    """What the hash is made of, when it is not the whole text."""

    @property
    def hash(self) -> str:
        """Return eight hexadecimal digits that change with its text, and not with the spaces at its edges."""
        whole = "\n\n".join(_text(node) for node in self.nodes) if self.said is None else self.said
        return short_hash(whole)


def short_hash(text: str) -> str:
    """Return eight hexadecimal digits that change with the text, whatever spaces end its lines."""
    lines = [line.rstrip() for line in text.strip().split("\n")]
    digest = hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:HASH_LENGTH]
    # Digits alone would look like a telephone number.
    return f"a{digest[1:]}" if digest.isdigit() else digest


def sections(nodes: list[Node], blocks: Blocks) -> list[Section]:
    """Return the sections of a page in order; their nodes together are the nodes of the page."""
    found: list[Section] = []
    fork: BranchAxis | None = None
    for node in nodes:
        if isinstance(node, Prose):
            _take_prose(node, found)
            fork = None
            continue
        axis = _axis(node, blocks)
        if axis is not None and axis is fork:
            found[-1].nodes.append(node)
        else:
            found.append(Section(line=node.line, nodes=[node]))
        fork = axis
    return found


def fork_hashes(nodes: list[Node], blocks: Blocks, path: str) -> dict[str, str]:
    """Return, by the id of each fork by place, the hash of what it says in general, or first of all."""
    found: dict[str, str] = {}
    is_general: set[str] = set()
    current = ""
    for node in nodes:
        if isinstance(node, Prose) or _axis(node, blocks) is not BranchAxis.PLACE:
            current = ""
            continue
        block = place_block(node, blocks, path)
        current = block.attributes.get("id", "") or current
        says_general = "general" in block.argument.casefold().split(",")
        if current and (current not in found or (says_general and current not in is_general)):
            found[current] = short_hash(f"{block.title}\n\n{block.body}")
            is_general |= {current} if says_general else set()
    return found


def place_block(node: Fenced, blocks: Blocks, path: str) -> Block:
    """Return the block behind a head."""
    return read_head(node, kind_of(node, blocks), path, Findings())


def kind_of(node: Fenced, blocks: Blocks) -> MarkdownBlock | None:
    """Return the kind of a block, or None when nobody knows its name."""
    return blocks.get(node.head.split()[0].split("{")[0])


def _axis(node: Fenced, blocks: Blocks) -> BranchAxis | None:
    kind = kind_of(node, blocks)
    return kind.axis if kind is not None and kind.role is BlockRole.BRANCH else None


def _take_prose(node: Prose, found: list[Section]) -> None:
    """Cut prose at its headings; what stands before the first one goes on with the section before it."""
    lines = node.text.split("\n")
    code = fenced_code_lines(lines)
    starts = [index for index, line in enumerate(lines) if index not in code and line.startswith("## ")]
    for index, start in enumerate([0, *starts] if not starts or starts[0] else starts):
        later = [other for other in starts if other > start]
        text = "\n".join(lines[start : later[0] if later else len(lines)])
        if not text.strip():
            continue
        piece = Prose(text=text, line=node.line + start)
        if index == 0 and start not in starts and found:
            found[-1].nodes.append(piece)
        else:
            found.append(Section(line=_first_line(piece), nodes=[piece]))


def _first_line(piece: Prose) -> int:
    """Return the line of the first word."""
    return piece.line + len(piece.text) - len(piece.text.lstrip("\n"))


def _text(node: Node) -> str:
    return node.text.strip() if isinstance(node, Prose) else f"::: {node.head}\n{node.body.strip()}"

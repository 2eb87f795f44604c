"""The pieces of a simulation that are translated as a whole: what comes before it, each scene, ending and closing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.heads import read_head
from lms.courses.compiler.sections import kind_of, short_hash
from lms.courses.compiler.splitter import Fenced, Node, Prose
from lms.plugins.blocks import BlockRole, MarkdownBlock

INTRO = "intro"


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationPiece:
    """A stretch of a simulation."""

    kind: str
    """Canonical name of its block, or "intro" for what stands before the first one."""
    id: str
    """Of a scene or an ending; empty for the rest."""
    line: int
    hash: str


def simulation_pieces(
    nodes: Sequence[Node], blocks: Mapping[str, MarkdownBlock], path: str
) -> list[SimulationPiece]:
    """Return the pieces of a page, in order; text between scenes belongs to none."""
    found: list[SimulationPiece] = []
    intro: list[Node] = []
    for node in nodes:
        kind = kind_of(node, blocks) if isinstance(node, Fenced) else None
        if isinstance(node, Fenced) and kind is not None and kind.role is BlockRole.SCENE:
            found.append(_piece(node, kind, path))
        elif not found:
            intro.append(node)
    if not intro:
        return found
    text = "\n\n".join(_text(node) for node in intro)
    line = intro[0].line + len(_text(intro[0])) - len(_text(intro[0]).lstrip("\n"))
    return [SimulationPiece(kind=INTRO, id="", line=line, hash=short_hash(text)), *found]


def _piece(node: Fenced, kind: MarkdownBlock, path: str) -> SimulationPiece:
    block = read_head(node, kind, path, Findings())
    return SimulationPiece(
        kind=kind.name, id=block.argument, line=node.line, hash=short_hash(f"{node.head}\n{node.body}")
    )


def _text(node: Node) -> str:
    return node.text if isinstance(node, Prose) else f"::: {node.head}\n{node.body}"

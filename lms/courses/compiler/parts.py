"""Cut a lesson into parts: common HTML, self-checks, and forks by sector or place."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lms.core.places import find_place
from lms.courses.compiler.block_reader import BlockReader
from lms.courses.compiler.codes import Code
from lms.courses.compiler.course import (
    Branch,
    FlatPart,
    HtmlPart,
    LivePart,
    Part,
    PlaceBranch,
    PlacePart,
    QuestionPart,
    SectorPart,
)
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.heading_levels import HeadingLevels
from lms.courses.compiler.manuscript import Manuscript
from lms.courses.compiler.question_builder import PlannedQuestion, QuestionBuilder
from lms.courses.compiler.splitter import Fenced, Node, split
from lms.courses.compiler.terms import written_terms
from lms.courses.compiler.word_count import count_words
from lms.plugins.blocks import Block, BlockRole, BranchAxis

_BRANCH_TITLE = 3
"""Level of the heading that the lesson page gives to a branch."""


@dataclass(slots=True)
class _Html:
    marked: str


@dataclass(slots=True)
class _Live:
    block: str
    data: Mapping[str, str]
    marked: str


_Flat = _Html | PlannedQuestion | _Live


@dataclass(slots=True)
class _Branch:
    who: tuple[str, ...]
    """Ids of sectors, or codes of places."""
    title: str
    parts: list[_Flat] = field(default_factory=list)


@dataclass(slots=True)
class _Fork:
    axis: BranchAxis
    id: str = ""
    branches: list[_Branch] = field(default_factory=list)


class PartPlanner:
    """Plans the parts of one page, then gives them their HTML."""

    def __init__(self, manuscript: Manuscript, builder: QuestionBuilder) -> None:
        """Plan for the page of a manuscript."""
        self._manuscript = manuscript
        self._builder = builder
        self._reader = BlockReader(manuscript)
        self._parts: list[_Flat | _Fork] = []

    def plan(self, nodes: list[Node], findings: Findings) -> None:
        """Check the page and hand its texts to the manuscript, in reading order."""
        self._reader.check(nodes, findings)
        for node in nodes:
            if self._role(node) is BlockRole.BRANCH and isinstance(node, Fenced):
                self._fork(node, findings)
            else:
                self._flat(node, self._parts)

    def finished(self, *, has_notes: bool = True, under: int = 1) -> tuple[Part, ...]:
        """Return the parts, once the manuscript is converted; the notes of the page stand at their end.

        `under` is the level of the heading that stands before them on the page.
        """
        levels = HeadingLevels()
        levels.stand_under(under)
        parts = self.parts(levels)
        if has_notes and (notes := self._manuscript.notes()):
            parts += (HtmlPart(html=notes),)
        return parts

    def parts(self, levels: HeadingLevels) -> tuple[Part, ...]:
        """Return the parts without the notes at the foot; `levels` goes on from what is read before them."""
        parts = [self._finish(part, levels) for part in self._parts]
        return tuple(part for part in parts if not isinstance(part, HtmlPart) or part.html)

    @property
    def questions(self) -> list[PlannedQuestion]:
        """Every question of the page, in reading order."""
        found: list[PlannedQuestion] = []
        for part in self._parts:
            inner = (
                [item for branch in part.branches for item in branch.parts]
                if isinstance(part, _Fork)
                else [part]
            )
            found += [item for item in inner if isinstance(item, PlannedQuestion)]
        return found

    def _role(self, node: Node) -> BlockRole:
        kind = self._reader.kind_of(node) if isinstance(node, Fenced) else None
        return BlockRole.CONTENT if kind is None else kind.role

    def _fork(self, node: Fenced, findings: Findings) -> None:
        kind, block = self._reader.kind_of(node), self._reader.read(node, Findings())
        axis = BranchAxis.SECTOR if kind is None else kind.axis
        branch = _Branch(who=self._who(axis, block), title=written_terms(block.title))
        for child in split(block.body, self._manuscript.path, Findings(), first_line=block.line + 1):
            self._flat(child, branch.parts, is_nested=True)
        fork = self._open_fork(axis, block.attributes.get("id", ""))
        if axis is BranchAxis.PLACE:
            self._check_places(block, fork, findings)
        fork.branches.append(branch)

    def _open_fork(self, axis: BranchAxis, fork_id: str) -> _Fork:
        last = self._parts[-1] if self._parts else None
        if isinstance(last, _Fork) and last.axis is axis and fork_id in {"", last.id}:
            return last
        fork = _Fork(axis, fork_id)
        self._parts.append(fork)
        return fork

    def _check_places(self, block: Block, fork: _Fork, findings: Findings) -> None:
        seen = [code for branch in fork.branches for code in branch.who]
        for code in filter(None, map(find_place, block.argument.split(","))):
            if code in seen:
                message = f"«{code.lower()}» ya tiene su apartado aquí: deje uno, o escriba otro {{id=…}}."
                findings.error(Code.REPEATED_PLACE, self._manuscript.path, block.line, message)
            seen.append(code)

    def _who(self, axis: BranchAxis, block: Block) -> tuple[str, ...]:
        words = block.argument.split(",")
        if axis is BranchAxis.PLACE:
            return tuple(dict.fromkeys(code for word in words if (code := find_place(word))))
        known = self._reader.context.sectors
        return tuple(dict.fromkeys(known[word].id for word in words if word in known))

    def _flat(
        self,
        node: Node,
        parts: list[_Flat | _Fork] | list[_Flat],
        *,
        is_nested: bool = False,
    ) -> None:
        if isinstance(node, Fenced) and self._role(node) is BlockRole.QUESTION:
            parts.append(self._builder.plan(self._reader.read(node, Findings())))
            return
        if isinstance(node, Fenced) and self._role(node) is BlockRole.LIVE:
            parts.append(_Live(*self._reader.live(node)))
            return
        marked = self._reader.html(node, is_nested=is_nested)
        last = parts[-1] if parts else None
        if isinstance(last, _Html):
            last.marked += marked
        else:
            parts.append(_Html(marked))

    def _finish(self, part: _Flat | _Fork, levels: HeadingLevels) -> Part:
        if not isinstance(part, _Fork):
            return self._finish_flat(part, levels)
        if part.axis is BranchAxis.PLACE:
            places = tuple(self._finish_place(branch, levels) for branch in part.branches)
            return PlacePart(id=part.id, branches=places)
        return SectorPart(branches=tuple(self._finish_branch(branch, levels) for branch in part.branches))

    def _finish_branch(self, branch: _Branch, levels: HeadingLevels) -> Branch:
        parts = self._finish_inside(branch, levels)
        return Branch(sectors=branch.who, title=branch.title, parts=parts)

    def _finish_place(self, branch: _Branch, levels: HeadingLevels) -> PlaceBranch:
        parts = self._finish_inside(branch, levels)
        return PlaceBranch(places=branch.who, title=branch.title, parts=parts)

    def _finish_inside(self, branch: _Branch, levels: HeadingLevels) -> tuple[FlatPart, ...]:
        levels.stand_under(_BRANCH_TITLE)
        return tuple(self._finish_flat(inner, levels) for inner in branch.parts)

    def _finish_flat(self, part: _Flat, levels: HeadingLevels) -> FlatPart:
        if isinstance(part, _Live):
            html = levels.fit(self._manuscript.html(part.marked))
            return LivePart(block=part.block, data=part.data, html=html)
        if isinstance(part, _Html):
            return HtmlPart(html=levels.fit(self._manuscript.html(part.marked)))
        return QuestionPart(question=part.finished(self._manuscript))


def html_of(parts: tuple[Part, ...]) -> str:
    """Return all the HTML of a lesson that is not part of a question."""
    return "".join(_html(part) for part in parts)


def _html(part: Part) -> str:
    if isinstance(part, HtmlPart | LivePart):
        return part.html
    if isinstance(part, SectorPart | PlacePart):
        return "".join(_html(inner) for branch in part.branches for inner in branch.parts)
    return ""


def words_read(parts: tuple[Part, ...]) -> int:
    """Return the words that one learner reads: the common text and the longest branch of each fork."""
    return sum(
        max((sum(count_words(_html(inner)) for inner in branch.parts) for branch in part.branches), default=0)
        if isinstance(part, SectorPart | PlacePart)
        else count_words(_html(part))
        for part in parts
    )

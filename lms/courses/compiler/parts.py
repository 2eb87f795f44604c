"""Cut a lesson into parts: common HTML, self-checks, and forks by sector."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape

from lms.courses.compiler.block_reader import BlockReader
from lms.courses.compiler.course import Branch, FlatPart, HtmlPart, LivePart, Part, QuestionPart, SectorPart
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.heading_levels import HeadingLevels
from lms.courses.compiler.manuscript import Manuscript
from lms.courses.compiler.question_builder import PlannedQuestion, QuestionBuilder
from lms.courses.compiler.splitter import Fenced, Node, split
from lms.courses.compiler.terms import written_terms
from lms.plugins.blocks import BlockRole

_TAG = re.compile(r"<[^>]*>")
_BRANCH_TITLE = 3
"""Level of the heading that the lesson page gives to a branch."""
_WORD = re.compile(r"\w+")


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
    sectors: tuple[str, ...]
    title: str
    parts: list[_Flat] = field(default_factory=list)


@dataclass(slots=True)
class _Fork:
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
                self._fork(node)
            else:
                self._flat(node, self._parts)

    def finished(self) -> tuple[Part, ...]:
        """Return the parts, once the manuscript is converted."""
        levels = HeadingLevels()
        parts: list[Part] = [self._finish(part, levels) for part in self._parts]
        if notes := self._manuscript.notes():
            parts.append(HtmlPart(html=notes))
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

    def _fork(self, node: Fenced) -> None:
        block = self._reader.read(node, Findings())
        known = self._reader.context.sectors
        slugs = [slug for slug in block.argument.split(",") if slug in known]
        branch = _Branch(
            sectors=tuple(dict.fromkeys(known[slug].id for slug in slugs)), title=written_terms(block.title)
        )
        for child in split(block.body, self._manuscript.path, Findings(), first_line=block.line + 1):
            self._flat(child, branch.parts, is_nested=True)
        last = self._parts[-1] if self._parts else None
        if isinstance(last, _Fork):
            last.branches.append(branch)
        else:
            self._parts.append(_Fork([branch]))

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
        return SectorPart(branches=tuple(self._finish_branch(branch, levels) for branch in part.branches))

    def _finish_branch(self, branch: _Branch, levels: HeadingLevels) -> Branch:
        levels.stand_under(_BRANCH_TITLE)
        parts = tuple(self._finish_flat(inner, levels) for inner in branch.parts)
        return Branch(sectors=branch.sectors, title=branch.title, parts=parts)

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
    if isinstance(part, SectorPart):
        return "".join(_html(inner) for branch in part.branches for inner in branch.parts)
    return ""


def words_read(parts: tuple[Part, ...]) -> int:
    """Return the words that one learner reads: the common text and the longest branch of each fork."""
    return sum(
        max((sum(_words(_html(inner)) for inner in branch.parts) for branch in part.branches), default=0)
        if isinstance(part, SectorPart)
        else _words(_html(part))
        for part in parts
    )


def _words(html: str) -> int:
    return len(_WORD.findall(unescape(_TAG.sub(" ", html))))

"""What a Markdown block is: the contract that built-in and third-party blocks fulfil alike."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import ClassVar

_ICON_NAME = re.compile(r"[a-z0-9-]+")
_EMPTY: Mapping[str, str] = MappingProxyType({})


class Severity(StrEnum):
    """How much a diagnostic matters: an error stops the release, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """A problem found in a course, at a line of a file, with a sentence that says what to do."""

    code: str
    """Stable identifier of the rule, as in R201."""
    severity: Severity
    path: str
    """Path relative to the course folder, with slashes."""
    line: int
    """Line in the file, counted from one."""
    message: str


class BlockRole(StrEnum):
    """What the compiler makes of a block."""

    CONTENT = "content"
    """HTML that every learner reads."""
    BRANCH = "branch"
    """Content for some sectors or places; consecutive ones of one axis form one part of the lesson."""
    QUESTION = "question"
    """A question, kept apart from the HTML so that its key never reaches the browser."""
    SCENE = "scene"
    """A piece of a simulation; it stands in no other kind of page."""
    LIVE = "live"
    """Content that depends on the day or the reader: ``html`` freezes a version, ``serve`` gives today's."""


class BranchAxis(StrEnum):
    """By what the readers of a branch are told apart."""

    SECTOR = "sector"
    PLACE = "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block as its author wrote it."""

    name: str
    """The name in the head, Spanish or English."""
    argument: str = ""
    """The first word after the name, only for blocks that take an argument."""
    title: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """The key=value pairs in braces, under their canonical keys."""
    body: str = ""
    """The Markdown between the head and the closing line."""
    line: int = 1
    """Line of the head; the body starts on the next one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorLabel:
    """How a public sector is called and drawn."""

    id: str
    slug: str
    label: str
    icon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """For whom, and when, a lesson is shown."""

    today: date
    sector: str | None = None
    """Id of a sector; None shows every branch."""
    places: tuple[str, ...] = ()
    """ISO 3166 codes of where they work, the narrowest first, as in ``("MX-ROO", "MX")``."""
    language: str = "es"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why something that a block asked for is not there."""

    code: str
    message: str
    """What to do about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file of the course that a block shows."""

    url: str
    media_type: str
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A document that the course cites."""

    title: str
    url: str
    """Empty for a document without an address."""
    checked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A term of the glossary."""

    term: str
    markdown: str
    """Its definition, as written."""
    language: str = ""
    """In which it is written, when that is not the language of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockContext:
    """What a block may ask about the page in which it stands."""

    path: str
    language: str
    sectors: Mapping[str, SectorLabel]
    """Every sector, found by its slug and by its id."""
    render: Callable[[str], str]
    """Markdown to HTML; place the answer as it is, it is filled in when the whole page is converted."""
    render_inline: Callable[[str], str]
    """The same for one line, without a paragraph around it."""
    attach: Callable[[str], Attachment | Problem]
    """A file of the course by the path that the page writes."""
    cite: Callable[[str], Citation | Problem]
    """A source by its key."""
    define: Callable[[str], Definition | Problem]
    """A term of the glossary by any of its forms."""

    def error(self, code: str, line: int, message: str) -> Diagnostic:
        """Return an error at a line of this page."""
        return Diagnostic(code=code, severity=Severity.ERROR, path=self.path, line=line, message=message)

    def warning(self, code: str, line: int, message: str) -> Diagnostic:
        """Return a warning at a line of this page."""
        return Diagnostic(code=code, severity=Severity.WARNING, path=self.path, line=line, message=message)


class MarkdownBlock(ABC):
    """A kind of `::: block`: its names, what is wrong with one, and the HTML it becomes."""

    names: ClassVar[tuple[str, ...]]
    """The canonical name first, then its aliases."""
    role: ClassVar[BlockRole] = BlockRole.CONTENT
    axis: ClassVar[BranchAxis] = BranchAxis.SECTOR
    """Only for branches: what their argument names."""
    takes_argument: ClassVar[bool] = False
    attribute_names: ClassVar[Mapping[str, str]] = _EMPTY
    """Every accepted key of the braces, aliases included, with its canonical key."""

    @property
    def name(self) -> str:
        """Return the canonical name, under which the block is registered."""
        return self.names[0]

    def check(self, block: Block, context: BlockContext) -> Iterable[Diagnostic]:
        """Return what is wrong with the block; the default finds an empty body."""
        if not block.body.strip():
            message = f"El bloque «{block.name}» está vacío: escriba su texto o quítelo."
            yield context.error("R207", block.line, message)

    @abstractmethod
    def html(self, block: Block, context: BlockContext) -> str:
        """Return the HTML of the block; text that is not rendered must be escaped."""

    def data(self, block: Block, context: BlockContext) -> Mapping[str, str]:
        """Return what a live block must remember until it is served; the default is its head."""
        del context
        return {**block.attributes, "argument": block.argument, "title": block.title}

    def serve(self, items: Sequence[Mapping[str, str]], reader: Reader) -> list[str]:
        """Return today's HTML of all live blocks of this kind on one page, in order; empty keeps the frozen one.

        It is asked once per page, so that it can read what it needs in one query.
        """
        del reader
        return ["" for _ in items]


def by_name(blocks: Iterable[MarkdownBlock]) -> dict[str, MarkdownBlock]:
    """Return the blocks under each of their names; raise ValueError when two share one."""
    found: dict[str, MarkdownBlock] = {}
    for block in blocks:
        for name in block.names:
            if name in found:
                message = f"two Markdown blocks are called {name!r}"
                raise ValueError(message)
            found[name] = block
    return found


def icon(name: str, *classes: str) -> str:
    """Return the HTML of an icon of the sprite; raise ValueError for a name that cannot be one."""
    if not _ICON_NAME.fullmatch(name):
        message = f"not the name of an icon: {name!r}"
        raise ValueError(message)
    names = " ".join(("icon", *classes))
    return f'<svg class="{names}" aria-hidden="true"><use href="#i-{name}"/></svg>'

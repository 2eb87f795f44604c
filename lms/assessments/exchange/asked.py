"""Questions between two formats: their texts are Markdown of the product, whatever they were written in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from lms.core.text import Text
from lms.courses.compiler.question_kinds import QuestionKind

PARTS, HITS = "partes", "acierto"
"""How a question gives part of its point; empty for all or nothing."""
LABELS: Final = ("nivel", "modulo", "objetivo", "sector", "pais", "fuente", "etiquetas")
"""Attributes that say what a question is about, in the order in which they are written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An option, an accepted answer or a mistake that is known."""

    text: str
    """One line of Markdown; plain text in a short answer, a number in a numeric one."""
    is_right: bool = False
    feedback: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """What belongs together; without a left side, the right one is there to mislead."""

    left: str
    right: str
    feedback: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question with its key."""

    kind: QuestionKind
    id: str
    stem: str
    line: int = field(default=0, compare=False)
    """Where it stood in the file, counted from one; 0 when that means nothing."""
    answers: tuple[Answer, ...] = ()
    pairs: tuple[Pair, ...] = ()
    steps: tuple[str, ...] = ()
    """In their order."""
    body: str = ""
    """The text with gaps in double braces, as a bank writes it."""
    rubric: str = ""
    """The table of a rubric, without its heading."""
    explanation: str = ""
    partial: str = ""
    tolerance: str = ""
    units: str = ""
    demands: str = ""
    typos: int = 0
    labels: Mapping[str, str] = field(default_factory=dict)
    """By the name of their attribute, only those that say something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Something that does not come in, or not as it was."""

    line: int
    """In the file that was sent, counted from one; 0 for the whole file."""
    what: str
    """The words of the file, cut short."""
    why: Text
    id: str = ""
    """Of the question that comes in without it; empty when nothing comes in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A question that can come in."""

    asked: Asked
    text: str
    """As a bank holds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything that a file holds: what comes in, and what does not."""

    items: tuple[Item, ...] = ()
    losses: tuple[Loss, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """By the name under which the questions show them, inside the folder of pictures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """A file for another system, and what it could not take along."""

    content: bytes
    ending: str
    media_type: str
    losses: tuple[Loss, ...] = ()


class Unreadable(Exception):
    """One question cannot come in; the others do."""

    def __init__(self, why: Text) -> None:
        """Keep the reason."""
        super().__init__(why)
        self.why = why


class Losses:
    """Takes note of what is lost while one file is read or written."""

    def __init__(self) -> None:
        """Begin with nothing lost."""
        self.found: list[Loss] = []
        self.line = 0
        """Of the question at hand."""

    def note(self, what: str, why: Text, line: int | None = None) -> None:
        """Say that something of the question at hand is lost."""
        self.found.append(Loss(line=self.line if line is None else line, what=short(what), why=why))


def short(text: str, limit: int = 80) -> str:
    """Return a text as a list shows it."""
    plain = " ".join(text[: 4 * limit].split())
    return plain if len(plain) <= limit else f"{plain[: limit - 1]}…"

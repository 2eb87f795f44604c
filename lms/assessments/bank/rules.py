"""Decisions about the bank: what a question says in plain words, how it stands, which filter it passes. Pure."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from html import unescape
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from lms.assessments.analysis.rules import Advice, ItemFigures
from lms.core.folding import fold, words
from lms.courses.compiler.course import Question

LEVELS: Final = "RAJ"
"""From what is remembered to what is judged."""
_BREAK: Final = re.compile(r"(?i)</(?:p|li|div|tr|h[1-6]|pre|blockquote)>|<br\s*/?>")
_TAG: Final = re.compile(r"<[^>]+>")
NEEDY: Final = frozenset({Advice.KEY, Advice.REWRITE, Advice.HARD, Advice.EASY, Advice.IDLE})
"""What asks an author to look at a question."""
_OPENING: Final = "¿¡«“\"'( "
"""Marks before the first word, which would decide the order of a list."""


class State(StrEnum):
    """How a question stands."""

    DRAFT = "draft"
    """Only in a draft."""
    REVIEW = "review"
    """Only in a draft, which is under review."""
    RELEASED = "released"
    """In the newest release of its course."""
    RETIRED = "retired"
    """Only in older releases, or marked so: kept for the attempts that saw it, and never asked again."""

    @property
    def is_drafted(self) -> bool:
        """Say whether no release has it."""
        return self in {State.DRAFT, State.REVIEW}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a question says, as the bank finds it."""

    question_id: str
    revision: str
    kind: str
    level: str
    module: int
    sector: str
    country: str
    objective: str
    tags: tuple[str, ...]
    stem: str
    search_text: str
    """Everything it says, folded, from its first word on."""

    @property
    def labels(self) -> str:
        """Return its objective and its tags between bars, folded."""
        return labels_of(self.objective, self.tags)


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """How a revision did with everybody who met it, when it was last measured."""

    people: int = 0
    facility: float | None = None
    """Mean score in [0, 1]; None with too few people."""
    discrimination: float | None = None
    """Mean score of the best minus that of the weakest; None with too few people."""
    advice: Advice | None = None
    """None until it is measured, and for what is not scored."""

    @property
    def is_sure(self) -> bool:
        """Say whether enough people answered for a figure to be shown."""
        return self.facility is not None

    @property
    def needs_attention(self) -> bool:
        """Say whether its figures ask its author to look at it."""
        return self.advice in NEEDY


def performance_of(figures: ItemFigures) -> Performance:
    """Return what the bank keeps of the figures of a question: no figure of too few people."""
    is_sure = figures.advice is not Advice.FEW
    return Performance(
        people=figures.n,
        facility=figures.facility.value if is_sure else None,
        discrimination=figures.discrimination if is_sure else None,
        advice=figures.advice,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BankRow:
    """A question in the list."""

    said: Said
    state: State
    course: str
    """Title."""
    slug: str
    course_id: UUID | None
    """None for a course without a release."""
    draft_id: UUID | None = None
    """Of the draft in which it stands, when no release has it."""
    path: str = ""
    line: int = 1
    performance: Performance = Performance()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The filters of the list; what is empty asks for nothing."""

    text: str = ""
    course: str = ""
    """Address of the course."""
    module: int | None = None
    sector: str = ""
    country: str = ""
    level: str = ""
    kind: str = ""
    state: str = ""
    label: str = ""
    """An objective or a tag."""
    needs_attention: bool = False

    def takes(self, row: BankRow) -> bool:
        """Say whether a question passes, as the select in ``queries`` decides it for those of releases."""
        said = row.said
        return (
            self.module in {None, said.module}
            and (not self.needs_attention or row.performance.needs_attention)
            and all(
                not wanted or wanted == found
                for wanted, found in (
                    (self.course, row.slug),
                    (self.sector, said.sector),
                    (self.country, said.country),
                    (self.level, said.level),
                    (self.kind, said.kind),
                    (self.state, row.state.value),
                )
            )
            and (not self.label or f"|{fold(self.label)}|" in said.labels)
            and all(fold(word) in said.search_text for word in words(self.text))
        )


def labels_of(objective: str, tags: Iterable[str]) -> str:
    """Return an objective and tags between bars, folded."""
    return "|" + "".join(f"{fold(each)}|" for each in (objective, *tags) if each)


def level_rank(level: str) -> int:
    """Return the place of a level in their order; those without one come last."""
    return LEVELS.index(level) if level and level in LEVELS else len(LEVELS)


ORDERS: Final[Mapping[str, Callable[[BankRow], Any]]] = MappingProxyType(
    {
        "course": lambda row: (row.course, row.said.module, row.said.question_id),
        "stem": lambda row: (row.said.search_text, row.said.question_id),
        "level": lambda row: (level_rank(row.said.level), row.course, row.said.module, row.said.question_id),
        "kind": lambda row: (row.said.kind, row.course, row.said.module, row.said.question_id),
        "facility": lambda row: (row.performance.facility or 0, row.course, row.said.question_id),
        "discrimination": lambda row: (row.performance.discrimination or 0, row.course, row.said.question_id),
    }
)
"""By what rows of the list are sorted."""
MEASURED: Final = frozenset({"facility", "discrimination"})
"""Orders in which what has no figure comes last, up or down."""


def state_of(*, is_retired: bool, is_newest: bool) -> State:
    """Return how a released question stands; `is_newest` tells whether the newest release has it."""
    return State.RELEASED if is_newest and not is_retired else State.RETIRED


def plain(html: str) -> str:
    """Return the words of HTML in one line."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def say(question: Question, revision: str, module: int) -> Said:
    """Return what a question says; `module` is the number of the one in which it is asked."""
    stem = plain(question.stem_html)
    everything = " ".join((stem, question.id, question.objective, *question.tags, *paragraphs(question)[1:]))
    return Said(
        question_id=question.id,
        revision=revision,
        kind=question.type,
        level=question.level,
        module=module if question.module is None else question.module,
        sector=question.sector,
        country=question.country,
        objective=question.objective,
        tags=tuple(question.tags),
        stem=stem,
        search_text=fold(everything).lstrip(_OPENING),
    )


def paragraphs(question: Question) -> list[str]:
    """Return everything that a question says, stem first, key and feedback included, to compare two revisions."""
    found = [_lines(question.stem_html)]
    for option in question.options:
        mark = "(x)" if option.is_right else "( )"
        found += [f"{mark} {plain(option.html)}", _lines(option.feedback_html)]
    found += [*_details(question.details), _lines(question.explanation_html), *_marks(question)]
    return [each for each in found if each]


def _lines(html: str) -> str:
    return "\n".join(filter(None, (plain(piece) for piece in _BREAK.split(html))))


def _details(value: Any, name: str = "") -> Iterator[str]:
    """Yield what only a kind of question knows, a line for each value."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _details(each, str(key))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _details(each, name)
    elif value not in {None, "", False}:
        yield plain(str(value)) if "html" in name or "text" in name else f"{name}: {value}"


def _marks(question: Question) -> Iterator[str]:
    """Yield what a question carries besides its words, as its author writes it."""
    written = {
        "fuente": question.source,
        "nivel": question.level,
        "sector": question.sector,
        "pais": question.country,
        "modulo": question.module,
        "objetivo": question.objective,
        "etiquetas": " ".join(question.tags),
        "parcial": "si" if question.partial else "",
        "estado": "retirada" if question.is_retired else "",
    }
    yield from (f"{name}={value}" for name, value in written.items() if value not in {None, ""})

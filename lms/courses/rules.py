"""What of a course each person may see: their branches first, and of a question never its key beforehand."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, TypeAlias

from lms.core.places import GENERAL, PLACES, place_name
from lms.courses.compiler.course import (
    Branch,
    Course,
    FlatPart,
    HtmlPart,
    Lesson,
    LivePart,
    Option,
    Part,
    PlaceBranch,
    PlacePart,
    Question,
    QuestionPart,
    SectorPart,
)
from lms.courses.compiler.kinds.lines import control_of, lines_of
from lms.courses.compiler.sectors import sectors as all_sectors
from lms.plugins.blocks import Reader

BLOCKS = ("<p", "<ul", "<ol", "<div", "<table", "<blockquote", "<figure", "<h")


class CheckState(StrEnum):
    """Where a self-check stands on the page."""

    OPEN = "open"
    EMPTY = "empty"
    """Sent without an answer."""
    RIGHT = "right"
    WRONG = "wrong"
    PARTLY = "partly"
    """Everything chosen is right and something is missing."""
    SHOWN = "shown"
    """With its key, for those who teach."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownOption:
    """An option as the page shows it; ``result`` and feedback exist only for what was chosen."""

    key: str
    html: str
    is_chosen: bool = False
    result: str = ""
    """"right", "wrong", or empty when nothing may be said."""
    feedback_html: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownQuestion:
    """A question without anything that its reader may not know yet: safe to hand to a template."""

    id: str
    control: str
    """"radio", "checkbox", or "lines" for a kind that only quizzes ask."""
    stem_html: str
    options: tuple[ShownOption, ...]
    state: CheckState = CheckState.OPEN
    explanation_html: str = ""
    lines: tuple[str, ...] = ()
    """HTML of what is asked, for kinds without options, whose control is "lines"."""

    @property
    def has_blocks(self) -> bool:
        """Say whether the stem is more than one paragraph, and so does not fit in a legend."""
        return any(tag in self.stem_html for tag in BLOCKS)

    @property
    def is_touched(self) -> bool:
        """Say whether the reader has just sent it, with or without an answer."""
        return self.state not in {CheckState.OPEN, CheckState.SHOWN}

    @property
    def is_answered(self) -> bool:
        """Say whether there is feedback to read."""
        return self.state in {CheckState.RIGHT, CheckState.WRONG, CheckState.PARTLY}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPart:
    """HTML or a question: exactly one of both."""

    kind: ClassVar[str] = "flat"
    html: str = ""
    question: ShownQuestion | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBranch:
    """What the people of some sectors read."""

    sectors: tuple[str, ...]
    title: str
    parts: tuple[ShownPart, ...]
    language: str = ""
    """In which it is written, when that is not the language of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFork:
    """A fork of the lesson: what lies open, and what is there on demand."""

    kind: ClassVar[str] = "sector"
    open: tuple[ShownBranch, ...]
    others: tuple[ShownBranch, ...]
    is_own: bool
    """Whether the open branch is the reader's own; False when all of them are open."""
    needs_heading: bool
    """Whether no second-level heading stands before it, under which those of the branches could stand."""

    @property
    def has_answer(self) -> bool:
        """Say whether the reader has just sent a self-check among the others, which must then be open."""
        parts = (part for branch in self.others for part in branch.parts)
        return any(part.question is not None and part.question.is_touched for part in parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A self-check that the reader has just answered."""

    question_id: str
    keys: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPlace:
    """What holds in some places."""

    names: str
    """Of the places, as people call them."""
    title: str
    parts: tuple[ShownPart, ...]
    language: str = ""
    """In which it is written, when that is not the language of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPlaces:
    """A fork by law or territory: what holds where the reader works, and the rest on demand."""

    kind: ClassVar[str] = "place"
    open: ShownPlace | None
    """None when nothing was written for the reader's place: then nobody's law is shown as theirs."""
    others: tuple[ShownPlace, ...]
    is_own: bool
    """Whether the open branch names the reader's place, and is not the general one."""
    needs_heading: bool

    @property
    def has_answer(self) -> bool:
        """Say whether the reader has just sent a self-check among the others, which must then be open."""
        parts = (part for branch in self.others for part in branch.parts)
        return any(part.question is not None and part.question.is_touched for part in parts)


Shown: TypeAlias = ShownPart | ShownFork | ShownPlaces


def read_answer(values: Mapping[str, str]) -> Answered | None:
    """Return the answer that an address carries as ``?check=<question id>&answer=<keys, with commas>``."""
    question_id = values.get("check", "")
    if not question_id:
        return None
    return Answered(
        question_id=question_id, keys=frozenset(filter(None, values.get("answer", "").split(",")))
    )


def show_lesson(
    lesson: Lesson, *, reader: Reader, answered: Answered | None = None, live: Iterable[str] = ()
) -> tuple[Shown, ...]:
    """Return the parts of a lesson as a reader sees them; `live` has today's HTML of its live parts, in order."""
    return show_parts(lesson.parts, reader=reader, answered=answered, live=live)


def show_parts(
    parts: Iterable[Part], *, reader: Reader, answered: Answered | None = None, live: Iterable[str] = ()
) -> tuple[Shown, ...]:
    """Return the parts of any page as a reader sees them, as `show_lesson` does those of a lesson."""
    shown: list[Shown] = []
    has_heading = False
    show = _Flat(answered, iter(live))
    for part in parts:
        if isinstance(part, SectorPart):
            shown.append(_fork(part, reader, show, needs_heading=not has_heading))
            has_heading = True
        elif isinstance(part, PlacePart):
            shown.append(_places(part, reader, show, needs_heading=not has_heading))
            has_heading = True
        else:
            shown.append(show(part))
            has_heading = has_heading or (isinstance(part, HtmlPart) and "<h2" in part.html)
    return tuple(shown)


def ask(question: Question) -> ShownQuestion:
    """Return a question before it is answered: no key, no feedback."""
    offered = question.options if question.is_choice else ()
    options = tuple(ShownOption(key=option.key, html=option.html) for option in offered)
    return ShownQuestion(
        id=question.id,
        control=control_of(question),
        stem_html=question.stem_html,
        options=options,
        lines=lines_of(question, with_key=False),
    )


def give_feedback(question: Question, keys: Iterable[str]) -> ShownQuestion:
    """Return a question after an answer: the feedback of what was chosen and nothing about the rest.

    The explanation often gives the key away, so it comes with the right answer only.
    """
    chosen = frozenset(keys) & {option.key for option in question.options}
    state = _judge(question, chosen)
    return ShownQuestion(
        id=question.id,
        control=control_of(question),
        stem_html=question.stem_html,
        options=tuple(_after(option, is_chosen=option.key in chosen) for option in question.options),
        state=state,
        explanation_html=question.explanation_html if state is CheckState.RIGHT else "",
    )


def reveal(question: Question) -> ShownQuestion:
    """Return a question with its key and all feedback, for those who teach the course."""
    return ShownQuestion(
        id=question.id,
        control=control_of(question),
        stem_html=question.stem_html,
        options=tuple(_revealed(option) for option in question.options),
        state=CheckState.SHOWN,
        explanation_html=question.explanation_html,
        lines=lines_of(question, with_key=True),
    )


def find_check(lesson: Lesson, question_id: str) -> Question | None:
    """Return a self-check of a lesson, wherever it stands."""
    return next((found for found in _checks(lesson.parts) if found.id == question_id), None)


def live_parts(parts: Iterable[Part]) -> list[LivePart]:
    """Return what of some parts is decided when they are served, in reading order."""
    flat = (inner for part in parts for inner in _flat_parts(part))
    return [part for part in flat if isinstance(part, LivePart)]


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalTerms:
    """What a course sets otherwise where somebody works."""

    title: str = ""
    notice: str = ""
    pass_mark: float | None = None


def terms_for(places: Mapping[str, Mapping[str, Any]], codes: Iterable[str]) -> LocalTerms:
    """Return what a release sets for some places, the narrowest first: each thing from the first that says it."""
    said = [places[code] for code in codes if code in places]
    return LocalTerms(
        title=next((each["title"] for each in said if each["title"]), ""),
        notice=next((each["notice"] for each in said if each["notice"]), ""),
        pass_mark=next((each["pass_mark"] for each in said if each["pass_mark"] is not None), None),
    )


def sectors_of(course: Course) -> list[str]:
    """Return the ids of the sectors that a course speaks to, in the order people see them."""
    named = {course.sector} if course.sector else set(_branch_sectors(course))
    return [found for found in dict.fromkeys(s.id for s in all_sectors("es").values()) if found in named]


def places_in(lesson: Lesson) -> list[str]:
    """Return the codes of the places that a lesson speaks to, countries before their units."""
    forks = (part for part in lesson.parts if isinstance(part, PlacePart))
    named = {code for fork in forks for branch in fork.branches for code in branch.places}
    return [code for code in PLACES if code in named]


def _places(part: PlacePart, reader: Reader, show: "_Flat", *, needs_heading: bool) -> ShownPlaces:
    # As with sectors, every branch is shown before they are told apart.
    shown = [_place(branch, show, reader.language) for branch in part.branches]
    order = (*reader.places, GENERAL)
    found = next(
        ((code, at) for code in order for at, each in enumerate(part.branches) if code in each.places), None
    )
    at = None if found is None else found[1]
    return ShownPlaces(
        open=None if at is None else shown[at],
        others=tuple(branch for index, branch in enumerate(shown) if index != at),
        is_own=found is not None and found[0] != GENERAL,
        needs_heading=needs_heading,
    )


def _place(branch: PlaceBranch, show: "_Flat", language: str) -> ShownPlace:
    names = ", ".join(place_name(code, language) for code in branch.places)
    parts = tuple(show(part) for part in branch.parts)
    return ShownPlace(names=names, title=branch.title, parts=parts, language=branch.language)


def _fork(part: SectorPart, reader: Reader, show: "_Flat", *, needs_heading: bool) -> ShownFork:
    # The live parts come in reading order, so every branch is shown before they are told apart.
    branches = [(branch, _branch(branch, show)) for branch in part.branches]
    own = [shown for branch, shown in branches if reader.sector in branch.sectors]
    # Somebody whose sector has no branch here reads them all: nothing is hidden from anybody by default.
    open_ = own or [shown for _, shown in branches]
    return ShownFork(
        open=tuple(open_),
        others=tuple(shown for _, shown in branches if shown not in open_),
        is_own=bool(own),
        needs_heading=needs_heading,
    )


def _branch(branch: Branch, show: "_Flat") -> ShownBranch:
    parts = tuple(show(part) for part in branch.parts)
    return ShownBranch(sectors=branch.sectors, title=branch.title, parts=parts, language=branch.language)


@dataclass(frozen=True, slots=True)
class _Flat:
    """Shows the parts that do not fork, one after the other."""

    answered: Answered | None
    live: Iterator[str]

    def __call__(self, part: FlatPart) -> ShownPart:
        if isinstance(part, HtmlPart):
            return ShownPart(html=part.html)
        if isinstance(part, LivePart):
            return ShownPart(html=next(self.live, "") or part.html)
        if self.answered and self.answered.question_id == part.question.id:
            return ShownPart(question=give_feedback(part.question, self.answered.keys))
        return ShownPart(question=ask(part.question))


def _judge(question: Question, chosen: frozenset[str]) -> CheckState:
    right = {option.key for option in question.options if option.is_right}
    if not chosen:
        return CheckState.EMPTY
    if chosen == right:
        return CheckState.RIGHT
    return CheckState.PARTLY if chosen < right else CheckState.WRONG


def _after(option: Option, *, is_chosen: bool) -> ShownOption:
    if not is_chosen:
        return ShownOption(key=option.key, html=option.html)
    result = "right" if option.is_right else "wrong"
    return ShownOption(
        key=option.key, html=option.html, is_chosen=True, result=result, feedback_html=option.feedback_html
    )


def _revealed(option: Option) -> ShownOption:
    return ShownOption(
        key=option.key,
        html=option.html,
        is_chosen=option.is_right,
        result="right" if option.is_right else "",
        feedback_html=option.feedback_html,
    )


def _flat_parts(part: Part) -> Iterable[FlatPart]:
    if isinstance(part, SectorPart | PlacePart):
        return (inner for branch in part.branches for inner in branch.parts)
    return (part,)


def _checks(parts: Iterable[Part]) -> Iterable[Question]:
    for part in parts:
        if isinstance(part, QuestionPart):
            yield part.question
        elif isinstance(part, SectorPart | PlacePart):
            for branch in part.branches:
                yield from _checks(branch.parts)


def _branch_sectors(course: Course) -> Iterable[str]:
    for module in course.modules:
        for unit in module.units:
            parts = unit.parts if isinstance(unit, Lesson) else ()
            for part in parts:
                if isinstance(part, SectorPart):
                    yield from (sector for branch in part.branches for sector in branch.sectors)

"""Texts that stand in for others: a variant or a translation links as the page does whose place it takes."""

import re
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from lms.courses.compiler.course import (
    Asset,
    FlatPart,
    Lesson,
    Option,
    Part,
    PlacePart,
    Question,
    QuestionPart,
    Quiz,
    SectorPart,
)
from lms.courses.compiler.glossary import TermIndex
from lms.courses.compiler.site import Site, Target
from lms.plugins.blocks import Attachment, Problem

_ID = re.compile(r'\bid="([^"]+)"')
_ICON = re.compile(r'href="#i-([a-z0-9-]+)"')
_BLOCKS = ("<p", "<ul", "<ol", "<div", "<table", "<blockquote", "<figure", "<h")


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn(Site):
    """The surroundings of a file whose text is read in the place of another page."""

    path: str
    base: str
    """The page whose place it takes: its links and pictures are written as there."""

    def link(self, page: str, address: str) -> Target:
        """Return where a link leads, as if it were written on the base page."""
        return Site.link(self, self.base if page == self.path else page, address)

    def image(self, page: str, address: str) -> tuple[Target, Asset | None]:
        """Return the address of a picture, as if it were shown on the base page."""
        return Site.image(self, self.base if page == self.path else page, address)

    def attach(self, page: str, address: str) -> Attachment | Problem:
        """Return a file of the course, as if it were shown on the base page."""
        return Site.attach(self, self.base if page == self.path else page, address)

    def join_ids(self) -> None:
        """Let other pages link to the anchors of this text as to those of the page that it belongs to."""
        ids = self.traces.ids
        ids[self.base] = ids.get(self.base, frozenset()) | ids.pop(self.path, frozenset())


def stand_in(site: Site, path: str, base: str, language: str = "", terms: TermIndex | None = None) -> StandIn:
    """Return the surroundings of a file that takes the place of a page, in its language and terms unless given."""
    values = {field.name: getattr(site, field.name) for field in fields(site)}
    values |= {"language": language or site.language, "terms": terms or site.terms}
    return StandIn(**values, path=path, base=base)


def ids_in(html: str) -> frozenset[str]:
    """Return every id of some HTML."""
    return frozenset(_ID.findall(html))


def icons_in(html: str) -> tuple[str, ...]:
    """Return the names of the icons that some HTML draws, sorted."""
    return tuple(sorted(set(_ICON.findall(html))))


def keep_apart(parts: Sequence[Part], taken: frozenset[str], suffix: str) -> list[Part]:
    """Return parts with a suffix at each of their ids that is taken, and at their links to it."""
    drawn = "".join(_html_of(inner) for part in parts for inner in flat_parts(part))
    double = ids_in(drawn) & taken

    def renamed(html: str) -> str:
        for each in double:
            html = html.replace(f'id="{each}"', f'id="{each}-{suffix}"')
            html = html.replace(f'href="#{each}"', f'href="#{each}-{suffix}"')
        return html

    return [change_html(part, renamed) for part in parts]


def in_language(part: Part, language: str) -> Part:
    """Return the part marked with the language in which it is written, for whoever hears it read aloud."""
    marked = _map(part, lambda inner: _marked(inner, language))
    if isinstance(marked, SectorPart):
        sectors = tuple(replace(each, language=each.language or language) for each in marked.branches)
        return replace(marked, branches=sectors)
    if isinstance(marked, PlacePart):
        places = tuple(replace(each, language=each.language or language) for each in marked.branches)
        return replace(marked, branches=places)
    return marked


def marked_question(question: Question, language: str) -> Question:
    """Return the question with each of its texts marked with its language."""
    return replace(
        question,
        stem_html=marked_html(question.stem_html, language),
        options=tuple(_marked_option(option, language) for option in question.options),
        explanation_html=marked_html(question.explanation_html, language),
        details=marked_details(question.details, language),
    )


def marked_details(details: Any, language: str) -> Any:
    """Return what only a kind of question knows with its HTML marked with its language."""
    if isinstance(details, list | tuple):
        return [marked_details(each, language) for each in details]
    if not isinstance(details, Mapping):
        return details
    return {
        name: marked_html(each, language) if name.endswith("html") else marked_details(each, language)
        for name, each in details.items()
    }


def marked_quiz(quiz: Quiz, language: str) -> Quiz:
    """Return the quiz with each of its texts marked with its language."""
    questions = tuple(marked_question(question, language) for question in quiz.questions)
    intro = marked_html(quiz.intro_html, language)
    return replace(quiz, intro_html=intro, questions=questions, language=quiz.language or language)


def marked_html(html: str, language: str) -> str:
    """Return HTML inside an element that says its language; nothing stays nothing."""
    if not html:
        return ""
    if html.lstrip().startswith(_BLOCKS):
        return f'<div class="prose" lang="{language}">{html}</div>'
    return f'<span lang="{language}">{html}</span>'


def questions_in(parts: tuple[Part, ...]) -> dict[str, Question]:
    """Return the questions of some parts by their ids, in order."""
    flat = (inner for part in parts for inner in flat_parts(part))
    return {part.question.id: part.question for part in flat if isinstance(part, QuestionPart)}


def flat_parts(part: Part) -> tuple[FlatPart, ...]:
    """Return the parts inside a fork, or the part itself."""
    if isinstance(part, SectorPart | PlacePart):
        return tuple(inner for branch in part.branches for inner in branch.parts)
    return (part,)


def with_questions(part: Part, change: Callable[[Question], Question]) -> Part:
    """Return the part with each of its questions changed."""

    def changed(inner: FlatPart) -> FlatPart:
        return QuestionPart(question=change(inner.question)) if isinstance(inner, QuestionPart) else inner

    return _map(part, changed)


def only_asking(part: Part, known: Collection[str]) -> Part | None:
    """Return the part without the questions that are not known; None when it was nothing but one of them."""

    def is_kept(inner: FlatPart) -> bool:
        return not isinstance(inner, QuestionPart) or inner.question.id in known

    if isinstance(part, SectorPart):
        sectors = [replace(each, parts=tuple(filter(is_kept, each.parts))) for each in part.branches]
        return replace(part, branches=tuple(sectors))
    if isinstance(part, PlacePart):
        places = [replace(each, parts=tuple(filter(is_kept, each.parts))) for each in part.branches]
        return replace(part, branches=tuple(places))
    return part if is_kept(part) else None


def with_branches_of(parts: Sequence[Part], base: Sequence[Part], language: str) -> list[Part]:
    """Return parts whose forks by place also have the branches that only those of the original have, marked."""
    # A fork written twice under one id is joined with its own counterpart: nothing of the original is read twice.
    forks: dict[str, deque[PlacePart]] = defaultdict(deque)
    for fork in base:
        if isinstance(fork, PlacePart) and fork.id:
            forks[fork.id].append(fork)
    taken = ids_in("".join(_html_of(inner) for part in parts for inner in flat_parts(part)))
    return [
        _with_branches(part, forks[part.id].popleft(), language, taken)
        if isinstance(part, PlacePart) and forks.get(part.id)
        else part
        for part in parts
    ]


def _with_branches(fork: PlacePart, base: PlacePart, language: str, taken: frozenset[str]) -> PlacePart:
    known = {code for branch in fork.branches for code in branch.places}
    missing = tuple(branch for branch in base.branches if not known.intersection(branch.places))
    (apart,) = keep_apart([replace(base, branches=missing)], taken, language)
    marked = in_language(apart, language)
    return replace(fork, branches=fork.branches + (marked.branches if isinstance(marked, PlacePart) else ()))


def with_parts(lesson: Lesson, parts: tuple[Part, ...], words: int) -> Lesson:
    """Return the lesson with other parts, and the icons that these draw."""
    drawn = "".join(_html_of(inner) for part in parts for inner in flat_parts(part))
    return replace(lesson, parts=parts, icons=icons_in(drawn), words=words)


def _html_of(part: FlatPart) -> str:
    return "" if isinstance(part, QuestionPart) else part.html


def _marked(part: FlatPart, language: str) -> FlatPart:
    if isinstance(part, QuestionPart):
        return QuestionPart(question=marked_question(part.question, language))
    return replace(part, html=marked_html(part.html, language))


def _marked_option(option: Option, language: str) -> Option:
    return replace(
        option,
        html=marked_html(option.html, language),
        feedback_html=marked_html(option.feedback_html, language),
    )


def change_html(part: Part, change: Callable[[str], str]) -> Part:
    """Return the part with its HTML changed, and not its questions."""

    def changed(inner: FlatPart) -> FlatPart:
        return inner if isinstance(inner, QuestionPart) else replace(inner, html=change(inner.html))

    return _map(part, changed)


def _map(part: Part, change: Callable[[FlatPart], FlatPart]) -> Part:
    if isinstance(part, SectorPart):
        sectors = [replace(branch, parts=tuple(map(change, branch.parts))) for branch in part.branches]
        return replace(part, branches=tuple(sectors))
    if isinstance(part, PlacePart):
        places = [replace(branch, parts=tuple(map(change, branch.parts))) for branch in part.branches]
        return replace(part, branches=tuple(places))
    return change(part)

"""The values that a compiled course consists of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from lms.courses.compiler.covers import PlaceTerms, TranslatedOutline
from lms.courses.compiler.origins import Origin
from lms.courses.compiler.question_kinds import QuestionKind
from lms.courses.compiler.quiz_terms import QuestionTags, QuizTerms
from lms.courses.compiler.referral import Route


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer that a question offers."""

    key: str
    """A letter, from "a", in the order of the source."""
    html: str
    """Inline HTML, without a paragraph around it."""
    is_right: bool
    feedback_html: str
    """Paragraphs shown after answering; empty when the author wrote none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(QuestionTags):
    """A question with its key: never send one whole to a browser."""

    id: str
    type: QuestionKind
    stem_html: str
    """Inline HTML when the stem is one paragraph, otherwise blocks."""
    options: tuple[Option, ...]
    explanation_html: str
    source: str
    """Key of a source of the course, or empty."""
    partial: bool
    """Whether an answer half right earns part of the point."""
    details: Mapping[str, Any] = field(default_factory=dict)
    """What only its kind knows, as JSON; a text under a name in "html" is HTML, one in "text" is plain."""

    @property
    def is_choice(self) -> bool:
        """Say whether it is answered with the options of a list; those of other kinds may give the key away."""
        return self.type in {"single", "multiple", "true-false"}


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlPart:
    """Sanitised HTML that every learner reads."""

    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPart:
    """A self-check at its place in a lesson."""

    question: Question


@dataclass(frozen=True, slots=True, kw_only=True)
class LivePart:
    """Something that is decided on the day it is read, such as a telephone number; its block answers then."""

    block: str
    """Canonical name of the block."""
    data: Mapping[str, str]
    """What the block wrote down for itself when the course was compiled."""
    html: str
    """Sanitised HTML for whoever cannot ask the block: a file, a booklet, an installation without its plugin."""


FlatPart = HtmlPart | QuestionPart | LivePart


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """What the learners of some sectors read."""

    sectors: tuple[str, ...]
    """Ids of sectors, at least one."""
    title: str
    """Plain text; may be empty."""
    parts: tuple[FlatPart, ...]
    language: str = ""
    """In which it is written, when that is not the language of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorPart:
    """A fork of the lesson: each learner sees the branch of their sector first."""

    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceBranch:
    """What holds in some places."""

    places: tuple[str, ...]
    """ISO 3166 codes such as MX or MX-ROO, or "general" for wherever nothing narrower is said; at least one."""
    title: str
    """Plain text; may be empty."""
    parts: tuple[FlatPart, ...]
    language: str = ""
    """In which it is written, when that is not the language of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacePart:
    """A fork of the lesson by law or territory: each learner reads the narrowest branch of where they work."""

    id: str
    """By which the files of variants add branches; empty when they cannot."""
    branches: tuple[PlaceBranch, ...]


Part = FlatPart | SectorPart | PlacePart


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryEntry:
    """A term that the course defines."""

    slug: str
    term: str
    html: str
    aliases: tuple[str, ...]
    language: str = ""
    """In which it is written, when that is not the language of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceEntry:
    """A document that the course cites."""

    key: str
    title: str
    url: str
    """Empty for a document without an address."""
    checked_on: date
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A second-level heading of a lesson, for its table of contents."""

    id: str
    text: str
    language: str = ""
    """In which it is written, when that is not the language of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A picture of the course, served under its hash."""

    path: str
    """Path relative to the course folder."""
    sha256: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A page to read."""

    slug: str
    title: str
    minutes: int
    objective: str
    reviewed_on: date
    """Day on which its sources were last checked."""
    intensity: str
    """low, medium, high."""
    jurisdiction: str
    """general or an ISO 3166-1 code."""
    parts: tuple[Part, ...]
    headings: tuple[Heading, ...]
    terms: tuple[GlossaryEntry, ...]
    """Only the terms that the lesson links to, in order of appearance."""
    sources: tuple[SourceEntry, ...]
    icons: tuple[str, ...]
    """Names of the icons that its HTML draws, sorted."""
    words: int
    """Words that one learner reads: the common text and the longest branch of each fork."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiz(QuizTerms):
    """A page of scored questions."""

    slug: str
    title: str
    minutes: int
    attempts: int
    pass_mark: float
    """Fraction between 0 and 1."""
    shuffle: bool
    """Whether options come in an order of each attempt's own."""
    intro_html: str
    questions: tuple[Question, ...]
    """Its own, then those of its banks, retired ones too."""
    language: str = ""
    """In which its title is written, when that is not the language of the page."""

    @property
    def live(self) -> tuple[Question, ...]:
        """Return the questions that may be asked from now on, all forms together."""
        return tuple(question for question in self.questions if not question.is_retired)

    @property
    def first_form(self) -> tuple[Question, ...]:
        """Return the questions of form A, for those who take the quiz where nobody decides which form is theirs."""
        others = {each for form in self.forms[1:] for each in form}
        return tuple(question for question in self.live if question.id not in others)


class Axis(StrEnum):
    """What the choices of a simulation are judged on."""

    SAFETY = "safety"
    """Nobody is put at risk."""
    CARE = "care"
    """The person is not made to suffer again."""
    ROUTE = "route"
    """The step belongs to the referral route."""
    CONFIDENTIALITY = "confidentiality"
    """Only who must know comes to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What can be done in a scene, and what comes of it."""

    key: str
    """A letter, from "a", in the order of the source."""
    html: str
    """Inline HTML, without a paragraph around it."""
    target: str
    """Id of the scene or ending that follows."""
    scores: Mapping[Axis, int]
    """From -2 to 2; an axis on which nothing is judged is missing."""
    critical: str
    """Names the critical error in plain words; empty for any other choice."""
    consequence_html: str
    """What happens next, shown as soon as the choice is made."""
    reason_html: str
    """Why it helps or harms, shown with the consequence; may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A moment of a simulation in which something must be decided."""

    id: str
    title: str
    """Plain text."""
    parts: tuple[Part, ...]
    choices: tuple[Choice, ...]
    language: str = ""
    """In which it is written, when that is not the language of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """Where a simulation comes to rest, with what there is to say about it."""

    id: str
    title: str
    parts: tuple[Part, ...]
    language: str = ""
    """In which it is written, when that is not the language of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What can be reached in a simulation from its start to an ending, each choice counted once."""

    best: Mapping[Axis, int]
    worst: Mapping[Axis, int]
    best_total: int
    worst_total: int
    best_path: tuple[str, ...]
    """Keys of the choices that give the best total, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """A fictional case that branches with what its reader decides."""

    slug: str
    title: str
    minutes: int
    objective: str
    reviewed_on: date
    intensity: str
    """low, medium, high."""
    jurisdiction: str
    """general or an ISO 3166-1 code."""
    pass_mark: float | None
    """Fraction of the best total that passes; None when reaching an ending is enough."""
    intro: tuple[Part, ...]
    start: str
    """Id of the first scene."""
    scenes: tuple[Scene, ...]
    endings: tuple[Ending, ...]
    closing: tuple[Part, ...]
    """What everybody reads after any ending; may be empty."""
    bounds: Bounds
    terms: tuple[GlossaryEntry, ...]
    sources: tuple[SourceEntry, ...]
    icons: tuple[str, ...]
    """Names of the icons that its HTML draws, sorted."""
    pass_axis: Axis | None = None
    """The axis whose points ``pass_mark`` is asked of; None for the points of all."""
    language: str = ""
    """In which its title and objective are written, when that is not the language of the page."""


Unit = Lesson | Quiz | Simulation


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """A chapter: lessons, simulations and quizzes in their order."""

    number: int
    """How people call it: the number that its folder begins with; an introduction may be 0."""
    slug: str
    title: str
    objective: str
    hours: float
    units: tuple[Unit, ...]
    origin: Origin | None = None
    """Where it was taken from; None when it is the course's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """A unit in another language, with the questions, keys, exits and scores of the original."""

    language: str
    """ISO 639-1."""
    module_slug: str
    unit_slug: str
    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A whole course, ready to be released."""

    slug: str
    title: str
    summary: str
    language: str
    hours: float
    sector: str
    """Id of a sector, or empty when it is for all."""
    jurisdictions: tuple[str, ...]
    notice: str
    credits: str
    pass_mark: float
    attendance_share: float
    modules: tuple[Module, ...]
    glossary: tuple[GlossaryEntry, ...]
    sources: tuple[SourceEntry, ...]
    assets: tuple[Asset, ...]
    translations: tuple[Translation, ...] = ()
    outlines: tuple[TranslatedOutline, ...] = ()
    places: tuple[PlaceTerms, ...] = ()
    glossaries: Mapping[str, tuple[GlossaryEntry, ...]] = field(default_factory=dict)
    """The glossary in each language into which it is translated; an entry that is not says its own language."""
    routes: tuple[Route, ...] = ()
    """The referral routes, in the order of their files."""
    content_hash: str
    """SHA-256 over paths and bytes of the source, in hexadecimal."""

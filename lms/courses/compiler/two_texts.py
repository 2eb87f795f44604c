"""A page and its translation side by side: each section from the one, or while it is missing from the other."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from lms.courses.compiler.alignment import Step
from lms.courses.compiler.course import Heading, HtmlPart, Part, Question
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.front_matter import Page
from lms.courses.compiler.heading_levels import HeadingLevels
from lms.courses.compiler.manuscript import Manuscript
from lms.courses.compiler.outline import PlannedUnit
from lms.courses.compiler.parts import PartPlanner, html_of
from lms.courses.compiler.question_builder import QuestionBuilder
from lms.courses.compiler.sections import Section
from lms.courses.compiler.site import Site
from lms.courses.compiler.stand_ins import in_language, keep_apart, with_questions
from lms.courses.compiler.translated_questions import Spot, pair, translated

_HEADING = re.compile(r'<h2 id="([^"]+)"[^>]*>(.*?)</h2>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class BothTexts:
    """What was written: the sections of the translation and of the original."""

    own: Sequence[Section]
    base: Sequence[Section]
    page: Page
    planned: PlannedUnit
    """The original."""


class TwoTexts:
    """Converts the translation, and of the original only what has none."""

    def __init__(
        self,
        both: BothTexts,
        site: Site,
        base_site: Site,
        questions: Mapping[str, Question],
        *,
        in_quiz: bool,
    ) -> None:
        """Work within the surroundings of each text; `questions` are those of the compiled original."""
        self._both = both
        self._questions = questions
        self._path = both.page.path
        self._language = base_site.language
        slug = both.planned.place.unit_slug
        base_page = both.planned.page
        self._own = Manuscript(site, self._path, both.page.body, both.page.body_line)
        self._base = Manuscript(base_site, base_page.path, base_page.body, base_page.body_line)
        self._base.linked = self._own.linked
        self._own_builder = QuestionBuilder(self._own, Findings(), in_quiz=in_quiz, slug=slug)
        self._base_builder = QuestionBuilder(self._base, Findings(), in_quiz=in_quiz, slug=slug)
        self._own_planners: list[PartPlanner] = []
        self._base_planners: list[PartPlanner] = []
        self.headings: list[Heading] = []
        """The second-level headings, once composed."""

    @property
    def linked(self) -> Mapping[str, None]:
        """Slugs of the terms linked on the page, in order."""
        return self._own.linked

    def know(self, linked: Mapping[str, None]) -> None:
        """Link no term again that the page around the text links to."""
        self._own.linked.update(linked)

    def convert(self, steps: Sequence[Step], findings: Findings) -> None:
        """Convert what the steps need; problems of the translation go to the findings."""
        for section in self._both.own:
            planner = PartPlanner(self._own, self._own_builder)
            planner.plan(section.nodes, findings)
            self._own_planners.append(planner)
        for section in self._both.base:
            planner = PartPlanner(self._base, self._base_builder)
            planner.plan(section.nodes, Findings())
            self._base_planners.append(planner)
        self._own.convert(findings)
        if any(step.own is None for step in steps):
            self._base.convert(Findings())

    def compose(self, steps: Sequence[Step], findings: Findings) -> list[Part]:
        """Return the parts of the page in reading order; what is still in the original language says so."""
        levels = HeadingLevels()
        parts: list[Part] = []
        for step in steps:
            made = self._original(step.base, levels) if step.own is None else None
            if made is None and step.own is not None:
                made = self._translated(step.base, step.own, levels, findings)
            parts += made or ()
        return [*parts, *self._notes(parts)]

    def _original(self, at: int, levels: HeadingLevels) -> list[Part]:
        parts = keep_apart(
            self._base_planners[at].parts(levels), frozenset(self._own.dresser.ids), self._language
        )
        self.headings += _headings(parts, self._language)
        return [in_language(part, self._language) for part in parts]

    def _translated(self, base: int, own: int, levels: HeadingLevels, findings: Findings) -> list[Part]:
        planner = self._own_planners[own]
        spot = Spot(path=self._path, line=self._both.own[own].line)
        names = pair(self._base_planners[base].questions, planner.questions, spot, findings)
        parts = list(planner.parts(levels))
        self.headings += _headings(parts, "")

        def merged(question: Question) -> Question:
            known = self._questions.get(names.get(question.id, ""))
            return question if known is None else translated(known, question, self._language)

        return [with_questions(part, merged) for part in parts]

    def _notes(self, parts: Sequence[Part]) -> list[Part]:
        own = [HtmlPart(html=notes)] if (notes := self._own.notes()) else []
        is_needed = f'lang="{self._language}"' in (html := html_of(tuple(parts))) and "footnote-ref" in html
        if not is_needed or not (notes := self._base.notes()):
            return list[Part](own)
        apart = keep_apart([HtmlPart(html=notes)], frozenset(self._own.dresser.ids), self._language)
        return [*own, *(in_language(part, self._language) for part in apart)]


def _headings(parts: Sequence[Part], language: str) -> list[Heading]:
    html = "".join(part.html for part in parts if isinstance(part, HtmlPart))
    return [
        Heading(id=found[1], text=unescape(_TAG.sub("", found[2])).strip(), language=language)
        for found in _HEADING.finditer(html)
    ]

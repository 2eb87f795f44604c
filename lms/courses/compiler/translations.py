"""Translations: whole pages in another language, which know by hashes what of the original they say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from lms.courses.compiler.alignment import Step, align
from lms.courses.compiler.checks.pages import check_page
from lms.courses.compiler.course import (
    GlossaryEntry,
    HtmlPart,
    Lesson,
    Part,
    Question,
    Quiz,
    Simulation,
    Unit,
)
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.front_matter import Page
from lms.courses.compiler.outline import PlannedUnit
from lms.courses.compiler.parts import html_of, words_read
from lms.courses.compiler.records import Record
from lms.courses.compiler.sections import sections
from lms.courses.compiler.site import Site
from lms.courses.compiler.splitter import split
from lms.courses.compiler.stand_ins import (
    marked_html,
    marked_question,
    questions_in,
    stand_in,
    with_branches_of,
    with_parts,
)
from lms.courses.compiler.translated_glossaries import Words
from lms.courses.compiler.translated_simulations import SimulationTranslator
from lms.courses.compiler.translated_variants import TranslatedVariant, VariantTranslator
from lms.courses.compiler.translation_heads import PAGE_KEYS, TranslatedFile, open_translation
from lms.courses.compiler.two_texts import BothTexts, TwoTexts


class TranslationCompiler:
    """Compiles the pages in one language against the originals."""

    def __init__(self, site: Site, words: Words, findings: Findings) -> None:
        """Compile within a site with the terms of the language; problems go to the findings."""
        self._site = site
        self._words = words
        self._findings = findings

    def compile(
        self,
        file: TranslatedFile,
        planned: PlannedUnit,
        unit: Unit,
        variants: Sequence[TranslatedVariant] = (),
    ) -> Unit | None:
        """Return the unit in another language, or None when it must not be read yet.

        A quiz gets the words of its own questions: those of its bank are translated with the bank.
        """
        opened = open_translation(self._site.tree, file, PAGE_KEYS, self._findings)
        if opened is None:
            return None
        match unit:
            case Simulation():
                translator = SimulationTranslator(self._site, self._words, self._findings)
                return translator.translate(file, opened, planned, unit)
            case Lesson():
                return self._lesson(opened, planned, unit, self._texts(file, opened, planned, unit), variants)
            case Quiz():
                return self._quiz(opened[1], unit, self._texts(file, opened, planned, unit))

    def _texts(
        self, file: TranslatedFile, opened: tuple[Page, Record], planned: PlannedUnit, unit: Lesson | Quiz
    ) -> tuple[TwoTexts, list[Step]]:
        (page, record), blocks = opened, self._site.blocks
        own = sections(split(page.body, file.path, self._findings, first_line=page.body_line), blocks)
        nodes = split(planned.page.body, planned.page.path, Findings(), first_line=planned.page.body_line)
        base = sections(nodes, blocks)
        steps = align(own, base, record, self._findings)
        site = stand_in(self._site, file.path, file.base, file.language, self._words.index)
        both = BothTexts(own=own, base=base, page=page, planned=planned)
        questions = questions_in(unit.parts) if isinstance(unit, Lesson) else _questions(unit)
        texts = TwoTexts(both, site, self._site, questions, in_quiz=isinstance(unit, Quiz))
        texts.convert(steps, self._findings)
        site.join_ids()
        check_page(page, site, self._findings)
        return texts, steps

    def _lesson(
        self,
        opened: tuple[Page, Record],
        planned: PlannedUnit,
        lesson: Lesson,
        made: tuple[TwoTexts, list[Step]],
        variants: Sequence[TranslatedVariant],
    ) -> Lesson:
        (texts, steps), record = made, opened[1]
        composed: list[Part] = texts.compose(steps, self._findings)
        translator = VariantTranslator(self._site, self._words, self._findings)
        translator.linked.update(texts.linked)
        widened = translator.widen(composed, variants, planned, lesson)
        # What other variants by place add was written in the language of the course.
        parts = tuple(with_branches_of(widened, lesson.parts, self._site.language))
        whole = with_parts(lesson, parts, words_read(parts))
        return replace(
            whole,
            title=record.text("titulo"),
            objective=record.text("objetivo", default="") or lesson.objective,
            headings=tuple(texts.headings),
            terms=self._terms(translator.linked, lesson, html_of(parts)),
        )

    def _terms(self, linked: Iterable[str], lesson: Lesson, told: str) -> tuple[GlossaryEntry, ...]:
        """Return the terms that the page links to, also from what of it stays in the language of the course."""
        entries = self._words.entries
        kept = (term.slug for term in lesson.terms if f'href="#g-{term.slug}"' in told)
        return tuple(entries[slug] for slug in dict.fromkeys([*linked, *kept]) if slug in entries)

    def _quiz(self, record: Record, quiz: Quiz, made: tuple[TwoTexts, list[Step]]) -> Quiz:
        texts, steps = made
        parts = tuple(texts.compose(steps, self._findings))
        asked = questions_in(parts)
        language = self._site.language
        intro = "".join(part.html for part in parts if isinstance(part, HtmlPart))
        return replace(
            quiz,
            title=record.text("titulo"),
            intro_html=intro or marked_html(quiz.intro_html, language),
            questions=tuple(
                asked.get(question.id) or marked_question(question, language) for question in quiz.questions
            ),
        )


def _questions(quiz: Quiz) -> Mapping[str, Question]:
    return {question.id: question for question in quiz.questions}

"""Translations: whole pages in another language, which know by hashes what of the original they say."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lms.courses.compiler.alignment import Step, align
from lms.courses.compiler.checks.pages import check_page
from lms.courses.compiler.codes import Code
from lms.courses.compiler.course import GlossaryEntry, HtmlPart, Lesson, Question, Quiz, Unit
from lms.courses.compiler.diagnostics import Findings, did_you_mean
from lms.courses.compiler.front_matter import Page, read_page
from lms.courses.compiler.languages import FOLDERS, LANGUAGES
from lms.courses.compiler.outline import PageKind, PlannedUnit
from lms.courses.compiler.parts import words_read
from lms.courses.compiler.records import Record
from lms.courses.compiler.sections import sections
from lms.courses.compiler.site import Site
from lms.courses.compiler.source import SourceTree
from lms.courses.compiler.splitter import split
from lms.courses.compiler.stand_ins import (
    marked_html,
    marked_question,
    questions_in,
    stand_in,
    with_branches_of,
    with_parts,
)
from lms.courses.compiler.two_texts import BothTexts, TwoTexts

KEYS: Mapping[str, str] = {
    name: spanish
    for spanish, english in (
        ("titulo", "title"),
        ("objetivo", "objective"),
        ("traduce", "translates"),
        ("validado-por", "validated-by"),
        ("borrador", "draft"),
    )
    for name in (spanish, english)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslatedPage:
    """A file with a page in another language."""

    language: str
    path: str
    base: str
    """Path of the page that it translates."""


def plan_translations(
    tree: SourceTree, language: str, units: Mapping[str, PlannedUnit], findings: Findings
) -> list[TranslatedPage]:
    """Return the translated pages of a course whose own language is given; `units` has every page by its path."""
    pages = []
    unknown: set[str] = set()
    for path in sorted(tree.files):
        folder, _, rest = path.partition("/")
        if folder not in FOLDERS or not path.endswith(".md"):
            continue
        code, _, base = rest.partition("/")
        if code not in LANGUAGES or code == language:
            if code not in unknown:
                _report_language(code, language, path, findings)
            unknown.add(code)
        elif base not in units or units[base].kind not in {PageKind.LESSON, PageKind.QUIZ}:
            known = [each for each, unit in units.items() if unit.kind in {PageKind.LESSON, PageKind.QUIZ}]
            message = f"«{base}» no es una lección ni un cuestionario del curso.{did_you_mean(base, known)}"
            findings.error(Code.NO_BASE_PAGE, path, 1, message)
        else:
            pages.append(TranslatedPage(language=code, path=path, base=base))
    return pages


def _report_language(code: str, language: str, path: str, findings: Findings) -> None:
    if code == language:
        message = f"«{code}» es el idioma del curso: su texto va en la página original."
    else:
        message = (
            f"El idioma «{code}» no se conoce: use {', '.join(LANGUAGES)}.{did_you_mean(code, LANGUAGES)}"
        )
    findings.error(Code.UNKNOWN_LANGUAGE, path, 1, message)


class TranslationCompiler:
    """Compiles translated pages against the originals."""

    def __init__(self, site: Site, glossary: Mapping[str, GlossaryEntry], findings: Findings) -> None:
        """Compile within a site; problems go to the findings."""
        self._site = site
        self._glossary = glossary
        self._findings = findings

    def compile(self, file: TranslatedPage, planned: PlannedUnit, unit: Unit) -> Lesson | Quiz | None:
        """Return the unit in another language, or None when it must not be read yet."""
        text = self._site.tree.text(file.path, self._findings)
        page = read_page(text, file.path, self._findings) if text is not None else None
        if page is None:
            return None
        record = Record(page.front, file.path, KEYS, self._findings)
        if self._is_held_back(file, record):
            return None
        if isinstance(unit, Lesson):
            return self._lesson(file, page, record, planned, unit)
        return self._quiz(file, page, record, planned, unit) if isinstance(unit, Quiz) else None

    def _is_held_back(self, file: TranslatedPage, record: Record) -> bool:
        language = LANGUAGES[file.language]
        if record.flag("borrador"):
            message = "Es un borrador: se lee la original. Cuando esté traducida, quite «borrador»."
            self._findings.warning(Code.NOT_VALIDATED, file.path, record.line_of("borrador"), message)
            return True
        if language.needs_validation and not record.text("validado-por", default=""):
            message = (
                f"Se lee la original hasta que alguien que hable {language.name} la revise: "
                "agregue «validado-por: cargo o institución»."
            )
            self._findings.warning(Code.NOT_VALIDATED, file.path, record.line, message)
            return True
        return False

    def _texts(
        self, file: TranslatedPage, page: Page, record: Record, planned: PlannedUnit, unit: Unit
    ) -> tuple[TwoTexts, list[Step]]:
        blocks = self._site.blocks
        own = sections(split(page.body, file.path, self._findings, first_line=page.body_line), blocks)
        nodes = split(planned.page.body, planned.page.path, Findings(), first_line=planned.page.body_line)
        base = sections(nodes, blocks)
        steps = align(own, base, record, self._findings)
        site = stand_in(self._site, file.path, file.base, file.language)
        both = BothTexts(own=own, base=base, page=page, planned=planned)
        questions = questions_in(unit.parts) if isinstance(unit, Lesson) else _questions(unit)
        texts = TwoTexts(both, site, self._site, questions, in_quiz=isinstance(unit, Quiz))
        texts.convert(steps, self._findings)
        site.join_ids()
        check_page(page, site, self._findings)
        return texts, steps

    def _lesson(
        self, file: TranslatedPage, page: Page, record: Record, planned: PlannedUnit, lesson: Lesson
    ) -> Lesson:
        texts, steps = self._texts(file, page, record, planned, lesson)
        # What variants by place add was written in the language of the course.
        composed = texts.compose(steps, self._findings)
        parts = tuple(with_branches_of(composed, lesson.parts, self._site.language))
        whole = with_parts(lesson, parts, words_read(parts))
        return replace(
            whole,
            title=record.text("titulo"),
            objective=record.text("objetivo", default="") or lesson.objective,
            headings=tuple(texts.headings),
            terms=tuple(self._glossary[slug] for slug in texts.linked if slug in self._glossary),
        )

    def _quiz(
        self, file: TranslatedPage, page: Page, record: Record, planned: PlannedUnit, quiz: Quiz
    ) -> Quiz:
        texts, steps = self._texts(file, page, record, planned, quiz)
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


def _questions(unit: Unit) -> dict[str, Question]:
    return {question.id: question for question in unit.questions} if isinstance(unit, Quiz) else {}

"""Compile a lesson."""

import re
from types import MappingProxyType

from lms.courses.compiler.checks.dates import check_review
from lms.courses.compiler.checks.glossary_use import Vocabulary
from lms.courses.compiler.checks.length import check_length
from lms.courses.compiler.checks.pages import check_lesson
from lms.courses.compiler.checks.weight import check_page_weight
from lms.courses.compiler.codes import Code
from lms.courses.compiler.course import GlossaryEntry, Lesson, Part, SourceEntry
from lms.courses.compiler.diagnostics import Findings, did_you_mean
from lms.courses.compiler.manuscript import Manuscript
from lms.courses.compiler.outline import PlannedUnit
from lms.courses.compiler.parts import PartPlanner, html_of, words_read
from lms.courses.compiler.question_builder import PlannedQuestion, QuestionBuilder
from lms.courses.compiler.records import Record
from lms.courses.compiler.site import Site
from lms.courses.compiler.splitter import split

_KEYS = MappingProxyType(
    {
        name: spanish
        for spanish, english in (
            ("tipo", "type"),
            ("titulo", "title"),
            ("minutos", "minutes"),
            ("objetivo", "objective"),
            ("revisado", "reviewed"),
            ("revisar-antes", "review-by"),
            ("fuentes", "sources"),
            ("jurisdiccion", "jurisdiction"),
            ("intensidad", "intensity"),
        )
        for name in (spanish, english)
    }
)
_INTENSITIES = MappingProxyType(
    {"baja": "low", "media": "medium", "alta": "high", "low": "low", "medium": "medium", "high": "high"}
)
_ICON = re.compile(r'href="#i-([a-z0-9-]+)"')
_MAX_MINUTES = 600


class LessonCompiler:
    """Compiles the lessons of a course."""

    def __init__(self, site: Site, glossary: dict[str, GlossaryEntry], findings: Findings) -> None:
        """Compile within a site; problems go to the findings."""
        self._site = site
        self._vocabulary = Vocabulary(site.terms)
        self._glossary = glossary
        self._findings = findings

    def compile(self, unit: PlannedUnit) -> tuple[Lesson, list[PlannedQuestion]]:
        """Return the lesson and its questions with their lines."""
        page, findings = unit.page, self._findings
        record = Record(page.front, page.path, _KEYS, findings)
        manuscript = Manuscript(self._site, page.path, page.body, page.body_line)
        builder = QuestionBuilder(manuscript, findings, in_quiz=False, slug=unit.place.unit_slug)
        planner = PartPlanner(manuscript, builder)
        planner.plan(split(page.body, page.path, findings, first_line=page.body_line), findings)
        manuscript.convert(findings)
        parts = planner.finished()
        lesson = self._lesson(unit, record, manuscript, parts)
        check_lesson(page, self._site, self._vocabulary, findings)
        check_length(lesson, len(planner.questions), page.path, record.line_of("minutos"), findings)
        check_review(record, lesson.reviewed_on, self._site.today, findings)
        check_page_weight(lesson, self._site.assets.values(), page.path, record.line_of("titulo"), findings)
        if not parts:
            findings.error(
                Code.EMPTY_PAGE, page.path, page.body_line, "La lección está vacía: escriba su texto."
            )
        return lesson, planner.questions

    def _lesson(
        self, unit: PlannedUnit, record: Record, manuscript: Manuscript, parts: tuple[Part, ...]
    ) -> Lesson:
        return Lesson(
            slug=unit.place.unit_slug,
            title=record.text("titulo"),
            minutes=record.whole("minutos", at_most=_MAX_MINUTES),
            objective=record.text("objetivo"),
            reviewed_on=record.day("revisado"),
            intensity=record.choice("intensidad", _INTENSITIES, default="baja"),
            jurisdiction=record.jurisdictions("jurisdiccion")[0],
            parts=parts,
            headings=tuple(manuscript.dresser.headings),
            terms=tuple(self._glossary[slug] for slug in manuscript.linked if slug in self._glossary),
            sources=self._sources(record),
            icons=tuple(sorted(set(_ICON.findall(html_of(parts))))),
            words=words_read(parts),
        )

    def _sources(self, record: Record) -> tuple[SourceEntry, ...]:
        keys = record.texts("fuentes")
        line = record.line_of("fuentes")
        if not keys:
            message = "La lección no cita fuentes: agregue «fuentes: [CLAVE]» con claves de fuentes.yaml."
            self._findings.error(Code.NO_SOURCES, record.path, line, message)
        for key in keys:
            if key not in self._site.sources:
                message = f"La fuente «{key}» no está en fuentes.yaml.{did_you_mean(key, self._site.sources)}"
                self._findings.error(Code.UNKNOWN_SOURCE, record.path, line, message)
        return tuple(self._site.sources[key] for key in dict.fromkeys(keys) if key in self._site.sources)

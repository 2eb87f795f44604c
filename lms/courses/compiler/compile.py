"""Compile a course folder: every problem is reported at once, and nothing raises."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lms.courses.compiler import glossary as glossary_file
from lms.courses.compiler.checks import check_glossary
from lms.courses.compiler.codes import Code
from lms.courses.compiler.course import Course, GlossaryEntry, Module, Unit
from lms.courses.compiler.diagnostics import Diagnostic, Findings
from lms.courses.compiler.glossary import read_glossary
from lms.courses.compiler.lessons import LessonCompiler
from lms.courses.compiler.manifest import Manifest, read_manifest
from lms.courses.compiler.manuscript import Manuscript
from lms.courses.compiler.outline import PageKind, PlannedModule, PlannedUnit, plan
from lms.courses.compiler.pictures import media_type
from lms.courses.compiler.question_builder import PlannedQuestion
from lms.courses.compiler.quizzes import QuizCompiler
from lms.courses.compiler.site import Site
from lms.courses.compiler.slugs import SLUG, numbers, slugify
from lms.courses.compiler.source import SourceTree, read_tree
from lms.courses.compiler.sources import read_sources
from lms.plugins.blocks import MarkdownBlock

ASSET_BASE = "/courses/assets"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a compilation depends on besides its files and blocks."""

    asset_base: str = ASSET_BASE
    today: date | None = None
    """The day on which dates are judged; None judges none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compilation:
    """What came of compiling a folder."""

    course: Course | None
    """None when there are errors."""
    diagnostics: tuple[Diagnostic, ...]
    """Every problem, by file and line."""
    attempt: Course | None = None
    """What could be made in spite of the errors, for a preview; None when not even curso.yaml can be read."""


def compile_course(
    folder: Path,
    blocks: Mapping[str, MarkdownBlock],
    *,
    asset_base: str = ASSET_BASE,
    today: date | None = None,
) -> Compilation:
    """Return the course in a folder, or all that is wrong with it; `blocks` are found by name.

    Rules about dates that have passed are judged on the day `today`, and not at all without one.
    """
    findings = Findings()
    tree = read_tree(folder, findings)
    return _compile(
        tree, folder.resolve().name, blocks, Setting(asset_base=asset_base, today=today), findings
    )


def compile_tree(
    tree: SourceTree,
    slug: str,
    blocks: Mapping[str, MarkdownBlock],
    *,
    asset_base: str = ASSET_BASE,
    today: date | None = None,
) -> Compilation:
    """Return the course in files that are already in memory, such as a draft; its address is the slug."""
    return _compile(tree, slug, blocks, Setting(asset_base=asset_base, today=today), Findings())


def _compile(
    tree: SourceTree, slug: str, blocks: Mapping[str, MarkdownBlock], setting: Setting, findings: Findings
) -> Compilation:
    course = None
    try:
        course = _Compiler(tree, slug, blocks, setting, findings).run()
    except Exception as problem:  # noqa: BLE001 - whatever a folder holds, its author gets a sentence
        message = (
            f"El curso no se pudo compilar ({type(problem).__name__}): avise con una copia de la carpeta."
        )
        findings.error(Code.NOT_CONVERTED, ".", 1, message)
    return Compilation(
        course=None if findings.has_errors else course, diagnostics=findings.sorted(), attempt=course
    )


class _Compiler:
    def __init__(
        self,
        tree: SourceTree,
        slug: str,
        blocks: Mapping[str, MarkdownBlock],
        setting: Setting,
        findings: Findings,
    ) -> None:
        self._slug = slug
        self._findings = findings
        self._tree = tree
        self._blocks = blocks
        self._setting = setting
        self._question_places: dict[str, str] = {}

    def run(self) -> Course | None:
        findings = self._findings
        if not SLUG.fullmatch(self._slug):
            message = f"La carpeta del curso debe llamarse como «{slugify(self._slug) or 'mi-curso'}»."
            findings.error(Code.BAD_NAME, "curso.yaml", 1, message)
        manifest = read_manifest(self._tree, findings)
        if manifest is None:
            return None
        planned = plan(self._tree, manifest, findings)
        site = self._site(manifest, planned)
        entries = self._glossary(site)
        lessons = LessonCompiler(site, entries, findings)
        quizzes = QuizCompiler(site, manifest.pass_mark, findings)
        ordinals = numbers([module.entry.folder for module in planned])
        modules = tuple(
            self._module(number, module, lessons, quizzes)
            for number, module in zip(ordinals, planned, strict=True)
        )
        self._check_anchors(site)
        self._check_pictures(site)
        return self._course(manifest, modules, site, entries)

    def _site(self, manifest: Manifest, planned: tuple[PlannedModule, ...]) -> Site:
        return Site(
            tree=self._tree,
            blocks=self._blocks,
            language=manifest.language,
            asset_base=self._setting.asset_base.rstrip("/"),
            today=self._setting.today,
            terms=read_glossary(self._tree, self._findings),
            sources=read_sources(self._tree, self._findings),
            units={unit.page.path: unit.place for module in planned for unit in module.units},
        )

    def _glossary(self, site: Site) -> dict[str, GlossaryEntry]:
        drafts = site.terms.drafts
        text = self._tree.text(glossary_file.PATH, Findings()) or ""
        check_glossary(glossary_file.PATH, text, site.terms, self._findings)
        manuscript = Manuscript(site, glossary_file.PATH, text, 1)
        marks = [manuscript.flow("\n".join(draft.lines)) for draft in drafts]
        manuscript.convert(self._findings)
        return {
            draft.slug: GlossaryEntry(
                slug=draft.slug,
                term=draft.term,
                html=manuscript.html(mark, has_terms=False),
                aliases=draft.aliases,
            )
            for draft, mark in zip(drafts, marks, strict=True)
        }

    def _module(
        self, number: int, module: PlannedModule, lessons: LessonCompiler, quizzes: QuizCompiler
    ) -> Module:
        return Module(
            number=number,
            slug=module.slug,
            title=module.entry.title,
            objective=module.entry.objective,
            hours=module.entry.hours,
            units=tuple(
                made for unit in module.units if (made := self._unit(unit, lessons, quizzes)) is not None
            ),
        )

    def _unit(self, unit: PlannedUnit, lessons: LessonCompiler, quizzes: QuizCompiler) -> Unit | None:
        path = unit.page.path
        made: Unit
        try:
            made, questions = (quizzes if unit.kind is PageKind.QUIZ else lessons).compile(unit)
        except Exception as problem:  # noqa: BLE001 - one page must not hide the problems of the others
            what = type(problem).__name__
            message = f"La página no se pudo convertir ({what}): simplifique lo último que cambió."
            self._findings.error(Code.NOT_CONVERTED, path, unit.page.body_line, message)
            return None
        for question in questions:
            self._check_id(question, path)
        return made

    def _check_id(self, question: PlannedQuestion, path: str) -> None:
        place = self._question_places.setdefault(question.id, f"{path}:{question.line}")
        if place != f"{path}:{question.line}":
            message = f"El id «{question.id}» ya está en {place}: escriba otro."
            self._findings.error(Code.DUPLICATE_QUESTION_ID, path, question.line, message)

    def _check_anchors(self, site: Site) -> None:
        for anchor in site.anchors:
            if anchor.page in site.ids and anchor.anchor not in site.ids[anchor.page]:
                message = f"«{anchor.page}» no tiene un título «#{anchor.anchor}»: corrija el enlace."
                self._findings.error(Code.BROKEN_ANCHOR, anchor.path, anchor.line, message)

    def _check_pictures(self, site: Site) -> None:
        for path in self._tree.files:
            if media_type(path) and path not in site.assets:
                message = "Ninguna página usa esta imagen: quítela o póngala en una lección."
                self._findings.warning(Code.UNUSED_FILE, path, 1, message)

    def _course(
        self, manifest: Manifest, modules: tuple[Module, ...], site: Site, entries: dict[str, GlossaryEntry]
    ) -> Course:
        return Course(
            slug=self._slug,
            title=manifest.title,
            summary=manifest.summary,
            language=manifest.language,
            hours=manifest.hours,
            sector=manifest.sector,
            jurisdictions=manifest.jurisdictions,
            notice=manifest.notice,
            credits=manifest.credits,
            pass_mark=manifest.pass_mark,
            attendance_share=manifest.attendance_share,
            modules=modules,
            glossary=tuple(entries.values()),
            sources=tuple(site.sources.values()),
            assets=tuple(site.assets[path] for path in sorted(site.assets)),
            content_hash=self._tree.content_hash,
        )

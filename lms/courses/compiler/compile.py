"""Compile a course folder: every problem is reported at once, and nothing raises."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from lms.courses.compiler import glossary as glossary_file
from lms.courses.compiler import manifest as manifest_file
from lms.courses.compiler import sources as sources_file
from lms.courses.compiler.banks import Bank, Banks, bank_paths, compile_bank, report_idle_banks
from lms.courses.compiler.cache import CompilationCache, Shelf, Steps
from lms.courses.compiler.checks.glossary_use import check_idle_terms
from lms.courses.compiler.checks.pages import check_glossary
from lms.courses.compiler.codes import Code
from lms.courses.compiler.contact_uses import ContactUse, contact_uses
from lms.courses.compiler.course import Asset, Course, GlossaryEntry, Module, Quiz, Unit
from lms.courses.compiler.diagnostics import Diagnostic, Findings, Severity
from lms.courses.compiler.front_matter import Page
from lms.courses.compiler.glossary import read_glossary
from lms.courses.compiler.includes import Joiner, Library
from lms.courses.compiler.lessons import LessonCompiler
from lms.courses.compiler.manifest import Manifest, read_manifest
from lms.courses.compiler.manuscript import Manuscript
from lms.courses.compiler.media import media_type
from lms.courses.compiler.outline import PageKind, PlannedModule, PlannedUnit, plan, read_unit
from lms.courses.compiler.permissions import with_permissions
from lms.courses.compiler.question_builder import PlannedQuestion
from lms.courses.compiler.quizzes import QuizCompiler
from lms.courses.compiler.route_filling import add_routes
from lms.courses.compiler.route_reader import is_route_path, read_route_file, read_routes
from lms.courses.compiler.side_pages import as_read, without_waiting
from lms.courses.compiler.sides import SIDE_FOLDERS, Sides, without_held_back
from lms.courses.compiler.signatures import hold_back
from lms.courses.compiler.simulations import SimulationCompiler
from lms.courses.compiler.site import Site, UnitPlace
from lms.courses.compiler.slugs import SLUG, numbers, slugify
from lms.courses.compiler.source import SourceFile, SourceTree, read_tree
from lms.courses.compiler.sources import read_sources
from lms.courses.compiler.translated_course import CourseTranslator, Originals
from lms.courses.compiler.translated_outlines import read_outlines
from lms.courses.compiler.variants import VariantCompiler
from lms.courses.compiler.yaml_nodes import YamlNode
from lms.plugins.blocks import MarkdownBlock

ASSET_BASE = "/courses/assets"
_Value = TypeVar("_Value")


class UnitCompiler(Protocol):
    """Compiles the pages of one kind."""

    def compile(self, unit: PlannedUnit) -> tuple[Unit, list[PlannedQuestion]]:
        """Return what the page came to, and its questions with their lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a compilation depends on besides its files."""

    slug: str
    blocks: Mapping[str, MarkdownBlock]
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
    contacts: tuple[ContactUse, ...] = ()
    """Every contact of the directory that the course names, for whoever has the directory to check."""


def compile_course(
    folder: Path,
    blocks: Mapping[str, MarkdownBlock],
    *,
    asset_base: str = ASSET_BASE,
    today: date | None = None,
    cache: CompilationCache | None = None,
    library: Library | None = None,
) -> Compilation:
    """Return the course in a folder, or all that is wrong with it; `blocks` are found by name.

    Rules about dates that have passed are judged on the day `today`, and not at all without one.
    With the cache of the last compilation, only what changed is compiled; the answer is the same.
    Modules that the course includes from others are found in the library.
    """
    findings = Findings()
    tree = read_tree(folder, findings)
    setting = Setting(slug=folder.resolve().name, blocks=blocks, asset_base=asset_base, today=today)
    return _compile(tree, setting, cache or CompilationCache(), findings, library)


def compile_tree(
    tree: SourceTree,
    slug: str,
    blocks: Mapping[str, MarkdownBlock],
    *,
    asset_base: str = ASSET_BASE,
    today: date | None = None,
    cache: CompilationCache | None = None,
    library: Library | None = None,
) -> Compilation:
    """Return the course in files that are already in memory, such as a draft; its address is the slug."""
    setting = Setting(slug=slug, blocks=blocks, asset_base=asset_base, today=today)
    return _compile(tree, setting, cache or CompilationCache(), Findings(), library)


def _compile(
    tree: SourceTree,
    setting: Setting,
    cache: CompilationCache,
    findings: Findings,
    library: Library | None,
) -> Compilation:
    course = attempt = None
    tree = cache.familiar(tree)
    compiler = _Compiler(as_read(tree), setting, cache, findings, library)
    try:
        attempt = course = compiler.run()
        shown = without_waiting(tree)
        if attempt and shown is not tree:  # it was told of; the course is made as if it were not there
            course = _Compiler(as_read(shown), setting, cache, Findings(), library).run()
        course = without_held_back(hold_back(course, tree, findings)) if course else None
    except Exception as problem:  # noqa: BLE001 - whatever a folder holds, its author gets a sentence
        message = (
            f"El curso no se pudo compilar ({type(problem).__name__}): avise con una copia de la carpeta."
        )
        findings.error(Code.NOT_CONVERTED, ".", 1, message)
    unjudged = (Code.REVIEW_DUE,) if setting.today is None else ()
    found = with_permissions(findings.sorted(), tree, unjudged=unjudged)
    has_errors = any(each.severity is Severity.ERROR for each in found)
    return Compilation(
        course=None if has_errors else course,
        diagnostics=found,
        attempt=attempt,
        contacts=compiler.contacts,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Surroundings:
    """All that a page depends on besides its own bytes."""

    setting: Setting
    units: tuple[tuple[str, UnitPlace, PageKind], ...]
    files: tuple[SourceFile, ...]
    """Those that are no pages: data, glossary, pictures."""


class _Compiler:
    def __init__(
        self,
        tree: SourceTree,
        setting: Setting,
        cache: CompilationCache,
        findings: Findings,
        library: Library | None,
    ) -> None:
        self._tree = tree
        self._setting = setting
        self._cache = cache
        self._findings = findings
        self._steps = Steps(findings)
        self._question_places: dict[str, str] = {}
        self.contacts: tuple[ContactUse, ...] = ()
        self._library = library

    def run(self) -> Course | None:
        findings, slug = self._findings, self._setting.slug
        if not SLUG.fullmatch(slug):
            message = f"La carpeta del curso debe llamarse como «{slugify(slug) or 'mi-curso'}»."
            findings.error(Code.BAD_NAME, "curso.yaml", 1, message)
        manifest = self._read(manifest_file.PATH, read_manifest)
        if manifest is None:
            return None
        planned = plan(self._tree, manifest, findings, self._page)
        site = self._site(manifest, planned)
        pages = self._cache.pages(self._surroundings(planned))
        entries = self._take(pages, glossary_file.PATH, lambda: self._glossary(site))
        banks = self._banks(site, planned, pages)
        compilers = self._compilers(site, entries, manifest, banks)
        ordinals = numbers([module.entry.folder for module in planned])
        modules = tuple(
            self._module(number, module, pages, compilers)
            for number, module in zip(ordinals, planned, strict=True)
            if module.entry.include is None
        )
        sides = Sides(self._tree, planned, self._steps, pages)
        modules, asked = sides.widen(modules, VariantCompiler(site, entries, self._steps.here))
        for path, question in asked:
            self._check_id(question, path)
        originals = Originals(modules=modules, entries=entries, banks=banks)
        made = self._course(manifest, modules, site, entries)
        made = self._in_languages(made, CourseTranslator(site, sides, originals), planned)
        joiner = Joiner(self._library, self._question_places, findings)
        made = joiner.join(made, list(zip(ordinals, planned, strict=True)))
        self._cache.forget_all_but(self._tree.files)
        self._check_whole(site, modules)
        made = replace(made, assets=(*self._assets(), *joiner.assets))
        files = {path: self._read_route(path) for path in sorted(self._tree.files) if is_route_path(path)}
        routes = read_routes(files, site.sources, findings)
        self.contacts = contact_uses(self._tree, routes)
        return add_routes(made, routes, self._tree, self._setting.today, findings)

    def _take(self, shelf: Shelf, path: str, work: Callable[[], _Value]) -> _Value:
        source = self._tree.files.get(path)
        return self._steps.take(shelf, path, source and source.content, work)

    def _read(self, path: str, read: Callable[[SourceTree, Findings], _Value]) -> _Value:
        """Return what a file says by itself."""
        return self._take(self._cache.files, path, lambda: read(self._tree, self._steps.here))

    def _read_route(self, path: str) -> YamlNode | None:
        return self._read(path, lambda tree, findings: read_route_file(tree, path, findings))

    def _page(self, path: str) -> tuple[Page, PageKind] | None:
        return self._read(path, lambda tree, findings: read_unit(tree, path, findings))

    def _surroundings(self, planned: tuple[PlannedModule, ...]) -> _Surroundings:
        units = tuple((unit.page.path, unit.place, unit.kind) for module in planned for unit in module.units)
        pages = {path for path, _, _ in units}
        others = tuple(
            source
            for path, source in self._tree.files.items()
            if path not in pages and not path.startswith(SIDE_FOLDERS)
        )
        return _Surroundings(setting=self._setting, units=units, files=others)

    def _site(self, manifest: Manifest, planned: tuple[PlannedModule, ...]) -> Site:
        return Site(
            tree=self._tree,
            blocks=self._setting.blocks,
            language=manifest.language,
            asset_base=self._setting.asset_base.rstrip("/"),
            today=self._setting.today,
            terms=self._read(glossary_file.PATH, read_glossary),
            sources=self._read(sources_file.PATH, read_sources),
            units={unit.page.path: unit.place for module in planned for unit in module.units},
            traces=self._steps.marks,
        )

    def _compilers(
        self, site: Site, entries: dict[str, GlossaryEntry], manifest: Manifest, banks: Banks
    ) -> Mapping[PageKind, UnitCompiler]:
        findings = self._steps.here
        return {
            PageKind.LESSON: LessonCompiler(site, entries, findings),
            PageKind.QUIZ: QuizCompiler(site, manifest.pass_mark, banks, findings),
            PageKind.SIMULATION: SimulationCompiler(site, entries, findings),
        }

    def _banks(self, site: Site, planned: tuple[PlannedModule, ...], pages: Shelf) -> Banks:
        paths = bank_paths(self._tree.files.keys() - site.units.keys(), self._findings)
        quizzes = (unit.page for module in planned for unit in module.units if unit.kind is PageKind.QUIZ)
        report_idle_banks(paths, quizzes, self._findings)
        return {name: self._bank(site, path, pages) for name, path in paths.items()}

    def _bank(self, site: Site, path: str, pages: Shelf) -> Bank | None:
        bank = self._converted(
            path, 1, lambda: self._take(pages, path, lambda: compile_bank(site, path, self._steps.here))
        )
        for question in bank.planned if bank else ():
            self._check_id(question, path)
        return bank

    def _glossary(self, site: Site) -> dict[str, GlossaryEntry]:
        drafts, findings = site.terms.drafts, self._steps.here
        text = self._tree.text(glossary_file.PATH, Findings()) or ""
        check_glossary(glossary_file.PATH, text, site.terms, findings)
        manuscript = Manuscript(site, glossary_file.PATH, text, 1)
        marks = [manuscript.flow("\n".join(draft.lines)) for draft in drafts]
        manuscript.convert(findings)
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
        self, number: int, module: PlannedModule, pages: Shelf, compilers: Mapping[PageKind, UnitCompiler]
    ) -> Module:
        return Module(
            number=number,
            slug=module.slug,
            title=module.entry.title,
            objective=module.entry.objective,
            hours=module.entry.hours,
            units=tuple(
                made for unit in module.units if (made := self._unit(unit, pages, compilers)) is not None
            ),
        )

    def _unit(
        self, unit: PlannedUnit, pages: Shelf, compilers: Mapping[PageKind, UnitCompiler]
    ) -> Unit | None:
        path = unit.page.path
        made = self._converted(
            path,
            unit.page.body_line,
            lambda: self._take(pages, path, lambda: compilers[unit.kind].compile(unit)),
        )
        if made is None:
            return None
        for question in made[1]:
            self._check_id(question, path)
        return made[0]

    def _converted(self, path: str, line: int, work: Callable[[], _Value]) -> _Value | None:
        try:
            return work()
        except Exception as problem:  # noqa: BLE001 - one page must not hide the problems of the others
            what = type(problem).__name__
            message = f"La página no se pudo convertir ({what}): simplifique lo último que cambió."
            self._findings.error(Code.NOT_CONVERTED, path, line, message)
            return None

    def _assets(self) -> tuple[Asset, ...]:
        return tuple(asset for _, asset in sorted(self._steps.traces.assets.items()))

    def _check_id(self, question: PlannedQuestion, path: str) -> None:
        place = self._question_places.setdefault(question.id, f"{path}:{question.line}")
        if place != f"{path}:{question.line}":
            message = f"El id «{question.id}» ya está en {place}: escriba otro."
            self._findings.error(Code.DUPLICATE_QUESTION_ID, path, question.line, message)

    def _in_languages(
        self, course: Course, translator: CourseTranslator, planned: tuple[PlannedModule, ...]
    ) -> Course:
        return replace(
            course,
            translations=translator.translate(),
            glossaries=translator.glossaries,
            outlines=read_outlines(self._tree, course.language, planned, self._findings),
        )

    def _check_whole(self, site: Site, modules: tuple[Module, ...]) -> None:
        """Report what only shows when every page is known."""
        self._check_anchors()
        self._check_pictures()
        self._check_terms(site, modules)

    def _check_anchors(self) -> None:
        traces = self._steps.traces
        for anchor in traces.anchors:
            if anchor.page in traces.ids and anchor.anchor not in traces.ids[anchor.page]:
                message = f"«{anchor.page}» no tiene un título «#{anchor.anchor}»: corrija el enlace."
                self._findings.error(Code.BROKEN_ANCHOR, anchor.path, anchor.line, message)

    def _check_pictures(self) -> None:
        for path in self._tree.files:
            if media_type(path) and path not in self._steps.traces.assets:
                message = "Ninguna página usa este archivo: quítelo del curso o póngalo en una lección."
                if (media_type(path) or "").startswith("image/"):
                    message = "Ninguna página usa esta imagen: quítela del curso o póngala en una lección."
                self._findings.warning(Code.UNUSED_FILE, path, 1, message)

    def _check_terms(self, site: Site, modules: tuple[Module, ...]) -> None:
        pages = [unit for module in modules for unit in module.units if not isinstance(unit, Quiz)]
        linked = {term.slug for page in pages for term in page.terms}
        check_idle_terms(site.terms, linked, self._findings)

    def _course(
        self, manifest: Manifest, modules: tuple[Module, ...], site: Site, entries: dict[str, GlossaryEntry]
    ) -> Course:
        return Course(
            slug=self._setting.slug,
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
            places=manifest.places,
            assets=self._assets(),
            content_hash=self._tree.content_hash,
        )

"""List the units of each module before any is compiled, so that pages can link to one another."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from lms.courses.compiler import glossary, manifest, media, signatures, sources
from lms.courses.compiler.banks import is_bank_path
from lms.courses.compiler.codes import Code
from lms.courses.compiler.diagnostics import Findings, did_you_mean
from lms.courses.compiler.front_matter import Page, read_page
from lms.courses.compiler.manifest import Manifest, ModuleEntry
from lms.courses.compiler.route_reader import is_route_path
from lms.courses.compiler.site import UnitPlace
from lms.courses.compiler.slugs import SLUG, slugify, without_number
from lms.courses.compiler.source import SourceTree

_ROOT_FILES = frozenset({manifest.PATH, glossary.PATH, sources.PATH, signatures.PATH, "README.md", "LICENSE"})


_SIDE_FOLDERS = ("variantes/", "overlays/", "idiomas/", "languages/")
"""Files there belong to a page elsewhere, and are judged with it."""


class PageKind(StrEnum):
    """What a page of a module is."""

    LESSON = "leccion"
    QUIZ = "cuestionario"
    SIMULATION = "simulacion"


_KINDS = MappingProxyType(
    {
        "leccion": PageKind.LESSON,
        "lección": PageKind.LESSON,
        "lesson": PageKind.LESSON,
        "cuestionario": PageKind.QUIZ,
        "quiz": PageKind.QUIZ,
        "encuesta": PageKind.QUIZ,
        "survey": PageKind.QUIZ,
        "plan": PageKind.QUIZ,
        "simulacion": PageKind.SIMULATION,
        "simulación": PageKind.SIMULATION,
        "simulation": PageKind.SIMULATION,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedUnit:
    """A page with its place."""

    page: Page
    place: UnitPlace
    kind: PageKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedModule:
    """A module with its pages in order: by file name, then the quiz that has no number."""

    entry: ModuleEntry
    slug: str
    units: tuple[PlannedUnit, ...]


_SURVEYS = frozenset({"encuesta", "survey"})
_FOLLOW_UPS = frozenset({"seguimiento", "follow-up"})
_SUPERIORS = frozenset({"superior", "supervisor"})

Read = Callable[[str], tuple[Page, PageKind] | None]
"""Gives what is at a path: a page and its kind, or None when it cannot be read."""


def plan(tree: SourceTree, entries: Manifest, findings: Findings, read: Read) -> tuple[PlannedModule, ...]:
    """Return the modules of a course, in the order of curso.yaml."""
    modules = tuple(_module(tree, entry, findings, read) for entry in entries.modules)
    seen: dict[str, str] = {}
    for module in modules:
        if module.slug in seen:
            message = (
                f"«{module.entry.folder}» y «{seen[module.slug]}» dan la misma dirección: cambie un nombre."
            )
            findings.error(Code.DUPLICATE_SLUG, manifest.PATH, module.entry.line, message)
        seen[module.slug] = module.entry.folder
    _check_follow_ups([unit.page for module in modules for unit in module.units], findings)
    _report_unused(tree, entries, findings)
    return modules


def read_unit(tree: SourceTree, path: str, findings: Findings) -> tuple[Page, PageKind] | None:
    """Return the page at a path and its kind, or None and errors when it cannot be read."""
    text = tree.text(path, findings)
    page = read_page(text, path, findings) if text is not None else None
    return None if page is None else (page, _kind(page, findings))


def _module(tree: SourceTree, entry: ModuleEntry, findings: Findings, read: Read) -> PlannedModule:
    slug = without_number(entry.folder)
    if entry.folder and not SLUG.fullmatch(slug):
        message = f"La carpeta «{entry.folder}» debe llamarse como 01-{slugify(slug) or 'marco'}."
        findings.error(Code.BAD_NAME, manifest.PATH, entry.line, message)
    if entry.include is not None:
        return PlannedModule(entry=entry, slug=slug, units=())
    paths = [path for path in tree.in_folder(entry.folder) if path.endswith(".md")]
    if entry.folder and not paths:
        folders = {path.split("/")[0] for path in tree.files if "/" in path}
        message = f"La carpeta «{entry.folder}» no tiene lecciones.{did_you_mean(entry.folder, folders)}"
        findings.error(Code.EMPTY_MODULE, manifest.PATH, entry.line, message)
    units = [unit for path in paths if (unit := _unit(path, slug, findings, read)) is not None]
    _check_units(units, findings)
    return PlannedModule(entry=entry, slug=slug, units=tuple(sorted(units, key=_turn)))


def _turn(unit: PlannedUnit) -> int:
    """Pages come in the order of their names; a quiz without a number at the end, a survey or plan after it."""
    if unit.kind is not PageKind.QUIZ or _is_numbered(unit):
        return 0
    return 1 + _stands_after(unit)


def _is_numbered(unit: PlannedUnit) -> bool:
    return unit.page.path.rsplit("/", 1)[-1][:1].isdigit()


def _unit(path: str, module_slug: str, findings: Findings, read: Read) -> PlannedUnit | None:
    slug = without_number(path.rsplit("/", 1)[-1])
    if not SLUG.fullmatch(slug):
        message = f"El nombre del archivo debe ser como 01-{slugify(slug) or 'tema'}.md."
        findings.error(Code.BAD_NAME, path, 1, message)
    found = read(path)
    if found is None:
        return None
    place = UnitPlace(module_slug=module_slug, unit_slug=slug)
    return PlannedUnit(page=found[0], place=place, kind=found[1])


def _kind(page: Page, findings: Findings) -> PageKind:
    keys = page.front.value if isinstance(page.front.value, dict) else {}
    node = keys.get("tipo") or keys.get("type")
    if node is None:
        return PageKind.LESSON
    kind = node.value if isinstance(node.value, str) else ""
    if kind not in _KINDS:
        kinds = ", ".join(PageKind)
        message = f"El tipo «{kind}» no existe: use {kinds}.{did_you_mean(kind, _KINDS)}"
        findings.error(Code.BAD_VALUE, page.path, node.line, message)
    return _KINDS.get(kind, PageKind.LESSON)


def is_survey_page(page: Page) -> bool:
    """Say whether a quiz asks for opinions: it stands after the quiz that ends its module."""
    return _word(page, "tipo", "type") in _SURVEYS


def is_plan_page(page: Page) -> bool:
    """Say whether a quiz is a plan that somebody's superior approves."""
    return _word(page, "tipo", "type") == "plan"


def _stands_after(unit: PlannedUnit) -> bool:
    return is_survey_page(unit.page) or is_plan_page(unit.page)


def _word(page: Page, name: str, english: str) -> str:
    keys = page.front.value if isinstance(page.front.value, dict) else {}
    node = keys.get(name) or keys.get(english)
    return node.value if node is not None and isinstance(node.value, str) else ""


def _check_units(units: list[PlannedUnit], findings: Findings) -> None:
    seen: dict[str, str] = {}
    quizzes = [
        unit
        for unit in units
        if unit.kind is PageKind.QUIZ and not _stands_after(unit) and not _is_numbered(unit)
    ]
    for unit in units:
        slug = unit.place.unit_slug
        if slug in seen:
            message = f"Tiene la misma dirección que «{seen[slug]}»: cambie el nombre de un archivo."
            findings.error(Code.DUPLICATE_SLUG, unit.page.path, 1, message)
        seen[slug] = unit.page.path
    for extra in quizzes[1:]:
        first, slug = quizzes[0].page.path, extra.place.unit_slug
        message = f"El módulo ya termina con «{first}»: numere este archivo, como 01-{slug}.md."
        findings.error(Code.SEVERAL_QUIZZES, extra.page.path, 1, message)


def _check_follow_ups(pages: list[Page], findings: Findings) -> None:
    """Months later each person answers one survey, and whoever leads them another."""
    first: dict[bool, str] = {}
    for page in pages:
        if not is_survey_page(page) or _word(page, "momento", "moment") not in _FOLLOW_UPS:
            continue
        is_for_superior = _word(page, "responde", "answered-by") in _SUPERIORS
        if is_for_superior in first:
            message = f"«{first[is_for_superior]}» ya pregunta a la misma persona: reúna las dos encuestas."
            findings.error(Code.SEVERAL_FOLLOW_UPS, page.path, 1, message)
        first.setdefault(is_for_superior, page.path)


def _report_unused(tree: SourceTree, entries: Manifest, findings: Findings) -> None:
    folders = {module.folder for module in entries.modules if module.include is None}
    for path in tree.files:
        folder = path.rpartition("/")[0]
        is_beside = path.startswith(_SIDE_FOLDERS) and path.endswith((".md", f"/{manifest.PATH}"))
        is_page = is_beside or (path.endswith(".md") and folder in folders)
        is_data = is_route_path(path) or is_bank_path(path) or media.media_type(path) is not None
        if path in _ROOT_FILES or is_page or is_data:
            continue
        message = "El archivo no forma parte de ningún módulo de curso.yaml: agréguelo o quítelo."
        findings.warning(Code.UNUSED_FILE, path, 1, message)

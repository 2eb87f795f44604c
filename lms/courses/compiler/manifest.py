"""Read curso.yaml: what the course is and in which order its modules come."""

import re
from dataclasses import dataclass
from types import MappingProxyType

from lms.core.places import GENERAL, find_place
from lms.courses.compiler.codes import Code
from lms.courses.compiler.covers import PlaceTerms
from lms.courses.compiler.diagnostics import Findings, did_you_mean
from lms.courses.compiler.places import unknown_place
from lms.courses.compiler.records import Record
from lms.courses.compiler.sectors import SECTOR_SLUGS, sectors
from lms.courses.compiler.source import SourceTree
from lms.courses.compiler.yaml_nodes import YamlNode, read_yaml

PATH = "curso.yaml"
_MAX_HOURS = 2000


def _keys(*pairs: tuple[str, str]) -> MappingProxyType[str, str]:
    return MappingProxyType({name: spanish for spanish, english in pairs for name in (spanish, english)})


_COURSE = _keys(
    ("titulo", "title"),
    ("resumen", "summary"),
    ("idioma", "language"),
    ("horas", "hours"),
    ("sector", "sector"),
    ("jurisdiccion", "jurisdiction"),
    ("aviso", "notice"),
    ("creditos", "credits"),
    ("aprobacion", "passing"),
    ("modulos", "modules"),
    ("variantes", "variants"),
)
_PASSING = _keys(("cuestionarios", "quizzes"), ("asistencia", "attendance"))
_MODULE = _keys(
    ("carpeta", "folder"),
    ("incluye", "include"),
    ("titulo", "title"),
    ("horas", "hours"),
    ("objetivo", "objective"),
)
_INCLUDE = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)@([1-9]\d{0,5})/([^/\s]+)", re.ASCII)
_PLACE = _keys(("titulo", "title"), ("aviso", "notice"), ("aprobacion", "passing"))
_PLACE_PASSING = _keys(("cuestionarios", "quizzes"))
_LANGUAGES = MappingProxyType({"es": "es", "en": "en"})
_DEFAULT_MARK = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Include:
    """A module of a release of another course."""

    course: str
    number: int
    folder: str

    def __str__(self) -> str:
        """Return it as curso.yaml writes it."""
        return f"{self.course}@{self.number}/{self.folder}"


NOTHING = Include(course="", number=0, folder="")
"""What stands for an include that cannot be read, and is reported already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleEntry:
    """A module as curso.yaml announces it."""

    folder: str
    """That of the other course for an included module."""
    title: str
    """Empty for an included module that keeps its own; so the objective."""
    objective: str
    hours: float
    """0 for an included module that keeps its own."""
    line: int
    include: Include | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What curso.yaml says."""

    title: str
    summary: str
    language: str
    hours: float
    sector: str
    jurisdictions: tuple[str, ...]
    notice: str
    credits: str
    pass_mark: float
    attendance_share: float
    modules: tuple[ModuleEntry, ...]
    places: tuple[PlaceTerms, ...] = ()
    """What some places set otherwise."""


def read_manifest(tree: SourceTree, findings: Findings) -> Manifest | None:
    """Return what curso.yaml says, or None when it is missing or not a mapping."""
    text = tree.text(PATH, findings)
    if text is None:
        if PATH not in tree.files:
            findings.error(Code.MISSING_FILE, PATH, 1, "Falta curso.yaml: es la portada del curso.")
        return None
    node = read_yaml(text, PATH, findings)
    if node is None or not isinstance(node.value, dict):
        findings.error(Code.BAD_YAML, PATH, 1, "curso.yaml debe tener pares de «clave: valor».")
        return None
    return _manifest(Record(node, PATH, _COURSE, findings))


def _manifest(record: Record) -> Manifest:
    pass_mark, attendance_share = _passing(record)
    modules = _modules(record)
    hours = record.number("horas", at_most=_MAX_HOURS)
    total = sum(module.hours for module in modules)
    is_known = all(module.hours or module.include is None for module in modules)
    if modules and is_known and abs(total - hours) > 1e-6:
        message = f"Los módulos suman {total:g} horas y el curso dice {hours:g}: iguálelas."
        record.findings.warning(Code.HOURS_DO_NOT_ADD_UP, PATH, record.line_of("horas"), message)
    return Manifest(
        title=record.text("titulo"),
        summary=record.text("resumen"),
        language=record.choice("idioma", _LANGUAGES, default="es"),
        hours=hours,
        sector=_sector(record),
        jurisdictions=record.jurisdictions("jurisdiccion"),
        notice=record.text("aviso", default=""),
        credits=record.text("creditos", default=""),
        pass_mark=pass_mark,
        attendance_share=attendance_share,
        modules=modules,
        places=_places(record),
    )


def _places(record: Record) -> tuple[PlaceTerms, ...]:
    node = record.node("variantes")
    if node is None:
        return ()
    if not isinstance(node.value, dict):
        record.findings.error(
            Code.BAD_VALUE, PATH, node.line, "«variantes» lleva un código de lugar por clave."
        )
        return ()
    return tuple(
        terms
        for word, value in node.value.items()
        if (terms := _place_terms(word, value, record.findings)) is not None
    )


def _place_terms(word: str, node: YamlNode, findings: Findings) -> PlaceTerms | None:
    place = find_place(word)
    if place is None or place == GENERAL:
        findings.error(Code.UNKNOWN_PLACE, PATH, node.line, unknown_place(word))
        return None
    terms = Record(node, PATH, _PLACE, findings)
    passing = terms.node("aprobacion")
    mark = None
    if passing is not None:
        mark = Record(passing, PATH, _PLACE_PASSING, findings).number("cuestionarios", at_most=1)
    return PlaceTerms(
        place=place,
        title=terms.text("titulo", default=""),
        notice=terms.text("aviso", default=""),
        pass_mark=mark,
    )


def _sector(record: Record) -> str:
    slug = record.text("sector", default="")
    known = sectors("es")
    if slug and slug not in known:
        message = f"El sector «{slug}» no existe.{did_you_mean(slug, SECTOR_SLUGS)}"
        record.findings.error(Code.UNKNOWN_SECTOR, PATH, record.line_of("sector"), message)
    return known[slug].id if slug in known else ""


def _passing(record: Record) -> tuple[float, float]:
    node = record.node("aprobacion")
    if node is None:
        return _DEFAULT_MARK, _DEFAULT_MARK
    passing = Record(node, PATH, _PASSING, record.findings)
    return (
        passing.number("cuestionarios", at_most=1, default=_DEFAULT_MARK),
        passing.number("asistencia", at_most=1, default=_DEFAULT_MARK),
    )


def _modules(record: Record) -> tuple[ModuleEntry, ...]:
    node = record.node("modulos")
    if node is None or not isinstance(node.value, list) or not node.value:
        line = record.line_of("modulos")
        record.findings.error(Code.MISSING_KEY, PATH, line, "Falta la lista «modulos»: agregue al menos uno.")
        return ()
    modules = tuple(_module(item, record.findings) for item in node.value)
    seen: set[str] = set()
    for module in modules:
        if module.folder in seen:
            message = f"La carpeta «{module.folder}» aparece dos veces: deje una."
            record.findings.error(Code.DUPLICATE_KEY, PATH, module.line, message)
        seen.add(module.folder)
    return modules


def _module(node: YamlNode, findings: Findings) -> ModuleEntry:
    record = Record(node, PATH, _MODULE, findings)
    if record.node("incluye") is not None:
        return _included(record)
    return ModuleEntry(
        folder=record.text("carpeta").rstrip("/"),
        title=record.text("titulo"),
        objective=record.text("objetivo", default=""),
        hours=record.number("horas", at_most=_MAX_HOURS),
        line=record.line_of("carpeta"),
    )


def _included(record: Record) -> ModuleEntry:
    written = record.text("incluye")
    found = _INCLUDE.fullmatch(written)
    if found is None or record.node("carpeta") is not None:
        message = "Escriba «incluye: curso@versión/módulo», como «tronco-comun@3/01-marco», y sin «carpeta»."
        record.findings.error(Code.BAD_INCLUDE, PATH, record.line_of("incluye"), message)
    include = Include(course=found[1], number=int(found[2]), folder=found[3]) if found else NOTHING
    return ModuleEntry(
        folder=include.folder,
        title=record.text("titulo", default=""),
        objective=record.text("objetivo", default=""),
        hours=record.number("horas", at_most=_MAX_HOURS, default=0),
        line=record.line_of("incluye"),
        include=include,
    )

"""Read curso.yaml: what the course is and in which order its modules come."""

from dataclasses import dataclass
from types import MappingProxyType

from lms.courses.compiler.codes import Code
from lms.courses.compiler.diagnostics import Findings, did_you_mean
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
)
_PASSING = _keys(("cuestionarios", "quizzes"), ("asistencia", "attendance"))
_MODULE = _keys(("carpeta", "folder"), ("titulo", "title"), ("horas", "hours"), ("objetivo", "objective"))
_LANGUAGES = MappingProxyType({"es": "es", "en": "en"})
_DEFAULT_MARK = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleEntry:
    """A module as curso.yaml announces it."""

    folder: str
    title: str
    objective: str
    hours: float
    line: int


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
    if modules and abs(total - hours) > 1e-6:
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
    return ModuleEntry(
        folder=record.text("carpeta").rstrip("/"),
        title=record.text("titulo"),
        objective=record.text("objetivo", default=""),
        hours=record.number("horas", at_most=_MAX_HOURS),
        line=record.line_of("carpeta"),
    )

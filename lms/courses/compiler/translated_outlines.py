"""The cover of a course in other languages: `idiomas/<idioma>/curso.yaml`."""

from collections.abc import Sequence
from types import MappingProxyType

from lms.courses.compiler import manifest
from lms.courses.compiler.codes import Code
from lms.courses.compiler.covers import TranslatedModule, TranslatedOutline
from lms.courses.compiler.diagnostics import Findings, did_you_mean
from lms.courses.compiler.languages import FOLDERS, LANGUAGES
from lms.courses.compiler.outline import PlannedModule
from lms.courses.compiler.records import Record
from lms.courses.compiler.source import SourceTree
from lms.courses.compiler.yaml_nodes import YamlNode, read_yaml

_KEYS = MappingProxyType(
    {
        name: spanish
        for spanish, english in (
            ("titulo", "title"),
            ("resumen", "summary"),
            ("aviso", "notice"),
            ("modulos", "modules"),
            ("validado-por", "validated-by"),
            ("borrador", "draft"),
        )
        for name in (spanish, english)
    }
)
_MODULE = MappingProxyType(
    {
        "carpeta": "carpeta",
        "folder": "carpeta",
        "titulo": "titulo",
        "title": "titulo",
        "objetivo": "objetivo",
        "objective": "objetivo",
    }
)


def read_outlines(
    tree: SourceTree, language: str, planned: Sequence[PlannedModule], findings: Findings
) -> tuple[TranslatedOutline, ...]:
    """Return the translated covers of a course in this language; one held back is missing."""
    found = []
    for code in LANGUAGES:
        for folder in FOLDERS:
            path = f"{folder}/{code}/{manifest.PATH}"
            if code != language and path in tree.files:
                outline = _outline(tree, path, code, planned, findings)
                found += [] if outline is None else [outline]
    return tuple(found)


def _outline(
    tree: SourceTree, path: str, language: str, planned: Sequence[PlannedModule], findings: Findings
) -> TranslatedOutline | None:
    text = tree.text(path, findings)
    node = read_yaml(text, path, findings) if text is not None else None
    if node is None:
        return None
    record = Record(node, path, _KEYS, findings)
    if LANGUAGES[language].needs_validation and not record.text("validado-por", default=""):
        message = "Se lee la portada original hasta que alguien la revise: agregue «validado-por»."
        findings.warning(Code.NOT_VALIDATED, path, record.line, message)
        return None
    if record.flag("borrador"):
        message = "Es un borrador: se lee la portada original. Cuando esté traducida, quite «borrador»."
        findings.warning(Code.NOT_VALIDATED, path, record.line_of("borrador"), message)
        return None
    return TranslatedOutline(
        language=language,
        title=record.text("titulo"),
        summary=record.text("resumen", default=""),
        notice=record.text("aviso", default=""),
        modules=_modules(record, planned),
    )


def _modules(record: Record, planned: Sequence[PlannedModule]) -> dict[str, TranslatedModule]:
    node = record.node("modulos")
    items = node.value if node is not None and isinstance(node.value, list) else []
    slugs = {module.entry.folder: module.slug for module in planned}
    return dict(filter(None, (_module(item, record, slugs) for item in items)))


def _module(node: YamlNode, record: Record, slugs: dict[str, str]) -> tuple[str, TranslatedModule] | None:
    entry = Record(node, record.path, _MODULE, record.findings)
    folder = entry.text("carpeta").rstrip("/")
    module = TranslatedModule(title=entry.text("titulo"), objective=entry.text("objetivo", default=""))
    if folder in slugs:
        return slugs[folder], module
    message = f"El curso no tiene un módulo «{folder}».{did_you_mean(folder, slugs)}"
    record.findings.error(Code.EMPTY_MODULE, record.path, entry.line_of("carpeta"), message)
    return None

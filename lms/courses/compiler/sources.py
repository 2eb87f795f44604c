"""Read fuentes.yaml: the documents that the course cites."""

from collections.abc import Mapping
from types import MappingProxyType

from lms.courses.compiler.codes import Code
from lms.courses.compiler.course import SourceEntry
from lms.courses.compiler.diagnostics import Findings, did_you_mean
from lms.courses.compiler.records import Record
from lms.courses.compiler.source import SourceTree
from lms.courses.compiler.yaml_nodes import YamlNode, read_yaml

PATH = "fuentes.yaml"
_KEYS = MappingProxyType(
    {
        "titulo": "titulo",
        "title": "titulo",
        "direccion": "direccion",
        "url": "direccion",
        "consultado": "consultado",
        "checked": "consultado",
        "nota": "nota",
        "note": "nota",
    }
)


def read_sources(tree: SourceTree, findings: Findings) -> dict[str, SourceEntry]:
    """Return the sources by key, in the order of the file; a course may have none."""
    text = tree.text(PATH, findings)
    node = read_yaml(text, PATH, findings) if text is not None else None
    if node is None:
        return {}
    if not isinstance(node.value, dict):
        findings.error(Code.BAD_YAML, PATH, node.line, "Cada fuente es «CLAVE:» con sus datos debajo.")
        return {}
    return {key: _source(key, value, findings) for key, value in node.value.items()}


def cited_sources(
    record: Record, sources: Mapping[str, SourceEntry], findings: Findings
) -> tuple[SourceEntry, ...]:
    """Return the sources that a page cites in «fuentes»; citing none, or one that does not exist, is an error."""
    keys = record.texts("fuentes")
    line = record.line_of("fuentes")
    if not keys:
        message = "La página no cita fuentes: agregue «fuentes: [CLAVE]» con claves de fuentes.yaml."
        findings.error(Code.NO_SOURCES, record.path, line, message)
    for key in keys:
        if key not in sources:
            message = f"La fuente «{key}» no está en fuentes.yaml.{did_you_mean(key, sources)}"
            findings.error(Code.UNKNOWN_SOURCE, record.path, line, message)
    return tuple(sources[key] for key in dict.fromkeys(keys) if key in sources)


def _source(key: str, node: YamlNode, findings: Findings) -> SourceEntry:
    record = Record(node, PATH, _KEYS, findings)
    url = record.text("direccion", default="")
    if url and not url.startswith(("https://", "http://")):
        line = record.line_of("direccion")
        findings.error(Code.BAD_ADDRESS, PATH, line, "La dirección debe empezar con https:// o http://.")
    return SourceEntry(
        key=key,
        title=record.text("titulo"),
        url=url,
        checked_on=record.day("consultado"),
        note=record.text("nota", default=""),
    )

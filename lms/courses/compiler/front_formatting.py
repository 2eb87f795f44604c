"""Write the head of a page in one form: one space after each key, in the order in which the guide explains them."""

import re

from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.yaml_nodes import YamlNode, read_yaml

_PAIR = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:(?:[ \t]+(\S.*?))?[ \t]*")
_ORDER = (
    *(
        "tipo",
        "type",
        "titulo",
        "title",
        "minutos",
        "minutes",
        "objetivo",
        "objective",
        "revisado",
        "reviewed",
    ),
    *("fuentes", "sources", "jurisdiccion", "jurisdiction", "intensidad", "intensity"),
    *("intentos", "attempts", "aprobar", "pass", "mezclar", "shuffle"),
)


def format_front(text: str) -> str:
    """Return YAML as we write it, or as it was when it says more than pairs on one line each."""
    pairs = [_PAIR.fullmatch(line) for line in text.split("\n") if line.strip()]
    known = [pair for pair in pairs if pair is not None]
    if len(known) < len(pairs) or len({pair[1] for pair in known}) < len(known):
        return text
    known.sort(key=lambda pair: _ORDER.index(pair[1]) if pair[1] in _ORDER else len(_ORDER))
    made = "\n".join(f"{pair[1]}: {pair[2]}" if pair[2] else f"{pair[1]}:" for pair in known)
    return made if _values(made) == _values(text) else text


def _values(text: str) -> object:
    findings = Findings()
    node = read_yaml(text, "", findings)
    return (None if node is None else _value(node)), [found.message for found in findings.sorted()]


def _value(node: YamlNode) -> object:
    if isinstance(node.value, dict):
        return {key: _value(value) for key, value in node.value.items()}
    if isinstance(node.value, list):
        return [_value(item) for item in node.value]
    return node.value

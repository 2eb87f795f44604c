"""Read YAML as text with line numbers: what a value means is decided by the key that asks for it.

YAML's own guesses turn `no` into false, `010` into 8 and `1.10` into 1.1; here nothing is guessed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from lms.courses.compiler.codes import Code
from lms.courses.compiler.diagnostics import Findings

_MAX_DEPTH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlNode:
    """A value and its line: text, a list of nodes, or pairs of a key and a node."""

    line: int
    value: "str | list[YamlNode] | dict[str, YamlNode]"


# The parser in C, where it is installed, takes a tenth of the time.
_QUICK = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ASKED = re.compile(r"\?\s")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class _Unusual(Exception):
    """This YAML needs the slow reading, which says what is wrong with it and where."""


def read_yaml(text: str, path: str, findings: Findings, *, first_line: int = 1) -> YamlNode | None:
    """Return the document, or None and an error when there is none or it is broken."""
    try:
        return _Reader(text, first_line).document()
    except (_Unusual, yaml.YAMLError, RecursionError, ValueError):
        return read_slowly(text, path, findings, first_line)


class _Reader:
    """Reads sound YAML in one pass; anything else is unusual."""

    def __init__(self, text: str, first_line: int) -> None:
        self._text = text
        self._events: Iterator[yaml.Event] = yaml.parse(text, _QUICK)
        self._first_line = first_line
        self._depth = 0

    def document(self) -> YamlNode:
        if _is_disputed(self._text):
            raise _Unusual
        self._next(yaml.StreamStartEvent)
        if getattr(self._next(yaml.DocumentStartEvent), "explicit", True):
            raise _Unusual
        found = self._node(self._next(yaml.NodeEvent))
        self._next(yaml.DocumentEndEvent)
        self._next(yaml.StreamEndEvent)
        return found

    def _next(self, kind: type[yaml.Event]) -> yaml.Event:
        event = next(self._events, None)
        if not isinstance(event, kind):
            raise _Unusual
        return event

    def _node(self, event: yaml.Event) -> YamlNode:
        if getattr(event, "anchor", None) is not None or getattr(event, "tag", None) is not None:
            raise _Unusual
        line = self._line_of(event)
        if isinstance(event, yaml.ScalarEvent):
            is_null = event.implicit[0] and event.value in _NULLS
            return YamlNode(line=line, value="" if is_null else event.value.strip())
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise _Unusual
        value = self._pairs() if isinstance(event, yaml.MappingStartEvent) else self._items(event)
        self._depth -= 1
        return YamlNode(line=line, value=value)

    def _items(self, event: yaml.Event) -> list[YamlNode]:
        if not isinstance(event, yaml.SequenceStartEvent):
            raise _Unusual
        items = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event))
        return items

    def _pairs(self) -> dict[str, YamlNode]:
        pairs: dict[str, YamlNode] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag or event.value in pairs:
                raise _Unusual
            line = self._line_of(event)
            pairs[event.value] = YamlNode(line=line, value=self._node(next(self._events)).value)
        return pairs

    def _line_of(self, event: yaml.Event) -> int:
        return self._first_line + (event.start_mark.line if event.start_mark else 0)


def _is_disputed(text: str) -> bool:
    """Return whether the two parsers may differ: over tabulators, and over question marks within brackets."""
    return "\t" in text or (("[" in text or "{" in text) and _ASKED.search(text) is not None)


def read_slowly(text: str, path: str, findings: Findings, first_line: int) -> YamlNode | None:
    """Return the same as `read_yaml`, from the reading that knows what is wrong and where."""
    try:
        if (refused := _refused(text)) is not None:
            findings.error(Code.BAD_YAML, path, refused[0] + first_line, refused[1])
            return None
        document = yaml.compose(text, yaml.SafeLoader)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        line = (mark.line if mark else 0) + first_line
        findings.error(Code.BAD_YAML, path, line, f"El YAML no se entiende aquí. {_advice(problem)}")
        return None
    except (yaml.YAMLError, RecursionError, ValueError):
        findings.error(Code.BAD_YAML, path, first_line, "El YAML no se entiende: revise sangrías y comillas.")
        return None
    if document is None:
        findings.error(
            Code.BAD_YAML, path, first_line, "No hay ningún dato: agregue pares de «clave: valor»."
        )
        return None
    return _convert(document, path, findings, first_line)


def _refused(text: str) -> tuple[int, str] | None:
    """Return the index of the line, and why, of what small text can make grow without end."""
    depth = 0
    for event in yaml.parse(text, yaml.SafeLoader):
        line = event.start_mark.line if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent):
            return line, "No se admiten alias (*nombre): repita el valor."
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_DEPTH:
            return line, "Hay demasiados datos unos dentro de otros: revise los corchetes."
    return None


def _advice(problem: yaml.MarkedYAMLError) -> str:
    if problem.problem and "mapping values are not allowed" in problem.problem:
        return "Si el texto lleva dos puntos, póngalo entre comillas."
    if problem.problem and "\\t" in problem.problem:
        return "Cambie los tabuladores por espacios."
    return "Revise sangrías, comillas y dos puntos."


def _convert(node: yaml.Node, path: str, findings: Findings, first_line: int) -> YamlNode:
    line = node.start_mark.line + first_line
    if isinstance(node, yaml.SequenceNode):
        items = [_convert(item, path, findings, first_line) for item in node.value]
        return YamlNode(line=line, value=items)
    if isinstance(node, yaml.MappingNode):
        return YamlNode(line=line, value=_pairs(node, path, findings, first_line))
    is_null = node.tag == "tag:yaml.org,2002:null"
    return YamlNode(line=line, value="" if is_null else str(node.value).strip())


def _pairs(node: yaml.MappingNode, path: str, findings: Findings, first_line: int) -> dict[str, YamlNode]:
    pairs: dict[str, YamlNode] = {}
    for key, value in node.value:
        line = key.start_mark.line + first_line
        if not isinstance(key, yaml.ScalarNode):
            findings.error(Code.BAD_YAML, path, line, "Una clave debe ser una palabra.")
            continue
        name = str(key.value)
        if name in pairs:
            findings.error(Code.DUPLICATE_KEY, path, line, f"La clave «{name}» está repetida: deje una.")
        converted = _convert(value, path, findings, first_line)
        pairs[name] = YamlNode(line=line, value=converted.value)
    return pairs

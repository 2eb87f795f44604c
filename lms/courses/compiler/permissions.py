"""What an author permits in place, with a reason: `<!-- ruta: permitir R502 porque es el nombre de la ley -->`.

It silences warnings of those codes on its own line, or on the paragraph or block that follows when it stands alone. In
YAML, front matter included, the same is written after `#`. Errors are never permitted; what permits nothing is told.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from lms.courses.compiler.codes import RETIRED, Code
from lms.courses.compiler.diagnostics import Diagnostic, Findings, Severity, did_you_mean
from lms.courses.compiler.source import SourceFile, SourceTree
from lms.courses.compiler.splitter import fenced_code_lines

_SIGN = b"ruta:"
_COMMENT = re.compile(r"<!--\s*ruta:(.*?)-->", re.DOTALL)
_YAML_COMMENT = re.compile(r"#[ \t]*ruta:(.*)$", re.MULTILINE)
_ORDER = re.compile(
    r"\s*(?:permitir|allow)\s+([A-Z]+\d+(?:[\s,]+[A-Z]+\d+)*)\s+(?:porque|because)[\s:]+(\S.*)", re.DOTALL
)
_OPEN = re.compile(r" {0,3}(:{3,})[ \t]*\S")
_FORM = "escriba «ruta: permitir R502 porque …» con su código y su razón"


@dataclass(slots=True, kw_only=True)
class _Permission:
    """An order found in a file: its codes, and the lines for which it holds."""

    line: int
    codes: tuple[str, ...]
    first: int
    last: int
    used: set[str] = field(default_factory=set)


def with_permissions(
    diagnostics: Sequence[Diagnostic], tree: SourceTree, *, unjudged: Iterable[Code] = ()
) -> tuple[Diagnostic, ...]:
    """Return the problems that nobody permitted, with those of the permissions themselves.

    The codes of rules that were not judged at all are no reason to call a permission useless.
    """
    marked = {path: source for path, source in tree.files.items() if source.holds(_SIGN)}
    if not marked:
        return tuple(diagnostics)
    findings = Findings()
    known = {*(code.value for code in Code), *RETIRED, *(found.code for found in diagnostics)}
    permissions = {path: list(_permissions(source, known, findings)) for path, source in marked.items()}
    findings.extend(found for found in diagnostics if not _is_permitted(found, permissions, findings))
    for path, found in permissions.items():
        for permission in found:
            _report_useless(path, permission, {code.value for code in unjudged}, findings)
    return findings.sorted()


def _is_permitted(found: Diagnostic, permissions: dict[str, list[_Permission]], findings: Findings) -> bool:
    for permission in permissions.get(found.path, ()):
        if found.code in permission.codes and permission.first <= found.line <= permission.last:
            permission.used.add(found.code)
            if found.severity is Severity.WARNING:
                return True
            message = f"{found.code} es un error y no se permite: corríjalo y quite esta nota."
            findings.error(Code.PERMITTED_ERROR, found.path, permission.line, message)
    return False


def _report_useless(path: str, permission: _Permission, unjudged: set[str], findings: Findings) -> None:
    for code in permission.codes:
        if code in RETIRED:
            message = f"El código {code} ya no existe, porque su regla se retiró: quite {code} de la nota."
            findings.warning(Code.UNUSED_PERMISSION, path, permission.line, message)
        elif code not in permission.used | unjudged:
            message = f"Aquí no hay ningún aviso {code} que permitir: quite la nota."
            findings.warning(Code.UNUSED_PERMISSION, path, permission.line, message)


def _permissions(source: SourceFile, known: set[str], findings: Findings) -> Iterator[_Permission]:
    text = source.content.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    for start, end, order in _orders(source.path, text, lines):
        found = _ORDER.fullmatch(order)
        line = text.count("\n", 0, start)
        codes = tuple(re.split(r"[\s,]+", found[1])) if found else ()
        if (problem := _problem(codes, known)) is not None:
            findings.error(Code.BAD_PERMISSION, source.path, line + 1, problem)
            continue
        last = text.count("\n", 0, end)
        around = text[text.rfind("\n", 0, start) + 1 : start] + text[end:].partition("\n")[0]
        first, until = (line, last) if around.strip() else _what_follows(lines, last + 1)
        yield _Permission(line=line + 1, codes=codes, first=first + 1, last=until + 1)


def _orders(path: str, text: str, lines: list[str]) -> Iterator[tuple[int, int, str]]:
    """Give the place of each order, and its words; those inside code are examples."""
    body = len(text) if path.endswith((".yaml", ".yml")) else _end_of_front_matter(text)
    for found in _YAML_COMMENT.finditer(text, 0, body):
        yield found.start(), found.end(), found[1]
    code = fenced_code_lines(lines) if "```" in text or "~~~" in text else frozenset()
    for found in _COMMENT.finditer(text, body):
        if text.count("\n", 0, found.start()) not in code:
            yield found.start(), found.end(), found[1]


def _end_of_front_matter(text: str) -> int:
    end = text.find("\n---", 3) if text.startswith("---") else -1
    return max(end, 0)


def _problem(codes: tuple[str, ...], known: set[str]) -> str | None:
    if not codes:
        return f"No se entiende la nota: {_FORM}."
    for code in codes:
        if code not in known:
            return f"El código «{code}» no existe.{did_you_mean(code, known) or f' Si no lo sabe, {_FORM}.'}"
        if code.startswith("R9"):
            return f"{code} no se permite: corrija la nota."
    return None


def _what_follows(lines: list[str], index: int) -> tuple[int, int]:
    """Return the first and last index of the paragraph or block after some line; further notes are skipped."""
    while index < len(lines) and (not lines[index].strip() or "ruta:" in lines[index]):
        index += 1
    if index >= len(lines):
        return index, index
    opened = _OPEN.match(lines[index])
    last = index
    while last + 1 < len(lines):
        if opened is None and not lines[last + 1].strip():
            break
        last += 1
        if opened is not None and lines[last].strip() == opened[1]:
            break
    return index, last

"""Which contacts of the directory a course names, and where: whoever has the directory can then check them."""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lms.courses.compiler.codes import Code
from lms.courses.compiler.diagnostics import Diagnostic, Findings, did_you_mean
from lms.courses.compiler.route_reader import ReadRoute
from lms.courses.compiler.source import SourceTree
from lms.courses.compiler.splitter import fenced_code_lines

_BLOCK: Final = re.compile(r" {0,3}:{3,}[ \t]*(?:contacto|contact)[ \t]+([^\s{]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactUse:
    """A contact named at a line of a file."""

    key: str
    path: str
    line: int


def contact_uses(tree: SourceTree, routes: Sequence[ReadRoute]) -> tuple[ContactUse, ...]:
    """Return every contact that the pages and the routes of a course name, in the order of the files."""
    return (*_in_pages(tree), *_in_routes(routes))


def check_contacts(uses: Iterable[ContactUse], known: Iterable[str]) -> tuple[Diagnostic, ...]:
    """Return an error for each contact that the directory does not have; an empty directory proves nothing."""
    keys: Container[str] = frozenset(known)
    if not keys:
        return ()
    findings = Findings()
    for use in uses:
        if use.key not in keys:
            message = f"El contacto «{use.key}» no está en el directorio.{did_you_mean(use.key, known)}"
            findings.error(Code.UNKNOWN_CONTACT, use.path, use.line, message)
    return findings.sorted()


def check_held(uses: Iterable[ContactUse], held: Container[str]) -> tuple[Diagnostic, ...]:
    """Return a warning for each contact that waits for a signature: it is read as one that is not confirmed."""
    findings = Findings()
    for use in uses:
        if use.key in held:
            message = (
                f"El contacto «{use.key}» espera una firma en el directorio: "
                "mientras tanto se lee «por confirmar» con el número de emergencias."
            )
            findings.warning(Code.CONTACT_HELD, use.path, use.line, message)
    return findings.sorted()


def _in_pages(tree: SourceTree) -> Iterator[ContactUse]:
    for path, file in sorted(tree.files.items()):
        if path.endswith(".md") and file.holds(b"contact") and file.holds(b":::"):
            lines = file.content.decode("utf-8", "replace").splitlines()
            code = fenced_code_lines(lines)
            for index, line in enumerate(lines):
                found = _BLOCK.match(line) if index not in code else None
                if found:
                    yield ContactUse(key=found[1], path=path, line=index + 1)


def _in_routes(routes: Sequence[ReadRoute]) -> Iterator[ContactUse]:
    for read in routes:
        for key, line in read.contact_lines.items():
            yield ContactUse(key=key, path=read.path, line=line)

"""The rules that routes keep: one function each, over the routes of a course and the blocks that name them."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import Final

from lms.core.places import place_name
from lms.courses.compiler.codes import Code
from lms.courses.compiler.diagnostics import Findings, did_you_mean
from lms.courses.compiler.route_reader import ReadRoute
from lms.courses.compiler.slugs import SLUG
from lms.courses.compiler.source import SourceTree
from lms.courses.compiler.splitter import fenced_code_lines

_BLOCK: Final = re.compile(r" {0,3}:{3,}[ \t]*(?:ruta|route)(?=[ \t{]|$)(.*)")
_STEP: Final = re.compile(r"(?:paso|step)=[\"']?([^\s\"'}]+)")


def check_routes(
    routes: Sequence[ReadRoute], tree: SourceTree, today: date | None, findings: Findings
) -> None:
    """Report what is wrong with the routes of a course, and with the blocks that show them."""
    for read in routes:
        _check_dates(read, today, findings)
        _check_ids(read, findings)
        _check_first_step(read, findings)
        _check_basis(read, findings)
    _check_keys(routes, findings)
    _check_overlaps(routes, findings)
    _check_blocks(routes, tree, findings)


def _check_dates(read: ReadRoute, today: date | None, findings: Findings) -> None:
    route = read.route
    if route.valid_until and route.valid_until < route.valid_from:
        message = "La ruta termina antes de empezar: corrija «vigente-desde» o «vigente-hasta»."
        findings.error(Code.BAD_ROUTE_DATES, read.path, read.line, message)
    elif today and route.valid_until and route.valid_until < today:
        message = f"La ruta venció el {route.valid_until}: confirme la vigente con quien la verifica."
        findings.warning(Code.ROUTE_EXPIRED, read.path, read.line, message)


def _check_ids(read: ReadRoute, findings: Findings) -> None:
    seen: set[str] = set()
    for step, line in zip(read.route.steps, read.step_lines, strict=True):
        if step.id and not SLUG.fullmatch(step.id):
            message = f"«{step.id}» no sirve de id: use minúsculas sin tilde, cifras y guiones."
            findings.error(Code.BAD_STEP_ID, read.path, line, message)
        elif step.id in seen:
            message = f"El id «{step.id}» ya es de otro paso de esta ruta: escriba otro."
            findings.error(Code.BAD_STEP_ID, read.path, line, message)
        seen.add(step.id)


def _check_first_step(read: ReadRoute, findings: Findings) -> None:
    """Nobody may be sent along a route without knowing what to do when the first step is not safe."""
    if read.route.steps and not read.route.steps[0].unsafe:
        message = "Falta «si-no-es-seguro» en el primer paso: diga qué hacer cuando seguir pone en riesgo."
        findings.error(Code.NO_UNSAFE_BRANCH, read.path, read.step_lines[0], message)


def _check_basis(read: ReadRoute, findings: Findings) -> None:
    for step, line in zip(read.route.steps, read.step_lines, strict=True):
        if not step.basis and not step.is_to_verify:
            message = "El paso no cita su fundamento: agregue «fundamento», o «verificar: si» hasta tenerlo."
            findings.warning(Code.STEP_WITHOUT_BASIS, read.path, line, message)


def _check_keys(routes: Sequence[ReadRoute], findings: Findings) -> None:
    seen: dict[str, str] = {}
    for read in routes:
        if read.route.key in seen:
            message = (
                f"Tiene la misma dirección que «{seen[read.route.key]}»: cambie el nombre de un archivo."
            )
            findings.error(Code.DUPLICATE_SLUG, read.path, 1, message)
        seen[read.route.key] = read.path


def _check_overlaps(routes: Sequence[ReadRoute], findings: Findings) -> None:
    for first, second in combinations(routes, 2):
        one, other = first.route, second.route
        if (one.place, one.profile) == (other.place, other.profile) and one.overlaps(other):
            message = (
                f"«{first.path}» rige en el mismo lugar ({place_name(one.place)}), para el mismo perfil y los mismos "
                "días: cierre una con «vigente-hasta»."
            )
            findings.error(Code.ROUTES_OVERLAP, second.path, second.line, message)


def _check_blocks(routes: Sequence[ReadRoute], tree: SourceTree, findings: Findings) -> None:
    steps = {step.id for read in routes for step in read.route.steps}
    for path, line, head in _blocks(tree):
        asked = _STEP.search(head)
        if not routes:
            message = "El curso no tiene rutas: agregue una en la carpeta «rutas», o quite el bloque."
            findings.error(Code.NO_ROUTES, path, line, message)
        elif asked and asked[1] not in steps:
            message = f"Ninguna ruta tiene el paso «{asked[1]}».{did_you_mean(asked[1], steps)}"
            findings.error(Code.UNKNOWN_ROUTE_STEP, path, line, message)


def _blocks(tree: SourceTree) -> Iterator[tuple[str, int, str]]:
    """Yield path, line and head of every block that shows a route."""
    for path, file in tree.files.items():
        if path.endswith(".md") and (file.holds(b"::: ruta") or file.holds(b"::: route")):
            lines = file.content.decode("utf-8", "replace").splitlines()
            code = fenced_code_lines(lines)
            for index, line in enumerate(lines):
                found = _BLOCK.match(line) if index not in code else None
                if found:
                    yield path, index + 1, found[1]

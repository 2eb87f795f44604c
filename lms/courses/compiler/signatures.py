"""Hold back what a course marks to be verified until a named person has signed its exact text.

The signature is text of the course, in firmas.yaml, so that git keeps it with what it signs. It holds the digest of
the text that was read: another text needs another signature.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final, TypeVar, cast

from lms.courses.compiler.codes import Code
from lms.courses.compiler.course import Course, Lesson, Module, Part, QuestionPart, Quiz, Unit
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.marks import Kind, Mark, find_marks
from lms.courses.compiler.records import Record
from lms.courses.compiler.route_holding import hold_steps
from lms.courses.compiler.slugs import without_number
from lms.courses.compiler.source import SourceTree
from lms.courses.compiler.yaml_nodes import YamlNode, read_yaml

PATH = "firmas.yaml"
HEAD = "# Firmas de lo que este curso marca con «verificar». Las escribe la página «Firmas pendientes».\n"
_KEYS = MappingProxyType(
    {
        name: spanish
        for spanish, english in (
            ("pagina", "page"),
            ("pregunta", "question"),
            ("ruta", "route"),
            ("huella", "digest"),
            ("por", "by"),
            ("dia", "day"),
            ("nota", "note"),
        )
        for name in (spanish, english)
    }
)
_UP: Final = 'href="../'
"""With which a link to another page of the course begins."""
_NAMES: Mapping[Kind, str] = MappingProxyType({"page": "pagina", "question": "pregunta", "step": "ruta"})
_PRONOUN: Mapping[Kind, str] = MappingProxyType({"page": "la", "question": "la", "step": "lo"})
_Held = TypeVar("_Held", bound=Any)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What a named person signed."""

    kind: Kind
    item: str
    fingerprint: str
    by: str
    """Name and post."""
    day: date
    note: str = ""
    line: int = 0


def read_signatures(tree: SourceTree, findings: Findings) -> tuple[Signature, ...]:
    """Return the signatures of firmas.yaml in their order; what cannot be read becomes a problem."""
    text = tree.text(PATH, findings)
    if text is None or not text.replace(HEAD, "").strip():
        return ()
    node = read_yaml(text, PATH, findings)
    if node is None or not isinstance(node.value, list):
        findings.error(Code.BAD_YAML, PATH, 1, "firmas.yaml lleva una lista de firmas: no lo edite a mano.")
        return ()
    found = (_signature(item, findings) for item in node.value)
    return tuple(signature for signature in found if signature)


def is_signed(mark: Mark, signatures: Iterable[Signature]) -> bool:
    """Say whether somebody signed exactly this text."""
    return any(
        each.kind == mark.kind and each.item == mark.item and each.fingerprint == mark.fingerprint
        for each in signatures
    )


def hold_back(course: Course, tree: SourceTree, findings: Findings) -> Course:
    """Return the course without what waits for a signature; each piece left out is a warning that says why.

    Variants and translations that wait are told too; the course is compiled without them.
    """
    marks, signatures = find_marks(tree), read_signatures(tree, findings)
    _check_items(marks, signatures, findings)
    held = [mark for mark in marks if not is_signed(mark, signatures)]
    for mark in held:
        _warn(mark, signatures, findings)
    course = hold_steps(course, {mark.item for mark in marks if mark.kind == "step" and mark not in held})
    held = [mark for mark in held if mark.kind != "step" and not mark.is_side]
    if not held:
        return course
    pages = {_place(mark.path) for mark in held if mark.kind == "page"}
    questions = {mark.item for mark in held if mark.kind == "question"}
    modules = (_without(module, pages, questions) for module in course.modules)
    kept = replace(course, modules=tuple(module for module in modules if module.units))
    gone = _places(course) - _places(kept)
    return cast("Course", _unlinked(kept, _link_to(gone))) if gone else kept


def add_signature(content: bytes, signature: Signature) -> bytes:
    """Return firmas.yaml with one more signature at its end; the earlier ones stay, byte for byte."""
    before = content.decode("utf-8") if content else HEAD
    lines = [
        f"- {_NAMES[signature.kind]}: {_quoted(signature.item)}",
        f'  huella: "{signature.fingerprint}"',
        f"  por: {_quoted(signature.by)}",
        f"  dia: {signature.day.isoformat()}",
        *([f"  nota: {_quoted(signature.note)}"] if signature.note else []),
    ]
    gap = "" if before.endswith("\n") else "\n"
    return f"{before}{gap}{chr(10).join(lines)}\n".encode()


def _signature(node: YamlNode, findings: Findings) -> Signature | None:
    record = Record(node, PATH, _KEYS, findings)
    named = [(kind, item) for kind, name in _NAMES.items() if (item := record.text(name, default=""))]
    if len(named) != 1:
        message = (
            "Una firma nombra una página, una pregunta o un paso: «pagina», «pregunta» o «ruta», una sola."
        )
        findings.error(Code.BAD_VALUE, PATH, node.line, message)
        return None
    kind, item = named[0]
    return Signature(
        kind=kind,
        item=item,
        fingerprint=record.text("huella"),
        by=record.text("por"),
        day=record.day("dia"),
        note=record.text("nota", default=""),
        line=node.line,
    )


def _check_items(marks: Iterable[Mark], signatures: Iterable[Signature], findings: Findings) -> None:
    known = {(mark.kind, mark.item) for mark in marks}
    for each in signatures:
        if (each.kind, each.item) not in known:
            message = f"«{each.item}» ya no pide verificación: la firma no hace falta."
            findings.warning(Code.IDLE_SIGNATURE, PATH, each.line, message)


def _warn(mark: Mark, signatures: Iterable[Signature], findings: Findings) -> None:
    earlier = [each for each in signatures if (each.kind, each.item) == (mark.kind, mark.item)]
    page = "Este texto" if mark.is_side else "La página"
    what = {"page": page, "question": f"La pregunta «{mark.item}»", "step": f"El paso «{mark.item}»"}
    goes = "sale sin sus datos" if mark.kind == "step" else "no se publica"
    if mark.is_side:
        goes = "no se publica y se lee el original"
    if earlier:
        signer = f"{'lo' if mark.is_side else _PRONOUN[mark.kind]} firmó {earlier[-1].by}"
        message = f"{what[mark.kind]} cambió desde que {signer}: {goes} hasta otra firma."
        findings.warning(Code.VOID_SIGNATURE, mark.path, mark.line, message)
        return
    code = Code.STEP_HELD_BACK if mark.kind == "step" else Code.HELD_BACK
    message = f"{what[mark.kind]} {goes} hasta que alguien firme: falta verificar {mark.what}."
    findings.warning(code, mark.path, mark.line, message)


def _place(path: str) -> tuple[str, str]:
    folder, _slash, name = path.partition("/")
    return without_number(folder), without_number(name)


def _without(module: Module, pages: set[tuple[str, str]], questions: set[str]) -> Module:
    kept = (_trimmed(unit, questions) for unit in module.units if (module.slug, unit.slug) not in pages)
    return replace(module, units=tuple(unit for unit in kept if unit is not None))


def _trimmed(unit: Unit, questions: set[str]) -> Unit | None:
    """Return a page without some questions; None when nothing of it is left."""
    if isinstance(unit, Quiz):
        left = tuple(each for each in unit.questions if each.id not in questions)
        pool = tuple(each for each in unit.pool if each not in questions)
        return replace(unit, questions=left, pool=pool) if left else None
    if isinstance(unit, Lesson):
        parts = tuple(_parts(unit.parts, lambda part: _is_held(part, questions)))
        return replace(unit, parts=parts) if parts else None
    return unit


def _parts(parts: Iterable[_Held], is_held: Callable[[Any], bool]) -> Iterator[_Held]:
    for part in parts:
        if is_held(part):
            continue
        branches = getattr(part, "branches", None)
        if branches is None:
            yield part
            continue
        yield replace(
            part,
            branches=tuple(replace(each, parts=tuple(_parts(each.parts, is_held))) for each in branches),
        )


def _is_held(part: Part, questions: set[str]) -> bool:
    return isinstance(part, QuestionPart) and part.question.id in questions


def _places(course: Course) -> set[tuple[str, str]]:
    return {(module.slug, unit.slug) for module in course.modules for unit in module.units}


def _link_to(pages: set[tuple[str, str]]) -> re.Pattern[str]:
    places = "|".join(re.escape("/".join(place)) for place in sorted(pages))
    return re.compile(rf'<a\b[^>]*\bhref="\.\./(?:{places})(?:#[^"]*)?"[^>]*>(.*?)</a>', re.DOTALL)


def _unlinked(value: Any, link: re.Pattern[str]) -> Any:
    """Turn links to pages that stay out into plain text, wherever a value of the course holds HTML.

    They would lead nowhere. What holds no such link is the same object as before.
    """
    if isinstance(value, str):
        return link.sub(r"\1", value) if _UP in value else value
    if isinstance(value, tuple):
        items = tuple(_unlinked(each, link) for each in value)
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    if isinstance(value, Mapping):
        return {name: _unlinked(each, link) for name, each in value.items()}
    if not is_dataclass(value) or isinstance(value, type):
        return value
    before = {each.name: getattr(value, each.name) for each in fields(value)}
    after = {name: _unlinked(each, link) for name, each in before.items()}
    changed = {name: new for name, new in after.items() if new is not before[name] and new != before[name]}
    return replace(value, **changed) if changed else value


def _quoted(text: str) -> str:
    return json.dumps(" ".join(text.split()), ensure_ascii=False)

"""What a translator's files begin as, and how they say that somebody has reviewed them."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from lms.courses.compiler import manifest
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.front_matter import read_page
from lms.courses.compiler.languages import FOLDERS
from lms.courses.compiler.manifest import Manifest, read_manifest
from lms.courses.compiler.outline import PageKind, PlannedUnit, plan, read_unit
from lms.courses.compiler.sections import sections
from lms.courses.compiler.source import SourceTree
from lms.courses.compiler.splitter import split
from lms.plugins.blocks import MarkdownBlock

_NAMED = re.compile(r"^(?:traduce|translates)[ \t]*:.*\n?(?:[ \t-].*\n?)*", re.MULTILINE)
_FIELDS = re.compile(r"^(titulo|title|objetivo|objective)[ \t]*:[ \t]*(.*\S)[ \t]*$", re.MULTILINE)
_WIDTH = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """A file to write."""

    path: str
    text: str
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftAlone:
    """A file that stays as it is, and why."""

    path: str
    reason: str


def plan_files(
    tree: SourceTree,
    language: str,
    blocks: Mapping[str, MarkdownBlock],
    *,
    reviewed: Collection[str] = (),
) -> list[Rewritten | LeftAlone]:
    """Return what to write so that a course can be translated; a text that is there is never replaced.

    A page that is missing begins as a draft with the original text. With `reviewed` nothing begins: those pages,
    by the path of the original, say from now on that they translate what the original says today.
    """
    cover = read_manifest(tree, Findings())
    if cover is None:
        return [LeftAlone(path=manifest.PATH, reason="No se puede leer: revise el curso primero.")]
    modules = plan(tree, cover, Findings(), lambda path: read_unit(tree, path, Findings()))
    units = [unit for module in modules for unit in module.units if unit.kind is not PageKind.SIMULATION]
    if reviewed:
        known = {unit.page.path: unit for unit in units}
        return [_reviewed(tree, known.get(path), path, language, blocks) for path in reviewed]
    return [
        *_cover(tree, cover, language),
        *(page for unit in units for page in _missing(tree, unit, language, blocks)),
    ]


def _place(tree: SourceTree, language: str, path: str) -> tuple[str, bool]:
    """Return where the translation of a file is, or goes, and whether it is there."""
    places = [f"{folder}/{language}/{path}" for folder in FOLDERS]
    there = next((place for place in places if place in tree.files), None)
    return (there or places[0], there is not None)


def _cover(tree: SourceTree, cover: Manifest, language: str) -> Iterator[Rewritten]:
    path, is_there = _place(tree, language, manifest.PATH)
    if is_there:
        return
    lines = [f"titulo: {_quoted(cover.title)}", f"resumen: {_quoted(cover.summary)}", "borrador: si"]
    lines += [f"aviso: {_quoted(cover.notice)}"] if cover.notice else []
    lines.append("modulos:")
    for module in cover.modules:
        lines += [f"  - carpeta: {module.folder}", f"    titulo: {_quoted(module.title)}"]
        lines += [f"    objetivo: {_quoted(module.objective)}"] if module.objective else []
    yield Rewritten(path=path, text="\n".join(lines) + "\n", is_new=True)


def _missing(
    tree: SourceTree, unit: PlannedUnit, language: str, blocks: Mapping[str, MarkdownBlock]
) -> Iterator[Rewritten]:
    path, is_there = _place(tree, language, unit.page.path)
    if not is_there:
        text = _skeleton(tree, unit, _hashes(unit.page.body, blocks))
        yield Rewritten(path=path, text=text, is_new=True)


def _reviewed(
    tree: SourceTree,
    unit: PlannedUnit | None,
    base: str,
    language: str,
    blocks: Mapping[str, MarkdownBlock],
) -> Rewritten | LeftAlone:
    if unit is None:
        return LeftAlone(path=base, reason="El curso no tiene esa página.")
    path, is_there = _place(tree, language, base)
    if not is_there:
        return LeftAlone(path=path, reason="No hay traducción que revisar: prepárela primero.")
    return _refreshed(tree, path, _hashes(unit.page.body, blocks), blocks)


def _hashes(body: str, blocks: Mapping[str, MarkdownBlock]) -> list[str]:
    return [section.hash for section in sections(split(body, "", Findings()), blocks)]


def _skeleton(tree: SourceTree, unit: PlannedUnit, hashes: list[str]) -> str:
    text = _text(tree, unit.page.path)
    front, _, body = text.partition("\n---")
    said = dict(_FIELDS.findall(front))
    lines = ["---", f"titulo: {said.get('titulo') or said.get('title', '')}"]
    objective = said.get("objetivo") or said.get("objective")
    lines += [f"objetivo: {objective}"] if objective else []
    return "\n".join([*lines, "borrador: si", _named(hashes), "---"]) + body.removeprefix("\r")


def _refreshed(
    tree: SourceTree, path: str, hashes: list[str], blocks: Mapping[str, MarkdownBlock]
) -> Rewritten | LeftAlone:
    text = _text(tree, path)
    page = read_page(text, path, Findings())
    if page is None:
        return LeftAlone(path=path, reason="No se entiende su cabecera.")
    own = len(_hashes(_body(tree, path), blocks))
    if own != len(hashes):
        reason = f"Tiene {own} secciones y la original {len(hashes)}: iguálelas primero."
        return LeftAlone(path=path, reason=reason)
    head, _, rest = text.partition("\n---")
    named = f"{_named(hashes)}\n"
    front = _NAMED.sub(named, f"{head}\n", count=1) if _NAMED.search(f"{head}\n") else f"{head}\n{named}"
    again = f"{front.rstrip()}\n---{rest}"
    if again == text:
        return LeftAlone(path=path, reason="Ya dice que traduce lo que la original dice hoy.")
    return Rewritten(path=path, text=again, is_new=False)


def _body(tree: SourceTree, path: str) -> str:
    """Return the body of a page as the compiler reads it, without the notes between authors."""
    text = tree.text(path, Findings())
    page = read_page(text, path, Findings()) if text is not None else None
    return "" if page is None else page.body


def _text(tree: SourceTree, path: str) -> str:
    return tree.files[path].content.decode("utf-8-sig", "replace").replace("\r\n", "\n")


def _named(hashes: list[str]) -> str:
    lines = [", ".join(hashes[at : at + _WIDTH]) for at in range(0, len(hashes), _WIDTH)]
    return f"traduce: [{f',{chr(10)}  '.join(lines)}]"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)

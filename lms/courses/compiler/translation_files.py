"""What a translator's files begin as, and how they say that somebody has reviewed them."""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lms.courses.compiler import glossary, manifest
from lms.courses.compiler.banks import is_bank_path
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.front_matter import read_page
from lms.courses.compiler.glossary import read_terms
from lms.courses.compiler.languages import FOLDERS
from lms.courses.compiler.manifest import Manifest, read_manifest
from lms.courses.compiler.outline import PageKind, plan, read_unit
from lms.courses.compiler.sections import sections
from lms.courses.compiler.side_pages import as_read
from lms.courses.compiler.simulation_pieces import simulation_pieces
from lms.courses.compiler.source import SourceTree
from lms.courses.compiler.splitter import split
from lms.courses.compiler.variants import Variant, check_in_place, plan_variants, variant_sections
from lms.plugins.blocks import MarkdownBlock

_NAMED = re.compile(r"^(?:traduce|translates)[ \t]*:.*\n?(?:[ \t-].*\n?)*", re.MULTILINE)
_FIELDS = re.compile(r"^(titulo|title|objetivo|objective)[ \t]*:[ \t]*(.*\S)[ \t]*$", re.MULTILINE)
_FROM = re.compile(r"^(:{3,}[^\n]*?)[ \t]+(?:de|from)=[^\s}]+", re.MULTILINE)
_WIDTH = 8
Blocks = Mapping[str, MarkdownBlock]


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A file of the course that can be translated."""

    path: str
    kind: PageKind | None = None
    """None for what is no page."""
    variant: Variant | None = None
    """Of a variant by place, whose file has no head."""

    @property
    def has_head(self) -> bool:
        """Say whether it begins with front matter."""
        return self.variant is None and self.path != glossary.PATH


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
    tree = as_read(tree)
    cover = read_manifest(tree, Findings())
    if cover is None:
        return [LeftAlone(path=manifest.PATH, reason="No se puede leer: revise el curso primero.")]
    originals = {each.path: each for each in _originals(tree, cover)}
    if reviewed:
        return [_reviewed(tree, originals.get(path), path, language, blocks) for path in reviewed]
    return [
        *_cover(tree, cover, language),
        *(page for each in originals.values() for page in _missing(tree, each, language, blocks)),
    ]


def _originals(tree: SourceTree, cover: Manifest) -> Iterator[Original]:
    """Give what a course has to translate: its pages, then its glossary, its banks and its variants."""
    modules = plan(tree, cover, Findings(), lambda path: read_unit(tree, path, Findings()))
    units = {unit.page.path: unit for module in modules for unit in module.units}
    yield from (Original(path=path, kind=unit.kind) for path, unit in units.items())
    if glossary.PATH in tree.files:
        yield Original(path=glossary.PATH)
    yield from (Original(path=path) for path in sorted(tree.files) if is_bank_path(path))
    for variants in plan_variants(tree, units, Findings()).values():
        yield from (Original(path=each.path, variant=each) for each in variants)


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


def _missing(tree: SourceTree, original: Original, language: str, blocks: Blocks) -> Iterator[Rewritten]:
    path, is_there = _place(tree, language, original.path)
    if not is_there:
        hashes = _hashes(_body(tree, original.path, has_head=original.has_head), original, blocks)
        yield Rewritten(path=path, text=_skeleton(tree, original, hashes), is_new=True)


def _reviewed(
    tree: SourceTree, original: Original | None, base: str, language: str, blocks: Blocks
) -> Rewritten | LeftAlone:
    if original is None:
        return LeftAlone(path=base, reason="El curso no tiene esa página.")
    path, is_there = _place(tree, language, base)
    if not is_there:
        return LeftAlone(path=path, reason="No hay traducción que revisar: prepárela primero.")
    return _refreshed(tree, path, original, blocks)


def _hashes(body: str, original: Original, blocks: Blocks) -> list[str]:
    """Return the hash of each piece that is translated as a whole."""
    if original.path == glossary.PATH:
        return [term.hash for term in read_terms(body)]
    nodes = split(body, "", Findings())
    if original.kind is PageKind.SIMULATION:
        return [piece.hash for piece in simulation_pieces(nodes, blocks, "")]
    if original.variant is not None:
        place = original.variant.place
        sound = [node for node in nodes if check_in_place(node, place, "", blocks, Findings())]
        return [section.hash for section in variant_sections(sound, blocks, "")]
    return [section.hash for section in sections(nodes, blocks)]


def _skeleton(tree: SourceTree, original: Original, hashes: Sequence[str]) -> str:
    text = _text(tree, original.path)
    if not original.has_head:
        # A variant says from which general text it comes; its translation only what it translates.
        return "\n".join(["---", "borrador: si", _named(hashes), "---", _FROM.sub(r"\1", text.lstrip("\n"))])
    front, _, body = text.partition("\n---")
    said = dict(_FIELDS.findall(front))
    lines = ["---", f"titulo: {said.get('titulo') or said.get('title', '')}"]
    objective = said.get("objetivo") or said.get("objective")
    lines += [f"objetivo: {objective}"] if objective else []
    return "\n".join([*lines, "borrador: si", _named(hashes), "---"]) + body.removeprefix("\r")


def _refreshed(tree: SourceTree, path: str, original: Original, blocks: Blocks) -> Rewritten | LeftAlone:
    text = _text(tree, path)
    page = read_page(text, path, Findings())
    if page is None:
        return LeftAlone(path=path, reason="No se entiende su cabecera.")
    hashes = _hashes(_body(tree, original.path, has_head=original.has_head), original, blocks)
    own = len(_hashes(_body(tree, path), original, blocks))
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


def _body(tree: SourceTree, path: str, *, has_head: bool = True) -> str:
    """Return the body of a file as the compiler reads it, without the notes between authors."""
    text = tree.text(path, Findings()) or ""
    if not has_head:
        return text
    page = read_page(text, path, Findings())
    return "" if page is None else page.body


def _text(tree: SourceTree, path: str) -> str:
    return tree.files[path].content.decode("utf-8-sig", "replace").replace("\r\n", "\n")


def _named(hashes: Sequence[str]) -> str:
    lines = [", ".join(hashes[at : at + _WIDTH]) for at in range(0, len(hashes), _WIDTH)]
    return f"traduce: [{f',{chr(10)}  '.join(lines)}]"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)

"""Meet the blocks of a page: check each one at its line, and turn the ones with content into HTML."""

from collections.abc import Callable, Mapping
from html import escape
from types import MappingProxyType
from typing import TypeVar

from lms.courses.compiler.codes import Code
from lms.courses.compiler.diagnostics import Findings, did_you_mean
from lms.courses.compiler.heads import read_head
from lms.courses.compiler.manuscript import Manuscript
from lms.courses.compiler.sectors import sectors
from lms.courses.compiler.splitter import Fenced, Node, Prose, split
from lms.plugins.blocks import (
    Attachment,
    Block,
    BlockContext,
    BlockRole,
    Citation,
    Definition,
    MarkdownBlock,
    Problem,
    icon,
)

_Answer = TypeVar("_Answer")
_MAX_DEPTH = 12
_MISSING = MappingProxyType(
    {
        "es": "Este contenido necesita un complemento que no está instalado.",
        "en": "This content needs an add-on that is not installed.",
    }
)


class BlockReader:
    """Reads the blocks of one page."""

    def __init__(self, manuscript: Manuscript) -> None:
        """Read for the page of a manuscript."""
        self._manuscript = manuscript
        self._site = manuscript.site
        self._depth = 0
        self.context = BlockContext(
            path=manuscript.path,
            language=self._site.language,
            sectors=sectors(self._site.language),
            render=self.render,
            render_inline=manuscript.inline,
            attach=self._attach,
            cite=self._cite,
            define=self._define,
        )

    def kind_of(self, fenced: Fenced) -> MarkdownBlock | None:
        """Return the kind of a block, or None when nobody knows its name."""
        return self._site.blocks.get(fenced.head.split()[0].split("{")[0])

    def read(self, fenced: Fenced, findings: Findings) -> Block:
        """Return the block behind its head."""
        return read_head(fenced, self.kind_of(fenced), self._manuscript.path, findings)

    def check(self, nodes: list[Node], findings: Findings, outer: BlockRole | None = None) -> None:
        """Report what is wrong with each block and with its place inside another."""
        for node in nodes:
            if isinstance(node, Fenced):
                self._check(node, findings, outer)

    def render(self, markdown: str) -> str:
        """Return marked HTML for the inside of a block."""
        if self._depth >= _MAX_DEPTH:
            return self._manuscript.block(markdown, is_nested=True)
        self._depth += 1
        try:
            nodes = split(markdown, self._manuscript.path, Findings())
            return "".join(self.html(node, is_nested=True) for node in nodes)
        finally:
            self._depth -= 1

    def html(self, node: Node, *, is_nested: bool = False) -> str:
        """Return marked HTML for prose or for a block with content."""
        if isinstance(node, Prose):
            return self._manuscript.block(node.text, is_nested=is_nested)
        kind = self.kind_of(node)
        block = self.read(node, Findings())
        if kind is None:
            return self._placeholder(block)
        marked = guarded(lambda: kind.html(block, self.context))
        return self._placeholder(block) if marked is None else marked

    def live(self, fenced: Fenced) -> tuple[str, Mapping[str, str], str]:
        """Return the name of a live block, what it remembers, and its frozen HTML, marked."""
        kind, block = self.kind_of(fenced), self.read(fenced, Findings())
        data = guarded(lambda: kind.data(block, self.context)) if kind else None
        return kind.name if kind else block.name, dict(data or {}), self.html(fenced, is_nested=True)

    def _attach(self, address: str) -> Attachment | Problem:
        return self._site.attach(self._manuscript.path, address)

    def _cite(self, key: str) -> Citation | Problem:
        source = self._site.sources.get(key)
        if source is None:
            message = f"La fuente «{key}» no está en fuentes.yaml.{did_you_mean(key, self._site.sources)}"
            return Problem(code=Code.UNKNOWN_SOURCE, message=message)
        return Citation(title=source.title, url=source.url, checked_on=source.checked_on)

    def _define(self, word: str) -> Definition | Problem:
        terms = self._site.terms
        slug = terms.find(word)
        draft = next((each for each in terms.drafts if each.slug == slug), None)
        if draft is None:
            message = f"«{word}» no está en glosario.md.{did_you_mean(word, terms.forms)}"
            return Problem(code=Code.UNKNOWN_TERM, message=message)
        return Definition(term=draft.term, markdown="\n".join(draft.lines), language=draft.language)

    def _check(self, fenced: Fenced, findings: Findings, outer: BlockRole | None) -> None:
        path = self._manuscript.path
        kind = self.kind_of(fenced)
        block = self.read(fenced, findings)
        if kind is None:
            message = f"El bloque «{block.name}» no existe.{did_you_mean(block.name, self._site.blocks)}"
            findings.error(Code.UNKNOWN_BLOCK, path, fenced.line, message)
            self.check(fenced.children, findings, BlockRole.CONTENT)
            return
        problem = _misplaced(kind.role, outer)
        if problem:
            findings.error(Code.MISPLACED_BLOCK, path, fenced.line, problem)
        found = guarded(lambda: tuple(kind.check(block, self.context)))
        if found is None:
            message = f"El bloque «{block.name}» no pudo revisar su contenido: simplifíquelo."
            findings.error(Code.NOT_CONVERTED, path, fenced.line, message)
        findings.extend(found or ())
        self.check(fenced.children, findings, kind.role)

    def _placeholder(self, block: Block) -> str:
        title = self._manuscript.inline(block.title) if block.title else ""
        head = f'<h3 class="callout__title">{title}</h3>' if title else ""
        note = escape(_MISSING.get(self._site.language, _MISSING["es"]))
        return (
            f'<div class="callout" data-kind="info"><span class="callout__icon">{icon("info")}</span>'
            f'<div class="callout__body">{head}<p class="text-sm muted">{note}</p>'
            f"{self.render(block.body)}</div></div>"
        )


def guarded(ask: Callable[[], _Answer]) -> _Answer | None:
    """Return the answer of a plugin's block, or None when it fails."""
    try:
        return ask()
    except Exception:  # noqa: BLE001 - a guest's fault must become a diagnostic, whatever it is
        return None


def _misplaced(role: BlockRole, outer: BlockRole | None) -> str:
    if outer is BlockRole.QUESTION:
        return "Una pregunta no lleva otros bloques dentro: sáquelo de ella."
    if role is BlockRole.SCENE:
        return "Este bloque va suelto en una página con «tipo: simulacion»: páselo a una."
    if role is BlockRole.BRANCH and outer is not None:
        return "Un bloque de sector o de lugar va suelto en la lección, no dentro de otro: sáquelo."
    if role is BlockRole.LIVE and outer is BlockRole.CONTENT:
        return "Este bloque no va dentro de otro: póngalo después de él."
    if role is BlockRole.QUESTION and outer is BlockRole.CONTENT:
        return "Una pregunta no va dentro de otro bloque: póngala después de él."
    return ""

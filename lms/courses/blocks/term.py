"""The definition of a term, set apart in the lesson that teaches it."""

from collections.abc import Iterable

from lms.courses.blocks.names import NAMES
from lms.plugins.blocks import Block, BlockContext, Diagnostic, MarkdownBlock, Problem, icon


class Term(MarkdownBlock):
    """A box with the definition of the glossary: `::: termino canalizar`; its own text, if any, goes below."""

    names = NAMES["term"]

    def check(self, block: Block, context: BlockContext) -> Iterable[Diagnostic]:
        """Report a term that the glossary does not have."""
        if not block.title:
            message = "Falta el término: escríbalo después de «termino», como «::: termino canalizar»."
            yield context.error("R205", block.line, message)
            return
        found = context.define(block.title)
        if isinstance(found, Problem):
            yield context.error(found.code, block.line, found.message)

    def html(self, block: Block, context: BlockContext) -> str:
        """Return the box."""
        found = context.define(block.title)
        drawing = f'<span class="callout__icon">{icon("book-open")}</span>'
        text = (
            block.title if isinstance(found, Problem) else f"**[[{found.term}]]**: {found.markdown.strip()}"
        )
        defined = context.render(text)
        if not isinstance(found, Problem) and found.language:
            defined = f'<div lang="{found.language}">{defined}</div>'
        return (
            f'<div class="callout" data-kind="info">{drawing}<div class="callout__body">'
            f"{defined}{context.render(block.body)}</div></div>"
        )

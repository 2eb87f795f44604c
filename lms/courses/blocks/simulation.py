"""The place in a lesson from which its reader goes on to a case that branches."""

from collections.abc import Iterable

from lms.courses.blocks.labels import label
from lms.courses.blocks.names import NAMES
from lms.plugins.blocks import Block, BlockContext, Diagnostic, MarkdownBlock, icon


class SimulationBlock(MarkdownBlock):
    """A card with what the case is about and the link to its page; `::: simulacion 08-la-consulta.md Título`."""

    names = NAMES["simulation"]
    takes_argument = True

    def check(self, block: Block, context: BlockContext) -> Iterable[Diagnostic]:
        """Report a block without its page or its title; the link itself is checked like any other."""
        if not block.argument.endswith(".md") or not block.title:
            message = "Faltan la página del caso y su título, como «::: simulacion 08-caso.md La consulta»."
            yield context.error("R205", block.line, message)

    def html(self, block: Block, context: BlockContext) -> str:
        """Return the card; the compiler turns the path into the address of the page."""
        drawing = f'<span class="callout__icon">{icon("route")}</span>'
        link = context.render(f"[{label('play-case', context.language)}]({block.argument})")
        body = context.render(block.body) if block.body.strip() else ""
        title = context.render_inline(block.title)
        return (
            f'<div class="callout" data-kind="key">{drawing}<div class="callout__body">'
            f'<h3 class="callout__title">{title}</h3>{body}{link}</div></div>'
        )

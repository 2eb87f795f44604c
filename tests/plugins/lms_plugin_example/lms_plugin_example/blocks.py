"""The block ``::: pausa``, with which an author stops the reader for some minutes."""

from collections.abc import Iterable
from types import MappingProxyType

from lms.plugins.blocks import Block, BlockContext, Diagnostic, MarkdownBlock, icon


class Pause(MarkdownBlock):
    """A moment to stop reading: ``::: pausa {minutos=3}``."""

    names = ("pausa", "pause")
    attribute_names = MappingProxyType({"minutos": "minutes", "minutes": "minutes"})

    def check(self, block: Block, context: BlockContext) -> Iterable[Diagnostic]:
        """Report an empty pause, and minutes that are no number."""
        yield from super().check(block, context)
        if not block.attributes.get("minutes", "1").isdecimal():
            yield context.error("X101", block.line, "Escriba los minutos de la pausa con un número entero.")

    def html(self, block: Block, context: BlockContext) -> str:
        """Return a neutral callout."""
        minutes = block.attributes.get("minutes", "1")
        return (
            f'<div class="callout" data-kind="info"><span class="callout__icon">{icon("clock")}</span>'
            f'<div class="callout__body"><h3 class="callout__title">Pausa de {minutes} min</h3>'
            f"{context.render(block.body)}</div></div>"
        )

"""Fictional cases, always labelled as such."""

from collections.abc import Iterable

from lms.courses.blocks.labels import label
from lms.courses.blocks.names import NAMES
from lms.plugins.blocks import Block, BlockContext, Diagnostic, MarkdownBlock


class Case(MarkdownBlock):
    """An invented story to practise with."""

    names = NAMES["case"]

    def check(self, block: Block, context: BlockContext) -> Iterable[Diagnostic]:
        """Report a missing title as well as a missing story."""
        yield from super().check(block, context)
        if not block.title:
            message = "Falta el título del caso: escríbalo después de «ficticio», en la misma línea."
            yield context.error("R205", block.line, message)

    def html(self, block: Block, context: BlockContext) -> str:
        """Return the case under its title and its label."""
        badge = label("fictional", context.language)
        return (
            '<section class="case"><div class="row row--between gap-2">'
            f'<h3>{context.render_inline(block.title)}</h3><span class="badge">{badge}</span></div>'
            f'<div class="stack">{context.render(block.body)}</div></section>'
        )

"""Text that stays hidden until the reader asks for it."""

from collections.abc import Iterable

from lms.courses.blocks.names import NAMES
from lms.plugins.blocks import Block, BlockContext, Diagnostic, MarkdownBlock


class Reveal(MarkdownBlock):
    """A question to think about, with its answer behind it."""

    names = NAMES["reveal"]

    def check(self, block: Block, context: BlockContext) -> Iterable[Diagnostic]:
        """Report a missing question as well as a missing answer."""
        yield from super().check(block, context)
        if not block.title:
            message = "Falta la pregunta: escríbala después de «revelar», en la misma línea."
            yield context.error("R205", block.line, message)

    def html(self, block: Block, context: BlockContext) -> str:
        """Return a disclosure."""
        summary = context.render_inline(block.title)
        return (
            f'<details class="disclosure"><summary>{summary}</summary>'
            f'<div class="stack gap-3">{context.render(block.body)}</div></details>'
        )

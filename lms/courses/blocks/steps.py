"""Ordered steps."""

import re
from collections.abc import Iterable

from lms.courses.blocks.names import NAMES
from lms.plugins.blocks import Block, BlockContext, Diagnostic, MarkdownBlock

_STEP = re.compile(r"^ {0,3}\d+\.\s+\S", re.MULTILINE)


class Steps(MarkdownBlock):
    """A procedure: an ordered list under a title."""

    names = NAMES["steps"]

    def check(self, block: Block, context: BlockContext) -> Iterable[Diagnostic]:
        """Report a block without a numbered list."""
        if not _STEP.search(block.body):
            message = "Faltan los pasos: escriba una lista numerada, como «1. Primer paso»."
            yield context.error("R209", block.line, message)

    def html(self, block: Block, context: BlockContext) -> str:
        """Return the title and the list."""
        head = f'<h3 class="steps__title">{context.render_inline(block.title)}</h3>' if block.title else ""
        return f'<div class="steps">{head}{context.render(block.body)}</div>'

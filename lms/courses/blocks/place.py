"""Content for some countries and territories."""

import re
from collections.abc import Iterable
from html import escape

from lms.core.places import GENERAL, find_place, place_name
from lms.courses.blocks.labels import label
from lms.courses.blocks.names import NAMES, PLACE_ATTRIBUTES
from lms.courses.compiler.places import unknown_place
from lms.plugins.blocks import Block, BlockContext, BlockRole, BranchAxis, Diagnostic, MarkdownBlock, icon

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class PlaceBlock(MarkdownBlock):
    """A branch of the lesson; `::: lugar mx-roo,ec Title` names where it holds, `general` everywhere else.

    With ``{id=…}`` the fork can be widened by the files of `variantes/`, without touching the lesson.
    """

    names = NAMES["place"]
    role = BlockRole.BRANCH
    axis = BranchAxis.PLACE
    takes_argument = True
    attribute_names = PLACE_ATTRIBUTES

    def check(self, block: Block, context: BlockContext) -> Iterable[Diagnostic]:
        """Report places that do not exist and ids that cannot be one."""
        yield from super().check(block, context)
        written = block.attributes.get("id", "")
        if written and not _ID.fullmatch(written):
            message = f"«{written}» no sirve de id: use minúsculas sin tilde, cifras y guiones."
            yield context.error("R205", block.line, message)
        if not block.argument:
            message = "Falta el lugar: escríbalo después de «lugar», como «::: lugar mx-roo Título»."
            yield context.error("R205", block.line, message)
            return
        for word in block.argument.split(","):
            if find_place(word) is None:
                yield context.error("R340", block.line, unknown_place(word))

    def html(self, block: Block, context: BlockContext) -> str:
        """Return the branch standing alone, for places that cannot choose by territory."""
        codes = [code for word in block.argument.split(",") if (code := find_place(word))]
        names = escape(", ".join(place_name(code, context.language) for code in codes if code != GENERAL))
        title = f"<h3>{context.render_inline(block.title)}</h3>" if block.title else ""
        note = escape(label("your-place", context.language))
        return (
            f'<section class="sector-block"><div class="sector-block__head">{icon("map-pin")}'
            f'<span>{names}</span><span class="text-xs muted">{note}</span></div>'
            f'<div class="sector-block__body">{title}{context.render(block.body)}</div></section>'
        )

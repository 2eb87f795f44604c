"""Content for the people of some sectors."""

from collections.abc import Iterable
from difflib import get_close_matches
from html import escape

from lms.courses.blocks.labels import label
from lms.courses.blocks.names import NAMES
from lms.plugins.blocks import Block, BlockContext, BlockRole, Diagnostic, MarkdownBlock, SectorLabel, icon


class SectorBlock(MarkdownBlock):
    """A branch of the lesson; `::: sector salud,justicia Title` names who sees it open."""

    names = NAMES["sector"]
    role = BlockRole.BRANCH
    takes_argument = True

    def check(self, block: Block, context: BlockContext) -> Iterable[Diagnostic]:
        """Report sectors that do not exist."""
        yield from super().check(block, context)
        if not block.argument:
            message = "Falta el sector: escríbalo después de «sector», como «::: sector salud Título»."
            yield context.error("R205", block.line, message)
            return
        for slug in block.argument.split(","):
            if slug not in context.sectors:
                yield context.error(
                    "R215", block.line, f"El sector «{slug}» no existe.{_nearest(slug, context)}"
                )

    def html(self, block: Block, context: BlockContext) -> str:
        """Return the branch standing alone, for places that cannot choose by sector."""
        found = [context.sectors[slug] for slug in block.argument.split(",") if slug in context.sectors]
        labels = "".join(_label(sector) for sector in found)
        title = f"<h3>{context.render_inline(block.title)}</h3>" if block.title else ""
        attribute = f' data-s="{escape(found[0].id)}"' if found else ""
        note = escape(label("your-sector", context.language))
        return (
            f'<section class="sector-block"{attribute}><div class="sector-block__head">{labels}'
            f'<span class="text-xs muted">{note}</span></div>'
            f'<div class="sector-block__body">{title}{context.render(block.body)}</div></section>'
        )


def _label(sector: SectorLabel) -> str:
    mark = f'<span class="sector__mark">{icon(sector.icon)}</span>'
    return (
        f'<span class="sector" data-s="{escape(sector.id)}">{mark}<span>{escape(sector.label)}</span></span>'
    )


def _nearest(slug: str, context: BlockContext) -> str:
    slugs = sorted({sector.slug for sector in context.sectors.values()})
    near = get_close_matches(slug.casefold(), slugs, n=1)
    return f" ¿Quiso decir «{near[0]}»?" if near else f" Use uno de: {', '.join(slugs)}."

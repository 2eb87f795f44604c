"""Boxes that set one idea apart: to remember, to be careful, the law, local data, neutral, achieved."""

from collections.abc import Iterable
from html import escape
from typing import ClassVar

from lms.courses.blocks.labels import day_in_words, label
from lms.courses.blocks.names import LAW_ATTRIBUTES, NAMES
from lms.plugins.blocks import Block, BlockContext, Diagnostic, MarkdownBlock, Problem, icon


class _Callout(MarkdownBlock):
    kind: ClassVar[str]
    icon_name: ClassVar[str]

    def html(self, block: Block, context: BlockContext) -> str:
        """Return a box with an icon, a title if there is one, and the text."""
        title = context.render_inline(block.title) if block.title else ""
        head = f'<h3 class="callout__title">{title}</h3>' if title else ""
        drawing = f'<span class="callout__icon">{icon(self.icon_name)}</span>'
        return (
            f'<div class="callout" data-kind="{self.kind}">{drawing}'
            f'<div class="callout__body">{head}{context.render(block.body)}{self.foot(block, context)}</div></div>'
        )

    def foot(self, block: Block, context: BlockContext) -> str:
        """Return what stands below the text."""
        del block, context
        return ""


class Key(_Callout):
    """What to remember."""

    names = NAMES["key"]
    kind = "key"
    icon_name = "lightbulb"


class Caution(_Callout):
    """How to do no harm."""

    names = NAMES["caution"]
    kind = "caution"
    icon_name = "circle-alert"


class Law(_Callout):
    """What the law says; ``{fuente=CLAVE articulo="10"}`` shows which document, where, and when it was read."""

    names = NAMES["law"]
    kind = "law"
    icon_name = "scale"
    attribute_names = LAW_ATTRIBUTES

    def check(self, block: Block, context: BlockContext) -> Iterable[Diagnostic]:
        """Report an unknown source, an article of nothing, and a box that says nothing."""
        source = block.attributes.get("source", "")
        found = context.cite(source) if source else None
        if isinstance(found, Problem):
            yield context.error(found.code, block.line, found.message)
        if not source:
            yield from super().check(block, context)
            if "article" in block.attributes:
                message = "Falta de qué norma es el artículo: agregue «fuente=CLAVE»."
                yield context.error("R205", block.line, message)

    def foot(self, block: Block, context: BlockContext) -> str:
        """Return the source, where it is and when somebody read it."""
        found = context.cite(block.attributes.get("source", ""))
        if isinstance(found, Problem):
            return ""
        language, article = context.language, escape(block.attributes.get("article", ""))
        title = escape(found.title)
        if found.url:
            title = f'<a href="{escape(found.url)}" rel="noopener noreferrer">{title}</a>'
        where = f", {label('article', language)} {article}" if article else ""
        day = f"{label('checked', language)} {day_in_words(found.checked_on, language)}"
        return f'<p class="text-sm muted">{label("source", language)}: {title}{where} ({day}).</p>'


class Local(_Callout):
    """Data of the learner's own institution."""

    names = NAMES["local"]
    kind = "local"
    icon_name = "map-pin"


class Info(_Callout):
    """Something neutral."""

    names = NAMES["info"]
    kind = "info"
    icon_name = "info"


class Success(_Callout):
    """Something achieved."""

    names = NAMES["success"]
    kind = "success"
    icon_name = "check"

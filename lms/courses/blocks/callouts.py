"""Boxes that set one idea apart: to remember, to be careful, the law, local data, neutral, achieved."""

from typing import ClassVar

from lms.courses.blocks.names import NAMES
from lms.plugins.blocks import Block, BlockContext, MarkdownBlock, icon


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
            f'<div class="callout__body">{head}{context.render(block.body)}</div></div>'
        )


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
    """What the law says, with its article."""

    names = NAMES["law"]
    kind = "law"
    icon_name = "scale"


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

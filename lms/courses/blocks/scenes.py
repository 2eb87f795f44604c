"""The pieces of a simulation: the compiler keeps them apart and joins them into its graph."""

from collections.abc import Iterable
from typing import ClassVar

from lms.courses.blocks.names import NAMES, SCENE_ATTRIBUTES
from lms.plugins.blocks import Block, BlockContext, BlockRole, Diagnostic, MarkdownBlock


class _Named(MarkdownBlock):
    role = BlockRole.SCENE
    takes_argument = True
    example: ClassVar[str]

    def check(self, block: Block, context: BlockContext) -> Iterable[Diagnostic]:
        """Report a missing id or title: choices lead to the id, and people read the title."""
        if not block.argument or not block.title:
            message = f"Falta el nombre corto o el título: escriba «::: {self.name} {self.example}»."
            yield context.error("R205", block.line, message)

    def html(self, block: Block, context: BlockContext) -> str:
        """Return the title and the text, for places where nobody can play."""
        return f"<h3>{context.render_inline(block.title)}</h3>{context.render(block.body)}"


class SceneBlock(_Named):
    """A moment in which something must be decided."""

    names = NAMES["scene"]
    attribute_names = SCENE_ATTRIBUTES
    example = "llegada Llega una mujer a la consulta"


class EndingBlock(_Named):
    """Where the story comes to rest."""

    names = NAMES["ending"]
    example = "acuerdo Se canalizó con su acuerdo"

    def check(self, block: Block, context: BlockContext) -> Iterable[Diagnostic]:
        """Report a missing id, title or text."""
        yield from super().check(block, context)
        yield from MarkdownBlock.check(self, block, context)


class ClosingBlock(MarkdownBlock):
    """What everybody reads after any ending."""

    names = NAMES["closing"]
    role = BlockRole.SCENE

    def html(self, block: Block, context: BlockContext) -> str:
        """Return the text."""
        return context.render(block.body)

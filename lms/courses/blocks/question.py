"""Questions: the compiler keeps them apart from the HTML, with their keys."""

from collections.abc import Iterable

from lms.courses.blocks.names import NAMES, QUESTION_ATTRIBUTES
from lms.courses.compiler.questions import read_question
from lms.plugins.blocks import Block, BlockContext, BlockRole, Diagnostic, MarkdownBlock


class QuestionBlock(MarkdownBlock):
    """A self-check in a lesson, a scored question in a quiz."""

    names = NAMES["question"]
    role = BlockRole.QUESTION
    attribute_names = QUESTION_ATTRIBUTES

    def check(self, block: Block, context: BlockContext) -> Iterable[Diagnostic]:
        """Report a title: the stem goes inside."""
        if block.title:
            message = "El enunciado va en las líneas de abajo, no junto a «pregunta»."
            yield context.error("R205", block.line, message)

    def html(self, block: Block, context: BlockContext) -> str:
        """Return the stem and the options without the key, for places where nobody can answer."""
        draft = read_question(block.body, block.line + 1)
        options = "".join(f"<li>{context.render_inline(option.text)}</li>" for option in draft.options)
        stem = context.render("\n".join(draft.stem))
        return f"{stem}<ul>{options}</ul>"

"""Pairs of what to say and what to avoid."""

import re
from collections.abc import Iterable

from lms.courses.blocks.labels import label
from lms.courses.blocks.names import NAMES
from lms.plugins.blocks import Block, BlockContext, Diagnostic, MarkdownBlock, icon

_LINE = re.compile(r"\s*([-+])\s+(.+)")


class Say(MarkdownBlock):
    """Lines that start with `-` are to be said, those with `+` to be avoided."""

    names = NAMES["say"]

    def check(self, block: Block, context: BlockContext) -> Iterable[Diagnostic]:
        """Report lines that are neither, and a block that says nothing."""
        for number, line in enumerate(block.body.split("\n"), block.line + 1):
            if line.strip() and not _LINE.match(line) and not line.startswith("  "):
                yield context.error("R209", number, "Empiece la línea con «- » (diga) o con «+ » (evite).")
        if not _phrases(block.body, "-"):
            message = "El bloque no dice ninguna frase: agregue una línea «- «frase»»."
            yield context.error("R209", block.line, message)

    def html(self, block: Block, context: BlockContext) -> str:
        """Return two lists side by side."""
        title = f"<p><strong>{context.render_inline(block.title)}</strong></p>" if block.title else ""
        say = _column(_phrases(block.body, "-"), "check", label("say", context.language), context)
        avoid = _column(_phrases(block.body, "+"), "x", label("avoid", context.language), context)
        return f'{title}<div class="say">{say}{avoid}</div>'


def _phrases(body: str, mark: str) -> list[str]:
    phrases: list[tuple[str, str]] = []
    for line in body.split("\n"):
        found = _LINE.match(line)
        if found is not None:
            phrases.append((found.group(1), found.group(2)))
        elif line.strip():
            kind, text = phrases.pop() if phrases else ("-", "")
            phrases.append((kind, f"{text} {line.strip()}".strip()))
    return [text for kind, text in phrases if kind == mark]


def _column(phrases: list[str], icon_name: str, title: str, context: BlockContext) -> str:
    if not phrases:
        return ""
    items = "".join(f"<li>{context.render_inline(phrase)}</li>" for phrase in phrases)
    return (
        f'<div><h3 class="say__title">{icon(icon_name)}{title}</h3><ul class="say__list">{items}</ul></div>'
    )

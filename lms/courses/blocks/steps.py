"""Ordered steps."""

import re
from collections.abc import Iterable, Iterator
from textwrap import dedent

from lms.courses.blocks.names import NAMES
from lms.plugins.blocks import Block, BlockContext, Diagnostic, MarkdownBlock

_STEP = re.compile(r"\A {0,3}\d+\.[ \t]+(?=\S)")


class Steps(MarkdownBlock):
    """A procedure: an ordered list under a title."""

    names = NAMES["steps"]

    def check(self, block: Block, context: BlockContext) -> Iterable[Diagnostic]:
        """Report a block without a numbered list, and text that would cut the list in two."""
        lines = block.body.split("\n")
        numbered = [index for index, line in enumerate(lines) if _STEP.match(line)]
        if not numbered:
            message = "Faltan los pasos: escriba una lista numerada, como «1. Primer paso»."
            yield context.error("R209", block.line, message)
            return
        for index in range(numbered[0] + 1, numbered[-1]):
            if _is_cut(lines, index):
                message = "Este texto corta la lista de pasos: agréguele cuatro espacios de sangría."
                yield context.error("R209", block.line + 1 + index, message)

    def html(self, block: Block, context: BlockContext) -> str:
        """Return the title and the list, with what stands before and after it."""
        head = f'<h3 class="steps__title">{context.render_inline(block.title)}</h3>' if block.title else ""
        pieces = [head]
        for is_step, texts in _groups(block.body.split("\n")):
            if is_step:
                items = "".join(f"<li>{context.render(text)}</li>" for text in texts)
                pieces.append(f'<ol class="steps">{items}</ol>')
            else:
                pieces.append(context.render("\n".join(texts)))
        return "".join(pieces)


def _is_cut(lines: list[str], index: int) -> bool:
    """Return whether a line is neither a step nor part of one: unindented text after an empty line."""
    line = lines[index]
    is_loose = bool(line.strip()) and line[0] not in " \t" and not _STEP.match(line)
    return is_loose and (not lines[index - 1].strip() or line.startswith(":::"))


def _groups(lines: list[str]) -> Iterator[tuple[bool, list[str]]]:
    """Give runs of steps, and runs of lines that are not steps."""
    is_step, texts = False, list[str]()
    for index, line in enumerate(lines):
        if _STEP.match(line):
            if not is_step and "".join(texts).strip():
                yield False, texts
            texts = [*texts, _STEP.sub("", line)] if is_step else [_STEP.sub("", line)]
            is_step = True
        elif is_step and _is_cut(lines, index):
            yield True, [_dedented(text) for text in texts]
            is_step, texts = False, [line]
        elif is_step:
            texts[-1] += f"\n{line}"
        else:
            texts.append(line)
    if "".join(texts).strip():
        yield is_step, [_dedented(text) for text in texts] if is_step else texts


def _dedented(step: str) -> str:
    first, _, rest = step.partition("\n")
    return f"{first}\n{dedent(rest)}".strip()

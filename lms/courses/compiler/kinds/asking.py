"""What every kind of question gets from its block, and what it gives back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from lms.courses.compiler.codes import Code
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.manuscript import Manuscript
from lms.plugins.blocks import Block

KEYS: Final = "abcdefghijklmnopqrstuvwxyz"
Details: TypeAlias = dict[str, Any]
"""What only one kind of question knows, as JSON. A text under a name in "html" is HTML, one in "text" is plain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedOption:
    """An option whose texts are marks of the manuscript."""

    is_right: bool
    text: str
    feedback: str
    key: str = ""
    """Empty for the letter of its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What a body asks; its texts are marks of the manuscript."""

    stem: Sequence[str]
    explanation: Sequence[str] = ()
    options: tuple[PlannedOption, ...] = ()
    details: Details = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asking:
    """A block that asks, with what its kind needs to read it."""

    block: Block
    manuscript: Manuscript
    findings: Findings
    is_survey: bool = False
    """Whether it asks for opinions: then nothing is right."""

    @property
    def first_line(self) -> int:
        """Return the line of the file at which the body begins."""
        return self.block.line + 1

    @property
    def attributes(self) -> Mapping[str, str]:
        """Return what stands in the braces, by canonical name."""
        return self.block.attributes

    def inline(self, text: str) -> str:
        """Return the mark of one line of Markdown."""
        return self.manuscript.inline(text)

    def paragraphs(self, lines: Sequence[str]) -> str:
        """Return the mark of some lines of Markdown, nothing for none."""
        text = "\n".join(lines).strip()
        return self.manuscript.plain_block(text) if text else ""

    def wrong(self, message: str, line: int = 0, code: Code = Code.BAD_QUESTION_BODY) -> None:
        """Report an error, at the head of the block unless a line is given."""
        self.findings.error(code, self.manuscript.path, line or self.block.line, message)

    def refuse_loose(self, loose: Sequence[tuple[int, str]]) -> None:
        """Report the lines that belong to nothing."""
        for number, text in loose:
            message = f"«{text[:40]}» no se entiende aquí: páselo al enunciado o a «Explicación:»."
            self.wrong(message, number, Code.LOOSE_TEXT)

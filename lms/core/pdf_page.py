"""One page of a PDF rewritten: strings kerned, paragraphs marked, the rest marked as decoration."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pikepdf import (
    ContentStreamInlineImage,
    ContentStreamInstruction,
    Dictionary,
    Matrix,
    Name,
    Object,
    Operator,
    Page,
    parse_content_stream,
)

from lms.core.pdf_kerning import KernedFont, fonts_of
from lms.core.typefaces import Pairs

# A reader that follows the tags would otherwise run the last word of a line into the first of the next.
_LINE_END = b" "

Instruction = ContentStreamInstruction | ContentStreamInlineImage


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """Lines that read as one: the same type, one under the other. `marks` are their numbers in the page."""

    marks: list[int]


@dataclass(frozen=True, kw_only=True)
class RewrittenPage:
    """What draws the page, the paragraphs in the order drawn, and the fonts it still uses."""

    instructions: list[Instruction]
    paragraphs: list[Paragraph]
    fonts: set[str]


def rewrite_page(page: Page, faces: Mapping[str, Pairs]) -> RewrittenPage:
    """Return the page with kerned strings and marked content."""
    writer = _Writer(fonts=fonts_of(page.obj, faces))
    writer.begin_decoration()
    for block in _blocks(parse_content_stream(page)):
        writer.take(block)
    writer.end()
    return RewrittenPage(instructions=writer.instructions, paragraphs=writer.paragraphs, fonts=writer.used)


def _blocks(instructions: list[Instruction]) -> Iterator[list[Instruction]]:
    """Give each text object (BT … ET) as one block and every other instruction alone."""
    text: list[Instruction] = []
    for instruction in instructions:
        operator = str(instruction.operator)
        if operator == "BT" or text:
            text.append(instruction)
            if operator == "ET":
                yield text
                text = []
        else:
            yield [instruction]


def _shows_text(instruction: Instruction) -> bool:
    return str(instruction.operator) in {"Tj", "TJ"}


def _is_superseded(rest: list[Instruction]) -> bool:
    """Say whether another font is set before anything is shown: the library sets its default one first."""
    for instruction in rest:
        if _shows_text(instruction):
            return False
        if str(instruction.operator) == "Tf":
            return True
    return False


@dataclass
class _Writer:
    fonts: Mapping[str, KernedFont]
    instructions: list[Instruction] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    _matrix: Matrix = field(default_factory=Matrix)
    _saved: list[Matrix] = field(default_factory=list)
    _last: tuple[object, ...] = ()
    _mark: int = 0

    def take(self, block: list[Instruction]) -> None:
        if str(block[0].operator) == "BT":
            # Text objects that show nothing only set the library's default font.
            if any(map(_shows_text, block)):
                self._text(block)
            return
        self._follow(block[0])
        self.instructions.append(block[0])

    def begin_decoration(self) -> None:
        self._write("BMC", Name.Artifact)

    def end(self) -> None:
        self._write("EMC")

    def _follow(self, instruction: Instruction) -> None:
        """Keep the place where text will be drawn: paragraphs are told apart by their left edge."""
        match str(instruction.operator):
            case "q":
                self._saved.append(self._matrix)
            case "Q":
                self._matrix = self._saved.pop()
            case "cm":
                self._matrix = Matrix(instruction.operands) @ self._matrix

    def _text(self, block: list[Instruction]) -> None:
        self._write("EMC")
        self._write("BDC", Name.P, Dictionary(MCID=self._mark))
        font = self._kerned(block)
        self._write("EMC")
        self.begin_decoration()
        place = (*font, round(self._matrix.e, 1))
        if place == self._last:
            self.paragraphs[-1].marks.append(self._mark)
        else:
            self.paragraphs.append(Paragraph(marks=[self._mark]))
        self._last = place
        self._mark += 1

    def _kerned(self, block: list[Instruction]) -> tuple[str, str]:
        """Write a text object with its strings kerned; return its first font and size."""
        seen: list[tuple[str, str]] = []
        current: KernedFont | None = None
        last = max(index for index, shown in enumerate(block) if _shows_text(shown))
        for index, instruction in enumerate(block):
            operator = str(instruction.operator)
            if operator == "Tf":
                name = str(instruction.operands[0])
                seen.append((name, str(instruction.operands[1])))
                if _is_superseded(block[index + 1 :]):
                    continue
                self.used.add(name)
                current = self.fonts.get(name)
            if operator == "Tj" and current is not None:
                end = _LINE_END if index == last else b""
                self._write("TJ", current.space(bytes(instruction.operands[0]) + end))
            else:
                self.instructions.append(instruction)
        return seen[0] if seen else ("", "")

    def _write(self, operator: str, *operands: Object) -> None:
        self.instructions.append(ContentStreamInstruction(list(operands), Operator(operator)))

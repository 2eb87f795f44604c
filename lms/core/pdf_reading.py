"""What a page of a PDF draws, as plain values: which letters start where, which boxes are filled."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pikepdf import Dictionary, Matrix, Name, Page, parse_content_stream

Colour = tuple[float, ...]
"""Red, green and blue from 0 to 1."""
_PLACES = 3


@dataclass(frozen=True, kw_only=True)
class ShownText:
    """One text object: where its first letter stands, in points from the lower left corner, and how it looks."""

    x: float
    y: float
    size: float
    tracking: float
    """Points between letters."""
    colour: Colour
    face: str
    """The PostScript name of the typeface."""


@dataclass(frozen=True, kw_only=True)
class FilledBox:
    """One filled rectangle, in points from the lower left corner."""

    x: float
    y: float
    width: float
    height: float
    colour: Colour


@dataclass(kw_only=True)
class DrawnPage:
    """Texts and boxes in the order drawn, and how many other shapes and pictures there are."""

    texts: list[ShownText] = field(default_factory=list)
    boxes: list[FilledBox] = field(default_factory=list)
    others: int = 0


@dataclass
class _State:
    matrix: Matrix = field(default_factory=Matrix)
    colour: Colour = (0, 0, 0)
    face: str = ""
    size: float = 0
    tracking: float = 0

    def copy(self) -> "_State":
        return _State(self.matrix, self.colour, self.face, self.size, self.tracking)


def read_page(page: Page) -> DrawnPage:
    """Return what a page draws, as the layout library writes it: upright text, boxes along the edges."""
    return _Reader(_faces_of(page)).read(page)


def _faces_of(page: Page) -> dict[str, str]:
    fonts = page.obj.get(Name.Resources, Dictionary()).get(Name.Font, Dictionary())
    return {name: str(font.BaseFont).lstrip("/").rpartition("+")[2] for name, font in fonts.items()}


class _Reader:
    def __init__(self, faces: dict[str, str]) -> None:
        self._faces = faces
        self._drawn = DrawnPage()
        self._state, self._saved = _State(), list[_State]()
        self._line: Matrix | None = None
        self._box: tuple[float, ...] | None = None
        self._is_path = False

    def read(self, page: Page) -> DrawnPage:
        for instruction in parse_content_stream(page):
            operator = str(instruction.operator)
            self._take(operator, list(instruction.operands) if operator != "INLINE IMAGE" else [])
        return self._drawn

    def _take(self, operator: str, operands: Sequence[object]) -> None:
        if operator in _STATE:
            _STATE[operator](self, operands)
        elif operator in {"Tj", "TJ"} and self._line is not None:
            self._show(self._line)
        elif operator in {"m", "l", "c", "v", "y", "h", "re"}:
            self._path(operator, operands)
        elif operator in {"f", "f*", "F", "B", "B*", "b", "b*", "s", "S"}:
            self._paint(operator)
        elif operator in {"Do", "sh", "INLINE IMAGE"}:
            self._drawn.others += 1

    def _show(self, line: Matrix) -> None:
        state, matrix = self._state, line @ self._state.matrix
        self._drawn.texts.append(
            ShownText(
                x=matrix.e, y=matrix.f, size=round(state.size * matrix.d, _PLACES), face=state.face,
                tracking=round(state.tracking * matrix.a, _PLACES), colour=state.colour,
            )
        )  # fmt: skip
        self._line = None

    def _path(self, operator: str, operands: Sequence[object]) -> None:
        only = operator == "re" and not self._is_path
        self._box = tuple(_numbers(operands)) if only else None
        self._is_path = True

    def _paint(self, operator: str) -> None:
        if self._box is not None and operator in {"f", "f*", "F"}:
            left, bottom, width, height = self._box
            at = self._state.matrix
            self._drawn.boxes.append(
                FilledBox(
                    x=at.e + at.a * left, y=at.f + at.d * bottom, width=at.a * width, height=at.d * height,
                    colour=self._state.colour,
                )
            )  # fmt: skip
        elif self._is_path:
            self._drawn.others += 1
        self._box, self._is_path = None, False

    def push(self, _operands: Sequence[object]) -> None:
        self._saved.append(self._state.copy())

    def pop(self, _operands: Sequence[object]) -> None:
        self._state = self._saved.pop()

    def transform(self, operands: Sequence[object]) -> None:
        self._state.matrix = Matrix(*_numbers(operands)) @ self._state.matrix

    def colour(self, operands: Sequence[object]) -> None:
        self._state.colour = tuple(round(part, _PLACES) for part in _numbers(operands))

    def font(self, operands: Sequence[object]) -> None:
        self._state.face = self._faces.get(str(operands[0]), "")
        self._state.size = float(str(operands[1]))

    def tracking(self, operands: Sequence[object]) -> None:
        self._state.tracking = float(str(operands[0]))

    def begin_text(self, _operands: Sequence[object]) -> None:
        self._line = Matrix()

    def place_text(self, operands: Sequence[object]) -> None:
        self._line = Matrix(*_numbers(operands))

    def end_path(self, _operands: Sequence[object]) -> None:
        self._box, self._is_path = None, False


_STATE = {
    "q": _Reader.push, "Q": _Reader.pop, "cm": _Reader.transform, "rg": _Reader.colour, "Tf": _Reader.font,
    "Tc": _Reader.tracking, "BT": _Reader.begin_text, "Tm": _Reader.place_text, "n": _Reader.end_path,
}  # fmt: skip


def _numbers(operands: Sequence[object]) -> Iterator[float]:
    return (float(str(each)) for each in operands)

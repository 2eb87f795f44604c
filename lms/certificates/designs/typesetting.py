"""Lines that fit: the largest size, then the most even breaks, for the words of one certificate."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from lms.core.pdf_assets import find_asset
from lms.core.typefaces import Typeface, load_typeface

SMALLEST = 5.0
"""Points. Text that does not fit at this size does not fit."""
LARGEST = 400.0
MOST_LINES = 40
_SHRINK = 0.96

Step = Sequence[float]
"""A size in points and how many lines it may take."""


class TextDoesNotFit(ValueError):
    """A text is too long for its place even at the smallest size."""


@dataclass(frozen=True, kw_only=True)
class FittedText:
    """A text cut in lines at the size, in points, at which they fit."""

    size: float
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Typesetter:
    """Fits text with the faces of one design folder. Templates use it as `fit` and `fit_all`."""

    folder: Path
    _faces: dict[str, Typeface] = field(default_factory=dict)
    """Those used so far: a page asks for the same three a hundred times."""

    def fit(
        self,
        text: str,
        face: str,
        width: float,
        steps: Sequence[Step],
        *,
        tracking: float = 0,
        after: str = "",
    ) -> FittedText:
        """Return the text at the first of the steps at which it fits in `width` points, smaller if none.

        `tracking` is the space between letters in ems; `after` lists signs after which a word may be cut.
        """
        return _fitted(self._face(face), (text,), _Place(width, _fixed(steps), tracking, after))[0]

    def fit_all(
        self, texts: Iterable[str], face: str, width: float, steps: Sequence[Step]
    ) -> list[FittedText]:
        """Return all the texts at one size: the largest at which the longest of them fits."""
        return list(_fitted(self._face(face), tuple(texts), _Place(width, _fixed(steps))))

    def measure(self, text: str, face: str, size: float, *, tracking: float = 0) -> float:
        """Return how long a line is, in points, to place it in the middle or at the right."""
        return self._face(face).width(text, size, tracking=tracking)

    def _face(self, face: str) -> Typeface:
        if face not in self._faces:
            self._faces[face] = load_typeface(find_asset(self.folder, face))
        return self._faces[face]


def _fixed(steps: Sequence[Step]) -> tuple[tuple[float, int], ...]:
    return tuple((min(float(step[0]), LARGEST), min(int(step[1]), MOST_LINES)) for step in steps)


class _Place(NamedTuple):
    """Where a text must fit."""

    width: float
    steps: tuple[tuple[float, int], ...]
    tracking: float = 0
    after: str = ""


# Most texts of a certificate are those of its whole cohort.
@lru_cache(maxsize=512)
def _fitted(face: Typeface, texts: tuple[str, ...], place: _Place) -> tuple[FittedText, ...]:
    measure = _Measure(face, place.tracking, place.after)
    for size, lines in _descending(place.steps):
        found = [measure.lines(text, place.width / size, lines) if text else ("",) for text in texts]
        if all(found):
            return tuple(FittedText(size=size, lines=each) for each in found)
    raise TextDoesNotFit(" / ".join(texts))


def _descending(steps: Iterable[tuple[float, int]]) -> Iterable[tuple[float, int]]:
    size, lines = 0.0, 1
    for size, lines in steps:
        yield size, lines
    while size * _SHRINK > SMALLEST:
        size *= _SHRINK
        yield size, lines


class _Measure:
    """Breaks a text in even lines; widths are in ems."""

    def __init__(self, face: Typeface, tracking: float, after: str) -> None:
        self._face, self._tracking, self._after = face, tracking, after

    def lines(self, text: str, width: float, most: int) -> tuple[str, ...]:
        """Return at most so many lines of this width, as even as they can be; nothing when they do not fit."""
        pieces = self._pieces(text)
        for count in range(1, most + 1):
            if found := self._narrowest(pieces, width, count):
                return tuple(line.strip() for line in found)
        return ()

    def _narrowest(self, pieces: list[str], width: float, count: int) -> list[str]:
        """Return the breaks in so many lines whose longest is shortest."""
        best: list[str] = []
        limit = width
        while 0 < len(lines := self._fill(pieces, limit)) <= count:
            best = lines
            limit = max(self._width(line) for line in lines) - 1e-6
        return best

    def _fill(self, pieces: list[str], width: float) -> list[str]:
        """Return lines filled one after the other; none when a piece alone is too wide."""
        lines: list[str] = []
        for piece in pieces:
            if lines and self._width(lines[-1] + piece) <= width:
                lines[-1] += piece
            elif self._width(piece) <= width:
                lines.append(piece)
            else:
                return []
        return lines

    def _width(self, line: str) -> float:
        return self._face.width(line.strip(), 1, tracking=self._tracking)

    def _pieces(self, text: str) -> list[str]:
        """Cut after spaces and after the signs that allow it."""
        pieces = [""]
        for letter, following in pairwise([*text, ""]):
            pieces[-1] += letter
            if (letter == " " or letter in self._after) and following != " ":
                pieces.append("")
        return [piece for piece in pieces if piece]

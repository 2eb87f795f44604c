"""What a TrueType face says of its letters: how wide they are, which pairs move, which signs it lacks."""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from reportlab.pdfbase.ttfonts import TTFontFile

Pairs = Mapping[tuple[str, str], int]
"""Thousandths of the type size to add between two characters; negative brings them together."""

_TABLE_HEADER, _SUBTABLE_HEADER, _PAIR = struct.Struct(">HH"), struct.Struct(">7H"), struct.Struct(">HHh")


@dataclass(frozen=True, kw_only=True, eq=False)
class Typeface:
    """The measures of one face, in thousandths of the type size; one object a file, so it can be a key."""

    name: str
    """The PostScript name."""
    widths: Mapping[int, float]
    """Advance of each character, by its code."""
    pairs: Pairs
    """The `kern` table; empty when the face has none."""

    def width(self, text: str, size: float, *, tracking: float = 0) -> float:
        """Return how long a line is, in the unit of `size`, with `tracking` ems between letters."""
        advances = sum(self.widths.get(ord(letter), 0) for letter in text)
        kerning = sum(self.pairs.get(pair, 0) for pair in pairwise(text))
        return ((advances + kerning) / 1000 + tracking * len(text)) * size

    def lacking(self, text: str) -> list[str]:
        """Return the signs of the text that the face does not have, in order."""
        return sorted({letter for letter in text if ord(letter) not in self.widths})


def load_typeface(path: Path) -> Typeface:
    """Return the measures of a TrueType file; files are read once per process and version."""
    return _load(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _load(path: Path, _version: int) -> Typeface:
    face = TTFontFile(str(path))
    return Typeface(name=face.name.decode("ascii"), widths=dict(face.charWidths), pairs=_pairs(face))


def _pairs(face: TTFontFile) -> Pairs:
    characters: dict[int, list[str]] = {}
    for code, glyph in face.charToGlyph.items():
        characters.setdefault(glyph, []).append(chr(code))
    table = face.get_table("kern") if "kern" in face.table else b""
    return {
        (left, right): round(units * 1000 / face.unitsPerEm)
        for first, second, units in _glyph_pairs(table)
        for left in characters.get(first, ())
        for right in characters.get(second, ())
        # The layout library sets spaces apart from words, so pairs with one would be measured and not drawn.
        if " " not in {left, right}
    }


def _glyph_pairs(table: bytes) -> Iterator[tuple[int, int, int]]:
    """Read the horizontal pairs of a `kern` table of version 0 with one subtable of format 0."""
    if not table or _TABLE_HEADER.unpack_from(table)[0] != 0:
        return
    start = _TABLE_HEADER.size
    _version, _length, coverage, count, *_search = _SUBTABLE_HEADER.unpack_from(table, start)
    if coverage != 1:
        return
    start += _SUBTABLE_HEADER.size
    for index in range(count):
        yield _PAIR.unpack_from(table, start + index * _PAIR.size)

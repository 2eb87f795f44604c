"""Kerning: the layout library gives every letter its full width, so "Te" and "Áv" gape; this closes them.

It rewrites the strings of a page with the pairs of each face's `kern` table. Nothing else moves: a line
that starts at the left keeps its start, and the text that a reader selects or copies is the same.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from pikepdf import Array, Dictionary, Name, Object, String

from lms.core.typefaces import Pairs

_CHARACTER = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]{4})>")


@dataclass(frozen=True, kw_only=True)
class KernedFont:
    """One font of a page: what each of its bytes means, and how its pairs are spaced."""

    characters: Mapping[int, str]
    pairs: Pairs

    @classmethod
    def of(cls, font: Object, faces: Mapping[str, Pairs]) -> Self:
        """Read the font as the page holds it: a subset with a map from its bytes to characters."""
        name = str(font.get(Name.BaseFont, Name("/-"))).lstrip("/").partition("+")[2]
        pairs = faces.get(name, {})
        unicode_map = font.get(Name.ToUnicode) if pairs else None
        found = _CHARACTER.findall(unicode_map.read_bytes()) if unicode_map is not None else []
        return cls(characters={int(byte, 16): chr(int(code, 16)) for byte, code in found}, pairs=pairs)

    def space(self, string: bytes) -> Array:
        """Return the string cut where two letters must move, with the distance between the pieces."""
        pieces: list[String | int] = []
        start = 0
        for index, (left, right) in enumerate(pairwise(string), start=1):
            pair = (self.characters.get(left, ""), self.characters.get(right, ""))
            if units := self.pairs.get(pair, 0):
                pieces += [String(string[start:index]), -units]
                start = index
        return Array([*pieces, String(string[start:])])


def fonts_of(page: Dictionary, faces: Mapping[str, Pairs]) -> dict[str, KernedFont]:
    """Return the fonts of a page that have pairs, by the name its instructions use."""
    fonts = page.get(Name.Resources, Dictionary()).get(Name.Font, Dictionary())
    read = {str(name): KernedFont.of(font, faces) for name, font in fonts.items()}
    return {name: font for name, font in read.items() if font.pairs and font.characters}

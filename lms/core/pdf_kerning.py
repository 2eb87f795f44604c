"""Kerning: the layout library sets every letter at its full width, so "Te" and "Áv" gape; this closes the pairs up.

It rewrites the strings of a page with the pairs of each face's `kern` table. Nothing else moves: a line that starts
at the left keeps its start, and the text that a reader selects or copies is the same.
"""

import re
import struct
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from pikepdf import (
    Array,
    ContentStreamInlineImage,
    ContentStreamInstruction,
    Name,
    Object,
    Operator,
    Page,
    String,
    parse_content_stream,
)
from reportlab.pdfbase.ttfonts import TTFontFile  # type: ignore[import-untyped]  # publishes no types

Pairs = Mapping[tuple[str, str], int]
"""Thousandths of the type size to add between two characters; negative brings them together."""

Instruction = ContentStreamInstruction | ContentStreamInlineImage

_KERN_HEADER, _SUBTABLE_HEADER, _PAIR = struct.Struct(">HH"), struct.Struct(">HHHHHHH"), struct.Struct(">HHh")
_BFCHAR = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]{4,})>")


def read_pairs(font: Path) -> tuple[str, Pairs]:
    """Return the PostScript name of a TrueType face and its kerning pairs, none if it carries no `kern` table."""
    face = TTFontFile(str(font))
    characters: dict[int, list[str]] = {}
    for code, glyph in face.charToGlyph.items():
        characters.setdefault(glyph, []).append(chr(code))
    pairs = {
        (left, right): round(units * 1000 / face.unitsPerEm)
        for first, second, units in _glyph_pairs(face.get_table("kern") if "kern" in face.table else b"")
        for left in characters.get(first, ())
        for right in characters.get(second, ())
    }
    return face.name.decode("ascii"), pairs


def kerned_instructions(page: Page, faces: Mapping[str, Pairs]) -> list[Instruction]:
    """Return what draws the page, with the strings of the named faces kerned."""
    fonts = {name: _Font.of(font, faces) for name, font in _fonts(page)}
    current: _Font | None = None
    result: list[Instruction] = []
    for instruction in parse_content_stream(page):
        operator = str(instruction.operator)
        if operator == "Tf":
            current = fonts.get(str(instruction.operands[0]))
        if operator == "Tj" and current is not None:
            string = _kern(bytes(String(instruction.operands[0])), current)
            result.append(ContentStreamInstruction([string], Operator("TJ")))
        else:
            result.append(instruction)
    return result

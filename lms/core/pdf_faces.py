"""A TrueType face put into a PDF whole enough to write any name: two bytes a sign, each with its own code."""

import hashlib
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String
from reportlab.pdfbase.ttfonts import TTFontFile

from lms.core.typefaces import Pairs, load_typeface

_SYMBOLIC = 4
_IN_A_BLOCK = 100
"""A character map lists at most so many codes at once (Adobe technical note 5014)."""


class SignMissing(LookupError):
    """The embedded part of a face lacks a sign of the text."""


@dataclass(frozen=True, kw_only=True)
class EmbeddedFace:
    """How to write with a face of the file: the code of each sign, and the pairs that move."""

    codes: Mapping[str, int]
    pairs: Pairs

    def show(self, text: str) -> str:
        """Return the operand of TJ for a text and a space after it; raise SignMissing.

        The space ends the line for readers that follow the tags; they would run two words together.
        """
        try:
            codes = [f"{self.codes[sign]:04x}" for sign in f"{text} "]
        except KeyError as error:
            raise SignMissing(text) from error
        pieces = [codes[0]]
        for pair, code in zip(pairwise(text), codes[1:], strict=False):
            if units := self.pairs.get(pair, 0):
                pieces.append(f">{-units}<")
            pieces.append(code)
        pieces.append(codes[-1])
        return f"[<{''.join(pieces)}>]"


def embed_face(pdf: Pdf, path: Path, signs: Iterable[str]) -> tuple[Object, EmbeddedFace]:
    """Put those of the signs that a face has into the file; return the font and how to write with it.

    Two signs may share a drawing (’ and ʼ often do), so codes are of signs: what is copied is what was written.
    """
    typeface, face = load_typeface(path), TTFontFile(str(path))
    found = sorted(sign for sign in {*signs, " "} if ord(sign) in typeface.widths)
    codes = {sign: number for number, sign in enumerate(found, start=1)}
    program = face.makeSubset([ord(sign) for sign in found])
    name = Name(f"/{_tag(program)}+{typeface.name}")
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        FontDescriptor=pdf.make_indirect(_descriptor(pdf, face, name, program)),
        DW=round(face.defaultWidth),
        W=Array([1, Array([round(typeface.widths[ord(sign)], 1) for sign in found])]),
        CIDToGIDMap=Stream(pdf, _glyphs(face, found)),
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=name,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]),
        ToUnicode=Stream(pdf, _character_map(codes)),
    )
    return pdf.make_indirect(font), EmbeddedFace(codes=codes, pairs=typeface.pairs)


def _descriptor(pdf: Pdf, face: TTFontFile, name: Name, program: bytes) -> Dictionary:
    return Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=_SYMBOLIC,
        FontBBox=Array([round(edge) for edge in face.bbox]),
        ItalicAngle=round(face.italicAngle),
        Ascent=round(face.ascent),
        Descent=round(face.descent),
        CapHeight=round(face.capHeight),
        StemV=round(face.stemV),
        FontFile2=Stream(pdf, program, Length1=len(program)),
    )


def _tag(program: bytes) -> str:
    """Return the six letters that name a subset, always the same for the same subset."""
    return "".join(chr(ord("A") + byte % 26) for byte in hashlib.sha256(program).digest()[:6])


def _glyphs(face: TTFontFile, signs: Iterable[str]) -> bytes:
    """Return the glyph of each code: the subset numbers drawings in the order in which they are first used."""
    numbers = {0: 0}
    glyphs = [numbers.setdefault(face.charToGlyph[ord(sign)], len(numbers)) for sign in signs]
    return struct.pack(f">{len(glyphs) + 1}H", 0, *glyphs)


def _character_map(codes: Mapping[str, int]) -> bytes:
    lines = [f"<{code:04X}> <{sign.encode('utf-16-be').hex().upper()}>" for sign, code in codes.items()]
    blocks = [lines[start : start + _IN_A_BLOCK] for start in range(0, len(lines), _IN_A_BLOCK)]
    listed = "".join("\n".join([f"{len(block)} beginbfchar", *block, "endbfchar\n"]) for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{listed}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")

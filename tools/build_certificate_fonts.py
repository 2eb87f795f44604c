"""Cut the static TrueType faces of the certificate designs from the variable Encode Sans.

Encode Sans is licensed under the OFL and its name is reserved, so the cut faces are called "Ruta Sans".
The source is the npm package `@fontsource-variable/encode-sans`, which splits the alphabet in three files;
the PDF library wants the whole of Latin in one, without composition tables. Kerning pairs are kept in the old
`kern` table, which needs no shaping engine to be read.

    npm i @fontsource-variable/encode-sans && pip install fonttools brotli
    python tools/build_certificate_fonts.py node_modules certificates/ruta/fonts
"""

import argparse
import copy
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from fontTools import merge, subset
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0
from fontTools.varLib import instancer

FACES = {400: "Regular", 540: "Medium", 640: "SemiBold"}
SCRIPTS = ("latin", "latin-ext", "vietnamese")
# Latin with its marks, and the punctuation that Spanish, Portuguese and the languages of the region use.
RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x24F),
    (0x2B9, 0x2BC),
    (0x300, 0x304),
    (0x306, 0x30C),
    (0x323, 0x328),
    (0x1E00, 0x1EFF),
)
PUNCTUATION = "–—‘’‚“”„•…′″‹›€™−\u2009\u202f"
APOSTROPHE, MODIFIER_APOSTROPHE = 0x2019, 0x2BC
SMALLEST_KERN = 16  # in font units of 2000 to the em: less cannot be seen at any size we print
MOST_PAIRS = 5000  # keeps a face under 80 KB; the table itself cannot hold more than some ten thousand


def main() -> None:
    """Write one TTF per weight and the licence into the folder given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("node_modules", type=Path)
    parser.add_argument("fonts", type=Path)
    options = parser.parse_args()
    package = options.node_modules / "@fontsource-variable" / "encode-sans"
    options.fonts.mkdir(parents=True, exist_ok=True)
    for weight, name in FACES.items():
        path = options.fonts / f"ruta-sans-{weight}.ttf"
        _cut(package, weight, name).save(path)
        print(f"{path}: {path.stat().st_size} bytes")
    shutil.copyfile(package / "LICENSE", options.fonts / "OFL.txt")


def _cut(package: Path, weight: int, name: str) -> TTFont:
    """One static face of the three files of the package."""
    with tempfile.TemporaryDirectory() as folder:
        paths, pairs = [], {}
        for script in SCRIPTS:
            part = TTFont(
                package / "files" / f"encode-sans-{script}-wdth-normal.woff2", recalcTimestamp=False
            )
            part = instancer.instantiateVariableFont(part, {"wght": weight, "wdth": 100})
            pairs = dict(_kerning(part)) | pairs
            paths.append(_plain(part, Path(folder) / f"{script}.ttf"))
        font = merge.Merger().merge(paths)
    font.recalcTimestamp = False
    font["head"].created = font["head"].modified = part["head"].modified
    _keep_latin(font)
    _place_marks(font)
    _write_kerning(font, _with_apostrophes(pairs))
    _rename(font, name)
    return font


def _plain(part: TTFont, path: Path) -> str:
    """Save the outlines and the character map alone: the merger knows how to join those."""
    for table in ("GPOS", "GSUB", "GDEF", "STAT", "DSIG", "prep", "gasp"):
        if table in part:
            del part[table]
    part.flavor = None
    part.save(path)
    return str(path)


def _keep_latin(font: TTFont) -> None:
    options = subset.Options(hinting=False, notdef_outline=True, name_IDs=["*"], glyph_names=False)
    subsetter = subset.Subsetter(options)
    wanted = {code for first, last in RANGES for code in range(first, last + 1)} | set(map(ord, PUNCTUATION))
    subsetter.populate(unicodes=wanted & set(font.getBestCmap()))
    subsetter.subset(font)


def _place_marks(font: TTFont) -> None:
    """Move each combining mark over the letter before it; give the Kichwa apostrophe the Spanish one's room.

    The PDF library places no marks. Spanish never needs them (its letters are composed), Guaraní's g̃ does.
    """
    characters, glyphs, metrics = font.getBestCmap(), font["glyf"], font["hmtx"]
    half_letter = metrics[characters[ord("o")]][0] // 2
    placed = {}
    for code in range(0x300, 0x329):
        if code in characters:
            # A copy: the composed letters are built from the mark where it is.
            placed[code] = f"placed{code:04X}"
            glyph = copy.deepcopy(glyphs[characters[code]])
            move = -half_letter - (glyph.xMin + glyph.xMax) // 2
            if glyph.isComposite():
                for component in glyph.components:
                    component.x += move
            else:
                glyph.coordinates.translate((move, 0))
            glyphs[placed[code]] = glyph
            glyph.recalcBounds(glyphs)
            metrics[placed[code]] = (0, glyph.xMin)
    font.setGlyphOrder(glyphs.glyphOrder)
    for table in font["cmap"].tables:
        table.cmap.update(placed)
        table.cmap[MODIFIER_APOSTROPHE] = characters[APOSTROPHE]


def _with_apostrophes(pairs: dict[tuple[int, int], int]) -> dict[tuple[int, int], int]:
    """Drop the pairs of the glyph that the modifier apostrophe no longer uses."""
    return {pair: units for pair, units in pairs.items() if MODIFIER_APOSTROPHE not in pair}


def _kerning(font: TTFont) -> Iterator[tuple[tuple[int, int], int]]:
    """Yield pairs of characters and the units to add between them, as the positioning table gives them."""
    by_glyph: dict[str, list[int]] = {}
    for code, glyph in font.getBestCmap().items():
        by_glyph.setdefault(glyph, []).append(code)
    found: dict[tuple[str, str], int] = {}
    for subtable in _pair_tables(font):
        for pair, units in _pairs(subtable, set(by_glyph)):
            found.setdefault(pair, units)
    for (left, right), units in found.items():
        if abs(units) >= SMALLEST_KERN:
            yield from (((a, b), units) for a in by_glyph[left] for b in by_glyph[right])


def _pair_tables(font: TTFont) -> Iterator[object]:
    table = font["GPOS"].table
    wanted = {
        i
        for r in table.FeatureList.FeatureRecord
        if r.FeatureTag == "kern"
        for i in r.Feature.LookupListIndex
    }
    for index in sorted(wanted):
        for subtable in table.LookupList.Lookup[index].SubTable:
            inner = getattr(subtable, "ExtSubTable", subtable)
            if inner.LookupType == 2:
                yield inner


def _pairs(table: object, glyphs: set[str]) -> Iterator[tuple[tuple[str, str], int]]:
    if table.Format == 1:
        for left, records in zip(table.Coverage.glyphs, table.PairSet, strict=True):
            for record in records.PairValueRecord:
                if left in glyphs and record.SecondGlyph in glyphs:
                    yield (left, record.SecondGlyph), _advance(record.Value1)
        return
    seconds = {glyph: table.ClassDef2.classDefs.get(glyph, 0) for glyph in glyphs}
    for left in set(table.Coverage.glyphs) & glyphs:
        row = table.Class1Record[table.ClassDef1.classDefs.get(left, 0)].Class2Record
        for right, kind in seconds.items():
            yield (left, right), _advance(row[kind].Value1)


def _advance(value: object) -> int:
    return int(getattr(value, "XAdvance", 0) or 0)


def _write_kerning(font: TTFont, pairs: dict[tuple[int, int], int]) -> None:
    """Keep the pairs that matter most, letters of Spanish first, in a table of format 0."""
    characters = font.getBestCmap()
    kept = [pair for pair in pairs if pair[0] in characters and pair[1] in characters]
    kept.sort(key=lambda pair: (max(pair) > 0xFF and max(pair) != APOSTROPHE, -abs(pairs[pair]), pair))
    table = KernTable_format_0(apple=False)
    table.coverage, table.tupleIndex = 1, None
    table.kernTable = {(characters[a], characters[b]): pairs[a, b] for a, b in kept[:MOST_PAIRS]}
    font["kern"] = newTable("kern")
    font["kern"].version, font["kern"].kernTables = 0, [table]
    print(f"  {len(kept)} pairs, {len(table.kernTable)} kept")


def _rename(font: TTFont, name: str) -> None:
    full = f"Ruta Sans {name}"
    texts = {
        1: full if name != "Regular" else "Ruta Sans",
        2: "Regular",
        3: f"{full} 1.0 (Encode Sans 3.002)",
        4: full,
        5: "Version 1.000; based on Encode Sans 3.002",
        6: f"RutaSans-{name}",
        16: "Ruta Sans",
        17: name,
    }
    kept = [record for record in font["name"].names if record.nameID in {0, 13, 14}]
    font["name"].names = kept
    for number, text in texts.items():
        font["name"].setName(text, number, 3, 1, 0x409)


if __name__ == "__main__":
    main()

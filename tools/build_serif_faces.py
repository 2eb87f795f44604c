"""Cut the serif faces of the sober certificate design from Noto Serif.

Noto Serif is licensed under the OFL, without a reserved name. The source is Debian's package `fonts-noto-core`;
what is kept and how it is kerned is as for the sans (`build_certificate_fonts.py`).

    apt-get install fonts-noto-core && pip install fonttools
    python tools/build_serif_faces.py /usr/share/fonts/truetype/noto certificates/sobria/fonts
"""

import argparse
from pathlib import Path

from fontTools.ttLib import TTFont

from tools import build_certificate_fonts as cutting

FACES = ("Regular", "SemiBold", "Bold")
_LAYOUT = ("GPOS", "GSUB", "GDEF", "STAT", "DSIG", "prep", "gasp", "meta")


def main() -> None:
    """Write one TTF for each weight that the package has into the folder given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("noto", type=Path)
    parser.add_argument("fonts", type=Path)
    options = parser.parse_args()
    options.fonts.mkdir(parents=True, exist_ok=True)
    for name in FACES:
        source = options.noto / f"NotoSerif-{name}.ttf"
        if source.is_file():
            path = options.fonts / f"noto-serif-{name.lower()}.ttf"
            cut(source).save(path)
            print(f"{path}: {path.stat().st_size} bytes")


def cut(source: Path) -> TTFont:
    """Return the face with Latin alone, its marks placed and its kerning in the old table."""
    font = TTFont(source, recalcTimestamp=False)
    pairs = dict(cutting._kerning(font))  # noqa: SLF001 - because both tools cut alike
    for table in _LAYOUT:
        if table in font:
            del font[table]
    cutting._keep_latin(font)  # noqa: SLF001 - because both tools cut alike
    cutting._place_marks(font)  # noqa: SLF001 - because both tools cut alike
    cutting._write_kerning(font, cutting._with_apostrophes(pairs))  # noqa: SLF001 - because both tools cut alike
    return font


if __name__ == "__main__":
    main()

"""The letters of drawings inside a document: those of the typefaces that the document brings, and no others.

Left alone, the library that draws SVG asks the machine for a typeface of the same family and registers whatever
it finds under that family's name, so the text after a drawing goes on in other letters.
"""

from pathlib import Path
from typing import Final

from reportlab.pdfbase.ttfonts import TTFontFile
from svglib import fonts

_HEAVY: Final = 550
"""From this weight on letters are drawn in the heavier face: half-way between the two that documents carry."""
_HEAVY_FACES: Final = (" SemiBold", " Bold")


class _Letters(fonts.FontMap):
    """Knows the faces that documents brought, each in two weights."""

    def use_fontconfig(
        self, font_name: str, weight: str = "normal", style: str = "normal"
    ) -> tuple[None, bool]:
        """Ask nothing of the machine: a document looks the same everywhere."""
        del font_name, weight, style
        return None, False

    def find_font(self, font_name: str, weight: str = "normal", style: str = "normal") -> tuple[str, bool]:
        """Return the face of a family that is nearest in weight, and whether it is that family."""
        found: tuple[str, bool] = super().find_font(font_name, _near(weight), style)
        return found


def _near(weight: str) -> str:
    is_heavy = int(weight) >= _HEAVY if weight.isdigit() else weight.startswith("bold")
    return "bold" if is_heavy else "normal"


_letters = _Letters()
fonts._font_map = _letters  # noqa: SLF001 - the only place where the library keeps it


def offer_to_drawings(face: Path) -> None:
    """Let drawings write in a TrueType face, under its family's name and a name of their own in the document."""
    read = TTFontFile(str(face))
    family, name = read.familyName.decode(), read.name.decode()
    base = next((family.removesuffix(each) for each in _HEAVY_FACES if family.endswith(each)), "")
    own = f"{name}-drawn"
    if base:
        _letters.register_font(base, str(face), weight="bold", rlgFontName=own)
    _letters.register_font(family, str(face), rlgFontName=own)

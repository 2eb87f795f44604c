"""What the files of a design folder must be; each function answers with sentences that say what to mend."""

import re
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from PIL import Image
from reportlab.pdfbase.ttfonts import TTFError

from lms.certificates.designs.logos import MOST_PIXELS
from lms.core.i18n import _
from lms.core.pdf_assets import PdfError, find_asset
from lms.core.typefaces import load_typeface

PICTURES: Final = {
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
}
FACES: Final = {".ttf": (b"\x00\x01\x00\x00", b"true")}
TEXTS: Final = {".html", ".css", ".toml", ".txt", ".md"}
MOST_BYTES: Final = 5_000_000

_IN_HTML: Final = re.compile(r"""<[^>]*?\s(?:src|href|background)\s*=\s*["']?([^"'>\s]+)""", re.IGNORECASE)
_IN_CSS: Final = re.compile(
    r"""url\(\s*["']?([^"')]+?)["']?\s*\)|@import\s+["']([^"']+)["']""", re.IGNORECASE
)
_FONT_FACE: Final = re.compile(r"@font-face\s*{([^}]*)}", re.IGNORECASE)


def check_files(folder: Path) -> Iterator[str]:
    """Only text, TrueType faces, PNG and JPEG; nothing that leads out of the folder; not too heavy."""
    root = folder.resolve()
    total = 0
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.resolve().is_relative_to(root):
            yield _("«%(name)s» lleva fuera de la carpeta del diseño.", name=name)
        elif path.is_file():
            total += path.stat().st_size
            yield from _check_kind(path, name)
    if total > MOST_BYTES:
        yield _("Los archivos del diseño pesan más de 5 MB.")


def _check_kind(path: Path, name: str) -> Iterator[str]:
    kind = path.suffix.lower()
    known = PICTURES | FACES
    if kind not in TEXTS and kind not in known:
        yield _("«%(name)s» no se acepta: las imágenes son PNG o JPEG y las tipografías, TTF.", name=name)
    elif kind in known and not _starts(path).startswith(known[kind]):
        yield _("«%(name)s» no contiene lo que dice su extensión.", name=name)
    elif kind in PICTURES and not _is_sound(path):
        yield _("«%(name)s» no es una imagen completa de hasta 24 millones de puntos.", name=name)
    elif kind in FACES and not _has_letters(path):
        yield _("«%(name)s» no es una tipografía que se pueda leer.", name=name)


def _is_sound(path: Path) -> bool:
    try:
        with Image.open(path, formats=("PNG", "JPEG")) as picture:
            # The size is told by the first bytes, before anything is unpacked.
            if picture.width * picture.height > MOST_PIXELS:
                return False
            picture.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
    return True


def _has_letters(path: Path) -> bool:
    try:
        return bool(load_typeface(path).widths)
    except (TTFError, LookupError, ValueError, ArithmeticError, struct.error, UnicodeError):
        return False


def _starts(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(8)


def check_references(folder: Path, texts: Mapping[str, str]) -> Iterator[str]:
    """Every file that the template and the style sheet name is in the folder."""
    for name, text in sorted(texts.items()):
        for reference in _references(name, text):
            try:
                find_asset(folder, reference)
            except PdfError as error:
                yield f"{name}: {error}"


def _references(name: str, text: str) -> Iterator[str]:
    found = _IN_CSS.findall(text)
    if name.endswith(".html"):
        found += [(reference, "") for reference in _IN_HTML.findall(text)]
    for one, other in found:
        # What the template composes («{{ verify_qr }}») is checked when it is rendered.
        if "{" not in (reference := one or other) and not reference.startswith("#"):
            yield reference


def check_faces(texts: Mapping[str, str]) -> Iterator[str]:
    """The design brings its typefaces: a font of the reader's machine is embedded nowhere."""
    rules = [rule for text in texts.values() for rule in _FONT_FACE.findall(text)]
    if not rules:
        yield _("theme.css no declara ninguna tipografía con @font-face.")
    for rule in rules:
        if not re.search(r"url\([^)]*\.ttf", rule, re.IGNORECASE):
            yield _("theme.css: cada @font-face usa un archivo TTF de la carpeta.")

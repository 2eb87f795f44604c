"""The logos of issuers: checked, set on white and made small, so that a large picture weighs on no certificate."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Final

from PIL import Image, UnidentifiedImageError

from lms.core.i18n import _
from lms.core.pdf_assets import AssetMissing, RenderFailed

MOST_BYTES: Final = 3_000_000
MOST_PIXELS: Final = 6000 * 4000
_KEPT: Final = (640, 240)
"""Pixels: 300 to the inch in the widest place of our designs."""
_QUALITY: Final = 85


@dataclass(frozen=True, kw_only=True)
class Logo:
    """A logo as it goes into the file."""

    content: bytes
    suffix: str
    ratio: float
    """Width by height."""


def find_logo(pictures: Mapping[str, bytes], name: str) -> Logo:
    """Return the logo of this name; raise AssetMissing or RenderFailed."""
    if name not in pictures:
        raise AssetMissing(_("Falta el logotipo «%(name)s».", name=name[:120]))
    try:
        return _prepared(pictures[name])
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise RenderFailed(
            _("El logotipo «%(name)s» no es una imagen PNG o JPEG que se pueda leer.", name=name[:120])
        ) from error


@lru_cache(maxsize=16)
def _prepared(content: bytes) -> Logo:
    if len(content) > MOST_BYTES:
        raise ValueError(len(content))
    with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as picture:
        if (
            picture.width * picture.height > MOST_PIXELS
        ):  # told by its first bytes, before anything is unpacked
            raise ValueError(picture.size)
        picture.thumbnail(_KEPT, Image.Resampling.LANCZOS)
        layers = picture.convert("RGBA")
        flat = Image.alpha_composite(Image.new("RGBA", layers.size, "white"), layers).convert("RGB")
    drawn, photo = BytesIO(), BytesIO()
    flat.save(drawn, "PNG", optimize=True)
    flat.save(photo, "JPEG", quality=_QUALITY)
    # In the file a PNG is its dots, packed: a photograph is several times smaller as JPEG, a drawing is not.
    is_photo = 2 * len(photo.getvalue()) < len(zlib.compress(flat.tobytes()))
    chosen, suffix = (photo, ".jpg") if is_photo else (drawn, ".png")
    return Logo(content=chosen.getvalue(), suffix=suffix, ratio=flat.width / flat.height)

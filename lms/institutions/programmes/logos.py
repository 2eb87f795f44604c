"""Logos of those who issue certificates: read as pictures, set on white and written anew; nothing else stays."""

from io import BytesIO
from typing import Final

from PIL import Image, UnidentifiedImageError

from lms.institutions.programmes.errors import LogoUnreadable

MOST_BYTES: Final = 3_000_000
MOST_PIXELS: Final = 24_000_000
KEPT: Final = (1200, 600)
"""Pixels of the largest logo that is kept."""


def read_logo(content: bytes) -> bytes:
    """Return the picture as a PNG; raises LogoUnreadable for what is no PNG or JPEG, or is too large."""
    if not 0 < len(content) <= MOST_BYTES:
        raise LogoUnreadable
    try:
        with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as picture:
            # The first bytes tell the size, before anything is unpacked.
            if picture.width * picture.height > MOST_PIXELS:
                raise LogoUnreadable
            picture.thumbnail(KEPT, Image.Resampling.LANCZOS)
            layers = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise LogoUnreadable from error
    flat = Image.alpha_composite(Image.new("RGBA", layers.size, "white"), layers).convert("RGB")
    kept = BytesIO()
    flat.save(kept, "PNG", optimize=True)
    return kept.getvalue()

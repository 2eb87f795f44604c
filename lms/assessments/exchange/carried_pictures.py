"""Pictures that come inside a file of questions: sound ones get a name of their own in the course."""

import base64
import binascii
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote

from lms.assessments.exchange.asked import Losses
from lms.core.i18n import _l
from lms.courses.compiler.media import limit
from lms.courses.compiler.pictures import is_sound, media_type
from lms.courses.compiler.slugs import slugify

FOLDER: Final = "../imagenes/"
"""How a bank reaches the pictures of its course."""


class Pictures:
    """Keeps the pictures of one file, by the name that each will have."""

    def __init__(self, losses: Losses) -> None:
        """Begin with none."""
        self.kept: dict[str, bytes] = {}
        self._losses = losses

    def keep_base64(self, name: str, text: str) -> str:
        """Return the address of a picture written in base 64; empty, and noted, for what is no sound picture."""
        try:
            content = base64.b64decode("".join(text.split()), validate=True)
        except (binascii.Error, ValueError):
            self._losses.note(name, _l("El archivo adjunto está dañado: no entra."))
            return ""
        return self.keep(name, content)

    def keep(self, name: str, content: bytes) -> str:
        """Return the address of a picture; empty, and noted, for what is no sound picture."""
        path = PurePosixPath(unquote(name))
        ending = path.suffix.lower()
        kind = media_type(f"x{ending}") if ending else None
        if kind is None or len(content) > limit(f"x{ending}") or not is_sound(content, kind):
            self._losses.note(
                name, _l("El adjunto no es una imagen que el curso admita, o pesa demasiado: no entra.")
            )
            return ""
        stem, number = slugify(path.stem)[:60] or "imagen", 1
        chosen = f"{stem}{ending}"
        while self.kept.get(chosen, content) != content:
            number += 1
            chosen = f"{stem}-{number}{ending}"
        self.kept[chosen] = content
        return f"{FOLDER}{chosen}"

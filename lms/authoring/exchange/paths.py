"""Which names of files an archive may hold: the same on every system, and never outside the course."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from lms.authoring.exchange.errors import ArchiveRefused
from lms.core.i18n import _l

MAX_DEPTH = 8
MAX_NAME = 120
"""Characters of one name; file systems allow 255 bytes."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_NOISE = re.compile(r"(?:^|/)(?:__MACOSX|Thumbs\.db|desktop\.ini|\.[^/]*)(?:/|$)", re.IGNORECASE)
# Names that mean a device on Windows, whatever their extension.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_FORBIDDEN = frozenset('\\:*?"<>|')


def checked_path(name: str) -> str | None:
    """Return the path under which a file of an archive is kept, or None for what systems add on their own.

    Raises ArchiveRefused for a name that leads outside, hides its meaning, or cannot exist on every system.
    """
    path = unicodedata.normalize("NFC", name)
    if _CONTROL.search(path):
        shown = path.encode("unicode_escape").decode()
        raise ArchiveRefused(
            _l("El nombre «%(name)s» lleva caracteres invisibles. Cámbielo y envíe otra vez.", name=shown)
        )
    parts = path.split("/")
    if path.startswith("/") or ".." in parts or _FORBIDDEN & set(path):
        raise ArchiveRefused(
            _l("El archivo trae «%(name)s», una ruta que sale de la carpeta del curso.", name=path)
        )
    if _NOISE.search(path):
        return None
    if any(not _can_exist(part) for part in parts) or len(parts) > MAX_DEPTH:
        raise ArchiveRefused(
            _l("El nombre «%(name)s» no existe en todos los equipos. Acórtelo o cámbielo.", name=path)
        )
    return path


def without_root(files: Mapping[str, bytes]) -> tuple[str, dict[str, bytes]]:
    """Return the files of a course as seen from curso.yaml, and the name of the folder that held them, if any.

    Raises ArchiveRefused when there is no curso.yaml at the top or in the only folder.
    """
    if "curso.yaml" in files:
        return "", dict(files)
    roots = {path.partition("/")[0] for path in files}
    root = next(iter(roots), "")
    if len(roots) != 1 or f"{root}/curso.yaml" not in files:
        raise ArchiveRefused(_l("No hay un curso.yaml: envíe la carpeta de un curso, y una sola."))
    return root, {path.removeprefix(f"{root}/"): content for path, content in files.items()}


def refuse_twins(paths: Iterable[str]) -> None:
    """Raise ArchiveRefused when two paths would be the same file on a system that ignores capitals."""
    seen: dict[str, str] = {}
    for path in paths:
        folded = path.casefold()
        if folded in seen:
            values = {"one": seen[folded], "two": path}
            raise ArchiveRefused(
                _l("«%(one)s» y «%(two)s» serían el mismo archivo. Deje uno de los dos.", **values)
            )
        seen[folded] = path


def _can_exist(part: str) -> bool:
    return bool(part) and len(part) <= MAX_NAME and part[-1] not in ". " and not _DEVICE.match(part)

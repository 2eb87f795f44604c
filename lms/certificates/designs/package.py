"""An uploaded design: a ZIP from a stranger, unpacked into a new folder and checked, or refused with reasons."""

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Final

from lms.certificates.designs.checks import FACES, MOST_BYTES, PICTURES, TEXTS
from lms.certificates.designs.folder import Design, DesignRefused, load_design
from lms.core.i18n import _

MOST_PACKED: Final = 5_000_000
"""Bytes of the ZIP itself."""
MOST_FILES: Final = 60
MOST_DEEP: Final = 3
MOST_TEXT: Final = 200_000
"""Bytes of one template or style sheet; ours have about ten thousand."""
_NAME: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,80}")
_DESIGN: Final = re.compile(r"[a-z][a-z0-9-]{1,40}")
_IGNORED: Final = ("__MACOSX/", ".DS_Store", "Thumbs.db")
_CHUNK: Final = 65_536
_UNREADABLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)


def unpack_design(content: bytes, *, name: str, into: Path) -> Design:
    """Write the files of a ZIP into the new folder `into/name` and return the design; raise DesignRefused.

    The archive holds the files of the design, alone or inside one folder. What it says of its own sizes is not
    believed: the bytes are counted as they come out. A refused design leaves no folder behind.
    """
    if not _DESIGN.fullmatch(name):
        raise DesignRefused(name[:40], [_("El nombre lleva de 2 a 41 letras minúsculas, números o guiones.")])
    files = read_files(content, name=name)
    folder = into / name
    folder.mkdir(parents=True)
    try:
        for path, data in files.items():
            target = folder.joinpath(*PurePosixPath(path).parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        return load_design(folder)
    except BaseException:
        _remove(folder)
        raise


def read_files(content: bytes, *, name: str) -> dict[str, bytes]:
    """Return the files of a design's ZIP by their path in it; raise DesignRefused with everything that is wrong."""
    if len(content) > MOST_PACKED:
        raise DesignRefused(name, [_("El archivo ZIP pesa más de 5 MB.")])
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not _is_ignored(entry)]
            above = _folder_of(entries)
            named = {entry.filename.removeprefix(above): entry for entry in entries}
            if problems := [*_refused(named), *_repeated(entries)]:
                raise DesignRefused(name, problems)
            return _unpacked(archive, named, name)
    except _UNREADABLE as error:
        raise DesignRefused(name, [_("El archivo ZIP no se puede leer.")]) from error


def _is_ignored(entry: zipfile.ZipInfo) -> bool:
    return entry.is_dir() or entry.filename.startswith(_IGNORED[0]) or entry.filename.endswith(_IGNORED[1:])


def _refused(named: dict[str, zipfile.ZipInfo]) -> Iterator[str]:
    if len(named) > MOST_FILES:
        yield _("El archivo ZIP trae más de %(most)s archivos.", most=MOST_FILES)
    for path, entry in list(named.items())[:MOST_FILES]:
        parts = path.split("/")
        if len(parts) > MOST_DEEP or not all(map(_NAME.fullmatch, parts)):
            yield _("«%(name)s» no es un nombre que se acepte en un diseño.", name=path[:120])
        elif Path(path).suffix.lower() not in PICTURES | FACES and not _is_text(path):
            yield _("«%(name)s» no se acepta en un diseño.", name=path[:120])
        if _is_special(entry):
            yield _("«%(name)s» no es un archivo común.", name=path[:120])


def _repeated(entries: list[zipfile.ZipInfo]) -> Iterator[str]:
    """Name what comes twice; a disk that ignores capitals would keep only one of the two."""
    seen: set[str] = set()
    for entry in entries[: 2 * MOST_FILES]:
        if (name := entry.filename.lower()) in seen:
            yield _("«%(name)s» viene dos veces.", name=entry.filename[:120])
        seen.add(name)


def _is_text(name: str) -> bool:
    return Path(name).suffix.lower() in TEXTS


def _is_special(entry: zipfile.ZipInfo) -> bool:
    """Say whether an entry is encrypted, or a link or device on the machine where it was packed."""
    mode = entry.external_attr >> 16
    return bool(entry.flag_bits & 1) or bool(mode and stat.S_IFMT(mode) not in {0, stat.S_IFREG})


def _unpacked(archive: zipfile.ZipFile, named: dict[str, zipfile.ZipInfo], name: str) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    left = MOST_BYTES
    for path, entry in named.items():
        data = _read(archive, entry, min(left, MOST_TEXT) if _is_text(path) else left)
        if data is None:
            raise DesignRefused(name, [_("«%(name)s» pesa demasiado.", name=path[:120])])
        left -= len(data)
        files[path] = data
    return files


def _folder_of(entries: list[zipfile.ZipInfo]) -> str:
    """Return the one folder that holds everything, with its slash, or nothing when the files lie open."""
    tops = {entry.filename.partition("/")[0] for entry in entries}
    is_inside = len(tops) == 1 and all("/" in entry.filename for entry in entries)
    return f"{tops.pop()}/" if is_inside else ""


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes | None:
    """Return the bytes of an entry, or nothing when it holds more than allowed."""
    parts, size = [], 0
    with archive.open(entry) as file:
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            if size > most:
                return None
            parts.append(chunk)
    return b"".join(parts)


def _remove(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    folder.rmdir()

"""Files that people hand over in private: each is kept by itself, so erasing one never takes away another's.

The storage names bytes by their hash. The same document of two people would be one file, and whoever guessed it could
find out that somebody sent it: each is therefore kept together with a key of its own.
"""

from itertools import chain
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from lms.core.context import current_settings, current_storage
from lms.core.errors import DomainError, NotFound
from lms.core.file_formats import FORMATS, MEGABYTE, format_of
from lms.core.i18n import _l
from lms.core.storage import pieces_of

PAPERS = frozenset({"pdf", "jpg", "png"})
"""The formats of a scan or a photograph of a paper."""


class FileNotPaper(DomainError):
    """The file is no PDF and no picture, whatever its name says."""

    code = "files.not-paper"
    status = 422
    message = _l("Ese archivo no se puede guardar. Envíe un PDF o una foto en JPG o PNG.")


class PaperTooLarge(DomainError):
    """The file is larger than the installation takes."""

    code = "files.paper-too-large"
    status = 422
    message = _l("El archivo es demasiado grande. Tome la foto con menos calidad o envíe menos páginas.")


def check_paper(content: bytes) -> str:
    """Return the format of a scan or photograph by its bytes; raises FileNotPaper and PaperTooLarge."""
    if len(content) > current_settings().answer_megabytes * MEGABYTE:
        raise PaperTooLarge
    found = format_of(content)
    if found not in PAPERS:
        raise FileNotPaper
    return found


def keep(key: UUID, content: bytes) -> str:
    """Keep bytes under a key of their own and return the name by which the storage has them."""
    return current_storage().put(key.bytes + content)


def keep_file(key: UUID, path: Path) -> str:
    """Keep a file of any length under a key of its own, as ``keep`` does; it is never in memory as a whole."""
    return current_storage().put_pieces(chain([key.bytes], pieces_of(path)))


def read(key: UUID, digest: str) -> bytes:
    """Return the bytes as they were handed over; raises NotFound when the storage lost them."""
    try:
        return current_storage().get(digest)[len(key.bytes) :]
    except KeyError as error:
        raise NotFound from error


def open_file(key: UUID, digest: str) -> BinaryIO:
    """Return a file at its first byte, to be read and closed; raises NotFound when the storage lost it."""
    try:
        file = current_storage().open(digest)
    except KeyError as error:
        raise NotFound from error
    file.seek(len(key.bytes))
    return file


def forget(digest: str) -> None:
    """Erase the bytes; nothing happens when there are none."""
    current_storage().delete(digest)


def media_type(name: str) -> str:
    """Return the media type of a format."""
    return FORMATS[name]

"""Courses as zip files: read one from a stranger without trusting it, write one that is always the same."""

import io
import stat
import zipfile
import zlib
from collections.abc import Mapping

from lms.authoring.exchange.errors import ArchiveRefused
from lms.authoring.exchange.paths import checked_path, refuse_twins, without_root
from lms.core.i18n import _l
from lms.courses.compiler.source import MAX_FILES

MAX_ARCHIVE = 100_000_000
"""Bytes of an uploaded archive."""
MAX_UNPACKED = 300_000_000
"""Bytes of everything inside; the compiler takes no more."""
MAX_FILE = 60_000_000
"""Bytes of one file: a video of some minutes."""
_MAX_RATIO = 200
"""Times that text shrinks at best; what shrinks more is a trap."""
_RATIO_MATTERS = 1_000_000
_ENCRYPTED, _UTF8 = 0x1, 0x800
_MOMENT = (1980, 1, 1, 0, 0, 0)
_PIECE = 1 << 16


def read_zip(content: bytes) -> tuple[str, dict[str, bytes]]:
    """Return the folder name, which may be empty, and the files of a zipped course by path.

    Raises ArchiveRefused; nothing is ever written.
    """
    return without_root(unpacked(content))


def unpacked(content: bytes) -> dict[str, bytes]:
    """Return the files of any zip by path; raises ArchiveRefused, and nothing is ever written."""
    if len(content) > MAX_ARCHIVE:
        raise ArchiveRefused(
            _l("El archivo pesa más de %(limit)s MB. Quite lo que no usa.", limit=MAX_ARCHIVE // 1_000_000)
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _unpack(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError) as error:
        raise ArchiveRefused(_l("No se puede leer el archivo zip: está dañado. Créelo de nuevo.")) from error


def write_zip(folder: str, files: Mapping[str, bytes]) -> bytes:
    """Return a zip of the files inside a folder; the same files always give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(f"{folder}/{path}" if folder else path, date_time=_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, files[path])
    return buffer.getvalue()


def _unpack(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(archive.infolist()) > MAX_FILES:
        raise ArchiveRefused(_l("El archivo trae más de %(limit)s archivos.", limit=MAX_FILES))
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise ArchiveRefused(_too_large())
    names = [(entry, path) for entry in entries if (path := checked_path(_name(entry))) is not None]
    refuse_twins(path for _, path in names)
    files: dict[str, bytes] = {}
    left = MAX_UNPACKED
    for entry, path in names:
        _refuse_unsafe(entry, path)
        files[path] = _read(archive, entry, min(MAX_FILE, left))
        left -= len(files[path])
    return files


def _name(entry: zipfile.ZipInfo) -> str:
    """Return the name as its author wrote it: old programs write UTF-8 without saying so."""
    if entry.flag_bits & _UTF8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError as error:
        shown = entry.filename.encode("ascii", "backslashreplace").decode()
        raise ArchiveRefused(
            _l("El nombre «%(name)s» no está en UTF-8. Quítele las tildes y envíe otra vez.", name=shown)
        ) from error


def _refuse_unsafe(entry: zipfile.ZipInfo, path: str) -> None:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in {0, stat.S_IFREG}:
        raise ArchiveRefused(_l("«%(name)s» es un enlace a otro lugar. Ponga el archivo mismo.", name=path))
    if entry.flag_bits & _ENCRYPTED:
        raise ArchiveRefused(_l("El archivo zip tiene contraseña. Envíelo sin ella."))
    is_large = entry.file_size > _RATIO_MATTERS
    if entry.file_size > MAX_FILE or (
        is_large and entry.file_size > _MAX_RATIO * max(entry.compress_size, 1)
    ):
        raise ArchiveRefused(_too_large())


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes:
    """Read a file whatever size its entry claims."""
    found = io.BytesIO()
    with archive.open(entry) as source:
        while piece := source.read(_PIECE):
            found.write(piece)
            if found.tell() > limit:
                raise ArchiveRefused(_too_large())
    return found.getvalue()


def _too_large() -> str:
    return str(_l("Lo que trae el archivo ocupa demasiado al abrirlo. Quite lo que no usa."))

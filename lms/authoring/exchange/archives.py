"""Read a course from whatever archive somebody sends."""

from lms.authoring.exchange import bundles
from lms.authoring.exchange.bundles import read_bundle
from lms.authoring.exchange.errors import ArchiveRefused
from lms.authoring.exchange.zips import read_zip
from lms.core.i18n import _l

_ZIP = b"PK"


def read_archive(content: bytes) -> tuple[str, dict[str, bytes]]:
    """Return the folder name, which may be empty, and the files of a course by path; the bytes say what it is.

    Raises ArchiveRefused, or GitMissing for a bundle on a machine without git.
    """
    if content.startswith(bundles.SIGNATURES):
        return read_bundle(content)
    if content.startswith(_ZIP):
        return read_zip(content)
    raise ArchiveRefused(_l("No es un archivo zip ni un paquete de git. Envíe uno de los dos."))

"""How the rows of documents name their files."""

from collections.abc import Collection
from typing import Final

from lms.certificates.issuing.models import Certificate, CertificateArchive, ReplacedVersion
from lms.core.context import current_storage
from lms.core.storage import KeptFiles
from lms.core.sweeping import hashes_in

PNG: Final = b"\x89PNG"


def _logos(digests: Collection[str]) -> Collection[str]:
    """Return which pictures a document was printed with; only for pictures is every document read."""
    pictures = [each for each in digests if _is_picture(each)]
    return hashes_in(Certificate.data, ReplacedVersion.data)(pictures) if pictures else ()


def _is_picture(digest: str) -> bool:
    try:
        with current_storage().open(digest) as file:
            return file.read(len(PNG)) == PNG
    except KeyError:
        return False


KEPT: Final = (
    KeptFiles(name="certificates.files", columns=(Certificate.pdf_sha256, ReplacedVersion.pdf_sha256)),
    KeptFiles(name="certificates.archives", named=hashes_in(CertificateArchive.files)),
    KeptFiles(name="certificates.logos", named=_logos),
)

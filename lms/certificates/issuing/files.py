"""Certificates as files: the stored bytes of one, never drawn again, or an archive of many."""

import re
import zipfile
from collections.abc import Sequence
from contextlib import ExitStack
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO

from lms.certificates.issuing.errors import FileDamaged, TooManyFiles
from lms.certificates.issuing.models import Certificate, ReplacedVersion
from lms.certificates.issuing.words import KINDS
from lms.core.context import current_storage
from lms.core.folding import fold
from lms.core.i18n import _
from lms.core.storage import digest_of
from lms.core.tabular import Column, Kind, Table, to_csv

MOST_FILES = 300
LONGEST_FOLDER = 60
IN_MEMORY = 4 * 1024 * 1024
"""Bytes of an archive kept in memory; a larger one goes to a temporary file on the disk."""


def file_name(certificate: Certificate) -> str:
    """Return the name under which a person keeps the file; a correction has another one than what it replaced."""
    return name_of_version(certificate, certificate.version)


def name_of_version(certificate: Certificate, version: int) -> str:
    """Return the name of the file of one version."""
    mark = f"-v{version}" if version > 1 else ""
    return f"{KINDS[certificate.kind]}-{certificate.folio}{mark}.pdf"


def read_pdf(version: Certificate | ReplacedVersion) -> bytes:
    """Return the bytes frozen when it was made; raises FileDamaged when they are gone or are not the same."""
    try:
        content = current_storage().get(version.pdf_sha256)
    except KeyError as error:
        raise FileDamaged from error
    if digest_of(content) != version.pdf_sha256:
        raise FileDamaged
    return content


def open_pdf(certificate: Certificate | ReplacedVersion) -> IO[bytes]:
    """Return those bytes as an open file, to be sent."""
    return BytesIO(read_pdf(certificate))


def build_archive(certificates: Sequence[Certificate]) -> IO[bytes]:
    """Return an open ZIP with a folder for each institution, and a list of all; raises TooManyFiles and FileDamaged.

    The files are compressed already, so they are stored as they are and only one is in memory at a time.
    """
    if len(certificates) > MOST_FILES:
        raise TooManyFiles
    with ExitStack() as refused:
        archive = refused.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY))
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as pack:
            for certificate in certificates:
                pack.writestr(f"{_folder_of(certificate)}/{file_name(certificate)}", read_pdf(certificate))
            pack.writestr(_("constancias.csv"), to_csv(_list_of(certificates)))
        refused.pop_all()  # nothing went wrong: whoever sends the archive closes it
    archive.seek(0)
    return archive


def _folder_of(certificate: Certificate) -> str:
    """Return the institution as a folder that every system takes: plain letters, digits and hyphens."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold(certificate.document.institution)).strip("-")
    return plain[:LONGEST_FOLDER].strip("-") or "institucion"


def _list_of(certificates: Sequence[Certificate]) -> Table:
    columns = (
        Column(_("Documento")), Column(_("Folio")), Column(_("Persona")), Column(_("Institución")), Column(_("Curso")),
        Column(_("Emisión"), Kind.DATE), Column(_("Vence"), Kind.DATE),
        Column(_("Verificación")), Column(_("SHA-256 del archivo")),
    )  # fmt: skip
    documents = ((each, each.document) for each in certificates)
    rows = [
        (
            str(KINDS[each.kind]), each.folio, said.printed.holder_name, said.institution, said.printed.course_title,
            said.issued_on, each.valid_until, said.printed.verify_url, each.pdf_sha256,
        )
        for each, said in documents
    ]  # fmt: skip
    return Table(columns, rows)

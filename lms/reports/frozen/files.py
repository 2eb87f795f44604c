"""The files of an issued version: the stored bytes, never made again."""

from lms.core.context import current_storage
from lms.core.errors import NotFound
from lms.core.storage import digest_of
from lms.reports.frozen.errors import FileDamaged
from lms.reports.frozen.models import ReportVersion

MEDIA = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
    "json": "application/json",
}


def read_file(version: ReportVersion, form: str) -> bytes:
    """Return the bytes frozen when it was issued; raises NotFound for no such file, FileDamaged when it changed."""
    kept = version.files.get(form)
    if kept is None or form not in MEDIA:
        raise NotFound
    try:
        content = current_storage().get(kept["sha256"])
    except KeyError as error:
        raise FileDamaged from error
    if digest_of(content) != kept["sha256"]:
        raise FileDamaged
    return content


def name_of(version: ReportVersion, form: str) -> str:
    """Return the name under which a person keeps a file; a correction has another one than what it replaced."""
    mark = f"-v{version.number}" if version.number > 1 else ""
    return f"{version.report.folio}{mark}.{form}"

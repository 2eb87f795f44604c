"""A snapshot on a page, and its files on their way."""

import io
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from cryptography.x509 import load_pem_x509_certificate
from cryptography.x509.oid import NameOID
from flask import send_file
from flask.typing import ResponseReturnValue

from lms.reports.frozen import queries
from lms.reports.frozen.files import MEDIA, read_file
from lms.reports.frozen.models import ReportVersion
from lms.reports.frozen.rules import Quarter
from lms.reports.frozen.sheets import differences_of
from lms.reports.frozen.snapshot import Snapshot
from lms.reports.frozen.taking import FUNNEL, SECTOR_MONTHS
from lms.reports.frozen.words import quarter_words


def shown(snapshot: Snapshot) -> Mapping[str, Any]:
    """Return what the pages of a snapshot need."""
    quarter = Quarter.named(snapshot.period)
    return {
        "report": snapshot,
        "period": quarter_words(quarter) if quarter else snapshot.period,
        "first": date.fromisoformat(snapshot.first),
        "last": date.fromisoformat(snapshot.last),
        "cut_off": datetime.fromisoformat(snapshot.cut_off),
        "funnel": snapshot.table(FUNNEL),
        "tables": [table for table in snapshot.tables if table.name != FUNNEL],
        "months": SECTOR_MONTHS,
        "changes": differences_of(snapshot),
    }


def signer_of(version: ReportVersion) -> str:
    """Return who signed the PDF of a version as its certificate says it, such as "Secretaría técnica, Gobierno".

    Empty where nobody did.
    """
    kept = queries.certificate_of(version)
    if kept is None:
        return ""
    subject = load_pem_x509_certificate(kept.pem.encode()).subject
    named = [
        str(each.value)
        for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME)
        for each in subject.get_attributes_for_oid(oid)
    ]
    return ", ".join(dict.fromkeys(named)) or kept.subject


def send_form(
    version: ReportVersion, form: str, *, name: str, is_private: bool = True
) -> ResponseReturnValue:
    """Send the frozen bytes of a version; raises NotFound for a form that it has not."""
    content = read_file(version, form)
    response = send_file(
        io.BytesIO(content), mimetype=MEDIA[form], as_attachment=True, download_name=name, etag=False
    )
    response.headers["Cache-Control"] = "private, no-store" if is_private else "public, max-age=300"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response

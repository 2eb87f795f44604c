"""A snapshot on a page, and its files on their way."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cryptography.x509 import load_pem_x509_certificate
from cryptography.x509.oid import NameOID
from flask import render_template, send_file
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from lms.core.i18n import current_language
from lms.core.tabular import Table
from lms.core.text import Text
from lms.reports.frozen import queries
from lms.reports.frozen.files import MEDIA, read_file
from lms.reports.frozen.models import ReportVersion
from lms.reports.frozen.rules import Quarter
from lms.reports.frozen.sheets import differences_of, sheets_of
from lms.reports.frozen.snapshot import Snapshot
from lms.reports.frozen.taking import FUNNEL, SECTOR_MONTHS
from lms.reports.frozen.words import quarter_words
from lms.reports.keeping import shelf


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


@dataclass(frozen=True, slots=True)
class Drawn:
    """An issued report as strangers read it."""

    context: Mapping[str, Any]
    """What its page needs around the figures."""
    figures: Markup
    sheets: Sequence[tuple[str, Text, Table]]
    """Each table with its name and title."""


def drawn(version: ReportVersion) -> Drawn:
    """Return an issued report in the reader's language, drawn once in each worker.

    Anybody may ask as often as they like, its tables may have thousands of rows, and what was issued never changes.
    """
    key = ("quarterly", version.id, current_language())
    known: Drawn | None = shelf().find(key, version.issued_at)
    if known is None:
        snapshot = Snapshot.from_plain(version.data)
        context = shown(snapshot)
        figures = Markup(render_template("quarterly/_figures.html", **context))  # noqa: S704 - a template's own
        known = Drawn(context, figures, tuple(sheets_of(snapshot)))
        size = sum(len(row) for table in snapshot.tables for row in table.rows)
        shelf().keep(key, version.issued_at, known, 2 * size)
    return known


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

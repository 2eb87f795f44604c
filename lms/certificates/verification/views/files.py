"""A file against those that were issued: by its hash, worked out here or on the device of whoever asks."""

import hashlib
import os
from time import monotonic
from typing import IO

from flask import current_app, jsonify, url_for
from flask.typing import ResponseReturnValue

from lms.certificates.verification import queries
from lms.certificates.verification.forms import CheckFileForm
from lms.certificates.verification.rules import FileAnswer, FileState
from lms.certificates.verification.views.blueprint import (
    THROTTLE,
    answer,
    as_json,
    bp,
    client,
    guarded,
    look_up,
)
from lms.certificates.verification.words import BADGES, FILES, HEADINGS
from lms.core import limits
from lms.core.calendar import today
from lms.core.errors import TooManyRequests
from lms.core.i18n import _l
from lms.core.policy import public
from lms.core.text import Text
from lms.web.kit import go

UPLOAD_RULE = "120/hour"
"""Files that one client sends."""
MOST_BYTES = 5 * 1024 * 1024
MOST_BADGE_BYTES = 256 * 1024
PDF_MARK = b"%PDF-"
TOO_LARGE: Text = _l("El archivo pesa más de 5 MB; los que se emiten aquí pesan mucho menos.")
NO_DOCUMENT: Text = _l(
    "No es un PDF ni una insignia en JSON. Elija el archivo que descargó, no una foto de él."
)


@bp.route("/file", methods=["GET", "POST"])
@public("anybody who holds a file may check it")
def check_file() -> ResponseReturnValue:
    """Ask for a file, take its hash and forget it."""
    form = CheckFileForm()
    if form.validate_on_submit():
        if current_app.extensions[THROTTLE].is_exhausted(client(), monotonic()):
            raise TooManyRequests
        limits.spend(UPLOAD_RULE, "verify-file", client())
        with form.sent as sent:
            refusal = _why_not(sent)
            if refusal is None:
                return _page_of(sent)
        form.refuse("file", refusal)
    return answer("verification/check_file.html", 422 if form.errors else 200, form=form, most=MOST_BYTES)


@bp.get("/files/<sha256>")
@public("whoever holds a file may ask by its hash")
def file_page(sha256: str) -> ResponseReturnValue:
    """Say whether a file with this hash was issued, and how its document stands."""
    found = _find(sha256)
    heading = FILES[found.state]
    return answer(
        "verification/file.html", 200, found=found, record=found.record, heading=heading, HEADINGS=HEADINGS
    )


@bp.get("/files/<sha256>.json")
@public("the same answer for machines")
def file_record(sha256: str) -> ResponseReturnValue:
    """Say the same as JSON."""
    found = _find(sha256)
    return guarded(
        jsonify(
            file=found.state.value,
            sha256=found.sha256,
            version=found.version,
            replaced_at=found.replaced_at.isoformat() if found.replaced_at else None,
            document=as_json(found.record) if found.record else None,
        ),
        200,
    )


def _find(sha256: str) -> FileAnswer:
    return look_up(
        lambda: queries.find_file(sha256, today()),
        is_known=lambda found: found.state is not FileState.UNKNOWN,
    )


def _badge_page(content: bytes) -> ResponseReturnValue:
    verdict, record, is_last = queries.find_badge(content, today())
    return answer(
        "verification/badge.html",
        200,
        verdict=verdict.value,
        record=record,
        is_last=is_last,
        heading=BADGES[verdict],
        HEADINGS=HEADINGS,
    )


def _why_not(sent: IO[bytes]) -> Text | None:
    """Say why a file is not looked at; None for one that may be a document."""
    size, beginning = _size(sent), sent.read(5)
    sent.seek(0)
    if size > MOST_BYTES:
        return TOO_LARGE
    is_badge = beginning.lstrip()[:1] == b"{" and size <= MOST_BADGE_BYTES
    return None if is_badge or beginning == PDF_MARK else NO_DOCUMENT


def _page_of(sent: IO[bytes]) -> ResponseReturnValue:
    """Send on to the page of a PDF's hash, or answer about a badge."""
    content = sent.read()
    if content.startswith(PDF_MARK):
        return go(url_for("verification.file_page", sha256=hashlib.sha256(content).hexdigest()))
    return _badge_page(content)


def _size(file: IO[bytes]) -> int:
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return size

"""The public pages, which say whether a certificate is authentic and still stands."""

import hashlib
import hmac
from time import monotonic
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, make_response, request, url_for
from flask.typing import ResponseReturnValue

from lms.certificates.verification import queries
from lms.certificates.verification.forms import SearchForm
from lms.certificates.verification.rules import PublicRecord, read_code, read_folio
from lms.certificates.verification.throttle import Throttle
from lms.core import limits
from lms.core.context import current_settings
from lms.core.errors import TooManyRequests
from lms.core.i18n import _l
from lms.core.policy import public
from lms.web.kit import go, render
from lms.web.links import absolute_url

bp = Blueprint("verification", __name__, url_prefix="/v", template_folder="templates")
SEARCH_RULE = "30/hour"
"""Searches that failed, and every search by folio, of one client."""
NO_SUCH = _l("Ninguna constancia tiene ese código o folio.")
NEITHER = _l("No parece un código ni un folio: el código tiene 10 signos y nunca lleva I, L, O, 0 ni 1.")
THROTTLE = "verification_throttle"
bp.record_once(lambda state: state.app.extensions.setdefault(THROTTLE, Throttle()))


@bp.route("", methods=["GET", "POST"])
@public("anybody who holds a certificate may check it")
def search() -> ResponseReturnValue:
    """Look for a certificate by what is typed: the code, or the folio."""
    form = SearchForm()
    if not form.validate_on_submit():
        return _answer("verification/search.html", 422 if form.errors else 200, form=form)
    typed = form.code.data or ""
    if record := queries.find_record(typed):
        return go(url_for("verification.show", code=record.code))
    limits.spend(SEARCH_RULE, "verify", _client())
    if code := queries.find_code_of_folio(typed):
        return go(url_for("verification.show", code=code))
    form.refuse("code", _why_unknown(typed))
    return _answer("verification/unknown.html", 404, form=form)


@bp.get("/<code>")
@public("the QR of a certificate leads here")
def show(code: str) -> ResponseReturnValue:
    """Say whether the certificate with this code is authentic and stands."""
    record = _find(code)
    if record is None:
        form = SearchForm(formdata=None, code=code)
        return _answer("verification/unknown.html", 404, form=form)
    return _answer("verification/show.html", 200, record=record, form=SearchForm(formdata=None))


@bp.get("/<code>.json")
@public("the same answer for machines")
def record_file(code: str) -> ResponseReturnValue:
    """Say the same as JSON."""
    record = _find(code)
    if record is None:
        return _guarded(jsonify(state="unknown"), 404)
    return _guarded(jsonify(_as_json(record)), 200)


def _find(code: str) -> PublicRecord | None:
    throttle: Throttle = current_app.extensions[THROTTLE]
    client, at = _client(), monotonic()
    if throttle.is_exhausted(client, at):
        raise TooManyRequests
    record = queries.find_record(code)
    if record is None:
        throttle.note_failure(client, at)
    return record


def _client() -> str:
    """Return a name for whoever asks that tells clients apart and says no address to who reads the table."""
    key = str(current_settings().secret_key).encode()
    return hmac.new(key, (request.remote_addr or "").encode(), hashlib.sha256).hexdigest()[:32]


def _why_unknown(typed: str) -> str:
    return str(NO_SUCH if read_code(typed) or read_folio(typed) else NEITHER)


def _as_json(record: PublicRecord) -> dict[str, object]:
    return {
        "state": record.state.value,
        "name": record.name,
        "course": record.course,
        "hours": record.hours,
        "institution": record.institution,
        "issuer": record.issuer,
        "issued_on": record.issued_on.isoformat(),
        "cancelled_at": record.cancelled_at.isoformat() if record.cancelled_at else None,
        "folio": record.folio,
        "code": record.code,
        "sha256": record.sha256,
        "page": absolute_url("verification.show", code=record.code),
    }


def _answer(template: str, status: int, **context: Any) -> ResponseReturnValue:
    return _guarded(make_response(render(template, **context)), status)


def _guarded(response: Response, status: int) -> Response:
    """Return an answer that is asked anew each time, because it may be cancelled, and that no engine indexes."""
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response

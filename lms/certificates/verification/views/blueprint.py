"""The blueprint of the public pages, who asks, and how every answer leaves."""

import hashlib
import hmac
from collections.abc import Callable
from time import monotonic
from typing import Any, TypeVar

from flask import Blueprint, Response, current_app, make_response, request
from flask.typing import ResponseReturnValue

from lms.certificates.verification.rules import PublicRecord
from lms.certificates.verification.throttle import Throttle
from lms.core.context import current_settings
from lms.core.errors import TooManyRequests
from lms.web.kit import render
from lms.web.links import absolute_url

T = TypeVar("T")
THROTTLE = "verification_throttle"
bp = Blueprint("verification", __name__, url_prefix="/v", template_folder="../templates")
bp.record_once(lambda state: state.app.extensions.setdefault(THROTTLE, Throttle()))


def client() -> str:
    """Return a name for whoever asks that tells clients apart and says no address to who reads the table."""
    key = str(current_settings().secret_key).encode()
    return hmac.new(key, (request.remote_addr or "").encode(), hashlib.sha256).hexdigest()[:32]


def look_up(find: Callable[[], T], *, is_known: Callable[[T], bool]) -> T:
    """Return what is found, counting against the client what is not; raises TooManyRequests after many.

    Pages, JSON and files spend from one bucket, so that nobody guesses on at another address.
    """
    throttle: Throttle = current_app.extensions[THROTTLE]
    name, at = client(), monotonic()
    if throttle.is_exhausted(name, at):
        raise TooManyRequests
    found = find()
    if not is_known(found):
        throttle.note_failure(name, at)
    return found


def answer(template: str, status: int, **context: Any) -> ResponseReturnValue:
    """Return a public page."""
    return guarded(make_response(render(template, **context)), status)


def guarded(response: Response, status: int) -> Response:
    """Return an answer that is asked anew each time, because it may be cancelled, and that no engine indexes."""
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def as_json(record: PublicRecord) -> dict[str, object]:
    """Return a record as plain values; of what is not shared, only that."""
    page = absolute_url("verification.show", code=record.code)
    if not record.is_open:
        return {"state": record.state.value, "code": record.code, "page": page}
    said: dict[str, object] = {
        "state": record.state.value,
        "kind": record.kind.value,
        "issuer": record.issuers[0],
        "issuers": list(record.issuers),
        "issued_on": record.issued_on.isoformat(),
        "valid_until": _iso(record.valid_until),
        "revoked_at": _iso(record.revoked_at),
        "renewed_at": _iso(record.renewed_at),
        "renewed_by": absolute_url("verification.show", code=record.renewed_by)
        if record.renewed_by
        else None,
        "version": record.version,
        "corrected_at": _iso(record.corrected_at),
        "folio": record.folio,
        "code": record.code,
        "sha256": record.sha256,
        "page": page,
    }
    if record.facts:
        said |= {
            "name": record.facts.name,
            "course": record.facts.course,
            "hours": record.facts.hours,
            "institution": record.facts.institution,
        }
    return said


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None

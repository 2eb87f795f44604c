"""Public files for whoever checks a badge: the issuer's keys, the badge itself, and what was revoked.

Programs of strangers read them from their own pages, so every answer may be read from any site.
"""

import json
from collections.abc import Mapping
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, request

from lms.certificates.badges import queries
from lms.certificates.credentials.did import did_document, did_of
from lms.certificates.credentials.models import BadgeKey
from lms.certificates.credentials.queries import find_signing_key, list_published
from lms.certificates.credentials.service import list_address, signing_key
from lms.certificates.credentials.status_lists import status_list
from lms.certificates.issuing.models import Certificate
from lms.certificates.issuing.queries import find_by_code
from lms.certificates.verification.rules import read_code
from lms.certificates.verification.throttle import Throttle
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.context import current_settings
from lms.core.errors import NotFound, TooManyRequests
from lms.core.policy import public

bp = Blueprint("badges", __name__)
THROTTLE = "badges_throttle"
COPY_SECONDS = 300
"""For how long others may keep a copy of a list or of the keys: so long lives what was revoked or withdrawn."""
bp.record_once(lambda state: state.app.extensions.setdefault(THROTTLE, Throttle()))


@bp.get("/.well-known/did.json")
@public("whoever checks a badge needs the public keys of its issuer")
def did() -> Response:
    """Publish the keys of the issuer under whose domain this was asked: the present one, or a former one."""
    issuer = did_of(_host())
    publics = list_published(issuer)
    if not publics:
        raise NotFound
    return _answer(did_document(issuer, publics), "application/did+json", keep=COPY_SECONDS)


@bp.get("/badges/status/<int:number>")
@public("whoever checks a badge asks whether it was revoked, without saying which")
def status(number: int) -> Response:
    """Publish one list of what was revoked, signed now."""
    host = _host()
    revoked, key = queries.list_revoked(number), _key(host)
    if revoked is None or key is None:
        raise NotFound
    signed = status_list(list_address(_site(host), number), revoked, signing_key(key), issuer=host, at=now())
    return _answer(signed, "application/vc", keep=COPY_SECONDS)


@bp.get("/badges/<code>.json")
@public("the badge of a document whose code somebody has, beside its public page")
def badge(code: str) -> Response:
    """Give the badge of a document as it was issued; whether it still stands is in the list that it names."""
    certificate = _find(code)
    if certificate is None or not certificate.credential or not _may_see(certificate):
        raise NotFound
    response = _answer(json.loads(certificate.credential), "application/vc", keep=0)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _find(code: str) -> Certificate | None:
    throttle: Throttle = current_app.extensions[THROTTLE]
    client, at = request.remote_addr or "", monotonic()
    if throttle.is_exhausted(client, at):
        raise TooManyRequests
    known = read_code(code)
    certificate = find_by_code(known) if known else None
    if certificate is None:
        throttle.note_failure(client, at)
    return certificate


def _may_see(certificate: Certificate) -> bool:
    """Say whether its holder shares it, or asks for it."""
    return certificate.is_shared or current_actor().person_id == certificate.person_id


def _host() -> str:
    """Return under which of our domains this was asked: a former one that signed badges, else the present one."""
    settings = current_settings()
    asked = request.host.lower()
    return asked if asked in settings.former_hosts and list_published(did_of(asked)) else settings.host


def _key(host: str) -> BadgeKey | None:
    return find_signing_key(did_of(host))


def _site(host: str) -> str:
    return f"{urlsplit(current_settings().public_url).scheme}://{host}"


def _answer(content: Mapping[str, Any], kind: str, *, keep: int) -> Response:
    response = Response(json.dumps(content, ensure_ascii=False, indent=1), mimetype=kind)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = f"public, max-age={keep}" if keep else "no-store"
    return response

"""Security headers on every answer (OWASP ASVS 5.0, chapters V3 and V14)."""

from flask import Flask, abort, request
from flask_login import current_user
from werkzeug.wrappers import Response

from lms.core.context import current_settings

CSP = "; ".join(  # noqa: FLY002  # one directive a line reads better
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "media-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
YEAR = 365 * 24 * 3600


def init_security(app: Flask) -> None:
    """Refuse what no browser sends, and add the headers to every answer."""
    app.before_request(_refuse_zero_bytes)
    app.after_request(_add_headers)


def _refuse_zero_bytes() -> None:
    """Refuse text that PostgreSQL cannot keep; a file is no text and is read by whoever asked for it."""
    fields = (*request.args.items(multi=True), *request.form.items(multi=True))
    if "\0" in request.path or any("\0" in value for _name, value in fields):
        abort(400)


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if current_settings().is_https:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={YEAR}; includeSubDomains")
    if request.endpoint == "static" and response.status_code < 400:
        # A module that imports another cannot know its digest: that address is asked for again each time.
        freshness = f"max-age={YEAR}, immutable" if "v" in request.args else "no-cache"
        response.headers["Cache-Control"] = f"public, {freshness}"
    elif "Cache-Control" not in response.headers:  # asking who it is for costs statements
        response.headers["Cache-Control"] = f"private, {'no-store' if _is_personal() else 'no-cache'}"
    return response


def _is_personal() -> bool:
    """Say whether an answer is about somebody: they are signed in, or a secret link says who they are."""
    return bool(current_user.is_authenticated or "token" in (request.view_args or ()))

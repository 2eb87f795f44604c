"""Error pages: a refusal speaks its sentence; anything unexpected says what is safe and how to report it."""

import logging
from urllib.parse import urlencode

from flask import Flask, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, SecurityError

from lms.core.auth import nobody_signed_in
from lms.core.errors import DomainError, SignInNeeded
from lms.core.i18n import _
from lms.core.logs import request_id
from lms.core.text import Text
from lms.web.kit import is_fragment_request

log = logging.getLogger(__name__)


def init_errors(app: Flask) -> None:
    """Register the handlers; the unit of work was rolled back before any of them speaks."""
    app.register_error_handler(SignInNeeded, _to_sign_in)
    app.register_error_handler(DomainError, _refusal)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(SecurityError, _foreign_host)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database_down)
    app.register_error_handler(Exception, _unexpected)


def _to_sign_in(_error: SignInNeeded) -> ResponseReturnValue:
    wanted = request.full_path.rstrip("?") if request.method == "GET" else "/"
    return redirect(f"{url_for('accounts.sign_in')}?{urlencode({'next': wanted})}", 303)


def _refusal(error: DomainError) -> ResponseReturnValue:
    return _page(error.status, _title(error.status), str(error), code=error.code)


def _stale_form(_error: CSRFError) -> ResponseReturnValue:
    sentence = _("La página estuvo abierta mucho tiempo. Vuelva atrás, recárguela y envíe de nuevo.")
    return _page(400, _("El formulario caducó"), sentence, code="stale-form")


def _foreign_host(_error: SecurityError) -> ResponseReturnValue:
    """Answer in plain text: a page is full of addresses, and for a host that is not ours none can be made."""
    return Response(
        _("El navegador envió algo que no entendemos. Vuelva atrás e intente de nuevo."),
        400,
        mimetype="text/plain",
    )


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error
    sentence = {
        404: _("La dirección cambió o tiene un error de escritura. Su avance está guardado."),
        405: _("Esa acción no se hace desde aquí. Vuelva a la página anterior."),
        413: _("El archivo pesa más de 20 MB. Elija uno más pequeño."),
    }.get(error.code, _("El navegador envió algo que no entendemos. Vuelva atrás e intente de nuevo."))
    return _page(error.code, _title(error.code), sentence)


def _unexpected(error: Exception) -> ResponseReturnValue:
    # The endpoint and not the address: that one may hold the token of a link, or line ends of a forger.
    log.error("unexpected: %s %s", request.method, request.endpoint, exc_info=error)
    sentence = _("Algo falló de nuestro lado. Lo que ya había guardado sigue guardado.")
    return _page(500, _("No pudimos hacer lo que pidió"), sentence)


def _database_down(error: OperationalError) -> ResponseReturnValue:
    """Answer in plain text: a page asks who is signed in, and that is in the database."""
    log.error("database: %s %s", request.method, request.endpoint, exc_info=error)
    nobody_signed_in()
    sentence = (
        "La base de datos no responde. Intente de nuevo en unos minutos. · The database does not answer."
    )
    return Response(f"{sentence} ({request_id()})", 503, {"Retry-After": "60"}, mimetype="text/plain")


def _title(status: int) -> str:
    titles = {
        403: _("No tiene permiso para esta página"),
        404: _("Esta estación no existe"),
        409: _("Ahora no se puede"),
        410: _("Ya no está disponible"),
        429: _("Demasiados intentos"),
    }
    return str(titles.get(status, _("No se pudo completar")))


def _page(status: int, title: str, sentence: Text, *, code: str = "") -> ResponseReturnValue:
    template = "errors/_error.html" if is_fragment_request() else "errors/error.html"
    context = {
        "status": status,
        "title": title,
        "sentence": sentence,
        "code": code,
        "request_id": request_id(),
    }
    return render_template(template, **context), status
